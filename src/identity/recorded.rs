//! The key of a name as a commit records it.
//!
//! Many machines record a name nobody chose ("root", "Your Name"); those have no key, so that no two people meet in them.

use crate::identity::display_name::key_of;
use crate::identity::fold;
use crate::model::RecordedName;

/// Names that tools, images and tutorials put in, folded, words joined by a space, `|` between. Sources: git's own documentation
/// ("Your Name"), default accounts of operating systems and cloud images, hosting services' robots.
const GENERIC: &str = "\
    root | user | users | username | your name | name | my name | first last | firstname \
    lastname | admin | administrator | unknown | anonymous | nobody | none | null | \
    undefined | no author | author | owner | me | test | test user | tester | testing | demo \
    | example | guest | default | dev | developer | ubuntu | debian | fedora | centos | ec2 \
    user | vagrant | docker | node | jenkins | runner | build | builder | ci | bot | git | \
    github | gitlab | bitbucket | github actions | github web flow | web flow | gitpod | \
    codespace | vscode | pi | mac | macbook | macbook pro | macbook air | pc | windows | \
    windows user | lenovo | dell | hp | asus | acer | computer | desktop | laptop | home | \
    work | student | john doe | jane doe | foo | foo bar | replit user | lovable | copilot";

/// Letters a name of one word needs: shorter ones are initials or system accounts.
const MIN_SINGLE: usize = 4;

/// The opaque key of a name that a commit records; 0 for a name that many share ("root", "Your Name").
///
/// Equal to [`crate::identity::DisplayName::key`] of the same name.
pub fn recorded_name_key(name: &RecordedName) -> u64 {
    let written = name.as_recorded();
    let words: Vec<String> = fold::words(written).into_iter().map(|w| w.folded).collect();
    let joined = words.join(" ");
    let robot = written.to_ascii_lowercase().contains("[bot]");
    let too_short =
        words.len() < 2 && joined.chars().count() < MIN_SINGLE && !fold::is_unspaced(&joined);
    let no_letter = !joined.chars().any(char::is_alphabetic);
    if robot || too_short || no_letter || GENERIC.split('|').any(|g| g.trim() == joined) {
        0
    } else {
        key_of(written)
    }
}

/// Whether a name that a commit records is a person's whole name, unlike a handle, which may be anybody's: two words, or one
/// in writing that puts no space between them.
pub fn is_full_name(name: &RecordedName) -> bool {
    let words = fold::words(name.as_recorded());
    words.len() >= 2 || words.iter().any(|w| fold::is_unspaced(&w.folded))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::DisplayName;

    fn key(name: &str) -> u64 {
        recorded_name_key(&RecordedName::new(name))
    }

    #[test]
    fn names_that_many_share_have_no_key() {
        for name in [
            "",
            "  ",
            "root",
            "Your Name",
            "ADMIN",
            "ubuntu",
            "unknown",
            "ec2-user",
            "bob",
            "x",
            "42",
            "—",
            "dependabot[bot]",
            "GitHub Actions",
            "MacBook-Pro",
        ] {
            assert_eq!(key(name), 0, "{name}");
        }
    }

    #[test]
    fn a_persons_name_has_the_key_of_the_claimed_name() {
        assert_eq!(
            key("marta novák"),
            DisplayName::new("Novak Marta").unwrap().key().0
        );
        assert_ne!(key("tinker77"), 0);
        assert_ne!(key("tinker77"), key("tinker78"));
    }
}
