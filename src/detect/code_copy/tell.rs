//! What is said of a match: the sentence, lines on both sides, and the stretches to draw.

use crate::detect::code_copy::CARD;
use crate::detect::code_copy::explain::explained_by;
use crate::detect::code_copy::side::Match;
use crate::detect::code_copy::side::Repository;
use crate::detect::code_copy::side::Side;
use crate::features::code::copied::Region;
use crate::model::CodeLines;
use crate::model::CodeRegion;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Passage;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::Relation;
use crate::model::Subjects;
use std::collections::BTreeSet;

/// Stretches named with their lines.
const NAMED: usize = 8;
/// Stretches drawn side by side.
const SHOWN: usize = 6;
/// Lines of a stretch that are drawn.
const SHOWN_LINES: u32 = 60;

const PAIR: &str = "{0} stretches of code ({1} lines, the longest {2}) are the same in {a}'s repository {3} and {b}'s \
    repository {4}, whatever is named in them: {5} % of the code of the first and {6} % of the second, by rarity. Of the files \
    they stand in, {7} % of the smaller one's text is the same as it is written. {8} The repositories have no commit in common.";

const GROUP: &str = "The repositories of {0} applicants hold the same code. Those that share least have {1} stretches in common \
    ({2} lines, the longest {3}), {4} % of the smaller repository's code.";

const AT_TIPS: &str = "All of it stands in the current files.";
const EARLIER: &str = "A part of it stands in earlier versions of files only.";

/// Evidence about two applicants.
pub(in crate::detect::code_copy) fn pair(
    a: &Side<'_>,
    b: &Side<'_>,
    found: &Match<'_>,
    comparisons: usize,
) -> Outcome {
    let copied = &found.copied;
    let is_earlier = |r: &Region| {
        let unit = |side: &Repository<'_>, file: u32| side.prints.units[file as usize].0.earlier;
        unit(found.left, r.left) || unit(found.right, r.right)
    };
    let when = match copied.regions.iter().any(is_earlier) {
        true => EARLIER,
        false => AT_TIPS,
    };
    let facts = vec![
        number(copied.regions.len()),
        number(num_lines(&copied.regions)),
        number(longest(&copied.regions)),
        Fact::Path(found.left.history.source.path.clone()),
        Fact::Path(found.right.history.source.path.clone()),
        per_cent(copied.left_share()),
        per_cent(copied.right_share()),
        per_cent(copied.verbatim),
        Fact::Text(when.into()),
    ];
    let subjects = Subjects::pair(&a.profile.applicant, &b.profile.applicant);
    let told = Explanation::new(PAIR, facts);
    let evidence = evidence(subjects, found, told, explained_by(found));
    Outcome::Evidence(Box::new(evidence.best_of(comparisons)))
}

/// Evidence about a group, of which `weakest` is the match of the least score.
pub(in crate::detect::code_copy) fn group(
    subjects: Subjects,
    weakest: &Match<'_>,
    comparisons: usize,
) -> Outcome {
    let copied = &weakest.copied;
    let facts = vec![
        number(subjects.as_slice().len()),
        number(copied.regions.len()),
        number(num_lines(&copied.regions)),
        number(longest(&copied.regions)),
        per_cent(copied.containment()),
    ];
    let told = Explanation::new(GROUP, facts);
    let explained = vec![Relation::Template, Relation::Agency];
    let evidence = evidence(subjects, weakest, told, explained);
    Outcome::Evidence(Box::new(evidence.best_of(comparisons)))
}

fn evidence(
    subjects: Subjects,
    found: &Match<'_>,
    told: Explanation,
    explained: Vec<Relation>,
) -> Evidence {
    let regions = &found.copied.regions;
    let seen = regions.iter().take(NAMED).flat_map(|r| {
        [
            observe(found.left, r.left, r.left_lines),
            observe(found.right, r.right, r.right_lines),
        ]
    });
    let measure = Measure {
        table: "code-copy",
        score: found.score,
    };
    let seen = Observations::from_vec(seen.collect()).expect("a match has a stretch");
    let evidence = Evidence::new(&CARD, subjects, measure, told, explained, seen);
    evidence.with_exhibits(vec![exhibit(found)])
}

fn observe(side: &Repository<'_>, file: u32, lines: (u32, u32)) -> Observation {
    let unit = side.prints.units[file as usize].0;
    let place = Place::Lines {
        path: unit.path.clone(),
        blob: unit.blob,
        first: lines.0,
        last: lines.1,
    };
    Observation {
        fact: Fact::Path(unit.path.clone()),
        at: Provenance::new(&side.history.source, place),
    }
}

/// The heaviest stretches; their text is read from the sources when the report is drawn.
fn exhibit(found: &Match<'_>) -> Exhibit {
    let side = |side: &Repository<'_>, file: u32, lines: (u32, u32)| {
        let unit = side.prints.units[file as usize].0;
        CodeLines {
            file: unit.path.clone(),
            blob: unit.blob.to_string(),
            first: lines.0,
            last: lines.1.min(lines.0 + SHOWN_LINES - 1),
        }
    };
    let region = |r: &Region| {
        let left = side(found.left, r.left, r.left_lines);
        let right = side(found.right, r.right, r.right_lines);
        let places = (left.in_words(), right.in_words());
        let text = Passage::new((String::new(), places.0), (String::new(), places.1), 0);
        CodeRegion { left, right, text }
    };
    Exhibit::Code {
        left: found.left.history.source.path.clone(),
        right: found.right.history.source.path.clone(),
        regions: found
            .copied
            .regions
            .iter()
            .take(SHOWN)
            .map(region)
            .collect(),
    }
}

fn number(n: usize) -> Fact {
    Fact::Number(n.to_string())
}

fn per_cent(share: f64) -> Fact {
    Fact::Number(format!("{:.0}", 100.0 * share))
}

/// Different lines on the left that stand in a stretch.
fn num_lines(regions: &[Region]) -> usize {
    let lines = |r: &Region| {
        let file = r.left;
        (r.left_lines.0..=r.left_lines.1).map(move |line| (file, line))
    };
    regions
        .iter()
        .flat_map(lines)
        .collect::<BTreeSet<_>>()
        .len()
}

fn longest(regions: &[Region]) -> usize {
    let lines = |r: &Region| (r.left_lines.1 - r.left_lines.0 + 1) as usize;
    regions.iter().map(lines).max().unwrap_or(0)
}
