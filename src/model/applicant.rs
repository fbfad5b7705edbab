//! Who applies: an opaque id and what the application claims.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The opaque id of an applicant within a pool: the manifest's id, else the name of the folder or file handed in.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct ApplicantId(String);

impl ApplicantId {
    /// An id from its text, kept as it is written.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ApplicantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An opaque key of a person's name: equal for the same words of a name in any order, case or diacritics.
///
/// Made only by `identity`; nothing else can turn it back into a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NameKey(pub u64);

/// What an applicant says about themselves, in the manifest or in the contact block of their own documents.
///
/// The name itself is not here: `identity` keeps it and leaves a [`NameKey`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Claims {
    /// E-mail addresses as written.
    pub emails: Vec<String>,
    /// Phone numbers as written.
    pub phones: Vec<String>,
    /// The claimed place as written, such as "Lyon, France".
    pub location: Option<String>,
    /// The claimed time zone as written: an IANA name or an offset such as "+05:30".
    pub timezone: Option<String>,
    /// GitHub login or profile URL as written.
    pub github: Option<String>,
    /// Other links as written.
    pub links: Vec<String>,
    /// When the application came in, as written.
    pub applied_at: Option<String>,
    /// Where the application came from (a job board, an agency), as written.
    pub source: Option<String>,
    /// Columns of the manifest that have no meaning here, kept by name.
    pub extra: BTreeMap<String, String>,
}
