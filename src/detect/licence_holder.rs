//! Another applicant holds the licence or is the author of the package.
//!
//! # What it looks at
//! Copyright lines of licence files, author fields of package manifests, with their addresses.
//!
//! # Why it can mean a link
//! Tools fill both in from the settings of the machine, and nobody reads them again.
//!
//! # Innocent explanations
//! Work derived from the other's: most licences ask that the holder stays named.
//!
//! # Limits
//! Explained by a fork as a rule; it adds to other evidence.
//!
//! # References
//! SPDX; the manifests' own documentation.

use crate::detect::Detector;
use crate::detect::named_in_files::NamedIn;
use crate::detect::named_in_files::Stratum;
use crate::features::leftovers::at_sites;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Family;
use crate::model::Leftover;
use crate::model::LeftoverSite;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;

static CARD: Card = Card {
    id: "licence-holder",
    title: "Another applicant holds the licence of this one's repository",
    family: Family::Identity,
    looks_at: "The copyright lines of licence files and the author fields of package manifests in a repository (package.json, \
               Cargo.toml, pyproject.toml, composer.json, pom.xml and others): another applicant's name or contact there.",
    why: "Programs that start a project fill in both from the settings of the machine, and hardly anybody reads them again. \
          They may name whom the machine knows rather than whom the application names.",
    innocent: &[
        "The work is derived from the other's, and the licence asks that its holder stays named.",
        "The project was begun by the other, and both worked on it.",
        "A template or a course names its author there.",
        "It is somebody else of the same name.",
    ],
    question: "The licence or the manifest of this repository names somebody else. Who began it, and what is yours?",
    limits: "It cannot tell a copied licence from a forgotten one, so derived work (a declared fork) explains it always, and it only adds \
             to other evidence. Repositories in whose history the holder openly stands, that share commits with the holder's, and \
             licence files that both have, are set aside; so is a holder whom more than a dozen applicants name. Lists of \
             contributors are left out.",
    base_rate: "Full names of two people agree in at most 5.7 of a million pairs (19,978 commit authors of 352 public \
                repositories). Among pairs of unrelated owners of public repositories the table says how many held the other's \
                licence.",
    references: &[
        "SPDX License List, the notices of MIT and BSD licences",
        "npm, Cargo and PEP 621 documentation of the author field",
        "corpora/calibration/licence-holder.json (what was counted)",
    ],
};

static LICENCE: Stratum = Stratum {
    rank: 1,
    table: "licence-holder/licence",
    sentences: [
        "The licence in {a}'s repository {0} names {b} as its holder ({1}).",
        "The licence in {b}'s repository {0} names {a} as its holder ({1}).",
    ],
    explained_by: &[Relation::Fork],
};
static PACKAGE: Stratum = Stratum {
    rank: 0,
    table: "licence-holder/package",
    sentences: [
        "A package in {a}'s repository {0} names {b} as its author ({1}).",
        "A package in {b}'s repository {0} names {a} as its author ({1}).",
    ],
    explained_by: &[Relation::Fork],
};

const SITES: &[LeftoverSite] = &[LeftoverSite::Licence, LeftoverSite::Package];

static NAMED: NamedIn = NamedIn {
    card: &CARD,
    sites: SITES,
    stratum,
    by_many: "more than a dozen applicants' repositories name this one: a teacher or the author of something public",
};

/// See the card.
pub(in crate::detect) struct LicenceHolder;

impl Detector for LicenceHolder {
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
        if at_sites(profile, SITES).next().is_some() {
            return Vec::new();
        }
        vec![Outcome::CouldNotLook {
            why: "no licence or package in a repository names anybody",
        }]
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        NAMED.compare(candidate)
    }
}

fn stratum(leftover: &Leftover) -> &'static Stratum {
    match leftover.site {
        LeftoverSite::Licence => &LICENCE,
        _ => &PACKAGE,
    }
}
