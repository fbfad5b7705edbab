//! E-mail addresses: found in text, and brought to the form that names the mailbox.
//!
//! Two spellings are one mailbox only where the host says so: [`HOST_RULES`] lists the hosts that drop `+tags` or dots,
//! each with its source; every other host's local part is kept but for its case. Host names go through IDNA (`url`).
//! Quoted local parts, comments (RFC 5322) and `name [at] host` are not read.

use crate::features::identifiers::Found;
use crate::model::IdentifierKind;
use regex::Regex;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What a mail host does to local parts.
struct HostRule {
    /// Hosts with this rule.
    hosts: &'static [&'static str],
    /// The host that stands for all of them where they share their mailboxes.
    canonical: Option<&'static str>,
    /// Dots do not count.
    drops_dots: bool,
}

/// Hosts that deliver `name+tag` to `name`. Any host may do so; only these say it of every mailbox.
const HOST_RULES: &[HostRule] = &[
    // support.google.com/mail/answer/7436150 (dots), /22370 (plus), /159001 (googlemail.com is gmail.com)
    HostRule {
        hosts: &["gmail.com", "googlemail.com"],
        canonical: Some("gmail.com"),
        drops_dots: true,
    },
    // Outlook.com, by the provider table of the library email-normalize (github.com/gmr/email-normalize)
    HostRule {
        hosts: &["outlook.com", "hotmail.com", "live.com", "msn.com"],
        canonical: None,
        drops_dots: false,
    },
    // iCloud Mail, same table; the three hosts are not merged
    HostRule {
        hosts: &["icloud.com", "me.com", "mac.com"],
        canonical: None,
        drops_dots: false,
    },
    // fastmail.help, "Plus addressing and subdomain addressing"; subdomain addresses are left alone
    HostRule {
        hosts: &["fastmail.com", "fastmail.fm"],
        canonical: None,
        drops_dots: false,
    },
    // proton.me/support/addresses-and-aliases; the hosts are not merged
    HostRule {
        hosts: &["proton.me", "protonmail.com", "pm.me"],
        canonical: None,
        drops_dots: false,
    },
    // Yandex and Zoho, by the same table of email-normalize
    HostRule {
        hosts: &[
            "yandex.com",
            "yandex.ru",
            "ya.ru",
            "zoho.com",
            "zohomail.com",
        ],
        canonical: None,
        drops_dots: false,
    },
];

/// Hosts that stand in templates and manuals (RFC 2606 §3 and the usual fill-ins).
const PLACEHOLDER_HOSTS: &str = "\
    example.com example.org example.net example.edu domain.com domain.tld yourdomain.com \
    your-domain.com yourcompany.com mysite.com yoursite.com yourwebsite.com website.com \
    site.com test.com company.com youremail.com emailaddress.com server.com host.com reallygreatsite.com";

/// Local parts that stand in templates: nobody's, whatever the host.
const PLACEHOLDER_LOCALS: &str = "\
    your you youremail your.email your_email your-email yourname your.name your_name \
    your-name name fullname firstname lastname firstname.lastname firstnamelastname \
    first.last firstlast first_last name.surname name.lastname email e-mail emailaddress \
    mail user username example someone somebody test abc xyz john.doe johndoe jane.doe \
    janedoe john_doe john.smith johnsmith";

/// Local parts that belong to a program: nobody reads them.
const ROBOT_LOCALS: &str = "\
    noreply no-reply no_reply donotreply do-not-reply git bounce";

/// Local parts that belong to a role of an organisation rather than to a person (RFC 2142 §§3–5 and usual offices).
const ROLE_LOCALS: &str = "\
    info contact office admin administrator support help helpdesk sales marketing hr jobs \
    job career careers recruiting recruitment recruiter talent hiring resume resumes cv team \
    staff service security abuse postmaster hostmaster webmaster press billing accounts \
    enquiries inquiries reception";

/// ASCII local part; a host of labels in any script that puts spaces between words.
static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"[A-Za-z0-9_][A-Za-z0-9._%+'\-]{0,63}@(?:[\p{Latin}\p{Cyrillic}\p{Greek}0-9][\p{Latin}\p{Cyrillic}\p{Greek}0-9\-]{0,62}\.){1,6}[\p{Latin}\p{Cyrillic}\p{Greek}]{2,24}",
    )
    .expect("a constant pattern")
});

