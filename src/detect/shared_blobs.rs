//! # What it looks at
//! Source files of two applicants' repositories that are the same byte for byte, by git blob id.
//! # Why it can mean a link
//! A repository copied under another author keeps its files although every commit id changes.
//! # Innocent explanations
//! Starters, courses, components copied from a collection, a library that one side includes.
//! # Limits
//! One changed byte hides a file. Repositories with common commits are set aside: git itself declares the copy.
//! # References
//! Git object model; measured rates in `corpora/calibration/shared-blobs.json`.
//!
//! The score is the *mass* of the shared files, Σ min(6, log2(size / 100)), times the share of the smaller repository
//! they are. Unrelated repositories share a handful of generator's files that are a few per cent of them; a copy is most of
//! a repository. Both factors are needed: 80 bits of mass were 0.2 % of a repository, all of it a vendored editor.

mod overlap;

use crate::detect::Detector;
use crate::detect::shared_blobs::overlap::Overlap;
use crate::detect::shared_blobs::overlap::Repository;
use crate::detect::shared_blobs::overlap::Side;
use crate::detect::shared_blobs::overlap::may_count;
use crate::detect::shared_blobs::overlap::repositories;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::link::ScaffoldTable;
use crate::model::ApplicantId;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Measure;
use crate::model::ObjectId;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use crate::model::SetAside;
use crate::model::Subjects;

static CARD: Card = Card {
    id: "shared-blobs",
    title: "The same source files in two applicants' repositories",
    family: Family::Code,
    looks_at: "Source files at the tips of two applicants' repositories that are equal byte for byte. Files that project \
               generators hand out, vendored, generated, data, licence and very small files are left out.",
    why: "Two people rarely write the same file. A repository that was copied and given another author keeps its files, \
          although every commit id changes.",
    innocent: &[
        "Both started from one template, course or tutorial and kept its files.",
        "Both copied the same components from a public collection.",
        "One includes a library that the other wrote.",
        "Both worked on one project and each kept a copy without its history.",
    ],
    question: "These files are also in somebody else's repository. Where did they come from, and which part did you write?",
    limits: "A file with one changed byte is not the same file. Two repositories that hold common commits are set aside as a \
             fork or a common upstream. Fewer than three files, or files of one folder that are less than half of the \
             smaller repository, say nothing. The rate was measured with one repository an owner; with several each, more \
             pairs of repositories are compared than it counts.",
    base_rate: "Of 27,251 pairs of repositories of 269 unrelated owners with a language in common, five shared three or \
                more such files: four less than 6 % of the smaller repository, one 18 % of it, the skeleton of a framework. \
                None reached a score of 16.",
    references: &[
        "Chacon and Straub 2014, Pro Git, chapter 10.2 (Git objects)",
        "Vovk and Wang 2021, E-values: calibration, combination and applications",
    ],
};

/// Fewer shared files say nothing.
const MIN_SHARED: usize = 3;
const SHOWN: usize = 10;
const TABLE_ROWS: usize = 40;

const PAIR: &str = "{0} source files are the same, byte for byte, in {a}'s repository {1} ({2} source files) and {b}'s \
                    repository {3} ({4} source files). The repositories have no commit in common.";
const GROUP: &str = "The repositories of {0} applicants hold the same source files, at least {1} of them in each: {2} and others.";

/// See the card.
pub(in crate::detect) struct SharedBlobs;

impl Detector for SharedBlobs {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass {
            min: MIN_SHARED as f32,
        }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for unit in profile.code.iter().flatten().filter(|u| may_count(u)) {
            sink.both(unit.blob.prefix());
        }
    }

    fn weight(&self, key: Key, background: &Background) -> f32 {
        if background.scaffold.contains_prefix(key) {
            0.0
        } else {
            1.0
        }
    }

    fn examine(&self, profile: &Profile, background: &Background) -> Vec<Outcome> {
        if profile.histories.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no repository was given",
            }];
        }
        let have = repositories(profile, &background.scaffold)
            .iter()
            .map(|r| r.files.len())
            .max()
            .unwrap_or(0);
        if have < MIN_SHARED {
            return vec![Outcome::TooLittle {
                have: have as u32,
                need: MIN_SHARED as u32,
            }];
        }
        Vec::new()
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(
                &Side::new(a, &background.scaffold),
                &Side::new(b, &background.scaffold),
            ),
            None => group(candidate, &background.scaffold),
        }
    }
}

fn pair(a: &Side<'_>, b: &Side<'_>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut best: Option<Overlap<'_>> = None;
    for (left, right) in a
        .repositories
        .iter()
        .flat_map(|l| b.repositories.iter().map(move |r| (l, r)))
    {
        let Some(overlap) = Overlap::new(left, right) else {
            continue;
        };
        if let Some(why) = left.declared(right) {
            outcomes.push(Outcome::SetAside(SetAside {
                detector: CARD.id,
                subjects: vec![a.applicant.clone(), b.applicant.clone()],
                what: Fact::Path(left.history.source.path.clone()),
                why,
            }));
        } else if best.as_ref().is_none_or(|best| overlap.score > best.score) {
            best = Some(overlap);
        }
    }
    let comparisons = a.repositories.len() * b.repositories.len();
    outcomes.extend(best.map(|overlap| evidence(a.applicant, b.applicant, &overlap, comparisons)));
    outcomes
}

