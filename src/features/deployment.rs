//! Hosts that deployment services give out: `anna-shop.netlify.app` is one project of one account.
//!
//! A preview of one commit or branch is brought to the project where the host still names it, and dropped where it does
//! not. Stand-ins of manuals are dropped. Whether the project is the writer's own is not decided here: anybody may link
//! to it.

use crate::features::anchors::Anchors;
use crate::features::anchors::Cue;
use crate::features::anchors::before;
use crate::features::identifiers::Found;
use crate::model::IdentifierKind;
use std::ops::Range;

/// How a service writes previews of a project.
#[derive(Clone, Copy)]
pub(in crate::features) enum Preview {
    /// It has none, or they cannot be told.
    None,
    /// `branch--project`: what stands behind the last `--`.
    BehindDashes,
    /// `project--channel-hash`: what stands before `--`.
    BeforeDashes,
    /// `hash.project`: the last label.
    LastLabel,
    /// `project-hash-scope` and `project-git-branch-scope`: the project cannot be told; dropped.
    Dropped,
    /// `project-0123456789ab`: twelve hex digits behind a dash are cut.
    HexTail,
}

/// An ending of deployment hosts.
pub(in crate::features) struct Suffix {
    /// With its dot.
    pub ending: &'static str,
    /// How previews are written.
    pub preview: Preview,
}

const fn suffix(ending: &'static str, preview: Preview) -> Suffix {
    Suffix { ending, preview }
}

/// The services, by their own documentation of default hosts.
pub(in crate::features) const SUFFIXES: &[Suffix] = &[
    suffix(".netlify.app", Preview::BehindDashes),
    suffix(".netlify.com", Preview::BehindDashes),
    suffix(".vercel.app", Preview::Dropped),
    suffix(".now.sh", Preview::Dropped),
    suffix(".herokuapp.com", Preview::HexTail),
    suffix(".github.io", Preview::None),
    suffix(".gitlab.io", Preview::None),
    suffix(".pages.dev", Preview::LastLabel),
    suffix(".workers.dev", Preview::LastLabel),
    suffix(".web.app", Preview::BeforeDashes),
    suffix(".onrender.com", Preview::None),
    suffix(".up.railway.app", Preview::None),
    suffix(".fly.dev", Preview::None),
    suffix(".surge.sh", Preview::None),
    suffix(".streamlit.app", Preview::None),
    suffix(".replit.app", Preview::None),
    suffix(".repl.co", Preview::LastLabel),
    suffix(".glitch.me", Preview::None),
    suffix(".azurewebsites.net", Preview::None),
    suffix(".azurestaticapps.net", Preview::None),
    suffix(".pythonanywhere.com", Preview::None),
    suffix(".000webhostapp.com", Preview::None),
];

/// Names that manuals use, and words with which stand-ins begin.
const STAND_INS: &str = "\
    app my-app myapp my-site mysite my-project myproject example examples sample demo test api www your-app yourapp \
    your-site your-project your-domain yourdomain project project-name app-name appname site-name sitename username \
    user name xxx foo bar todo admin deploy-preview branch hash site next react vue docs blog";

/// Pages and badges of well-known projects that unrelated repositories link to: those that two owners or more of 367
/// public repositories had (`corpora/programs/measure_marks.rs`).
const PUBLIC: &str = "\
    assertj.github.io capsule-render.vercel.app codehaus-cargo.github.io dropwizard.github.io eclipse-ee4j.github.io \
    es5.github.io esbuild.github.io eslint-community.github.io ethereum.github.io evanw.github.io facebook.github.io \
    find-sec-bugs.github.io fortawesome.github.io fravoll.github.io github-readme-stats.vercel.app google.github.io \
    jasmine.github.io javaee.github.io jersey.github.io karma-runner.github.io kenwheeler.github.io \
    locationtech.github.io maven-badges.herokuapp.com microsoft.github.io mongodb.github.io mozilla.github.io \
    og-image.vercel.app openethereum.github.io packagephobia.now.sh pmd.github.io pomax.github.io react-dnd.github.io \
    select2.github.io spotbugs.github.io swr.vercel.app tc39.github.io twitter.github.io vuejs-templates.github.io \
    vuejs.github.io w3c.github.io webpack.github.io";