/// Byte ranges of everything that looks like an address, placeholders too: for masking.
pub(in crate::features) fn shaped(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut end = 0;
    let mut found = Vec::new();
    for at in memchr::memchr_iter(b'@', bytes) {
        let is_local = |b: &u8| b.is_ascii_alphanumeric() || b"._%+'-".contains(b);
        let length = bytes[end.min(at)..at]
            .iter()
            .rev()
            .take_while(|b| is_local(b))
            .count();
        let host = bytes
            .get(at + 1)
            .is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        if length == 0 || !host {
            continue;
        }
        // The host ends at the first byte that no host has, whatever its script.
        let is_host = |b: &u8| b.is_ascii_alphanumeric() || b".-".contains(b) || *b >= 0x80;
        let rest = bytes[at + 1..].iter().take_while(|b| is_host(b)).count();
        let start = at - length;
        if let Some(m) = SHAPE.find(&text[start..at + 1 + rest]) {
            end = start + m.end();
            found.push(start + m.start()..end);
        }
    }
    found.retain(|r| !is_userinfo(text, r.start));
    found
}

/// Addresses of people, offices and companies; placeholders and robots are left out.
pub(in crate::features) fn find(text: &str) -> Vec<Found> {
    shaped(text)
        .into_iter()
        .filter_map(|span| {
            let written = without_glued_word(&text[span.clone()]);
            let value = normalise(written)
                .filter(|v| !is_placeholder(v) && has_known_suffix(host_of(v)))?;
            let span = span.start..span.start + written.len();
            Some(Found::new(IdentifierKind::Email, value, text, span))
        })
        .collect()
}

/// The mailbox an address names, lower case: `A.Person+jobs@GoogleMail.com` is `aperson@gmail.com`.
///
/// `None` where it is no address. Hosts need a dot but no known ending, so that commit addresses pass too; ask
/// [`is_placeholder`] whether anybody can own it.
pub fn normalise(written: &str) -> Option<String> {
    let trimmed = written
        .trim()
        .trim_matches(|c: char| "<>()[]{},;:\"'".contains(c))
        .trim_end_matches('.');
    let trimmed = trimmed.strip_prefix("mailto:").unwrap_or(trimmed);
    let (local, host) = trimmed.rsplit_once('@')?;
    let host = match url::Host::parse(host).ok()? {
        url::Host::Domain(domain) if is_host(&domain) => domain.to_lowercase(),
        _ => return None,
    };
    let mut local = local.to_lowercase();
    let rule = HOST_RULES.iter().find(|r| r.hosts.contains(&host.as_str()));
    if rule.is_some() {
        local.truncate(local.find('+').unwrap_or(local.len()));
    }
    if rule.is_some_and(|r| r.drops_dots) {
        local.retain(|c| c != '.');
    }
    let is_foreign = |c: char| c.is_whitespace() || "@\\()\"<>,;:[]".contains(c);
    let whole = !local.is_empty() && !local.contains(is_foreign);
    whole.then(|| {
        format!(
            "{local}@{}",
            rule.and_then(|r| r.canonical).unwrap_or(&host)
        )
    })
}

/// At least two labels of at most 63 bytes (RFC 1035), none beginning with a dash.
fn is_host(domain: &str) -> bool {
    let is_label = |l: &str| (1..=63).contains(&l.len()) && !l.starts_with('-');
    domain.contains('.') && domain.split('.').all(is_label)
}

/// Whether a normalised address is one that templates, manuals or programs use, so that nobody owns it.
///
/// The endings `.example` and `.test` (RFC 2606 §2) are let through: only material invented on purpose uses them.
pub fn is_placeholder(address: &str) -> bool {
    let Some((local, host)) = address.rsplit_once('@') else {
        return true;
    };
    is_placeholder_host(host)
        || NOBODYS.templates.contains(&without_dots(local))
        || NOBODYS.robots.contains(local)
        || local.chars().all(|c| c == 'x')
}

/// Whether a host, or one that it stands under, is one of templates and manuals.
pub(in crate::features) fn is_placeholder_host(host: &str) -> bool {
    let mut rest = Some(host);
    while let Some(host) = rest {
        if NOBODYS.hosts.contains(host) {
            return true;
        }
        rest = host.split_once('.').map(|(_, above)| above);
    }
    false
}

fn without_dots(local: &str) -> String {
    local.chars().filter(|c| *c != '.').collect()
}

/// The lists of [`is_placeholder`], for looking up: it is asked of every address and of every site.
struct Nobodys {
    hosts: HashSet<&'static str>,
    templates: HashSet<String>,
    robots: HashSet<&'static str>,
}

static NOBODYS: LazyLock<Nobodys> = LazyLock::new(|| Nobodys {
    hosts: PLACEHOLDER_HOSTS.split_whitespace().collect(),
    templates: PLACEHOLDER_LOCALS
        .split_whitespace()
        .map(without_dots)
        .collect(),
    robots: ROBOT_LOCALS.split_whitespace().collect(),
});

