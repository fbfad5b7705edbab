//! The addresses GitHub gives to people who hide theirs: `login@users.noreply.github.com`, and since July 2017
//! `id+login@users.noreply.github.com`, where `id` is the number of the account.
//!
//! The number stays when the login changes, and is never given out twice: the strongest identifier a commit can hold
//! without a signature. Written after GitHub's documentation "Setting your commit email address". It says nothing of
//! whether the account still exists.

const HOST: &str = "@users.noreply.github.com";

/// Numbers that manuals and templates show, and that of the account they speak of (`octocat`): nobody's own.
const STAND_INS: &[u64] = &[
    0,
    1,
    12345,
    123_456,
    1_234_567,
    12_345_678,
    123_456_789,
    1_234_567_890,
    11_111_111,
    583_231,
];

/// What a no-reply address says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GithubNoReply {
    /// Number of the account; absent in addresses of the old form.
    pub id: Option<u64>,
    /// Login when the commit was made, lower case.
    pub login: String,
}

impl GithubNoReply {
    /// Reads an address; `None` where it is no no-reply address of a person's account.
    pub fn from_email(email: &str) -> Option<Self> {
        let email = email.trim().to_lowercase();
        let local = email.strip_suffix(HOST)?;
        let (id, login) = match local.split_once('+') {
            Some((id, login)) if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) => {
                let id = id.parse().ok()?;
                ((!STAND_INS.contains(&id)).then_some(id), login)
            }
            Some(_) => return None,
            None => (None, local),
        };
        let good = !login.is_empty()
            && login
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        good.then(|| Self {
            id,
            login: login.to_string(),
        })
    }
}

/// The login of a profile URL in canonical form (`github.com/login`), lower case.
pub fn login_of_account(account: &str) -> Option<String> {
    let account = account.trim().to_lowercase();
    let rest = account
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.");
    let login = rest
        .strip_prefix("github.com/")?
        .split(['/', '?', '#'])
        .next()?;
    (!login.is_empty()).then(|| login.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_read() {
        let of = |e: &str| GithubNoReply::from_email(e).map(|n| (n.id, n.login));
        assert_eq!(
            of("123+Ann-L@users.noreply.github.com"),
            Some((Some(123), "ann-l".into()))
        );
        assert_eq!(
            of("ann@users.noreply.github.com"),
            Some((None, "ann".into()))
        );
        for other in [
            "noreply@github.com",
            "x+ann@users.noreply.github.com",
            "49699333+dependabot[bot]@users.noreply.github.com",
            "ann@users.noreply.github.com.example.org",
            "99999999999999999999999+ann@users.noreply.github.com",
            "12+@users.noreply.github.com",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }

    #[test]
    fn logins_of_profile_urls() {
        assert_eq!(login_of_account("github.com/Ann"), Some("ann".into()));
        assert_eq!(
            login_of_account("https://github.com/ann/repo"),
            Some("ann".into())
        );
        assert_eq!(login_of_account("gitlab.com/ann"), None);
        assert_eq!(login_of_account("github.com/"), None);
    }
}
