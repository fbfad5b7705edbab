//! One secret in the code of two applicants.
//!
//! # What it looks at
//! Private keys and access tokens in files of repositories, as hashes.
//!
//! # Why it can mean a link
//! A secret is given to one holder, and who has it in another repository took it there.
//!
//! # Innocent explanations
//! One employer's or one course's secret; a file taken over.
//!
//! # Limits
//! Keys that manuals and test suites publish are left out. The value is never shown.
//!
//! # References
//! The formats of the services' tokens; RFC 7468.

use crate::detect::shared_value::Case;
use crate::detect::shared_value::Held;
use crate::detect::shared_value::Hold;
use crate::detect::shared_value::Judged;
use crate::detect::shared_value::Tie;
use crate::detect::shared_value::Values;
use crate::detect::shared_value::in_files;
use crate::detect::shared_value::many::OfMany;
use crate::model::Card;
use crate::model::Family;
use crate::model::IdentifierKind;
use crate::model::Profile;
use crate::model::Relation;

static CARD: Card = Card {
    id: "shared-secret",
    title: "One private key or token in the code of two applicants",
    family: Family::Identity,
    looks_at: "Private keys and access tokens of well-known services that stand in files of the applicant's repositories. Only a \
               hash of each is kept; the value is never shown, also not when everything else is revealed.",
    why: "A private key or a token is made for one account. Whoever has it in two repositories had access to both, or to the \
          account behind them.",
    innocent: &[
        "Both worked for one employer or client, and its secret went into the code of both.",
        "A course or a tutorial gave everybody the same token.",
        "One took over a file of the other, with the secret in it.",
    ],
    question: "A secret in this repository also stands in another applicant's. Where did you get it? (Whoever owns it should \
               withdraw it.)",
    limits: "Published test keys and the secrets of manuals are left out by a list, and files of tests and examples are not \
             looked at. A file that both have is set aside. A secret that more than a dozen applicants have is told once for all \
             of them, as a course's may be; one that more than half of a pool have is set aside. Colleagues or a template \
             explain it as a rule. Secrets of unknown shape are not seen.",
    base_rate: "Among pairs of unrelated owners of public repositories corpora/calibration/shared-secret.json says how many \
                shared one.",
    references: &[
        "RFC 7468 (textual encodings of keys)",
        "corpora/background/public_keys.txt (what is left out)",
        "corpora/calibration/shared-secret.json (what was counted)",
    ],
};

/// See the card.
pub(in crate::detect) static SHARED_SECRET: Values = Values {
    card: &CARD,
    held,
    judge,
    by_many: "more than a dozen applicants have it: a course's, a tutorial's or a published test key",
    told: Some(OfMany {
        sentence: "One private key or token, {1}, stands in different files of {0} applicants' repositories.",
        explained_by: &[Relation::Template, Relation::Agency, Relation::Colleagues],
    }),
    none: "no file of a repository holds a private key or token",
};

fn held(profile: &Profile) -> Vec<Held> {
    in_files(profile, |kind| {
        (kind == IdentifierKind::Secret).then_some(Hold::Has)
    })
}

fn judge(_case: &Case<'_>) -> Judged {
    Judged::Ties(Tie {
        rank: 0,
        table: "shared-secret",
        sentence: "One private key or token, {0}, stands in different files of {a}'s repository {1} and of {b}'s repository {2}.",
        explained_by: &[Relation::Colleagues, Relation::Template],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::code_fixture::embedding;
    use crate::detect::document_fixture::compared;
    use crate::detect::document_fixture::evidence_of;
    use crate::model::Fact;

    #[test]
    fn one_secret_in_two_repositories_shows_no_value() {
        let of = |who| embedding(who, IdentifierKind::Secret, "5f".repeat(32).as_str());
        let outcomes = compared(&SHARED_SECRET, &[of("a"), of("b")]);
        let found = evidence_of(&outcomes);
        assert_eq!(found[0].measure.table, "shared-secret");
        assert!(!found[0].explained_by.is_empty());
        let secret = |f: &Fact| matches!(f, Fact::Secret(_));
        assert!(secret(&found[0].explanation.facts[0]));
        assert!(
            found[0]
                .observations
                .as_slice()
                .iter()
                .all(|o| secret(&o.fact))
        );
    }

    #[test]
    fn other_values_are_no_secrets() {
        let of = |who| embedding(who, IdentifierKind::Service, "analytics:G-ABCDE12345");
        assert!(compared(&SHARED_SECRET, &[of("a"), of("b")]).is_empty());
    }
}
