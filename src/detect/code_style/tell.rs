//! What is said of two hands that are alike: the habits in words.

use crate::detect::code_style::CARD;
use crate::detect::code_style::side::Match;
use crate::detect::code_style::side::Side;
use crate::features::code::style::Common;
use crate::features::code::style::Hand;
use crate::features::code::style::common_layout;
use crate::features::code::style::in_words;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::Relation;
use crate::model::Subjects;

/// Habits in the sentence, and in the table below it.
const NAMED: usize = 4;
const SHOWN: usize = 12;
/// Files named on each side.
const FILES: usize = 3;

const PAIR: &str = "Without the files that both have, {a}'s own code in {0} ({1} files, {2} tokens) and {b}'s ({3} files, {4} tokens) \
    are more alike in their habits than those of almost all strangers (likeness {5}, where strangers scatter around 0). Both use more \
    often than most hands: {6}. {7} {8}";

const BY_HAND: &str = "Layout did not count.";
const FORMATTED: &str =
    "Layout did not count: a formatter seems to have set it on at least one side.";
const RECENT: &str = "Most of the work of at least one of them is dated after November 2022, or says that an assistant took part: \
    this weighs half.";

/// Evidence about two applicants.
pub(in crate::detect::code_style) fn pair(
    a: &Side<'_>,
    b: &Side<'_>,
    found: &Match<'_>,
    comparisons: usize,
) -> Outcome {
    let is_recent = a.may_be_assisted() || b.may_be_assisted();
    let common = &found.likeness.common;
    let named: Vec<String> = common
        .iter()
        .take(NAMED)
        .map(|c| in_words(&c.text))
        .collect();
    let number = |n: usize| Fact::Number(n.to_string());
    let facts = vec![
        Fact::Text(found.left.language.name().into()),
        number(found.left.files().count()),
        number(found.left.num_tokens() as usize),
        number(found.right.files().count()),
        number(found.right.num_tokens() as usize),
        Fact::Number(format!("{:.2}", found.likeness.score)),
        Fact::Text(named.join("; ")),
        Fact::Text(layout(found)),
        Fact::Text(if is_recent { RECENT } else { "" }.into()),
    ];
    let measure = Measure {
        table: if is_recent {
            "code-style/recent"
        } else {
            "code-style"
        },
        score: found.likeness.score,
    };
    let mut seen = observations(a, &found.left);
    seen.extend(observations(b, &found.right));
    let evidence = Evidence::new(
        &CARD,
        Subjects::pair(&a.profile.applicant, &b.profile.applicant),
        measure,
        Explanation::new(PAIR, facts),
        // What makes people write alike; never what makes a household.
        vec![
            Relation::Template,
            Relation::Agency,
            Relation::Colleagues,
            Relation::Fork,
        ],
        Observations::from_vec(seen).expect("a side that is enough has files"),
    );
    let evidence = evidence.with_exhibits(vec![table(common)]);
    Outcome::Evidence(Box::new(evidence.best_of(comparisons)))
}

/// What both do alike in layout and most do otherwise.
fn layout(found: &Match<'_>) -> String {
    if found.left.looks_formatted() || found.right.looks_formatted() {
        return FORMATTED.into();
    }
    let alike = common_layout(&found.left, &found.right);
    match alike.is_empty() {
        true => BY_HAND.into(),
        false => format!(
            "{BY_HAND} But both {}.",
            alike[..alike.len().min(NAMED)].join(", and ")
        ),
    }
}

/// The largest files of a side.
fn observations(side: &Side<'_>, hand: &Hand<'_>) -> Vec<Observation> {
    let mut files: Vec<_> = hand.files().collect();
    files.sort_by(|x, y| y.size.cmp(&x.size).then_with(|| x.path.cmp(&y.path)));
    let observe = |unit: &crate::model::CodeUnit| {
        let place = Place::File {
            path: unit.path.clone(),
            blob: unit.blob,
        };
        Some(Observation {
            fact: Fact::Path(unit.path.clone()),
            at: Provenance::new(&side.history_of(unit)?.source, place),
        })
    };
    files.into_iter().take(FILES).filter_map(observe).collect()
}

fn table(common: &[Common]) -> Exhibit {
    let row = |c: &Common| {
        let mut row = vec![in_words(&c.text)];
        row.extend(c.uses.iter().map(|n| format!("{n:.0}")));
        row
    };
    Exhibit::Table {
        caption: "Habits that both have more often than most: uses per 10,000 tokens".into(),
        head: ["Habit", "First", "Second", "Usual"]
            .map(String::from)
            .to_vec(),
        rows: common.iter().take(SHOWN).map(row).collect(),
    }
}