/// Hosts of a text.
pub(in crate::features) fn find(text: &str, anchors: &Anchors) -> Vec<Found> {
    anchors
        .of(Cue::Deployment)
        .filter_map(|cue| {
            let (span, value) = read(text, cue)?;
            Some(Found::new(IdentifierKind::Deployment, value, text, span))
        })
        .collect()
}

fn read(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let is_label = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'.';
    let goes_on = bytes
        .get(cue.end)
        .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-')
        || bytes.get(cue.end) == Some(&b'.')
            && bytes
                .get(cue.end + 1)
                .is_some_and(u8::is_ascii_alphanumeric);
    let length = bytes[..cue.start]
        .iter()
        .rev()
        .take_while(|b| is_label(b))
        .count();
    let start = cue.start - length;
    // `${name}.vercel.app`, `*.vercel.app`, `user@name.fly.dev`
    let made_up =
        before(text, start).is_some_and(|c| c.is_alphanumeric() || "}>*$%]_@".contains(c));
    if goes_on || made_up || length == 0 {
        return None;
    }
    let value = normalise(&text[start..cue.end])?;
    if PUBLIC.split_ascii_whitespace().any(|host| host == value) {
        return None;
    }
    Some((start..cue.end, value))
}

/// The one form of a deployment host, lower case; `None` where it is none, a stand-in, or a preview that hides its project.
pub fn normalise(host: &str) -> Option<String> {
    let host = host.to_ascii_lowercase();
    let suffix = SUFFIXES.iter().find(|s| host.ends_with(s.ending))?;
    let name = host.strip_suffix(suffix.ending)?.trim_start_matches("www.");
    let name = match suffix.preview {
        Preview::None => name,
        Preview::BehindDashes => name.rsplit_once("--").map_or(name, |(_, project)| project),
        Preview::BeforeDashes => name.split_once("--").map_or(name, |(project, _)| project),
        Preview::LastLabel => name.rsplit('.').next()?,
        Preview::Dropped if is_preview(name) => return None,
        Preview::Dropped => name,
        Preview::HexTail => without_hex_tail(name),
    };
    let one_label = !name.contains('.') && !name.starts_with('-') && !name.ends_with('-');
    let stand_in = STAND_INS.split_whitespace().any(|w| w == name)
        || name.starts_with("your-")
        || name.starts_with("my-app");
    (one_label && name.len() >= 3 && !stand_in).then(|| format!("{name}{}", suffix.ending))
}

/// A part of nine letters and digits, with both, that is followed by another: a deployment of one commit.
fn is_preview(name: &str) -> bool {
    let parts: Vec<&str> = name.split('-').collect();
    let before_last = parts.len().saturating_sub(1);
    let is_hash = |p: &&str| {
        p.len() == 9
            && p.bytes().any(|b| b.is_ascii_digit())
            && p.bytes().any(|b| b.is_ascii_lowercase())
    };
    name.contains("-git-") || parts.iter().take(before_last).skip(1).any(is_hash)
}

fn without_hex_tail(name: &str) -> &str {
    name.rsplit_once('-')
        .filter(|(_, tail)| tail.len() == 12 && tail.bytes().all(|b| b.is_ascii_hexdigit()))
        .map_or(name, |(head, _)| head)
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
    fn a_project_has_one_host() {
        for (text, host) in [
            ("https://Anna-Shop.netlify.app/x", "anna-shop.netlify.app"),
            (
                "deploy-preview-12--anna-shop.netlify.app",
                "anna-shop.netlify.app",
            ),
            ("https://anna-shop.vercel.app.", "anna-shop.vercel.app"),
            ("3f2a9c1b.anna-shop.pages.dev", "anna-shop.pages.dev"),
            ("anna-shop--pr7-ab12.web.app", "anna-shop.web.app"),
            (
                "anna-shop-0123456789ab.herokuapp.com",
                "anna-shop.herokuapp.com",
            ),
            ("annlee.github.io/tool", "annlee.github.io"),
        ] {
            assert_eq!(found(text), [host], "{text}");
        }
    }

    #[test]
    fn stand_ins_and_hidden_previews_are_not_read() {
        for text in [
            "https://your-app.herokuapp.com",
            "${name}.vercel.app",
            "*.vercel.app",
            "<app>.fly.dev",
            "vercel.app",
            "anna-shop-git-main-annlee.vercel.app",
            "anna-shop-k3j9d8f2a-annlee.vercel.app",
            "my-app.netlify.app",
            "a.netlify.app.example.org",
            ".web.app",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
