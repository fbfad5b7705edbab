//! Names of machines and of users' home directories, as paths, prompts and host-made addresses show them.
//!
//! A name that an installer makes at random (`DESKTOP-1A2B3C4`) or from its owner's (`Annas-MacBook-Pro`) is one machine's;
//! one that every fresh system has (`raspberrypi`, `MacBook-Pro`) is nobody's. `.local` alone says little: it ends the names of
//! settings and containers too, so it counts only behind `@`. A home directory is read from an absolute path that goes on
//! to a folder people have at home: `/home/x` and `/Users/x` are also pages of web sites.

use crate::features::anchors::Anchors;
use crate::features::anchors::Cue;
use crate::features::anchors::before;
use crate::features::identifiers::Found;
use crate::model::IdentifierKind;
use std::ops::Range;

/// Names that many machines have. Default names of systems, images and hosted workspaces; sole words.
const SHARED: &str = "\
    localhost localdomain local raspberrypi ubuntu debian kali fedora archlinux arch manjaro centos mint \
    linux windows vagrant runner docker docker-desktop host server vps pc home laptop desktop workstation dev \
    macbook macbook-pro macbook-air mbp imac mac mac-mini mac-studio macs-macbook users-macbook \
    my-macbook the-macbook admins-macbook example test user username yourname computer machine pop-os \
    kubernetes minikube company domain office corp mail gitpod codespaces penguin wsl app service api db";

/// Ends of host names that the home network adds.
const NETWORK_ENDS: [&str; 8] = [
    ".local",
    ".localdomain",
    ".lan",
    ".home",
    ".internal",
    ".fritz.box",
    ".router",
    ".(none)",
];

/// What makers put behind the owner's name.
const MAKERS: [&str; 5] = ["-macbook", "-imac", "-mac-mini", "-mbp", "-mac-studio"];

/// User names that images, services and manuals use: nobody's. From the default users of cloud images, hosted runners and
/// packages, and the stand-ins of manuals.
const SHARED_USERS: &str = "\
    runner runneradmin ubuntu debian user users username admin administrator node app vagrant root jenkins \
    gitpod codespace vscode circleci travis semaphore buildkite build builder ci deploy deployer docker ec2-user \
    centos fedora pi git www www-data web http nginx apache nobody guest public shared default defaultuser0 \
    all test tester testuser demo example yourname your_name your-name yourusername your-username your_username \
    your_user you me name myuser myname someuser someone somebody user1 student developer dev linuxbrew homebrew \
    alice bob foo bar foobar john johndoe john.doe jane janedoe xxx xxxx pwuser jovyan coder kali opam rust python \
    sandbox agent azureuser vsts vssadministrator containeradministrator containeruser steam postgres mysql \
    hadoop spark airflow superset frappe odoo elastic solr redis mongodb rails ruby perl php sail \
    worker service server system project projects workspace src home path \
    appuser devuser my_user_name nonroot appveyor gradle maven oracle spring dynamodblocal";

/// Folders that people have at home, lower case; a name with a leading dot counts too.
const HOME_FOLDERS: &str = "\
    desktop documents downloads pictures music movies videos library public sites applications icloud \
    dropbox onedrive projects project code coding dev develop development developer src source repos repo repositories \
    git github gitlab work workspace workspaces ws go bin opt local tmp anaconda anaconda2 anaconda3 miniconda miniconda3 \
    miniforge3 snap venv env envs virtualenvs appdata ideaprojects pycharmprojects webstormprojects goland \
    androidstudioprojects studioprojects eclipse-workspace vscode public_html www catkin_ws datasets \
    school university uni college courses study learning research phd thesis google-cloud-sdk";

/// Names of machines and users of a text.
pub(in crate::features) fn find(text: &str, anchors: &Anchors) -> Vec<Found> {
    let machines = anchors.of(Cue::Machine).filter_map(|cue| {
        let span = host_around(text, cue.clone());
        let written = &text[span.clone()];
        let is_address = before(text, span.start) == Some('@');
        // "demo@shop.local" is a mailbox of a test, not a machine and its user.
        if is_address && is_nobodys_user(user_before(text, span.start - 1)) {
            return None;
        }
        let value = machine(written, is_address)?;
        Some(Found::new(IdentifierKind::Machine, value, text, span))
    });
    // "Annas-MacBook-Pro.local" holds two key words.
    let mut machines: Vec<Found> = machines.collect();
    machines.dedup_by(|a, b| a.span == b.span);
    let homes = anchors.of(Cue::Home).filter_map(|cue| {
        let (span, value) = home(text, cue)?;
        Some(Found::new(IdentifierKind::Home, value, text, span))
    });
    machines.into_iter().chain(homes).collect()
}

