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

/// Six files of invented functions: `own` are the turns of the hand, `seed` says which come where.
fn files(seed: u64, own: [&str; 6]) -> Vec<CodeUnit> {
    let everyday: Vec<&str> = EVERYDAY.lines().collect();
    let mut state = seed;
    let mut draw = |num: usize| {
        state = crate::model::mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
        state as usize % num
    };
    let mut file = |n: usize| {
        let mut code = String::new();
        for f in 0..16 {
            code.push_str(&format!("def f{f}(self, name):\n"));
            for _ in 0..9 {
                let turn = match draw(3) {
                    0 => own[draw(6)],
                    _ => everyday[draw(everyday.len())],
                };
                let turn =
                    turn.replace("{e}", ["name", "self.x(1)", "2", "a + b", "c[0]"][draw(5)]);
                for line in turn.split("\\n") {
                    code.push_str(&format!("    {}\n", line.replace("\\t", "    ")));
                }
            }
            code.push('\n');
        }
        unit(&format!("src/m{n}.py"), &code)
    };
    (0..6).map(&mut file).collect()
}

const TERSE: [&str; 6] = [
    "if not idx: return None",
    "res = [x for x in self.items if x is not None]",
    "assert res is not None",
    "buf = buf or {e}",
    "try: res = tmp[idx]\\nexcept KeyError: pass",
    "for idx in range(len(res)): res += tmp",
];

const WORDY: [&str; 6] = [
    "while True:\\n\\tcount = count + 1",
    "if i == {e}:\\n\\tresult = str(i)\\nelse:\\n\\tresult = \"\"",
    "result[key] = value",
    "raise ValueError(\"no\")",
    "print(\"%s\" % (value,))",
    "with self.lock:\\n\\tself.total = {e}",
];

fn person(who: &str, code: Vec<CodeUnit>) -> Profile {
    let email = format!("{who}@example.com");
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
        &person("a", files(1, TERSE)),
        &person("b", files(2, TERSE)),
    ));
    assert!(e.measure.score > 0.5, "{}", e.measure.score);
    assert!(!e.explained_by.is_empty() && e.exhibits.len() == 1);
    assert!(e.observations.as_slice().len() >= 4);
}

#[test]
fn two_hands_and_shared_files_are_not() {
    assert!(compare(&person("a", files(1, TERSE)), &person("b", files(2, WORDY))).is_empty());
    assert!(compare(&person("a", files(1, TERSE)), &person("b", files(1, TERSE))).is_empty());
}

#[test]
fn recent_and_assisted_work_weighs_half() {
    let (a, mut b) = (person("a", files(1, TERSE)), person("b", files(2, TERSE)));
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
    let few = person("a", files(1, TERSE)[..2].to_vec());
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
            .examine(&person("a", files(1, TERSE)), &Background::default())
            .is_empty()
    );
}

#[test]
fn others_work_does_not_count() {
    let mut a = person("a", files(1, TERSE));
    a.owners[0].idents.clear();
    assert!(compare(&a, &person("b", files(2, TERSE))).is_empty());
}
