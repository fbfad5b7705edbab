//! Kinds of a shared contact detail, and what is said of each.

use crate::model::Relation;

/// What a shared value is, strongest first; each is a stratum of the calibration table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect::shared_contact) enum Stratum {
    /// An address of a wallet.
    Wallet,
    /// A profile that both give as their own.
    Account,
    /// A mailbox of a person.
    Email,
    /// A phone number.
    Phone,
    /// A bank account.
    Iban,
    /// A phone number, once a country is assumed for it.
    PhoneAssumed,
    /// A site of one's own, or a mailbox of a role.
    Organisation,
    /// An account that one side only mentions.
    Mention,
    /// A street address.
    Address,
}

impl Stratum {
    /// Its name among the calibration tables.
    pub fn table(self) -> &'static str {
        match self {
            Stratum::Wallet => "shared-contact/wallet",
            Stratum::Account => "shared-contact/account",
            Stratum::Email => "shared-contact/email",
            Stratum::Phone => "shared-contact/phone",
            Stratum::Iban => "shared-contact/iban",
            Stratum::PhoneAssumed => "shared-contact/phone-assumed",
            Stratum::Organisation => "shared-contact/organisation",
            Stratum::Mention => "shared-contact/mention",
            Stratum::Address => "shared-contact/address",
        }
    }

    /// Relations that would show it, likeliest first. An account and a wallet are one person's; a site may be anybody's.
    pub fn explained_by(self) -> &'static [Relation] {
        match self {
            Stratum::Wallet | Stratum::Account => &[],
            Stratum::Email
            | Stratum::Phone
            | Stratum::PhoneAssumed
            | Stratum::Iban
            | Stratum::Address => &[Relation::Household],
            Stratum::Organisation => &[Relation::Agency, Relation::Colleagues, Relation::Household],
            Stratum::Mention => &[Relation::Colleagues, Relation::Fork, Relation::Household],
        }
    }

    /// A value that more than a dozen give as their own: the stratum that it counts as, who explains it, and the sentence over
    /// the number of applicants {0} and the value {1}. What so many give is no household's; where it may be an office's, it
    /// counts no more than one. `None` for what is only mentioned.
    pub fn of_many(self) -> Option<(Stratum, &'static [Relation], &'static str)> {
        const OFFICE: &[Relation] = &[Relation::Agency, Relation::Template];
        Some(match self {
            Stratum::Wallet => (
                self,
                &[],
                "{0} applicants give the same wallet address, {1}.",
            ),
            Stratum::Account => (
                self,
                &[Relation::Agency],
                "{0} applicants give the same online profile, {1}.",
            ),
            Stratum::Email => (
                Stratum::Organisation,
                OFFICE,
                "{0} applicants give the same e-mail address, {1}.",
            ),
            Stratum::Phone | Stratum::PhoneAssumed => (
                Stratum::Organisation,
                OFFICE,
                "{0} applicants give the same phone number, {1}.",
            ),
            Stratum::Organisation => (
                self,
                OFFICE,
                "{0} applicants give the same site or office address, {1}.",
            ),
            Stratum::Iban => (
                self,
                OFFICE,
                "{0} applicants give the same bank account, {1}.",
            ),
            Stratum::Address => (
                self,
                OFFICE,
                "{0} applicants give the same street address, {1}.",
            ),
            Stratum::Mention => return None,
        })
    }

    /// The sentence when it is all that two share, and when there is more.
    pub fn sentences(self) -> [&'static str; 2] {
        match self {
            Stratum::Wallet => [
                "{a} and {b} give the same wallet address, {0}.",
                "{a} and {b} give the same wallet address, {0}; further contact details in common: {1}.",
            ],
            Stratum::Iban => [
                "{a} and {b} give the same bank account, {0}.",
                "{a} and {b} give the same bank account, {0}; further contact details in common: {1}.",
            ],
            Stratum::Address => [
                "{a} and {b} give the same street address, {0}.",
                "{a} and {b} give the same street address, {0}; further contact details in common: {1}.",
            ],
            Stratum::Account => [
                "{a} and {b} give the same online profile, {0}.",
                "{a} and {b} give the same online profile, {0}; further contact details in common: {1}.",
            ],
            Stratum::Email => [
                "{a} and {b} give the same e-mail address, {0}.",
                "{a} and {b} give the same e-mail address, {0}; further contact details in common: {1}.",
            ],
            Stratum::Phone => [
                "{a} and {b} give the same phone number, {0}.",
                "{a} and {b} give the same phone number, {0}; further contact details in common: {1}.",
            ],
            Stratum::PhoneAssumed => [
                "{a} and {b} give the same phone number, {0}, once the country of the claimed place is added.",
                "{a} and {b} give the same phone number, {0}, once the country of the claimed place is added; further \
                 contact details in common: {1}.",
            ],
            Stratum::Organisation => [
                "{a} and {b} give the same site or office address, {0}.",
                "{a} and {b} give the same site or office address, {0}; further contact details in common: {1}.",
            ],
            Stratum::Mention => [
                "One of {a} and {b} names a project or a further profile of the account {0}, which the other gives as their \
                 own.",
                "One of {a} and {b} names a project or a further profile of the account {0}, which the other gives as their \
                 own; further contact details in common: {1}.",
            ],
        }
    }
}