/// The one form of a machine's name: lower case, without what the network adds; `None` for a name that many machines have.
pub fn normalise(host: &str) -> Option<String> {
    let lower = host.trim().trim_matches(['.', '-']).to_lowercase();
    let bare = NETWORK_ENDS
        .iter()
        .find_map(|end| lower.strip_suffix(end))
        .unwrap_or(&lower);
    // macOS counts machines of one name: "annas-mbp-2" is another than "annas-mbp", "macbook-pro-2" is nobody's.
    let uncounted = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let uncounted = uncounted.strip_suffix('-').unwrap_or(bare);
    let shared = |name: &str| SHARED.split_whitespace().any(|w| w == name);
    let is_container = bare.len() == 12 && bare.bytes().all(|b| b.is_ascii_hexdigit());
    let is_address =
        bare.starts_with("ip-") || bare.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let stem = MAKERS
        .iter()
        .find_map(|maker| bare.find(maker).map(|at| &bare[..at]));
    let nobodys = shared(bare)
        || shared(uncounted)
        || stem.is_some_and(|s| {
            s.is_empty()
                || shared(s)
                || is_nobodys_user(s)
                || s.strip_suffix('s').is_some_and(is_nobodys_user)
        });
    let good = bare.len() >= 3 && !nobodys && !is_container && !is_address;
    good.then(|| bare.to_owned())
}

/// The user of a home directory in one form; `None` for a name that images and manuals use.
pub fn normalise_user(user: &str) -> Option<String> {
    let lower = user.to_lowercase();
    let is_plain = lower
        .chars()
        .all(|c| c.is_alphanumeric() || "._- ".contains(c));
    let nobodys = is_nobodys_user(&lower);
    let good = is_plain
        && lower.starts_with(char::is_alphanumeric)
        && lower.chars().count() >= 3
        && !nobodys;
    good.then_some(lower)
}

/// Whether a user's name, in lower case, is one that images, services and manuals use.
fn is_nobodys_user(lower: &str) -> bool {
    SHARED_USERS.split_whitespace().any(|w| w == lower)
}

/// What stands before an `@`, as far as a user's name can go.
fn user_before(text: &str, at: usize) -> &str {
    let is_user = |b: &&u8| b.is_ascii_alphanumeric() || b"._-".contains(b);
    let bytes = text.as_bytes()[..at].iter().rev();
    &text[at - bytes.take_while(is_user).count()..at]
}

fn is_host_byte(b: &u8) -> bool {
    b.is_ascii_alphanumeric() || *b == b'-' || *b == b'.'
}

/// The host name around a key word.
fn host_around(text: &str, cue: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let left = bytes[..cue.start]
        .iter()
        .rev()
        .take_while(|b| is_host_byte(b))
        .count();
    let right = bytes[cue.end..]
        .iter()
        .take_while(|b| is_host_byte(b))
        .count();
    let start = cue.start - left;
    let end = cue.end + right;
    start..start + text[start..end].trim_end_matches(['.', '-']).len()
}

/// A machine's name as text shows it; `is_address`: it stands behind `user@`.
fn machine(written: &str, is_address: bool) -> Option<String> {
    if let Some(fits) = made_by_windows(written, is_address) {
        return fits.then(|| written.to_ascii_lowercase());
    }
    let lower = written.to_ascii_lowercase();
    let local = NETWORK_ENDS.iter().find_map(|end| lower.strip_suffix(end));
    let name = local.unwrap_or(&lower);
    if name.contains('.') || name.is_empty() {
        return None;
    }
    let mac = MAKERS.iter().any(|maker| {
        name.find(maker).is_some_and(|at| {
            let rest = &name[at + maker.len()..];
            let known = rest.trim_start_matches("-pro").trim_start_matches("-air");
            known.chars().all(|c| c.is_ascii_digit() || c == '-')
        })
    });
    // A page may be "the-new-macbook-pro": an owner's name is one word, with the plural of English.
    let owned = mac
        && (is_address
            || local.is_some()
            || name.find("s-").is_some_and(|at| !name[..at].contains('-')));
    (owned || is_address && local.is_some()).then(|| normalise(name))?
}

/// `DESKTOP-` and seven, `LAPTOP-` and eight characters, as the installer of Windows 10 and 11 makes them: whether the rest
/// fits. A random name lacks digits one time in ten; without one it may be a word, and is not read.
fn made_by_windows(written: &str, is_address: bool) -> Option<bool> {
    let (head, length) = [("desktop-", 7), ("laptop-", 8)]
        .into_iter()
        .find(|(head, _)| {
            written.len() > head.len() && written[..head.len()].eq_ignore_ascii_case(head)
        })?;
    let bare = written.split('.').next().unwrap_or_default();
    let rest = bare.as_bytes().get(head.len()..)?;
    let capitals = bare.bytes().all(|b| !b.is_ascii_lowercase());
    let fits = rest.len() == length
        && rest.iter().all(u8::is_ascii_alphanumeric)
        && rest.iter().any(u8::is_ascii_digit)
        && rest.iter().any(u8::is_ascii_alphabetic)
        && (capitals || is_address)
        && bare.len() == written.len();
    Some(fits)
}

