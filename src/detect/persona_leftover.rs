//! Another applicant where one's own material says whose it is.
//!
//! # What it looks at
//! The heading and signatures of documents; authors in the heads of source files and in readmes; addresses, numbers and
//! accounts in files of repositories. Another applicant's name or contact there.
//!
//! # Why it can mean a link
//! Whoever writes under several names copies from one to the next and forgets a place.
//!
//! # Innocent explanations
//! A colleague or a client named on purpose; work that builds on the other's; a namesake.
//!
//! # Limits
//! Only places that say whose a thing is. Names are matched whole.
//!
//! # References
//! Fellegi and Sunter 1969, "A theory for record linkage".

use crate::detect::Detector;
use crate::detect::named_in_files::NamedIn;
use crate::detect::named_in_files::Stratum;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Family;
use crate::model::Leftover;
use crate::model::LeftoverSite;
use crate::model::LeftoverValue;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;

static CARD: Card = Card {
    id: "persona-leftover",
    title: "Another applicant's name or contact in this one's own files",
    family: Family::Identity,
    looks_at: "The places of a document that say whose it is (its heading, a signature, \"my name is\"), and in repositories \
               the author in the head of a source file or a readme, and addresses, numbers and accounts in any file that the \
               applicant wrote: another applicant's name or contact there.",
    why: "Somebody who prepares applications under several names starts the next from the last one, and forgets to change one \
          place of many.",
    innocent: &[
        "The document is a letter that the other wrote about this applicant, such as a reference.",
        "The other is named on purpose: a colleague, a client, a teacher, somebody to thank.",
        "The repository builds on the other's work, or files were copied from it as its licence allows.",
        "The file is the other's and was handed in by mistake, by the applicant or by whoever collected the files.",
        "It is somebody else of the same name.",
    ],
    question: "Another person's name stands where your file says who wrote it. Who is that, and how did it come there?",
    limits: "A name elsewhere in a document is not looked at: there it is a colleague, a client or a place as a rule, and lines \
             about referees and supervisors name others on purpose. Names are matched whole, so another spelling or a further \
             middle name is not seen, and nothing tells namesakes apart. Vendored and generated files are left out, as are \
             repositories in whose history the other openly stands and files that both have. Somebody whom more than a dozen \
             applicants name is set aside.",
    base_rate: "Full names of two people agree in at most 5.7 of a million pairs (19,978 commit authors of 352 public \
                repositories). Among pairs of unrelated owners of public repositories the table says how many were named in \
                the other's files.",
    references: &[
        "Fellegi and Sunter 1969, A theory for record linkage",
        "corpora/calibration/persona-leftover.json (what was counted)",
    ],
};

static ON_PAGE: Stratum = Stratum {
    rank: 2,
    table: "persona-leftover/head",
    sentences: [
        "{a}'s document {0} gives the name of {b} where it says whose it is ({1}).",
        "{b}'s document {0} gives the name of {a} where it says whose it is ({1}).",
    ],
    // A letter that somebody else wrote about the applicant is signed by them.
    explained_by: &[Relation::Colleagues],
};
static CONTACT: Stratum = Stratum {
    rank: 1,
    table: "persona-leftover/contact",
    sentences: [
        "A file of {a}'s repository {0} gives a contact of {b}, {2} ({1}).",
        "A file of {b}'s repository {0} gives a contact of {a}, {2} ({1}).",
    ],
    explained_by: &[Relation::Fork, Relation::Colleagues],
};
static NAME_IN_FILE: Stratum = Stratum {
    rank: 0,
    table: "persona-leftover/file",
    sentences: [
        "A file of {a}'s repository {0} names {b} as its author ({1}).",
        "A file of {b}'s repository {0} names {a} as its author ({1}).",
    ],
    explained_by: &[Relation::Fork, Relation::Colleagues],
};

static NAMED: NamedIn = NamedIn {
    card: &CARD,
    sites: &[LeftoverSite::Text, LeftoverSite::File],
    stratum,
    by_many: "more than a dozen applicants name this one: a teacher, a well-known author or the sample person of a template",
};

/// See the card.
pub(in crate::detect) struct PersonaLeftover;

impl Detector for PersonaLeftover {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        NAMED.keys(profile, sink);
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() && profile.repositories.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document and no repository could be read",
            }];
        }
        Vec::new()
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        NAMED.compare(candidate)
    }
}

fn stratum(leftover: &Leftover) -> &'static Stratum {
    match (leftover.site, &leftover.value) {
        (LeftoverSite::Text, _) => &ON_PAGE,
        (_, LeftoverValue::Contact { .. }) => &CONTACT,
        _ => &NAME_IN_FILE,
    }
}

#[cfg(test)]
mod tests;
