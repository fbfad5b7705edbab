//! URLs of personal accounts, in one form: `https://www.GitHub.com/Ann-Lee/?tab=x` is `github.com/ann-lee`.
//!
//! Scheme, `www.`, query, fragment and what follows the account are dropped; letters are folded (every listed site does
//! so). A URL of *something of* an account (a repository, a page of a user's site) names the account but does not say
//! that it is the writer's own. A site of one's own is known by its registrable host (public suffix list), which for
//! `ann.vercel.app` is the whole host. Shorteners are not followed: nothing here touches the network.

use crate::features::email;
use crate::features::sites::ACCOUNT_HOSTS;
use crate::features::sites::PLACEHOLDER_ACCOUNTS;
use crate::features::sites::PLATFORMS;
use crate::features::sites::SITES;
use crate::features::sites::Site;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;
use url::Url;

/// What a URL says about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The canonical form.
    pub account: String,
    /// The URL is of a thing of the account (a repository, a page), not of the profile.
    pub is_item: bool,
}

static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:https?://)?(?:[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d{2,5})?(?:[/?#][^\s<>"'()\[\]{}|█•]*)?"#)
        .expect("a constant pattern")
});

/// Byte ranges of whatever is written like a URL or a host, trailing punctuation left out; hosts of e-mails are not.
pub(in crate::features) fn shaped(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    SHAPE.find_iter(text).filter_map(|m| {
        let written = m
            .as_str()
            .trim_end_matches(['.', ',', ';', ':', '!', '?', '-', '/']);
        let glued = text[..m.start()]
            .chars()
            .next_back()
            .is_some_and(|c| c.is_alphanumeric() || "@_".contains(c));
        let mailbox = text[m.start() + written.len()..].starts_with('@');
        (!glued && !mailbox).then(|| m.start()..m.start() + written.len())
    })
}

/// Whether a stretch that [`shaped`] gave is a URL beyond doubt, not a word with a dot ("Socket.io").
pub(in crate::features) fn is_plain_url(written: &str) -> bool {
    let lower = written.to_ascii_lowercase();
    lower.contains("://")
        || lower.starts_with("www.")
        || lower.contains('/') && site_host(written).is_some()
}

/// The account a URL names; `None` where it names none that is listed. `github.com/ann` and `https://…` both pass.
pub fn canonical(written: &str) -> Option<Profile> {
    let url = parse(written)?;
    let host = bare_host(&url)?;
    let mut path: Vec<String> = url
        .path_segments()?
        .filter(|p| !p.is_empty())
        .map(str::to_lowercase)
        .collect();
    let own_host = ACCOUNT_HOSTS
        .iter()
        .find_map(|(suffix, base)| Some((host.strip_suffix(suffix)?, base)));
    if let Some((account, base)) = own_host.filter(|(a, _)| !a.contains('.')) {
        return profile(base, account, !path.is_empty());
    }
    let site = SITES
        .iter()
        .find(|s| s.hosts.contains(&host.as_str()) || is_country_host(&host, s))?;
    let (account, rest) = site
        .prefixes
        .iter()
        .find_map(|prefix| split_account(&mut path, prefix))?;
    if is_listed(site.reserved, &account) {
        return None;
    }
    let base = format!("{}/{}", site.hosts[0], site.canonical);
    profile(&base, &account, site.has_items && rest > 0)
}

/// The registrable host of a site of one's own; `None` for hosts of accounts, platforms and public suffixes themselves.
pub fn own_site(written: &str) -> Option<String> {
    let host = site_host(written)?;
    let is_in = |site: &str| {
        let sub = host.strip_suffix(site);
        sub.is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
    };
    let listed = SITES.iter().flat_map(|s| s.hosts).any(|h| is_in(h));
    let domain = psl::domain_str(&host)?.to_owned();
    let platform = is_listed(PLATFORMS, &domain) || email::is_placeholder_host(&domain);
    (!listed && !platform).then_some(domain)
}

/// Whether a canonical account is a site of one's own rather than an account on a platform.
pub fn is_own_site(account: &str) -> bool {
    !account.contains('/')
}

fn is_listed(list: &str, word: &str) -> bool {
    let list = list.as_bytes();
    let is_end = |b: Option<&u8>| b.is_none_or(u8::is_ascii_whitespace);
    let mut places = memchr::memmem::find_iter(list, word);
    let stands = |at: usize| {
        is_end(at.checked_sub(1).map(|at| &list[at])) && is_end(list.get(at + word.len()))
    };
    !word.is_empty() && !word.contains(' ') && places.any(stands)
}

fn parse(written: &str) -> Option<Url> {
    let written = written.trim();
    if written.contains("://") {
        Url::parse(written).ok()
    } else {
        Url::parse(&format!("https://{written}")).ok()
    }
    .filter(|u| matches!(u.scheme(), "http" | "https"))
}

fn bare_host(url: &Url) -> Option<String> {
    let host = url.domain()?.to_lowercase();
    let bare = host
        .strip_prefix("www.")
        .or_else(|| host.strip_prefix("m."))
        .unwrap_or(&host);
    Some(bare.trim_end_matches('.').to_owned())
}

