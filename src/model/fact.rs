//! A value that was observed, with its kind: what `report` masks, and how, depends on the kind alone.

use serde::{Deserialize, Serialize};

/// One observed value. Explanations are templates over facts; only `report` turns them into text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Fact {
    /// An e-mail address.
    Email(String),
    /// A phone number, E.164.
    Phone(String),
    /// An account: profile URL, login, numeric id, key id.
    Account(String),
    /// A wallet address.
    Wallet(String),
    /// A person's or an organisation's name as a file records it; masked like a contact.
    Name(String),
    /// A private key or token, as a hash of it; shown as a tag alone, also with `--reveal`.
    Secret(String),
    /// A path of a file in a source.
    Path(String),
    /// Masked text, or words of our own.
    Text(String),
    /// A count or measure, already in its unit.
    Number(String),
    /// A time or offset, already written out.
    Time(String),
}

impl Fact {
    /// The value without its kind, unmasked: for ids and comparisons, never for output.
    pub fn raw(&self) -> &str {
        match self {
            Fact::Email(v) | Fact::Phone(v) | Fact::Account(v) | Fact::Wallet(v) => v,
            Fact::Name(v) | Fact::Secret(v) => v,
            Fact::Path(v) | Fact::Text(v) | Fact::Number(v) | Fact::Time(v) => v,
        }
    }

    /// The name of the kind, as it stands in reports.
    pub fn kind(&self) -> &'static str {
        match self {
            Fact::Email(_) => "email",
            Fact::Phone(_) => "phone",
            Fact::Account(_) => "account",
            Fact::Wallet(_) => "wallet",
            Fact::Name(_) => "name",
            Fact::Secret(_) => "secret",
            Fact::Path(_) => "path",
            Fact::Text(_) => "text",
            Fact::Number(_) => "number",
            Fact::Time(_) => "time",
        }
    }
}
