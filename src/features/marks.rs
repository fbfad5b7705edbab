//! Identifiers that tools leave in texts and files: machines, home directories, accounts of services, deployment hosts,
//! keys, secrets. No contact of a person; [`crate::features::identifiers`] has those.

use crate::features::anchors::Anchors;
use crate::features::deployment;
use crate::features::identifiers::Found;
use crate::features::key_text;
use crate::features::machine;
use crate::features::secret;
use crate::features::service;

/// Everything of these kinds in `text`, sorted by place. A deployment host may stand inside another's span.
pub fn from_text(text: &str) -> Vec<Found> {
    at(text, &Anchors::new(text))
}

/// [`from_text`] where the text has been read.
pub(in crate::features) fn at(text: &str, anchors: &Anchors) -> Vec<Found> {
    let mut found = machine::find(text, anchors);
    found.extend(service::find(text, anchors));
    found.extend(deployment::find(text, anchors));
    found.extend(key_text::find(text, anchors));
    found.extend(secret::find(text, anchors));
    found.sort_by_key(|f| (f.span.start, f.kind));
    found
}
