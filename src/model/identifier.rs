//! An identifier of a person found in an applicant's own claims, documents or links.

use crate::model::{Fact, Provenance};
use serde::{Deserialize, Serialize};

/// What kind of identifier it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum IdentifierKind {
    /// E-mail address, normalised (case; plus and dot rules of the hosts that have them).
    Email,
    /// Phone number, E.164.
    Phone,
    /// Profile URL in canonical form: `github.com/login`, `linkedin.com/in/slug`.
    Account,
    /// Wallet address whose checksum holds.
    Wallet,
}

/// In what role it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum IdentifierRole {
    /// The manifest says it is the applicant's.
    Claimed,
    /// It stands in the applicant's own document.
    Contact,
    /// A link target of the applicant's own document.
    Link,
    /// The document names a thing of the account (a repository) or a second account of the site: whose it is stays open.
    Mention,
}

/// One identifier with its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identifier {
    /// Its kind.
    pub kind: IdentifierKind,
    /// Normalised value: equal values are the same identifier.
    pub value: String,
    /// As it was written.
    pub written: String,
    /// Its role.
    pub role: IdentifierRole,
    /// The country code of a phone number was assumed from the claimed place.
    pub assumed_region: bool,
    /// Where it stands.
    pub at: Provenance,
}

impl Identifier {
    /// The normalised value as a typed fact.
    pub fn fact(&self) -> Fact {
        let value = self.value.clone();
        match self.kind {
            IdentifierKind::Email => Fact::Email(value),
            IdentifierKind::Phone => Fact::Phone(value),
            IdentifierKind::Account => Fact::Account(value),
            IdentifierKind::Wallet => Fact::Wallet(value),
        }
    }
}
