//! Text of strangers made harmless to look at: control characters, bidirectional overrides, sheer length.
//!
//! A name or path may hold escape sequences that repaint a terminal, or overrides that show a file name backwards
//! (Boucher and Anderson 2021, "Trojan Source"). They are made visible rather than dropped, so that the reader sees that
//! something was there. Zero-width joiners stay: Persian, Indic scripts and emoji need them. Soft hyphens go.
//! Markup needs nothing here: HTML and CSV escape for themselves.

/// Longest value, message or table cell that a report carries, in characters; the rest is counted.
pub(in crate::report) const MAX_TEXT: usize = 400;

/// Longest passage that a report carries, in characters.
pub(in crate::report) const MAX_BLOCK: usize = 3_000;

/// The text with control and direction characters made visible; line breaks become spaces.
pub(in crate::report) fn line(text: &str) -> String {
    clean(text, false)
}

/// The text with control and direction characters made visible; line breaks stay.
pub(in crate::report) fn block(text: &str) -> String {
    clean(text, true)
}

fn clean(text: &str, keep_breaks: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' if keep_breaks => out.push('\n'),
            '\r' if keep_breaks => {}
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\u{ad}' => {}
            // The block "Control Pictures" has one sign for each of the first 32 controls.
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + u32::from(c))),
            c if c.is_control() || is_hidden(c) => {
                out.push_str(&format!("‹U+{:04X}›", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out
}

/// Format characters that reorder or hide text: bidirectional controls, zero-width spaces, tags, interlinear marks.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// At most `max` characters; what is left out is counted at the end.
pub(in crate::report) fn clamp(text: String, max: usize) -> String {
    let count = text.chars().count();
    if count <= max {
        return text;
    }
    let kept: String = text.chars().take(max).collect();
    format!("{kept}… ({} more characters)", count - max)
}

/// At most `max` characters for a heading or table cell, the end cut off.
pub(in crate::report) fn shorten(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.into();
    }
    let kept: String = text.chars().take(max.saturating_sub(1)).collect();
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_overrides_become_visible() {
        for (raw, shown) in [
            ("\u{1b}[2Jgone", "␛[2Jgone"),
            ("cv\u{202e}fdp.exe", "cv‹U+202E›fdp.exe"),
            ("a\u{9b}31m", "a‹U+009B›31m"),
            ("two\nlines\tand tab", "two lines and tab"),
            ("soft\u{ad}hyphen", "softhyphen"),
        ] {
            assert_eq!(line(raw), shown);
        }
        assert_eq!(block("two\r\nlines"), "two\nlines");
    }

    #[test]
    fn ordinary_text_of_any_script_stays() {
        for text in [
            "Zoë Müller-Ångström",
            "محمد رضا",
            "می\u{200c}خواهم",
            "👩\u{200d}💻",
            "山田 太郎",
        ] {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn long_text_is_counted() {
        assert_eq!(
            clamp("é".repeat(12), 10),
            format!("{}… (2 more characters)", "é".repeat(10))
        );
        assert_eq!(shorten("abcdef", 4), "abc…");
    }
}
