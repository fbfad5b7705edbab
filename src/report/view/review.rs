//! What a reviewer decided about something on the page, and what the page needs to let one decide.

use crate::report::decisions::About;
use crate::report::sentence;
use crate::report::{DecisionEntry, State};

/// A thing that can be dismissed or annotated.
pub(in crate::report) struct ReviewView<'r> {
    /// `evidence`, `finding` or `link`.
    pub(in crate::report) about: &'static str,
    /// Its id.
    pub(in crate::report) id: &'r str,
    /// Of a link, the ids of its evidence, separated by spaces.
    pub(in crate::report) evidence: String,
    /// What stands already: `dismissed`, `noted`, or nothing.
    pub(in crate::report) state: &'static str,
    /// That in words; empty where nothing stands.
    pub(in crate::report) words: String,
    /// Note, name and day of what stands.
    pub(in crate::report) said: Option<&'r DecisionEntry>,
}

impl<'r> ReviewView<'r> {
    /// A thing and what was decided about it.
    pub(in crate::report) fn new(
        about: About,
        id: &'r str,
        evidence: &[String],
        decision: &'r Option<DecisionEntry>,
    ) -> Self {
        let said = decision.as_ref();
        Self {
            about: match about {
                About::Evidence => "evidence",
                About::Finding => "finding",
                About::Link => "link",
            },
            id,
            evidence: evidence.join(" "),
            state: said.map_or("", |d| match d.state {
                // What no longer holds must be decided anew.
                State::Dismissed if d.outdated => "",
                State::Dismissed => "dismissed",
                State::Noted => "noted",
            }),
            words: said.map_or(String::new(), sentence::decided),
            said,
        }
    }
}
