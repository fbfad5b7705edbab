//! Accounts of measuring, hosting and error-reporting services: Google Analytics and Tag Manager, Firebase, Sentry.
//!
//! Whoever builds a site from their own template carries the account along. Values are `analytics:G-…`, `firebase:project`
//! and `sentry:o…` (the organisation, which stays over projects; an old key without one gives its project). Stand-ins are
//! dropped; an id that a popular tutorial leaves in is known only by how many have it, which is not decided here.

use crate::features::anchors::Anchors;
use crate::features::anchors::Cue;
use crate::features::anchors::before;
use crate::features::identifiers::Found;
use crate::model::IdentifierKind;
use std::ops::Range;

/// Project names of manuals.
const STAND_INS: &str = "\
    your-project your-project-id yourproject your-app yourapp my-project my-project-id myproject my-app myapp \
    project project-id projectid project-name example test demo sample app my-firebase-project your-firebase-project \
    docs-examples your_project_id database-name databasename fir-demo-project demo-project samplechat friendly-eats \
    friendlyeats friendlychat firebase docs xxx";

/// Reads what stands at a cue: the bytes and the value.
type ReadAt = fn(&str, Range<usize>) -> Option<(Range<usize>, String)>;

/// Accounts of a text.
pub(in crate::features) fn find(text: &str, anchors: &Anchors) -> Vec<Found> {
    let of = |cue: Cue, read: ReadAt| {
        anchors
            .of(cue)
            .filter_map(move |at| read(text, at))
            .collect::<Vec<_>>()
    };
    let all = [
        of(Cue::Analytics, analytics),
        of(Cue::Firebase, firebase),
        of(Cue::Sentry, sentry),
    ];
    let found = |(span, value)| Found::new(IdentifierKind::Service, value, text, span);
    all.into_iter().flatten().map(found).collect()
}

/// `G-` and ten, `GTM-` and six to eight capitals and digits; `UA-`, account and property. The property of a `UA-` id
/// is dropped: one account has many.
fn analytics(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let glued = before(text, cue.start).is_some_and(|c| c.is_alphanumeric() || "-_.".contains(c));
    let rest = &text.as_bytes()[cue.end..];
    let length = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-' || **b == b'_')
        .count();
    let id = &text[cue.end..cue.end + length];
    let both = id.bytes().any(|b| b.is_ascii_digit()) && id.bytes().any(|b| b.is_ascii_uppercase());
    let capitals = id
        .bytes()
        .all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    let various = |id: &str| id.bytes().any(|b| Some(b) != id.bytes().next());
    let value = match &text[cue.clone()] {
        "G-" if id.len() == 10 && both && capitals && num_distinct(id) > 4 => format!("G-{id}"),
        "GTM-" if (6..=8).contains(&id.len()) && capitals && num_distinct(id) > 3 => {
            format!("GTM-{id}")
        }
        "UA-" => {
            let (account, property) = id.split_once('-')?;
            let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
            let good =
                digits(account) && digits(property) && account.len() >= 5 && property.len() <= 3;
            let template = "1234567890".starts_with(account) || !various(account);
            (good && !template).then(|| format!("UA-{account}"))?
        }
        _ => return None,
    };
    (!glued).then(|| (cue.start..cue.end + length, format!("analytics:{value}")))
}

fn num_distinct(id: &str) -> usize {
    id.bytes().collect::<std::collections::BTreeSet<u8>>().len()
}

/// The project of a Firebase host; hosts of databases and stores add to its name.
fn firebase(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let is_label = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'.';
    let start = cue.start
        - bytes[..cue.start]
            .iter()
            .rev()
            .take_while(|b| is_label(b))
            .count();
    let made_up =
        before(text, start).is_some_and(|c| c.is_alphanumeric() || "}>*$%]_@".contains(c));
    // europe-west1 stands between project and ending
    let name = text[start..cue.start]
        .split('.')
        .next()?
        .to_ascii_lowercase();
    let name = name.strip_suffix("-default-rtdb").unwrap_or(&name);
    let shaped =
        (4..=40).contains(&name.len()) && name.starts_with(|c: char| c.is_ascii_lowercase());
    let stand_in = STAND_INS.split_whitespace().any(|w| w == name)
        || name.starts_with("your-")
        || name.starts_with("your_");
    (shaped && !made_up && !stand_in).then(|| (start..cue.end, format!("firebase:{name}")))
}

/// A data source name: `https://KEY@o1234.ingest.sentry.io/5678`, or without organisation `https://KEY@sentry.io/5678`.
fn sentry(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"-.:@".contains(b);
    let start = cue.start
        - bytes[..cue.start]
            .iter()
            .rev()
            .take_while(|b| is_part(b))
            .count();
    let (key, host) = text[start..cue.start].split_once('@')?;
    let key = key.split(':').next()?;
    let num_digits = bytes[cue.end..]
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count();
    let project = &text[cue.end..cue.end + num_digits];
    let good = key.len() == 32
        && key.bytes().all(|b| b.is_ascii_hexdigit())
        && num_distinct(key) > 4
        && text[..start].ends_with("//")
        && project.trim_start_matches('0').len() > 1;
    let label = host.split('.').next()?;
    let organisation = label
        .strip_prefix('o')
        .filter(|n| n.len() > 1 && n.bytes().all(|b| b.is_ascii_digit()));
    let value = match organisation {
        Some(number) => format!("sentry:o{number}"),
        None => format!("sentry:{project}"),
    };
    good.then(|| (start..cue.end + num_digits, value))
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
    fn accounts_are_read() {
        for (text, account) in [
            ("gtag('config', 'G-AB12CD34EF');", "analytics:G-AB12CD34EF"),
            ("ga('create','UA-98765432-3')", "analytics:UA-98765432"),
            ("id=GTM-K3XW9P2\"", "analytics:GTM-K3XW9P2"),
            (
                "authDomain: \"ann-shop-1a2b.firebaseapp.com\"",
                "firebase:ann-shop-1a2b",
            ),
            (
                "https://ann-shop-1a2b-default-rtdb.firebaseio.com",
                "firebase:ann-shop-1a2b",
            ),
            (
                "ann-shop-default-rtdb.europe-west1.firebasedatabase.app",
                "firebase:ann-shop",
            ),
            (
                "dsn: https://0123456789abcdef0123456789abcdef@o4504.ingest.us.sentry.io/77123",
                "sentry:o4504",
            ),
            (
                "https://0123456789abcdef0123456789abcdef:0@sentry.io/77123",
                "sentry:77123",
            ),
        ] {
            assert_eq!(found(text), [account], "{text}");
        }
    }

    #[test]
    fn stand_ins_are_not() {
        for text in [
            "G-XXXXXXXXXX",
            "G-1234567890",
            "UA-XXXXX-Y",
            "UA-12345678-1",
            "GTM-XXXXXX",
            "UA-000000-2",
            "RIG-AB12CD34EF",
            "your-project.firebaseapp.com",
            "${id}.firebaseapp.com",
            "https://examplePublicKey@o0.ingest.sentry.io/0",
            "https://sentry.io/welcome/",
            "g-ab12cd34ef",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
