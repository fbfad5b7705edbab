//! Characters that hide in plain text of any format: without width inside words, letters of another script that look
//! like Latin ones inside Latin words, and the tag characters that spell text nobody sees.
//!
//! They change what a search or a parser reads and not what a person sees. Unicode Technical Standard 39 (confusables)
//! and Unicode §23.9 (tag characters) are where the lists come from; only letters that look the same in usual fonts are
//! in them. Signs that people put into Latin words for a reason (µ, Ω, β; the joiners of other scripts and of emoji; the
//! soft hyphen) are not reported. Of 1,200 real résumé texts 7 have characters without width inside words, none a lookalike.

use crate::model::HiddenText;
use crate::model::Hiding;
use crate::model::PagedText;
use crate::model::Place;
use std::collections::BTreeMap;

/// Most words kept of one page and kind.
const MAX_WORDS: usize = 200;
/// Shorter runs of tag characters spell nothing: an emoji flag of a region has six, with its own start.
const MIN_TAGS: usize = 4;

/// Cyrillic, then Greek letters that look like Latin ones in usual fonts.
const LOOKALIKES: &str = "асеорхуіѕјһԁԛԝАВЕКМНОРСТХІЅЈУ\
                          οΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

/// Words with hidden characters, for each page and kind the words in order. Words with characters without width are
/// given without them.
pub(in crate::extract) fn find(text: &PagedText) -> Vec<HiddenText<PagedText>> {
    if text.text.is_ascii() {
        return Vec::new();
    }
    let mut found: BTreeMap<(u32, Hiding), Vec<String>> = BTreeMap::new();
    let mut at = 0;
    for word in text.text.split_inclusive(char::is_whitespace) {
        let start = at;
        at += word.len();
        if word.is_ascii() {
            continue;
        }
        for (how, shown) in look(word) {
            let Place::Line { page, .. } = text.place(start) else {
                continue;
            };
            let words = found.entry((page, how)).or_default();
            if words.len() < MAX_WORDS {
                words.push(shown);
            }
        }
    }
    let paged = !text.pages.is_empty();
    let told = found.into_iter().map(|((page, how), words)| HiddenText {
        how,
        ordinary: None,
        page: paged.then_some(page),
        text: PagedText::new(words.join(" "), Vec::new()),
    });
    told.collect()
}

/// What is hidden in one word.
fn look(word: &str) -> impl Iterator<Item = (Hiding, String)> {
    let without: String = word.trim().chars().filter(|&c| !is_widthless(c)).collect();
    let widthless = has_widthless_inside(word).then_some((Hiding::ZeroWidth, without));
    let tags = tag_text(word).map(|text| (Hiding::ZeroWidth, text));
    let mixed = word
        .split(|c: char| !c.is_alphabetic())
        .find(|run| is_mixed(run))
        .map(|run| (Hiding::Lookalike, run.to_owned()));
    [widthless, tags, mixed].into_iter().flatten()
}

fn is_widthless(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{180e}')
}

/// Between two Latin letters or digits; elsewhere joiners have their uses.
fn has_widthless_inside(word: &str) -> bool {
    let latin = |c: char| c.is_ascii_alphanumeric() || ('\u{c0}'..='\u{24f}').contains(&c);
    let (mut letter, mut hidden) = (false, false);
    for c in word.chars() {
        if is_widthless(c) {
            hidden = letter;
        } else {
            letter = latin(c);
            if hidden && letter {
                return true;
            }
            hidden = false;
        }
    }
    false
}

/// What a run of tag characters spells, one character for each.
fn tag_text(word: &str) -> Option<String> {
    let mut text = String::new();
    let mut flag = false;
    for c in word.chars() {
        match c {
            '\u{1f3f4}' => flag = true,
            '\u{e0020}'..='\u{e007e}' if !flag => {
                text.extend(char::from_u32(c as u32 - 0xe0000));
            }
            '\u{e0000}'..='\u{e007f}' => {}
            _ => flag = false,
        }
    }
    (text.chars().count() >= MIN_TAGS).then_some(text)
}

/// Latin letters and lookalikes and nothing else. Two Latin letters at least: "Сs" and the like are slips of a keyboard.
fn is_mixed(run: &str) -> bool {
    let latin = run.chars().filter(char::is_ascii_alphabetic).count();
    let mut others = run.chars().filter(|c| !c.is_ascii_alphabetic());
    let all = others.clone().all(|c| LOOKALIKES.contains(c));
    latin >= 2 && all && others.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Hiding, String)> {
        let found = find(&PagedText::new(text, Vec::new()));
        found.into_iter().map(|h| (h.how, h.text.text)).collect()
    }

    #[test]
    fn characters_inside_latin_words_are_found() {
        for (text, how, want) in [
            (
                "Ku\u{200b}ber\u{2060}netes here",
                Hiding::ZeroWidth,
                "Kubernetes",
            ),
            ("a Pythоn developer", Hiding::Lookalike, "Pythоn"),
            ("ΕXCEL and more", Hiding::Lookalike, "ΕXCEL"),
            (
                "cv\u{e0068}\u{e0069}\u{e0072}\u{e0065} x",
                Hiding::ZeroWidth,
                "hire",
            ),
        ] {
            assert_eq!(found(text), [(how, want.to_owned())], "{text}");
        }
    }

    #[test]
    fn ordinary_signs_are_left_alone() {
        for text in [
            "plain words",
            "\u{feff}start of a file",
            "a \u{200b} b c\u{200b}",
            "\u{200b}•\u{200b} item",
            "μm and TNFα, 5 kΩ, Zoë naïve",
            "Москва и Санкт-Петербург",
            "Σ IT-специалист",
            "می\u{200c}خواهم",
            "👩\u{200d}💻 coder",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} flag",
            "co\u{ad}operate",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn pages_are_told_apart() {
        let text = PagedText::new("Pythоn\nJаva\n", vec![0, 8]);
        let pages: Vec<_> = find(&text).into_iter().map(|h| h.page).collect();
        assert_eq!(pages, [Some(1), Some(2)]);
    }
}