/// Whether a normalised address belongs to an office ("info@", "hr@") rather than to a person.
pub fn is_role(address: &str) -> bool {
    address
        .rsplit_once('@')
        .is_some_and(|(local, _)| ROLE_LOCALS.split_whitespace().any(|l| l == local))
}

/// Whether a host's ending is a public suffix, or one kept for documentation and tests (RFC 2606 §2).
pub(in crate::features) fn has_known_suffix(host: &str) -> bool {
    let reserved = host.ends_with(".example") || host.ends_with(".test");
    reserved || psl::suffix(host.as_bytes()).is_some_and(|s| s.is_known())
}

fn host_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, host)| host)
}

/// PDF text often glues the next word on: "ann@mail.orgPhone" ends where lower case turns into upper case.
fn without_glued_word(written: &str) -> &str {
    let last = written.rfind('.').map_or(0, |dot| dot + 1);
    let tail = &written.as_bytes()[last..];
    let turn = tail
        .windows(2)
        .position(|w| w[0].is_ascii_lowercase() && w[1].is_ascii_uppercase());
    turn.map_or(written, |at| &written[..last + at + 1])
}

/// `https://user:word@host/` holds no address.
fn is_userinfo(text: &str, at: usize) -> bool {
    let token = text[..at]
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    token.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_has_one_form() {
        for (written, mailbox) in [
            (
                "Invented.Person+jobs@GoogleMail.com",
                "inventedperson@gmail.com",
            ),
            ("invented.person@gmail.com", "inventedperson@gmail.com"),
            (
                "Invented.Person+x@Outlook.com",
                "invented.person@outlook.com",
            ),
            ("invented+x@icloud.com", "invented@icloud.com"),
            ("invented+x@fastmail.com", "invented@fastmail.com"),
            ("in.vented+x@proton.me", "in.vented@proton.me"),
            ("ann+x@kompost.test", "ann+x@kompost.test"),
            ("<ann@BÜRO.test>,", "ann@xn--bro-hoa.test"),
            ("mailto:ann@kompost.test", "ann@kompost.test"),
        ] {
            assert_eq!(normalise(written).as_deref(), Some(mailbox), "{written}");
        }
    }

    proptest::proptest! {
        /// Looking around each `@` finds what the pattern finds in the whole text.
        #[test]
        fn addresses_are_those_of_the_pattern(text in r"[a-cA-C0-9._%+'@@@\-дé 中/:]{0,50}") {
            let whole: Vec<_> = SHAPE
                .find_iter(&text)
                .map(|m| m.range())
                .filter(|r| !is_userinfo(&text, r.start))
                .collect();
            proptest::prop_assert_eq!(shaped(&text), whole);
        }
    }

    #[test]
    fn what_is_no_address_has_no_form() {
        for written in [
            "",
            "ann",
            "ann@",
            "@host.test",
            "ann@localhost",
            "ann lee@host.test",
            "+tag@gmail.com",
            "a@1.2.3.4",
        ] {
            assert_eq!(normalise(written), None, "{written}");
        }
    }

    #[test]
    fn addresses_are_found_in_text() {
        let text = "Mail: ann.lee@post.example, (bob@kontor.example). carl@kontor.examplePhone 1; почта: dora@пример.рф";
        let got: Vec<_> = find(text)
            .into_iter()
            .map(|f| (f.value, text[f.span].to_owned()))
            .collect();
        let expected = [
            ("ann.lee@post.example", "ann.lee@post.example"),
            ("bob@kontor.example", "bob@kontor.example"),
            ("carl@kontor.example", "carl@kontor.example"),
            ("dora@xn--e1afmkfd.xn--p1ai", "dora@пример.рф"),
        ];
        assert_eq!(got, expected.map(|(v, w)| (v.to_owned(), w.to_owned())));
    }

    #[test]
    fn placeholders_files_and_remotes_are_not() {
        for text in [
            "your.email@gmail.com",
            "email@domain.com",
            "ann@example.com ann@mail.example.org",
            "firstname.lastname@gmail.com",
            "john.doe@post.example",
            "xxxx@gmail.com",
            "icon@2x.png",
            "git@github.com:ann/tool.git",
            "noreply@post.example",
            "https://ann:word@post.example/x",
            "a***@post.example",
            "deploy@build-host.local",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }

    #[test]
    fn offices_are_told_from_people() {
        assert!(is_role("hr@kontor.example"));
        assert!(!is_role("hrant@kontor.example"));
    }
}
