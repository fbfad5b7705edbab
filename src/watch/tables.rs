//! Words with which the formats name a kind of identifier.

use crate::watch::WatchKind;

/// What a type word of any list means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::watch) enum Meaning {
    /// An identifier that is compared as it is.
    Value(WatchKind),
    /// A login on this site.
    Login(&'static str),
    /// A person's or company's name: never compared.
    Name,
}

/// Sites whose logins lists name without a URL: (word, start of the profile's URL).
const SITES: &[(&str, &str)] = &[
    ("github", "https://github.com/"),
    ("gitlab", "https://gitlab.com/"),
    ("bitbucket", "https://bitbucket.org/"),
    ("linkedin", "https://www.linkedin.com/in/"),
    ("telegram", "https://t.me/"),
    ("twitter", "https://x.com/"),
    ("x", "https://x.com/"),
];

/// The meaning of a type word, case and separators aside; `None` for kinds that are not compared here.
pub(in crate::watch) fn meaning(word: &str) -> Option<Meaning> {
    let word = word.trim().to_ascii_lowercase().replace(['_', ' '], "-");
    let stem = word
        .trim_end_matches("-username")
        .trim_end_matches("-handle")
        .trim_end_matches("-account")
        .trim_end_matches("-id");
    if let Some((_, start)) = SITES.iter().find(|(site, _)| *site == stem) {
        return Some(Meaning::Login(start));
    }
    let kind = match word.as_str() {
        "email"
        | "e-mail"
        | "email-address"
        | "email-addr"
        | "email-src"
        | "email-dst"
        | "email-reply-to"
        | "target-email"
        | "whois-registrant-email" => WatchKind::Email,
        "phone" | "phone-number" | "telephone" | "mobile" | "whois-registrant-phone" => {
            WatchKind::Phone
        }
        "url" | "link" | "profile" | "account" | "profile-url" | "website" => WatchKind::Account,
        "wallet"
        | "wallet-address"
        | "cryptocurrency-wallet"
        | "btc"
        | "xbt"
        | "eth"
        | "trx"
        | "sol"
        | "usdt"
        | "usdc" => WatchKind::Wallet,
        "name"
        | "alias"
        | "person"
        | "full-name"
        | "first-name"
        | "last-name"
        | "whois-registrant-name" => return Some(Meaning::Name),
        _ => return None,
    };
    Some(Meaning::Value(kind))
}

impl Meaning {
    /// Kind and value of an entry; `None` for a name.
    pub(in crate::watch) fn entry(self, value: &str) -> Option<(WatchKind, String)> {
        let value = value.trim();
        match self {
            Meaning::Value(kind) => Some((kind, value.into())),
            Meaning::Login(_) if value.contains("://") => Some((WatchKind::Account, value.into())),
            Meaning::Login(start) => Some((
                WatchKind::Account,
                format!("{start}{}", value.trim_start_matches('@')),
            )),
            Meaning::Name => None,
        }
    }
}
