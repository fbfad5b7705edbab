//! Handles behind the name of their service: "Telegram: @ann_lee" is the account `t.me/ann_lee`.
//!
//! A bare word counts only with its `@`: "GitHub: Actions" names no account. Services without `@` (Skype, WeChat) are
//! read only where the word has a digit, a dot or an underscore.

use crate::features::identifiers::Found;
use crate::model::IdentifierKind;
use regex::Regex;
use std::sync::LazyLock;

/// A service as it is written, and where its accounts stand.
const SERVICES: &[(&str, &str)] = &[
    ("telegram", "t.me/"),
    ("tg", "t.me/"),
    ("discord", "discord/"),
    ("twitter", "x.com/"),
    ("github", "github.com/"),
    ("instagram", "instagram.com/"),
    ("medium", "medium.com/@"),
    ("skype", "skype/"),
    ("wechat", "wechat/"),
];

static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\b(telegram|tg|discord|twitter|github|instagram|medium|skype|wechat)(?: ?(?:id|handle|username|account))?\s?[:\-–|]?\s{0,2}(@[a-z0-9_][a-z0-9_.\-]{2,38}|(?:live:)?[a-z0-9_.#\-]{3,38})",
    )
    .expect("a constant pattern")
});

/// Handles of a text.
pub(in crate::features) fn find(text: &str) -> Vec<Found> {
    SHAPE
        .captures_iter(text)
        .filter_map(|c| {
            let (service, handle) = (c.get(1)?, c.get(2)?);
            let value = canonical(service.as_str(), handle.as_str())?;
            Some(Found::new(
                IdentifierKind::Account,
                value,
                text,
                handle.range(),
            ))
        })
        .collect()
}

fn canonical(service: &str, written: &str) -> Option<String> {
    let service = service.to_ascii_lowercase();
    let (_, base) = SERVICES.iter().find(|(name, _)| *name == service)?;
    let handle = written
        .trim_end_matches(['.', '-', ','])
        .to_ascii_lowercase();
    let name = handle.trim_start_matches('@');
    let with_at = handle.starts_with('@');
    let marked =
        name.contains(|c: char| c.is_ascii_digit() || "._:".contains(c)) && !name.contains(".com");
    let tells = match service.as_str() {
        "skype" => name.starts_with("live:") || marked && name.len() >= 6,
        "wechat" => marked && name.len() >= 6,
        "discord" => {
            with_at
                || name
                    .split_once('#')
                    .is_some_and(|(_, n)| n.len() == 4 && n.parse::<u16>().is_ok())
        }
        _ => with_at,
    };
    let placeholder = [
        "username",
        "yourname",
        "your_name",
        "handle",
        "yourhandle",
        "user_name",
    ]
    .contains(&name);
    (tells && !placeholder && name.len() >= 3).then(|| format!("{base}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        find(text).into_iter().map(|f| f.value).collect()
    }

    #[test]
    fn handles_are_read_behind_their_service() {
        for (text, account) in [
            ("Telegram: @Ann_Lee", "t.me/ann_lee"),
            ("TG @ann_lee.", "t.me/ann_lee"),
            ("Discord: annlee#0042", "discord/annlee#0042"),
            ("Twitter – @annlee", "x.com/annlee"),
            ("Skype: live:ann.lee_7", "skype/live:ann.lee_7"),
            ("Skype ID: ann.lee77", "skype/ann.lee77"),
        ] {
            assert_eq!(found(text), [account], "{text}");
        }
    }

    #[test]
    fn plain_words_are_not() {
        for text in [
            "GitHub: Actions, Pages",
            "Telegram bot API",
            "Discord bots",
            "@ann_lee",
            "Skype for Business",
            "Telegram: @username",
            "Instagram: ads",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
