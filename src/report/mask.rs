//! Masking: what a report shows of e-mail addresses, phones, accounts, wallets and recorded names unless `--reveal` is given.
//!
//! A value becomes a short form and a tag: `m•••@g•••.com #3`. Equal values have equal tags within a run and different
//! values different ones, so a reader can follow a value without knowing it. The tag is the value's place in the run's
//! sorted list of masked values, not a hash of it: a hash could be looked up in a list of known addresses.
//! That list must be complete before the first tag is given, so a report is rendered twice: once with
//! [`Masker::collecting`], once with [`Masker::numbered`].
//!
//! Typed facts are masked by their kind. Free text (messages, paths, table cells, passages) is searched as a second line
//! of defence (`find.rs`); it is not a promise to find every way of writing a phone number.

use crate::model::Fact;
use crate::report::FactEntry;
use crate::report::clean;
use crate::report::find;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Whether contacts and names are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Masking {
    /// Contacts are masked and applicants have no names.
    #[default]
    Mask,
    /// Everything is shown (`--reveal`); the report says so.
    Reveal,
}

/// A kind of masked value and the value, lower-cased.
type Key = (&'static str, String);

/// Masks values, the same value always the same way.
#[derive(Debug)]
pub(in crate::report) struct Masker {
    masking: Masking,
    seen: RefCell<BTreeSet<Key>>,
    tags: BTreeMap<Key, usize>,
}

impl Masker {
    /// A masker that remembers what it masks and gives every value the tag 0.
    pub(in crate::report) fn collecting(masking: Masking) -> Self {
        Self {
            masking,
            seen: RefCell::default(),
            tags: BTreeMap::new(),
        }
    }

    /// A masker with a tag for every value that this one has seen, counted from 1.
    pub(in crate::report) fn numbered(self) -> Self {
        let tags = self.seen.take().into_iter().zip(1..).collect();
        Self {
            masking: self.masking,
            seen: RefCell::default(),
            tags,
        }
    }

    /// Whether values are shown as they are.
    pub(in crate::report) fn reveals(&self) -> bool {
        self.masking == Masking::Reveal
    }

    /// A fact as the report shows it.
    pub(in crate::report) fn fact(&self, fact: &Fact) -> FactEntry {
        let value = match fact {
            Fact::Email(_)
            | Fact::Phone(_)
            | Fact::Account(_)
            | Fact::Wallet(_)
            | Fact::Name(_)
            | Fact::Secret(_) => self.value(fact.kind(), fact.raw()),
            Fact::Path(path) => self.path(path),
            Fact::Text(text) => self.text(text),
            Fact::Number(value) | Fact::Time(value) => {
                self.search(&clean::line(value), find::Depth::Addresses)
            }
        };
        FactEntry {
            kind: fact.kind().into(),
            value: clean::clamp(value, clean::MAX_TEXT),
        }
    }

    /// One line of free text.
    pub(in crate::report) fn text(&self, text: &str) -> String {
        clean::clamp(
            self.search(&clean::line(text), find::Depth::All),
            clean::MAX_TEXT,
        )
    }

    /// Free text whose line breaks matter.
    pub(in crate::report) fn block(&self, text: &str) -> String {
        clean::clamp(
            self.search(&clean::block(text), find::Depth::All),
            clean::MAX_BLOCK,
        )
    }

    /// A path or an id: only what cannot be an ordinary number is masked, and nothing is cut off.
    pub(in crate::report) fn path(&self, path: &str) -> String {
        self.search(&clean::line(path), find::Depth::Addresses)
    }

    fn search(&self, text: &str, depth: find::Depth) -> String {
        if self.reveals() {
            return text.into();
        }
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for found in find::contacts(text, depth) {
            out.push_str(&text[at..found.range.start]);
            out.push_str(&self.value(found.kind, &text[found.range.clone()]));
            at = found.range.end;
        }
        out + &text[at..]
    }

    fn value(&self, kind: &'static str, raw: &str) -> String {
        if self.reveals() && kind != "secret" {
            return clean::line(raw);
        }
        let key = (kind, canonical(kind, raw));
        let tag = self.tags.get(&key).copied().unwrap_or(0);
        let shown = match kind {
            "email" => email(raw),
            "phone" => phone(raw),
            "wallet" => wallet(raw),
            // Nothing of a name is shown: its tag alone lets a reader follow it.
            "name" | "secret" => "•••".into(),
            _ => account(raw),
        };
        self.seen.borrow_mut().insert(key);
        format!("{} #{tag}", clean::line(&shown))
    }
}

/// Equal for two ways of writing one value that differ only in case, spacing or scheme.
fn canonical(kind: &str, raw: &str) -> String {
    let lower = raw.trim().to_lowercase();
    match kind {
        "phone" => lower.chars().filter(char::is_ascii_digit).collect(),
        "account" => without_scheme(&lower).trim_end_matches('/').into(),
        "wallet" => raw.trim().into(),
        _ => lower.replace("%40", "@"),
    }
}

fn without_scheme(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest)
}

fn initial(text: &str) -> String {
    text.chars().next().map(String::from).unwrap_or_default() + "•••"
}

