//! Handles behind the name of their service: "Telegram: @ann_lee" is the account `t.me/ann_lee`.
//!
//! A bare word counts only with its `@`: "GitHub: Actions" names no account. Services without `@` (Skype, WeChat) are
//! read only where the word has a digit, a dot or an underscore.

use crate::features::anchors::Anchors;
use crate::features::anchors::Cue;
use crate::features::anchors::before;
use crate::features::anchors::is_word;
use crate::features::identifiers::Found;
use crate::model::IdentifierKind;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// A service as it is written, and where its accounts stand.
const SERVICES: &[(&str, &str)] = &[
    ("telegram", "t.me/"),
    ("tg", "t.me/"),
    ("discord", "discord/"),
    ("twitter", "x.com/"),
    ("github", "github.com/"),
    ("gitlab", "gitlab.com/"),
    ("linkedin", "linkedin.com/in/"),
    ("instagram", "instagram.com/"),
    ("medium", "medium.com/@"),
    ("skype", "skype/"),
    ("wechat", "wechat/"),
];

/// Bytes behind the service's name in which the handle must begin.
const NEAR: usize = 24;

static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(telegram|tg|discord|twitter|github|gitlab|linkedin|instagram|medium|skype|wechat)(?:/x|\)| \(x\))?(?: ?(?:id|handle|username|account))?\s?[:\-–|]?\s{0,2}(@[a-z0-9_][a-z0-9_.\-]{2,38}|/?in/[a-z0-9\-]{3,100}|(?:live:)?[a-z0-9_.#\-]{3,38})",
    )
    .expect("a constant pattern")
});

/// Handles of a text.
pub(in crate::features) fn find(text: &str, anchors: &Anchors) -> Vec<Found> {
    let mut end = 0;
    anchors
        .of(Cue::Handle)
        .filter_map(|cue| {
            let glued = before(text, cue.start).is_some_and(is_word);
            if cue.start < end || glued || !may_follow(text, &cue) {
                return None;
            }
            let found = SHAPE.captures(&text[cue.start..])?;
            let (service, handle) = (found.get(1)?, found.get(2)?);
            end = cue.start + handle.end();
            let span = cue.start + handle.start()..end;
            let value = canonical(service.as_str(), handle.as_str())?;
            Some(Found::new(IdentifierKind::Account, value, text, span))
        })
        .collect()
}

/// Whether a handle may stand behind a service's name: most services' begin with `@`.
fn may_follow(text: &str, cue: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let near = &bytes[cue.end..bytes.len().min(cue.end + NEAR)];
    match bytes[cue.start].to_ascii_lowercase() {
        b's' | b'w' | b'd' => !near.is_empty(),
        b'l' => near.contains(&b'@') || near.windows(3).any(|w| w.eq_ignore_ascii_case(b"in/")),
        _ => near.contains(&b'@'),
    }
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
        "linkedin" => with_at || name.contains("in/"),
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
    let name = if service == "linkedin" {
        name.trim_start_matches('/').trim_start_matches("in/")
    } else {
        name
    };
    (tells && !placeholder && name.len() >= 3).then(|| format!("{base}{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let anchors = Anchors::new(text);
        find(text, &anchors).into_iter().map(|f| f.value).collect()
    }

    #[test]
    fn handles_are_read_behind_their_service() {
        for (text, account) in [
            ("Telegram: @Ann_Lee", "t.me/ann_lee"),
            ("TG @ann_lee.", "t.me/ann_lee"),
            ("Discord: annlee#0042", "discord/annlee#0042"),
            ("Discord – @ann.lee", "discord/ann.lee"),
            ("GitLab: @annlee", "gitlab.com/annlee"),
            ("X/Twitter: @annlee", "x.com/annlee"),
            ("Twitter/X @annlee", "x.com/annlee"),
            ("LinkedIn: /in/ann-lee-12ab", "linkedin.com/in/ann-lee-12ab"),
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
