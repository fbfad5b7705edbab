//! What a detector says about itself: the one text that `explain`, the report and the documentation print.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A channel of evidence. Detectors of one family may depend on each other; families are combined as independent.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// What the documents say.
    Text,
    /// What the files keep: ids, revisions, metadata.
    Document,
    /// Phones, addresses, accounts, wallets.
    Contact,
    /// Photos.
    Image,
    /// Identities in repositories: e-mails, numeric ids, keys.
    Identity,
    /// Commits and their clocks.
    History,
    /// Source files.
    Code,
    /// Habits of writing; never a link alone.
    Style,
}

impl Family {
    /// The name used in reports and tables.
    pub fn name(self) -> &'static str {
        match self {
            Family::Text => "text",
            Family::Document => "document",
            Family::Contact => "contact",
            Family::Image => "image",
            Family::Identity => "identity",
            Family::History => "history",
            Family::Code => "code",
            Family::Style => "style",
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An ordinary relation between two different people that would show the same evidence.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// People who live together: siblings, couples, flatmates.
    Household,
    /// Both filled in the same public template.
    Template,
    /// One agency, coach or bootcamp prepared both.
    Agency,
    /// They worked or studied together.
    Colleagues,
    /// One openly builds on the other's work, or both on a third's.
    Fork,
    /// They used one machine: an office, a library, a school.
    SharedMachine,
}

impl Relation {
    /// The relation as a question, the heading under which the report lists a link that it explains.
    pub fn question(self) -> &'static str {
        match self {
            Relation::Household => "same household?",
            Relation::Template => "same template?",
            Relation::Agency => "same agency or course?",
            Relation::Colleagues => "colleagues?",
            Relation::Fork => "a declared fork?",
            Relation::SharedMachine => "a shared machine?",
        }
    }
}

/// A detector's card. Every field is filled; tests walk the list of detectors and check.
#[derive(Debug)]
pub struct Card {
    /// Kebab-case id, unique: the name of the file and of the option that turns it off.
    pub id: &'static str,
    /// A title for people, without jargon.
    pub title: &'static str,
    /// The family it speaks for.
    pub family: Family,
    /// What it looks at, in one or two sentences.
    pub looks_at: &'static str,
    /// Why it can mean that one hand prepared both (or, for a finding, why it is worth a question).
    pub why: &'static str,
    /// Ordinary explanations, most common first; at least one.
    pub innocent: &'static [&'static str],
    /// A question a human can ask the applicant.
    pub question: &'static str,
    /// What it cannot see and when it stays silent.
    pub limits: &'static str,
    /// How often ordinary people show it, measured how and on what.
    pub base_rate: &'static str,
    /// Papers and specifications.
    pub references: &'static [&'static str],
}
