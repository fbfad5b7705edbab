//! One referee under two names, and referees who are applicants themselves.
//!
//! # What it looks at
//! Addresses, numbers and accounts on lines and in sections about referees, against those of other applicants' referees
//! and against what is other applicants' own.
//!
//! # Why it can mean a link
//! Whoever invents a referee invents one and uses it again, or lets two names vouch for each other.
//!
//! # Innocent explanations
//! Former colleagues name one manager; a team that moves together names each other.
//!
//! # Limits
//! Names alone are not compared. Colleagues explain it always.
//!
//! # References
//! None published; the strength is a model's.

use crate::detect::Detector;
use crate::detect::shared_value::Case;
use crate::detect::shared_value::Held;
use crate::detect::shared_value::Hold;
use crate::detect::shared_value::Judged;
use crate::detect::shared_value::Tie;
use crate::detect::shared_value::Values;
use crate::detect::shared_value::many::OfMany;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Family;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;

static CARD: Card = Card {
    id: "shared-reference",
    title: "One referee under two names, or a referee who is an applicant",
    family: Family::Contact,
    looks_at: "Contact details on lines and in sections about referees, against the referees of other applicants and against \
               other applicants' own contact details.",
    why: "A referee who is invented needs a telephone that somebody answers and a mailbox that somebody reads, so one serves \
          several names; or two names vouch for each other.",
    innocent: &[
        "They worked under one manager, and both name them.",
        "A team lost its work together, and its members vouch for each other.",
        "Both studied with the teacher whom they name.",
        "The address is an office's that confirms employment for everybody.",
    ],
    question: "Another applicant gives this referee too. Where did you work together, and when?",
    limits: "It needs the contact of a referee on the page: \"on request\" gives none, and a name alone is not compared. A line is \
             taken for a referee's by its words and by the section it stands in. Colleagues explain it always, so it never \
             makes a cluster by itself. A referee whom more than a dozen applicants name is told once for all of them, as an \
             office or an agency may be; one whom more than half of a pool name is set aside.",
    base_rate: "Not measured: the public texts at hand have no contacts of referees. The rate is a model's, of one team of ten \
                former colleagues in a pool of a thousand.",
    references: &["corpora/calibration/shared-reference.json (the model and its assumptions)"],
};

static VALUES: Values = Values {
    card: &CARD,
    held,
    judge,
    by_many: "more than a dozen applicants name this referee: an office, a teacher or an agency",
    told: Some(OfMany {
        sentence: "{0} applicants name a referee with one contact, {1}.",
        explained_by: &[Relation::Colleagues, Relation::Agency],
    }),
    none: "no contact detail of a referee is given",
};

/// What stands beside a referee's contact; an own contact has no such mark.
const REFEREE: &str = "referee";

/// See the card.
pub(in crate::detect) struct SharedReference;

impl Detector for SharedReference {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        VALUES.keys(profile, sink);
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        match profile.identifiers.iter().any(is_referees) {
            true => Vec::new(),
            false => vec![Outcome::CouldNotLook { why: VALUES.none }],
        }
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        VALUES.compare(candidate, background)
    }
}

/// Referees' contacts meet one another and what is somebody's own; two own contacts are left to shared-contact.
fn held(profile: &Profile) -> Vec<Held> {
    let own = |i: &&Identifier| {
        matches!(
            i.role,
            IdentifierRole::Claimed | IdentifierRole::Contact | IdentifierRole::Referee
        ) && is_contact(i.kind)
    };
    profile
        .identifiers
        .iter()
        .filter(own)
        .map(|i| {
            let (detail, hold) = match is_referees(i) {
                true => (REFEREE, Hold::Has),
                false => ("", Hold::Mentions),
            };
            Held {
                detail: detail.into(),
                ..Held::new(i, hold)
            }
        })
        .collect()
}

fn is_contact(kind: IdentifierKind) -> bool {
    matches!(
        kind,
        IdentifierKind::Email | IdentifierKind::Phone | IdentifierKind::Account
    )
}

fn is_referees(identifier: &Identifier) -> bool {
    identifier.role == IdentifierRole::Referee && is_contact(identifier.kind)
}

fn judge(case: &Case<'_>) -> Judged {
    let is_referee = |of: &[&Held]| of.iter().any(|h| h.detail == REFEREE);
    let (rank, table, sentence) = match (is_referee(&case.of_a), is_referee(&case.of_b)) {
        (true, true) => (
            1,
            "shared-reference/same",
            "{a} and {b} name a referee with one contact, {0}.",
        ),
        (true, false) => (
            2,
            "shared-reference/applicant",
            "{a} names {b} as a referee: the contact {0} is {b}'s own.",
        ),
        (false, true) => (
            2,
            "shared-reference/applicant",
            "{b} names {a} as a referee: the contact {0} is {a}'s own.",
        ),
        (false, false) => return Judged::Nothing,
    };
    Judged::Ties(Tie {
        rank,
        table,
        sentence,
        explained_by: &[Relation::Colleagues],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::document_fixture::compared;
    use crate::detect::document_fixture::evidence_of;
    use crate::model::ApplicantId;
    use crate::model::Digest;
    use crate::model::Place;
    use crate::model::Provenance;

    fn with(who: &str, contacts: &[(&str, IdentifierRole)]) -> Profile {
        let of = |(value, role): &(&str, IdentifierRole)| Identifier {
            kind: IdentifierKind::Email,
            value: (*value).into(),
            written: (*value).into(),
            role: *role,
            assumed_region: false,
            at: Provenance {
                source: format!("{who}/cv.txt"),
                digest: Digest::default(),
                place: Place::Whole,
            },
        };
        Profile {
            identifiers: contacts.iter().map(of).collect(),
            ..Profile::empty(ApplicantId::new(who))
        }
    }

    const REFEREE_ROLE: IdentifierRole = IdentifierRole::Referee;
    const OWN: IdentifierRole = IdentifierRole::Contact;

    #[test]
    fn one_referee_and_a_referee_who_applies_are_explained_by_colleagues() {
        let a = with("a", &[("boss@one.invalid", REFEREE_ROLE)]);
        for (b, table) in [
            (
                with("b", &[("boss@one.invalid", REFEREE_ROLE)]),
                "shared-reference/same",
            ),
            (
                with("b", &[("boss@one.invalid", OWN)]),
                "shared-reference/applicant",
            ),
        ] {
            let outcomes = compared(&SharedReference, &[a.clone(), b]);
            let found = evidence_of(&outcomes);
            assert_eq!(found[0].measure.table, table);
            assert_eq!(found[0].explained_by, [Relation::Colleagues]);
        }
    }

    #[test]
    fn two_own_contacts_are_not_its_business() {
        let (a, b) = (
            with("a", &[("x@one.invalid", OWN)]),
            with("b", &[("x@one.invalid", OWN)]),
        );
        assert!(compared(&SharedReference, &[a.clone(), b]).is_empty());
        let looked = SharedReference.examine(&a, &Background::default());
        assert!(matches!(looked.as_slice(), [Outcome::CouldNotLook { .. }]));
    }
}
