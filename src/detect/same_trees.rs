//! # What it looks at
//! The trees (states of all files) of commits that stand under each applicant's own identity, in different commits.
//! # Why it can mean a link
//! A tree is the hash of every file's path and content: two people who work apart never reach the same state twice.
//! # Innocent explanations
//! One starter or one course followed step by step; a common import.
//! # Limits
//! One changed byte in any file makes another tree.
//! # References
//! Pro Git, chapter 10.2 (Git objects).

use crate::detect::Detector;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_repositories;
use crate::detect::copied::Copied;
use crate::detect::copied::Line;
use crate::detect::copied::Teller;
use crate::detect::copied::counted;
use crate::features::own::Made;
use crate::features::own::OwnCommit;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Family;
use crate::model::ObjectId;
use crate::model::Outcome;
use crate::model::Profile;
use std::collections::BTreeMap;

static CARD: Card = Card {
    id: "same-trees",
    title: "The same states of all files under two names",
    family: Family::Code,
    looks_at: "The trees of commits that stand under each applicant's own identity: the state of every file at that commit. \
               Commits that both hold as they are, empty trees and first commits are left out.",
    why: "A tree is named by the content of every file in it. A copied history that was squashed, dated anew or given another \
          author keeps its trees; two people who work apart do not reach the same state again and again.",
    innocent: &[
        "Both followed one course step by step and committed its files after each step.",
        "Both imported the same versions of somebody else's work.",
        "One is a copy that was made openly, with the names replaced by a tool.",
    ],
    question: "At several commits every file of this repository is the same as in another one. How did that come about?",
    limits: "Needs three different trees that are not the first commit's on both sides. One changed byte, such as another name in \
             a licence, makes all trees differ from there on. Whether a tree holds a starter's files only cannot be told from \
             its id; a shared beginning with different sequels is listed as a common template.",
    base_rate: "Of 43,071 pairs of 294 unrelated owners of 367 public repositories (corpora/programs/measure_copies) none \
                showed it: 95 % interval 0 to 0.009 % on the 32,045 pairs outside the half that the thresholds were \
                chosen on. Of copies of 272 owners' commits that keep every third state it finds all that are whole and \
                84 % of those that take over a tenth.",
    references: &[
        "Chacon and Straub 2014, Pro Git, chapter 10.2 (Git objects)",
        "Vovk and Wang 2021, E-values: calibration, combination and applications",
    ],
};

const PAIR: &str = "All files are the same, byte for byte, at {0} commits of {a}'s repository {1} ({2} own commits) and of {b}'s \
                    repository {3} ({4} own commits), on the left from {5} to {6} (UTC): from number {7} to number {8} of \
                    its commits, and from number {9} to number {10} on the right. Ids and identities differ.";

/// Fewer shared trees say nothing: a starter with its licence and its first file makes two.
const MIN_SHARED: usize = 3;

/// The tree without files.
const EMPTY: ObjectId = ObjectId([
    0x4b, 0x82, 0x5d, 0xc6, 0x42, 0xcb, 0x6e, 0xb9, 0xa0, 0x60, 0xe5, 0x4b, 0xf8, 0xd6, 0x92, 0x88,
    0xfb, 0xee, 0x49, 0x04,
]);

static TELLER: Teller = Teller {
    card: &CARD,
    table: "same-trees",
    pair: PAIR,
    group: "commits with the same states of all files",
    min: MIN_SHARED,
    compare,
};

/// See the card.
pub(in crate::detect) struct SameTrees;

impl Detector for SameTrees {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass {
            min: MIN_SHARED as f32,
        }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for own in counted(profile) {
            if own.commit.tree != EMPTY {
                sink.both(own.commit.tree.prefix());
            }
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let repositories = own_repositories(profile, MIN_SHARED, |o| o.made != Made::Robot);
        repositories.err().unwrap_or_default()
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        TELLER.tell(candidate)
    }
}

/// Where each tree stands first.
fn trees(line: &[OwnCommit<'_>]) -> BTreeMap<ObjectId, usize> {
    let mut places = BTreeMap::new();
    for (place, own) in line.iter().enumerate() {
        if own.commit.tree != EMPTY {
            places.entry(own.commit.tree).or_insert(place);
        }
    }
    places
}

fn compare<'a>(left: &Line<'a>, right: &Line<'a>) -> Option<Copied<'a>> {
    let (a, b) = (trees(left), trees(right));
    let is_root = |line: &Line<'_>, at: usize| line[at].commit.parents.is_empty();
    let mut shared: Vec<(usize, usize)> = a
        .iter()
        .filter_map(|(tree, &l)| Some((l, *b.get(tree)?)))
        .filter(|&(l, r)| !(is_root(left, l) && is_root(right, r)))
        .collect();
    if shared.len() < MIN_SHARED {
        return None;
    }
    shared.sort_unstable();
    let range = |at: fn(&(usize, usize)) -> usize| {
        let places = || shared.iter().map(at);
        [places().min(), places().max()].map(|place| number(place.unwrap_or(0) + 1))
    };
    let more = [range(|p| p.0), range(|p| p.1)].concat();
    let mut copied = Copied::new(left, right, shared);
    copied.score = copied.num() as f64;
    copied.more = more;
    Some(copied)
}

#[cfg(test)]
#[path = "same_trees_tests.rs"]
mod tests;
