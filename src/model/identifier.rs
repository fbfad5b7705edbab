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
    /// Bank account number (IBAN) whose check digits hold, without blanks.
    Iban,
    /// Street address: number, street, place or postcode, folded to one spelling.
    Address,
    /// GitHub account number, decimal.
    GithubId,
    /// An OpenPGP key id or the SHA-256 fingerprint of an SSH key, as [`crate::model::KeyId`] writes it.
    SigningKey,
    /// Name of a machine (`DESKTOP-1A2B3C4`, `annas-macbook.local`), lower case.
    Machine,
    /// User name in a home directory (`/Users/anna`, `C:\Users\anna`), lower case.
    Home,
    /// Account of a measuring, hosting or error-reporting service: `analytics:G-…`, `firebase:…`, `sentry:…`.
    Service,
    /// Host name that a deployment service gave out (`anna-shop.netlify.app`), lower case.
    Deployment,
    /// A private key or token: the value is its SHA-256 in hex, never the secret itself.
    Secret,
}

impl IdentifierKind {
    /// Its name in tables and lists.
    pub fn name(self) -> &'static str {
        match self {
            IdentifierKind::Email => "email",
            IdentifierKind::Phone => "phone",
            IdentifierKind::Account => "account",
            IdentifierKind::Wallet => "wallet",
            IdentifierKind::Iban => "iban",
            IdentifierKind::Address => "address",
            IdentifierKind::GithubId => "github-id",
            IdentifierKind::SigningKey => "signing-key",
            IdentifierKind::Machine => "machine",
            IdentifierKind::Home => "home",
            IdentifierKind::Service => "service",
            IdentifierKind::Deployment => "deployment",
            IdentifierKind::Secret => "secret",
        }
    }

    /// A normalised value of this kind as a typed fact.
    pub fn fact(self, value: String) -> Fact {
        match self {
            IdentifierKind::Email => Fact::Email(value),
            IdentifierKind::Phone => Fact::Phone(value),
            IdentifierKind::Wallet | IdentifierKind::Iban => Fact::Wallet(value),
            IdentifierKind::Account
            | IdentifierKind::GithubId
            | IdentifierKind::SigningKey
            | IdentifierKind::Service
            | IdentifierKind::Deployment => Fact::Account(value),
            IdentifierKind::Address | IdentifierKind::Machine | IdentifierKind::Home => {
                Fact::Name(value)
            }
            IdentifierKind::Secret => Fact::Secret(value),
        }
    }
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
    /// A metadata field of a file.
    Metadata,
    /// Contact of a person named as a reference.
    Referee,
    /// Holder of a licence or a copyright line of a repository.
    LicenceHolder,
    /// Author field of a package manifest (`package.json`, `Cargo.toml`, `pyproject.toml`…).
    PackageAuthor,
    /// A key or token that stands in a file of a repository.
    EmbeddedKey,
    /// Author of a commit.
    Author,
    /// Committer of a commit.
    Committer,
    /// `Signed-off-by` trailer of a commit.
    SignedOff,
    /// `Co-authored-by` trailer of a commit.
    CoAuthor,
}

impl IdentifierRole {
    /// Whether it is the applicant's own by what they hand in: claimed, a contact of their document, or a link of it.
    pub fn is_own(self) -> bool {
        matches!(
            self,
            IdentifierRole::Claimed | IdentifierRole::Contact | IdentifierRole::Link
        )
    }
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
        self.kind.fact(self.value.clone())
    }
}