/// `m•••@g•••.com`: the first letters and the last label of the host.
fn email(raw: &str) -> String {
    let raw = raw.trim().replace("%40", "@");
    let Some((local, host)) = raw.rsplit_once('@') else {
        return initial(&raw);
    };
    match host.rsplit_once('.') {
        Some((name, top)) => format!("{}@{}.{top}", initial(local), initial(name)),
        None => format!("{}@{}", initial(local), initial(host)),
    }
}

/// `•••••••42`: the last two digits, and no hint of how many there are.
fn phone(raw: &str) -> String {
    let digits: Vec<char> = raw.chars().filter(char::is_ascii_digit).collect();
    let shown: String = digits[digits.len() - digits.len().min(2)..]
        .iter()
        .collect();
    if digits.len() < 6 {
        "•••••••".into()
    } else {
        format!("•••••••{shown}")
    }
}

/// `0x3f••••9a`: the first four and last two characters.
fn wallet(raw: &str) -> String {
    let all: Vec<char> = raw.trim().chars().collect();
    if all.len() < 12 {
        return "••••".into();
    }
    let (head, tail): (String, String) = (
        all[..4].iter().collect(),
        all[all.len() - 2..].iter().collect(),
    );
    format!("{head}••••{tail}")
}

/// `github.com/t•••`: the site and the first letter of what follows; a login without a site keeps its first letter.
fn account(raw: &str) -> String {
    let url = without_scheme(raw.trim());
    let url = url.strip_prefix("git@").unwrap_or(url);
    let Some((site, rest)) = url.split_once(['/', ':']) else {
        return initial(url);
    };
    let mut labels = site.split('.').rev();
    let site = match (labels.next(), labels.next(), labels.next()) {
        // `login.github.io`: the login is in the name of the host.
        (Some(top), Some(name), Some(sub)) if sub.len() > 2 => {
            format!("{}.{name}.{top}", initial(sub))
        }
        _ => site.into(),
    };
    for kept in ["in/", "u/", "users/", "user/", "profile/", "pub/"] {
        if let Some(login) = rest.strip_prefix(kept) {
            return format!("{site}/{kept}{}", initial(login));
        }
    }
    format!("{site}/{}", initial(rest.trim_start_matches('@')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(fact: Fact) -> String {
        Masker::collecting(Masking::Mask)
            .fact(&fact)
            .value
            .trim_end_matches(" #0")
            .into()
    }

    #[test]
    fn each_kind_keeps_only_its_hint() {
        for (fact, expected) in [
            (Fact::Email("maria.k@gmail.com".into()), "m•••@g•••.com"),
            (
                Fact::Email("x@mail.corp.example".into()),
                "x•••@m•••.example",
            ),
            (Fact::Email("root@localhost".into()), "r•••@l•••"),
            (Fact::Phone("+14155550142".into()), "•••••••42"),
            (Fact::Phone("112".into()), "•••••••"),
            (
                Fact::Account("https://github.com/someone".into()),
                "github.com/s•••",
            ),
            (
                Fact::Account("linkedin.com/in/some-one-1a2b".into()),
                "linkedin.com/in/s•••",
            ),
            (
                Fact::Account("someone.github.io/cv".into()),
                "s•••.github.io/c•••",
            ),
            (Fact::Account("4711".into()), "4•••"),
            (
                Fact::Wallet("0x3fA1000000000000000000000000000000009a9a".into()),
                "0x3f••••9a",
            ),
            (Fact::Wallet("short".into()), "••••"),
            (Fact::Name("Maria Kovacs".into()), "•••"),
            (
                Fact::Time("2024-05-01 10:00 +09:00".into()),
                "2024-05-01 10:00 +09:00",
            ),
            (Fact::Number("1234567890".into()), "1234567890"),
        ] {
            assert_eq!(shown(fact.clone()), expected, "{fact:?}");
        }
    }

    #[test]
    fn equal_values_share_a_tag_and_different_ones_do_not() {
        let facts =
            ["ann@x.example", "ANN@x.example", "alf@x.example"].map(|v| Fact::Email(v.into()));
        let first = Masker::collecting(Masking::Mask);
        facts.iter().for_each(|f| drop(first.fact(f)));
        let second = first.numbered();
        let values: Vec<String> = facts.iter().map(|f| second.fact(f).value).collect();
        assert_eq!(values[0].to_lowercase(), values[1].to_lowercase());
        assert_eq!(values[0], "a•••@x•••.example #2");
        assert_eq!(values[2], "a•••@x•••.example #1");
        assert_eq!(
            second.text("wrote to ann@x.example"),
            "wrote to a•••@x•••.example #2"
        );
    }

    #[test]
    fn revealing_shows_all_but_control_characters() {
        let masker = Masker::collecting(Masking::Reveal).numbered();
        assert_eq!(
            masker.fact(&Fact::Email("ann@x.example".into())).value,
            "ann@x.example"
        );
        assert_eq!(masker.text("ann@x.example\u{1b}[1m"), "ann@x.example␛[1m");
    }
}
