use crate::detect::code_fixture::{applicant, several};
use crate::detect::code_style::*;
use crate::features::code::CodeReader;
use crate::model::CodeUnit;
use crate::model::Evidence;
use crate::model::FileClass;
use crate::model::ObjectId;
use crate::model::hash_text;

fn unit(path: &str, code: &str) -> CodeUnit {
    let mut id = [0; 20];
    id[..8].copy_from_slice(&hash_text(code).to_be_bytes());
    let mut unit = CodeUnit::new(
        ObjectId(id),
        path.into(),
        code.len() as u64,
        FileClass::Source,
    );
    CodeReader::default().visit(&mut unit, code.as_bytes());
    unit
}

/// Turns of any Python; the rest is the hand's.
static EVERYDAY: &str = include_str!("../../../corpora/programs/style_turns.txt");

/// A number below `num`.
fn draw(state: &mut u64, num: usize) -> usize {
    *state = crate::model::mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
    *state as usize % num
}

/// How a person writes: turns of their own, which everyday turns they use, and how they put expressions.
struct Hand {
    own: [&'static str; 6],
    everyday: std::ops::Range<usize>,
    forms: [&'static str; 9],
}

/// An invented expression: what differs from file to file. The first three forms are plain.
fn expression(state: &mut u64, depth: u32, forms: &[&str; 9]) -> String {
    let mut out = forms[draw(state, if depth == 0 { 3 } else { 9 })].to_string();
    while out.contains("{p}") {
        let part = expression(state, depth.saturating_sub(1), forms);
        out = out.replacen("{p}", &part, 1);
    }
    out
}

/// Six files of invented functions by a hand; `seed` says which turns come where.
fn files(seed: u64, hand: &Hand) -> Vec<CodeUnit> {
    let all: Vec<&str> = EVERYDAY.lines().collect();
    let everyday = &all[hand.everyday.clone()];
    let mut state = seed;
    let mut file = |n: usize| {
        let mut code = String::new();
        for f in 0..16 {
            code.push_str(&format!("def f{f}(self, name):\n"));
            for _ in 0..7 {
                let turn = match draw(&mut state, 2) {
                    0 => hand.own[draw(&mut state, 6)],
                    _ => everyday[draw(&mut state, everyday.len())],
                };
                let turn = turn.replace("{e}", &expression(&mut state, 3, &hand.forms));
                for line in turn.split("\\n") {
                    code.push_str(&format!("    {}\n", line.replace("\\t", "    ")));
                }
                let made = expression(&mut state, 4, &hand.forms);
                code.push_str(&format!("    {} = {made}\n", hand.forms[0]));
            }
            code.push('\n');
        }
        unit(&format!("src/m{n}.py"), &code)
    };
    (0..6).map(&mut file).collect()
}

static TERSE: Hand = Hand {
    own: [
        "if not idx: return None",
        "res = [x for x in {e} if x is not None]",
        "assert {e} is not None",
        "buf = buf or {e}",
        "try: res = {e}\\nexcept KeyError: pass",
        "for idx in range(len(res)): res += {e}",
    ],
    everyday: 0..30,
    forms: [
        "res",
        "17",
        "buf",
        "{p} + {p}",
        "({p} - {p})",
        "self.read({p})",
        "{p} * {p}",
        "self.find({p}, {p})",
        "res[{p}]",
    ],
};

static WORDY: Hand = Hand {
    own: [
        "while limit < {e}:\\n\\tlimit += 1",
        "if {e} and not {e}:\\n\\tdone = True\\nelse:\\n\\tdone = False",
        "result[key] = {e}",
        "raise ValueError(\"no\")",
        "left, right = {e}, {e}",
        "result = {e} if left else {e}",
    ],
    everyday: 30..60,
    forms: [
        "value",
        "0",
        "left",
        "find(value, {p})",
        "value[{p}:{p}]",
        "{p} or {p}",
        "[{p}, {p}]",
        "value.get({p}, {p})",
        "min({p}, {p})",
    ],
};

fn person(who: &str, code: Vec<CodeUnit>) -> Profile {
    let email = format!("{who}@one.invalid");
    let mut made = applicant(who, who, &[&email], &several(3, who, who, &email), code);
    let commits = made.histories[0].commits.iter_mut();
    commits.for_each(|c| c.author.seconds = 1_500_000_000);
    made
}

fn compare(a: &Profile, b: &Profile) -> Vec<Outcome> {
    let candidate = Candidate {
        members: vec![a, b],
        keys: Vec::new(),
    };
    CodeStyle.compare(&candidate, &Background::default())
}

fn only_evidence(outcomes: Vec<Outcome>) -> Evidence {
    match outcomes.as_slice() {
        [Outcome::Evidence(e)] => (**e).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_hand_under_two_names_is_told_with_its_habits() {
    let e = only_evidence(compare(
        &person("a", files(1, &TERSE)),
        &person("b", files(2, &TERSE)),
    ));
    assert!(e.measure.score > 0.5, "{}", e.measure.score);
    assert!(!e.explained_by.is_empty() && e.exhibits.len() == 1);
    assert!(e.observations.as_slice().len() >= 4);
}

#[test]
fn two_hands_and_shared_files_are_not() {
    assert!(
        compare(
            &person("a", files(1, &TERSE)),
            &person("b", files(2, &WORDY))
        )
        .is_empty()
    );
    assert!(
        compare(
            &person("a", files(1, &TERSE)),
            &person("b", files(1, &TERSE))
        )
        .is_empty()
    );
}

#[test]
fn recent_and_assisted_work_weighs_half() {
    let (a, mut b) = (person("a", files(1, &TERSE)), person("b", files(2, &TERSE)));
    assert_eq!(only_evidence(compare(&a, &b)).measure.table, "code-style");
    b.code[0].push(CodeUnit::new(
        ObjectId([9; 20]),
        "CLAUDE.md".into(),
        900,
        FileClass::Data,
    ));
    assert_eq!(
        only_evidence(compare(&a, &b)).measure.table,
        "code-style/recent"
    );
    b.code[0].pop();
    b.histories[0]
        .commits
        .iter_mut()
        .for_each(|c| c.author.seconds = 1_750_000_000);
    assert_eq!(
        only_evidence(compare(&a, &b)).measure.table,
        "code-style/recent"
    );
}

#[test]
fn it_says_when_it_has_too_little() {
    let few = person("a", files(1, &TERSE)[..2].to_vec());
    let outcomes = CodeStyle.examine(&few, &Background::default());
    assert!(matches!(
        outcomes.as_slice(),
        [Outcome::TooLittle { need: 3000, .. }]
    ));
    let none = applicant("a", "a", &[], &[], Vec::new());
    assert!(matches!(
        CodeStyle.examine(&none, &Background::default()).as_slice(),
        [Outcome::CouldNotLook { .. }]
    ));
    assert!(
        CodeStyle
            .examine(&person("a", files(1, &TERSE)), &Background::default())
            .is_empty()
    );
}

#[test]
fn others_work_does_not_count() {
    let mut a = person("a", files(1, &TERSE));
    a.owners[0].idents.clear();
    assert!(compare(&a, &person("b", files(2, &TERSE))).is_empty());
}
