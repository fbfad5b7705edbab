//! Which names are common enough to be a habit rather than a project's own.
//!
//! A name that many independent authors use stays as it is. Of any other only its shape is kept, so that no project, person
//! or product leaves a trace in a profile.

use crate::features::code::style::known::Known;

/// The names of one language that stay, as written.
#[derive(Debug, Default)]
pub struct Names(Known);

impl Names {
    /// Whether a name stays.
    pub fn contains(&self, name: &[u8]) -> bool {
        self.0.find(name).is_some()
    }
}

impl<'a> FromIterator<&'a [u8]> for Names {
    fn from_iter<T: IntoIterator<Item = &'a [u8]>>(names: T) -> Self {
        let mut known = Known::default();
        names.into_iter().for_each(|name| known.insert(name, 0));
        Self(known)
    }
}

/// Shapes of names that are not kept: bytes that stand in no code, and what they are called.
pub(in crate::features::code::style) const SHAPES: [&str; 7] = [
    "a plain name",
    "a snake_case name",
    "a camelCase name",
    "a PascalCase name",
    "an UPPER_CASE name",
    "a name with a leading _",
    "a one-letter name",
];

/// The shape of a name: how its words are joined; 1 for the first of [`SHAPES`].
pub(in crate::features::code::style) fn shape(name: &[u8]) -> u8 {
    let has_upper = name.iter().any(u8::is_ascii_uppercase);
    let has_lower = name.iter().any(u8::is_ascii_lowercase);
    let inner = name.iter().skip(1).any(|&b| b == b'_');
    match name {
        [b'_', ..] => 6,
        [_] => 7,
        _ if has_upper && !has_lower => 5,
        [first, ..] if first.is_ascii_uppercase() => 4,
        _ if inner => 2,
        _ if has_upper => 3,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_tells_how_words_are_joined() {
        for (name, expected) in [
            ("total", 1),
            ("row_count", 2),
            ("rowCount", 3),
            ("RowCount", 4),
            ("MAX_ROWS", 5),
            ("_rows", 6),
            ("k", 7),
        ] {
            assert_eq!(shape(name.as_bytes()), expected, "{name}");
        }
    }
}
