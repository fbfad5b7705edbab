//! One account of a hosting or measuring service behind the work of two applicants.
//!
//! # What it looks at
//! Accounts of analytics, Firebase and Sentry, and host names that deployment services gave out, in files of repositories.
//!
//! # Why it can mean a link
//! Whoever builds a site from their own earlier one carries its accounts along.
//!
//! # Innocent explanations
//! A template's or a course's account; an agency's or an employer's site.
//!
//! # Limits
//! Stand-ins are left out. Always explained by a template, an agency or colleagues.
//!
//! # References
//! The services' own documentation of these ids.

use crate::detect::shared_value::Case;
use crate::detect::shared_value::Held;
use crate::detect::shared_value::Hold;
use crate::detect::shared_value::Judged;
use crate::detect::shared_value::Tie;
use crate::detect::shared_value::Values;
use crate::detect::shared_value::in_documents;
use crate::detect::shared_value::in_files;
use crate::detect::shared_value::many::OfMany;
use crate::model::Card;
use crate::model::Family;
use crate::model::IdentifierKind;
use crate::model::Profile;
use crate::model::Relation;

static CARD: Card = Card {
    id: "shared-service",
    title: "One account of a web service in the code of two applicants",
    family: Family::Identity,
    looks_at: "Accounts of measuring, storing and error-reporting services (analytics, Firebase, Sentry) and host names that \
               deployment services gave out, in the files of repositories and in documents.",
    why: "Such an account belongs to whoever set up the site. Somebody who builds the next portfolio from the last one carries \
          it along unseen.",
    innocent: &[
        "Both began with a template, a course or a tutorial that left its own account in.",
        "They worked on one site, for an agency, a client or an employer.",
        "One took over code of the other, as its licence allows.",
        "One links to a page or service of the other.",
    ],
    question: "Your site reports to an account that another applicant's site also uses. Whose account is it?",
    limits: "Stand-ins of manuals are left out. An account that a popular template left in is known only by how many have it: \
             what more than a dozen share is told once for all of them, what more than half of a pool share and a file that both \
             have are set aside. A deployed site counts only where the document of \
             one of them names it: files of repositories are full of the sites of libraries. It is always explained by a template, \
             an agency or colleagues, and never makes a cluster by itself.",
    base_rate: "Among pairs of unrelated owners of public repositories corpora/calibration/shared-service.json says how many \
                shared one.",
    references: &[
        "The services' documentation of measurement ids, project ids and data source names",
        "corpora/calibration/shared-service.json (what was counted)",
    ],
};

/// See the card.
pub(in crate::detect) static SHARED_SERVICE: Values = Values {
    card: &CARD,
    held,
    judge,
    by_many: "more than a dozen applicants have it: a template's, a course's or an agency's account",
    told: Some(OfMany {
        sentence: "Files of {0} applicants report to one account or name one deployed site, {1}.",
        explained_by: &[Relation::Template, Relation::Agency, Relation::Colleagues],
    }),
    none: "no file of a repository names an account of such a service",
};

/// Accounts in files and documents. A host is an applicant's own where their document names it; in files of repositories
/// stand the sites of libraries (64 of 33,411 pairs of unrelated owners had such a site in common).
fn held(profile: &Profile) -> Vec<Held> {
    let mut all = in_files(profile, |kind| match kind {
        IdentifierKind::Service => Some(Hold::Has),
        IdentifierKind::Deployment => Some(Hold::Mentions),
        _ => None,
    });
    all.extend(in_documents(profile, |kind| match kind {
        IdentifierKind::Service => Some(Hold::Has),
        IdentifierKind::Deployment => Some(Hold::Owns),
        _ => None,
    }));
    all
}

fn judge(case: &Case<'_>) -> Judged {
    let (rank, table, sentence) = match case.kind {
        IdentifierKind::Deployment => (
            0,
            "shared-service/host",
            "One deployed site, {0}, is named by {a} ({1}) and by {b} ({2}), by one of them in a document as their own.",
        ),
        _ => (
            1,
            "shared-service/account",
            "Files of {a} ({1}) and of {b} ({2}) report to one account, {0}.",
        ),
    };
    Judged::Ties(Tie {
        rank,
        table,
        sentence,
        explained_by: &[Relation::Template, Relation::Agency, Relation::Colleagues],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::code_fixture::embedding;
    use crate::detect::document_fixture::compared;
    use crate::detect::document_fixture::evidence_of;

    #[test]
    fn one_account_is_explained_by_a_template() {
        let of = |who| embedding(who, IdentifierKind::Service, "analytics:G-7QX2M4ZK9P");
        let outcomes = compared(&SHARED_SERVICE, &[of("a"), of("b")]);
        let found = evidence_of(&outcomes);
        assert_eq!(found[0].measure.table, "shared-service/account");
        assert_eq!(found[0].explained_by[0], Relation::Template);
    }

    #[test]
    fn a_site_counts_where_a_document_names_it() {
        let of = |who| embedding(who, IdentifierKind::Deployment, "herons.netlify.app");
        assert!(compared(&SHARED_SERVICE, &[of("a"), of("b")]).is_empty());
        let mut a = of("a");
        a.identifiers.extend(a.repositories[0].identifiers.clone());
        let outcomes = compared(&SHARED_SERVICE, &[a, of("b")]);
        assert_eq!(
            evidence_of(&outcomes)[0].measure.table,
            "shared-service/host"
        );
    }
}
