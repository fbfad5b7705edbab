//! The time zones that a claimed place or zone allows.

use serde::{Deserialize, Serialize};

/// A set of zones, and what they came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedZones {
    /// The claim as written ("Lyon, France", "+05:30"); empty where nothing is claimed.
    pub claim: String,
    /// IANA zone names that the claim allows, sorted; empty where it is not understood.
    pub iana: Vec<String>,
    /// A fixed offset in minutes where the claim is an offset rather than a place.
    pub fixed_minutes: Option<i32>,
}

impl ClaimedZones {
    /// Nothing is claimed, or nothing that is understood.
    pub fn is_empty(&self) -> bool {
        self.iana.is_empty() && self.fixed_minutes.is_none()
    }
}