fn evidence(
    a: &ApplicantId,
    b: &ApplicantId,
    overlap: &Overlap<'_>,
    comparisons: usize,
) -> Outcome {
    let (left, right) = (overlap.left, overlap.right);
    let facts = vec![
        Fact::Number(overlap.shared.len().to_string()),
        Fact::Path(left.history.source.path.clone()),
        Fact::Number(left.files.len().to_string()),
        Fact::Path(right.history.source.path.clone()),
        Fact::Number(right.files.len().to_string()),
    ];
    let seen = overlap
        .shared
        .iter()
        .take(SHOWN)
        .flat_map(|id| [observe(left, id), observe(right, id)])
        .collect();
    let row = |id: &ObjectId| {
        let (l, r) = (left.files[id], right.files[id]);
        vec![l.path.clone(), r.path.clone(), l.size.to_string()]
    };
    let table = Exhibit::Table {
        caption: "Files that are the same".into(),
        head: vec!["left".into(), "right".into(), "bytes".into()],
        rows: overlap.shared.iter().take(TABLE_ROWS).map(row).collect(),
    };
    Outcome::Evidence(Box::new(
        Evidence::new(
            &CARD,
            Subjects::pair(a, b),
            Measure {
                table: "shared-blobs",
                score: overlap.score,
            },
            Explanation::new(PAIR, facts),
            overlap.explained_by(),
            Observations::from_vec(seen).expect("an overlap has at least three files"),
        )
        .best_of(comparisons)
        .with_exhibits(vec![table]),
    ))
}

fn observe(side: &Repository<'_>, id: &ObjectId) -> Observation {
    let path = side.files[id].path.clone();
    let at = Provenance::new(
        &side.history.source,
        Place::File {
            path: path.clone(),
            blob: *id,
        },
    );
    Observation {
        fact: Fact::Path(path),
        at,
    }
}

/// Splits a group by a greedy leader: the first member left, and everybody who shares enough with them. Three or more are
/// one group evidence, explained by a common starter; two are an ordinary pair.
fn group(candidate: &Candidate<'_>, scaffold: &ScaffoldTable) -> Vec<Outcome> {
    let sides: Vec<Side<'_>> = candidate
        .members
        .iter()
        .map(|p| Side::new(p, scaffold))
        .collect();
    let mut left: Vec<&Side<'_>> = sides.iter().collect();
    let mut outcomes = Vec::new();
    while left.len() > 1 {
        let leader = left.remove(0);
        let (with, rest): (Vec<_>, Vec<_>) = left
            .into_iter()
            .partition(|side| best_of(leader, side).is_some());
        left = rest;
        match with.as_slice() {
            [] => {}
            [one] => outcomes.extend(pair(leader, one)),
            several => outcomes.extend(group_evidence(leader, several)),
        }
    }
    outcomes
}

fn best_of<'a>(a: &'a Side<'a>, b: &'a Side<'a>) -> Option<Overlap<'a>> {
    let all = a.repositories.iter().flat_map(|l| {
        b.repositories
            .iter()
            .filter_map(move |r| Overlap::new(l, r))
    });
    all.filter(|o| o.left.declared(o.right).is_none())
        .max_by(|x, y| x.score.total_cmp(&y.score))
}

/// The score is that of the pair that shares least with the leader.
fn group_evidence(leader: &Side<'_>, others: &[&Side<'_>]) -> Option<Outcome> {
    let overlaps: Vec<Overlap<'_>> = others
        .iter()
        .filter_map(|side| best_of(leader, side))
        .collect();
    let weakest = overlaps.iter().min_by(|x, y| x.score.total_cmp(&y.score))?;
    let heaviest = weakest.shared.first()?;
    let seen = overlaps.iter().flat_map(|o| {
        o.shared
            .iter()
            .take(2)
            .flat_map(|id| [observe(o.left, id), observe(o.right, id)])
    });
    let members = others
        .iter()
        .map(|s| s.applicant.clone())
        .chain([leader.applicant.clone()]);
    let facts = vec![
        Fact::Number((others.len() + 1).to_string()),
        Fact::Number(
            overlaps
                .iter()
                .map(|o| o.shared.len())
                .min()
                .unwrap_or(0)
                .to_string(),
        ),
        Fact::Path(weakest.left.files[heaviest].path.clone()),
    ];
    let comparisons = others
        .iter()
        .map(|s| s.repositories.len() * leader.repositories.len())
        .max()
        .unwrap_or(1);
    let evidence = Evidence::new(
        &CARD,
        Subjects::group(members)?,
        Measure {
            table: "shared-blobs",
            score: weakest.score,
        },
        Explanation::new(GROUP, facts),
        vec![Relation::Template, Relation::Agency],
        Observations::from_vec(seen.collect())?,
    );
    Some(Outcome::Evidence(Box::new(evidence.best_of(comparisons))))
}

#[cfg(test)]
mod tests;