/// The host of a URL when its ending is a known public suffix.
fn site_host(written: &str) -> Option<String> {
    let host = bare_host(&parse(written)?)?;
    email::has_known_suffix(&host).then_some(host)
}

/// `uk.linkedin.com`: two letters before the host.
fn is_country_host(host: &str, site: &Site) -> bool {
    host.strip_suffix(site.hosts[0])
        .and_then(|s| s.strip_suffix('.'))
        .is_some_and(|s| s.len() == 2)
}

/// The account behind `prefix`, and how many parts of the path follow it.
fn split_account(path: &mut [String], prefix: &str) -> Option<(String, usize)> {
    let parts: Vec<&str> = prefix.split('/').collect();
    let (last, before) = parts.split_last()?;
    let fits = path.len() > before.len() && path.iter().zip(before).all(|(p, b)| p == b);
    let account = path
        .get(before.len())
        .filter(|_| fits)?
        .strip_prefix(last)?;
    Some((account.to_owned(), path.len() - before.len() - 1))
}

fn profile(base: &str, account: &str, is_item: bool) -> Option<Profile> {
    let shaped =
        account.len() >= 2 && account.len() <= 100 && !account.contains(['@', '+', ',', '*', '=']);
    (shaped && !is_listed(PLACEHOLDER_ACCOUNTS, account)).then(|| Profile {
        account: format!("{base}{account}"),
        is_item,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_has_one_form() {
        for (written, account) in [
            (
                "https://www.GitHub.com/Ann-Lee/?tab=repositories#x",
                "github.com/ann-lee",
            ),
            ("ann-lee.github.io", "github.com/ann-lee"),
            (
                "http://uk.linkedin.com/in/Ann-Lee-12ab/",
                "linkedin.com/in/ann-lee-12ab",
            ),
            (
                "linkedin.com/in/ann-lee-12ab/details/skills",
                "linkedin.com/in/ann-lee-12ab",
            ),
            ("https://telegram.me/Ann_Lee", "t.me/ann_lee"),
            ("twitter.com/AnnLee/status/1", "x.com/annlee"),
            (
                "https://stackoverflow.com/users/4242/ann-lee",
                "stackoverflow.com/users/4242",
            ),
            (
                "upwork.com/freelancers/~01ab23",
                "upwork.com/freelancers/~01ab23",
            ),
            ("medium.com/@annlee", "medium.com/@annlee"),
            ("annlee.medium.com", "medium.com/@annlee"),
            ("leetcode.com/annlee", "leetcode.com/u/annlee"),
            ("behance.net/annlee", "behance.net/annlee"),
        ] {
            let expected = Profile {
                account: account.into(),
                is_item: false,
            };
            assert_eq!(canonical(written), Some(expected), "{written}");
        }
    }

    #[test]
    fn a_thing_of_an_account_names_it_only() {
        for written in [
            "github.com/ann-lee/tool",
            "https://raw.githubusercontent.com/ann-lee/tool/main/x.md",
            "ann-lee.github.io/tool",
            "https://gist.github.com/ann-lee/0a1b2c",
        ] {
            let expected = Profile {
                account: "github.com/ann-lee".into(),
                is_item: true,
            };
            assert_eq!(canonical(written), Some(expected), "{written}");
        }
    }

    #[test]
    fn pages_and_fill_ins_are_no_accounts() {
        for written in [
            "github.com",
            "github.com/features",
            "github.com/orgs/acme",
            "linkedin.com/company/acme",
            "linkedin.com/in/yourname",
            "t.me/joinchat/abc",
            "t.me/+abc",
            "x.com/search?q=a",
            "stackoverflow.com/questions/1",
            "medium.com/better-programming",
            "ftp://github.com/ann",
            "kontor.example/ann",
            "",
        ] {
            assert_eq!(canonical(written), None, "{written}");
        }
    }

    #[test]
    fn own_sites_are_registrable_hosts() {
        for (written, host) in [
            ("https://www.annlee.dev/cv?x", Some("annlee.dev")),
            ("blog.annlee.co.uk", Some("annlee.co.uk")),
            ("ann.vercel.app", Some("ann.vercel.app")),
            ("portfolio.annlee.example", Some("annlee.example")),
            ("vercel.app", None),
            ("docs.google.com/x", None),
            ("linkedin.com/company/acme", None),
            ("Node.js", None),
            ("Socket.io", None),
            ("example.com", None),
        ] {
            assert_eq!(own_site(written).as_deref(), host, "{written}");
        }
    }

    #[test]
    fn urls_are_found_without_what_surrounds_them() {
        let text = "(https://annlee.dev/x), ann@kontor.example; see github.com/ann. Node.js";
        let got: Vec<_> = shaped(text).map(|r| &text[r]).collect();
        assert_eq!(got, ["https://annlee.dev/x", "github.com/ann", "Node.js"]);
        assert!(is_plain_url(got[0]) && is_plain_url(got[1]) && !is_plain_url(got[2]));
    }
}
