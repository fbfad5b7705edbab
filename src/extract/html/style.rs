//! What inline styles and old attributes say of text (CSS 2.2), as far as they hide it or set lines.

use crate::extract::prose::Colour;
use crate::extract::prose::Look;
use std::sync::Arc;

/// Takes one `style` attribute.
pub(in crate::extract) fn inline(style: &str, look: &mut Look) {
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.trim().trim_end_matches("!important").trim();
        property(&name.trim().to_ascii_lowercase(), value, look);
    }
}

fn property(name: &str, value: &str, look: &mut Look) {
    let lower = value.to_ascii_lowercase();
    match name {
        "display" => look.marked |= lower == "none",
        "visibility" => look.marked |= lower == "hidden" || lower == "collapse",
        "opacity" => look.marked |= lower.parse() == Ok(0.0),
        "color" => look.colour = colour(&lower),
        "background" | "background-color" => match lower.as_str() {
            "transparent" | "none" | "inherit" | "initial" => {}
            // A picture or a gradient is not followed.
            _ => look.ground = lower.split_whitespace().find_map(colour),
        },
        "font-size" => look.half_points = half_points(&lower).or(look.half_points),
        "font-family" => look.font = Some(family(value)),
        "margin-left" | "padding-left" => {
            look.indent = half_points(&lower).map_or(look.indent, |h| i32::from(h) * 10);
        }
        _ => {}
    }
}

/// The first family of a list.
pub(in crate::extract) fn family(list: &str) -> Arc<str> {
    list.split(',')
        .next()
        .unwrap_or_default()
        .trim()
        .trim_matches(['"', '\''])
        .into()
}

/// A length in half points; relative ones are known only where they are nothing.
fn half_points(text: &str) -> Option<u16> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
    let of_one = match unit {
        _ if number == 0.0 => 0.0,
        "pt" => 2.0,
        "px" => 1.5,
        "in" => 144.0,
        "cm" => 144.0 / 2.54,
        "mm" => 14.4 / 2.54,
        _ => return None,
    };
    Some((number * of_one) as u16)
}

/// A colour by number or by one of the names that hide text; any other is not known.
pub(in crate::extract) fn colour(text: &str) -> Option<Colour> {
    let text = text.trim();
    if text.starts_with('#') {
        return Colour::from_hex(text);
    }
    match text {
        "white" => return Some(Colour::WHITE),
        "black" => return Some(Colour::BLACK),
        _ => {}
    }
    let inside = text.strip_prefix("rgb(")?.strip_suffix(')')?;
    let parts = inside.split([',', ' ']).filter(|p| !p.is_empty());
    let channels: Vec<u8> = parts.filter_map(|c| c.parse().ok()).collect();
    match channels[..] {
        [r, g, b] => Some(Colour(r, g, b)),
        _ => None,
    }
}

/// Whether a style sheet paints anything: what lies under text is then not known, as sheets are not applied.
pub(in crate::extract) fn paints(sheet: &str) -> bool {
    let lower = sheet.to_ascii_lowercase();
    lower.split("background").skip(1).any(|rest| {
        let value = rest
            .split_once(':')
            .map(|(_, v)| v.trim_start())
            .unwrap_or_default();
        let blank = ["transparent", "none", "white", "#fff", "inherit"];
        !blank.iter().any(|b| value.starts_with(b))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_colours() {
        for (text, want) in [
            ("12pt", Some(24)),
            ("16px", Some(24)),
            ("0", Some(0)),
            ("0em", Some(0)),
            ("1.2em", None),
            ("large", None),
        ] {
            assert_eq!(half_points(text), want, "{text}");
        }
        for (text, want) in [
            ("#fff", Some(Colour::WHITE)),
            ("rgb(255, 255,255)", Some(Colour::WHITE)),
            ("white", Some(Colour::WHITE)),
            ("rgba(0,0,0,0)", None),
            ("teal", None),
        ] {
            assert_eq!(colour(text), want, "{text}");
        }
        assert!(
            paints("p { background: #333 }")
                && !paints("p { background: transparent; color: red }")
        );
    }
}