/// The user behind `/Users/`, `/home/` or `C:\Users\`.
fn home(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let folder = &text[cue.clone()];
    let back = folder.starts_with('\\');
    let drive = text[..cue.start].trim_end_matches('\\').ends_with(':');
    if !(folder == "/home/" || folder[1..].starts_with("Users")) || back && !drive {
        return None;
    }
    let absolute = drive
        || before(text, cue.start).is_none_or(|c| c.is_whitespace() || "\"'`=(,:;[<>|".contains(c))
        || text[..cue.start].ends_with("file://")
        || text[..cue.start].ends_with("/mnt/c");
    // A source file writes each backslash twice.
    let separator = if back { '\\' } else { '/' };
    let start = cue.end + usize::from(text[cue.end..].starts_with('\\'));
    let rest = &text[start..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "._-".contains(c)))?;
    let user = &rest[..end];
    let after = rest[end..].strip_prefix(separator)?;
    let after = after.strip_prefix(separator).unwrap_or(after);
    let next_end = after
        .find(|c: char| !(c.is_alphanumeric() || "._-".contains(c)))
        .unwrap_or(after.len());
    let next = after[..next_end].to_lowercase();
    let at_home = next.len() > 2 && next.starts_with('.')
        || HOME_FOLDERS.split_whitespace().any(|f| f == next);
    (absolute && (at_home || drive && !next.is_empty()))
        .then(|| normalise_user(user))?
        .map(|value| (cue.start..start + end, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        find(text, &Anchors::new(text))
            .into_iter()
            .map(|f| f.value)
            .collect()
    }

    #[test]
    fn names_that_an_installer_made_are_read() {
        for (text, name) in [
            ("on DESKTOP-1A2B3C4 today", "desktop-1a2b3c4"),
            ("ann@desktop-1a2b3c4", "desktop-1a2b3c4"),
            ("LAPTOP-1A2B3C4D\\ann", "laptop-1a2b3c4d"),
            (
                "ssh-rsa key ann@Annas-MacBook-Pro.local",
                "annas-macbook-pro",
            ),
            ("Annas-MacBook-Air-2:~ ann$", "annas-macbook-air-2"),
            ("ann@thinkpad-of-ann.local", "thinkpad-of-ann"),
        ] {
            assert_eq!(found(text), [name], "{text}");
        }
    }

    #[test]
    fn names_of_many_and_words_are_not() {
        for text in [
            "DESKTOP-VERSION",
            "desktop-sidebar",
            "laptop-1366x768",
            "DESKTOP-1A2B3C",
            ".env.local",
            "this.local",
            "~/.local/share",
            "user@raspberrypi.local",
            "me@MacBook-Pro.local",
            "users-macbook-pro.local",
            "http://shop.local/",
            "ann@localhost.local",
            "demo@shop-of-ann.local",
            "the-new-macbook-pro review",
            "best-MacBook-Pro-deals",
            "a@0a1b2c3d4e5f.local",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        assert_eq!(normalise("MacBook-Pro-2.local"), None);
        assert_eq!(normalise("Annas-MBP-2.lan").as_deref(), Some("annas-mbp-2"));
    }

    #[test]
    fn homes_give_their_user() {
        for (text, user) in [
            ("\"/Users/annlee/Desktop/shop\"", "annlee"),
            ("/home/annlee/.config/x", "annlee"),
            (r"C:\Users\AnnLee\shop\main.py", "annlee"),
            (r#""C:\\Users\\AnnLee\\Desktop\\x""#, "annlee"),
            ("file:///Users/annlee/Documents/cv.docx", "annlee"),
            ("D:/Users/annlee/x", "annlee"),
        ] {
            assert_eq!(found(text), [user], "{text}");
        }
    }

    #[test]
    fn pages_and_images_are_no_homes() {
        for text in [
            "GET /users/login/work",
            "/Users/Index",
            "'/home/dashboard/settings'",
            "/home/runner/work/x",
            "/home/ubuntu/.ssh",
            "https://shop.example/home/annlee/work",
            "src/home/annlee/code/x",
            r"C:\Users\Public\Documents\x",
            r"C:\Users\%USERNAME%\x",
            "/Users/<you>/code",
            "/Users/$USER/code/",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
