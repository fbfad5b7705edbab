use crate::detect::code_copy::*;
use crate::detect::code_fixture::{applicant, file, several};
use crate::detect::code_origin::SAME_COMMITS;
use crate::features::code::CodeReader;
use crate::link::PoolCounts;
use crate::model::CodeUnit;
use crate::model::Evidence;
use crate::model::Relation;

/// An invented expression; names begin with `style`.
fn expression(state: &mut u64, depth: u32, style: &str) -> String {
    *state = crate::model::mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
    let form = if depth == 0 { *state % 3 } else { *state % 14 };
    let mut part = || expression(state, depth.saturating_sub(1), style);
    match form {
        0 => format!("{style}A"),
        1 => "17".into(),
        2 => "'t'".into(),
        3 => format!("{} + {}", part(), part()),
        4 => format!("({} - {})", part(), part()),
        5 => format!("{} * {}", part(), part()),
        6 => format!("{style}F({})", part()),
        7 => format!("{style}G({}, {})", part(), part()),
        8 => format!("{style}H[{}]", part()),
        9 => format!("({} ? {} : {})", part(), part(), part()),
        10 => format!("({} === {})", part(), part()),
        11 => format!("!{}", part()),
        12 => format!("[{}, {}]", part(), part()),
        _ => format!("{style}.m({} % {})", part(), part()),
    }
}

/// Invented code; `seed` decides what it does, `style` how names are written.
fn source(seed: u64, functions: u64, style: &str) -> String {
    let mut state = seed;
    let mut out = String::new();
    for f in 0..functions {
        out.push_str(&format!("function {style}{f}(a, b) {{\n"));
        for _ in 0..10 {
            let made = expression(&mut state, 4, style);
            let line = match made.len() % 4 {
                0 => format!("  if ({made}) {{ return; }}"),
                1 => format!("  a.push({made});"),
                2 => format!("  while ({made}) {{ b--; }}"),
                _ => format!("  const {style}V = {made};"),
            };
            out.push_str(&line);
            out.push('\n');
        }
        out.push_str("}\n\n");
    }
    out
}

fn unit(path: &str, code: &str) -> CodeUnit {
    let mut unit = file(path, code, code.len() as u64);
    CodeReader::default().visit(&mut unit, code.as_bytes());
    unit
}

fn person(who: &str, seed: &str, code: Vec<CodeUnit>) -> Profile {
    let email = format!("{who}@example.com");
    applicant(who, who, &[&email], &several(3, seed, who, &email), code)
}

fn pool(people: &[&Profile]) -> Background {
    let marks = |i: usize, out: &mut Vec<u64>| {
        let prints = people[i]
            .code
            .iter()
            .flatten()
            .filter_map(|u| u.print.as_ref());
        out.extend(prints.flat_map(|p| p.marks.iter().map(|m| m.hash)));
    };
    Background {
        code: PoolCounts::count(people.len(), 100_000, marks),
        ..Background::default()
    }
}

fn compare(people: &[&Profile]) -> Vec<Outcome> {
    compare_in(people, &pool(people))
}

fn compare_in(people: &[&Profile], background: &Background) -> Vec<Outcome> {
    let candidate = Candidate {
        members: people.to_vec(),
        keys: Vec::new(),
    };
    CodeCopy.compare(&candidate, background)
}

fn only_evidence(outcomes: Vec<Outcome>) -> Evidence {
    match outcomes.as_slice() {
        [Outcome::Evidence(e)] => (**e).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn renamed_reordered_and_split_code_is_found_with_its_lines() {
    let original = source(1, 12, "load");
    let renamed = source(1, 12, "fetchAll");
    let mut functions: Vec<&str> = renamed.split("\n\n").collect();
    functions.reverse();
    let (first, second) = functions.split_at(6);
    let a = person("a", "a", vec![unit("src/store.js", &original)]);
    let b = person(
        "b",
        "b",
        vec![
            unit("lib/one.js", &format!("// mine\n{}", first.join("\n\n\n"))),
            unit("lib/two.js", &second.join("\n")),
        ],
    );
    let e = only_evidence(compare(&[&a, &b]));
    assert!(e.explained_by.is_empty(), "{e:?}");
    assert!(e.measure.score > 100.0, "{}", e.measure.score);
    let seen = e.observations.as_slice();
    assert!(seen.iter().any(|o| matches!(&o.at.place, crate::model::Place::Lines { path, first, last, .. } if path == "src/store.js" && last > first)));
}

#[test]
fn own_code_of_two_people_is_no_evidence() {
    let a = person("a", "a", vec![unit("src/a.js", &source(1, 12, "load"))]);
    let b = person("b", "b", vec![unit("src/b.js", &source(2, 12, "load"))]);
    assert!(compare(&[&a, &b]).is_empty());
}

#[test]
fn a_copied_part_is_explained_by_a_template_and_a_library_by_inclusion() {
    let part = source(1, 10, "part");
    let with = |who: &str, seed: u64, own: u64| {
        let code = vec![
            unit("part.js", &part),
            unit("own.js", &source(seed, own, "own")),
        ];
        person(who, who, code)
    };
    let (a, b) = (with("a", 2, 90), with("b", 3, 90));
    assert!(
        matches!(compare(&[&a, &b]).as_slice(), [Outcome::SetAside(_)]),
        "a tutorial's part"
    );
    let (a, b) = (with("a", 2, 15), with("b", 3, 15));
    assert_eq!(
        only_evidence(compare(&[&a, &b])).explained_by,
        [Relation::Template, Relation::Agency]
    );
    let (library, larger) = (
        person("a", "a", vec![unit("part.js", &part)]),
        with("b", 3, 60),
    );
    assert_eq!(
        only_evidence(compare(&[&library, &larger])).explained_by,
        [Relation::Fork]
    );
}

#[test]
fn a_fork_is_set_aside() {
    let code = || vec![unit("src/a.js", &source(1, 12, "load"))];
    let (a, b) = (person("a", "same", code()), person("b", "same", code()));
    let outcomes = compare(&[&a, &b]);
    assert!(matches!(outcomes.as_slice(), [Outcome::SetAside(s)] if s.why == SAME_COMMITS));
}

#[test]
fn what_half_of_the_pool_holds_and_public_code_tie_nobody() {
    let starter = source(1, 10, "start");
    let with = |n: u64| {
        let who = format!("p{n:02}");
        let own = unit("own.js", &source(n + 10, 12, "own"));
        let code = match n % 2 {
            0 => vec![own, unit("starter.js", &starter)],
            _ => vec![own],
        };
        person(&who, &who, code)
    };
    let people: Vec<Profile> = (0..20).map(with).collect();
    let people: Vec<&Profile> = people.iter().collect();
    let background = pool(&people);
    assert!(compare_in(&[people[0], people[2]], &background).is_empty());
    let public = unit("starter.js", &starter).print.expect("it is code");
    let background = Background {
        code_marks: crate::link::CodeMarks::new(public.marks.iter().map(|m| m.hash)),
        ..Background::default()
    };
    assert!(compare_in(&[people[0], people[2]], &background).is_empty());
    assert_eq!(CodeCopy.weight(public.marks[0].hash, &background), 0.0);
}

#[test]
fn a_group_is_told_where_most_is_the_same_and_else_set_aside() {
    let work = source(1, 20, "work");
    let same = |n: u64| {
        let who = format!("p{n:02}");
        person(
            &who,
            &who,
            vec![
                unit("work.js", &work),
                unit("own.js", &source(n + 10, 3, "own")),
            ],
        )
    };
    let people: Vec<Profile> = (0..14).map(same).collect();
    let e = only_evidence(compare(&people.iter().collect::<Vec<_>>()));
    assert_eq!(e.subjects.as_slice().len(), 14);
    assert_eq!(e.explained_by, [Relation::Template, Relation::Agency]);
    let part = |n: u64| {
        let who = format!("p{n:02}");
        person(
            &who,
            &who,
            vec![
                unit("work.js", &work),
                unit("own.js", &source(n + 10, 40, "own")),
            ],
        )
    };
    let people: Vec<Profile> = (0..14).map(part).collect();
    let outcomes = compare(&people.iter().collect::<Vec<_>>());
    assert!(
        matches!(outcomes.as_slice(), [Outcome::SetAside(s)] if s.subjects.len() == 14),
        "{outcomes:?}"
    );
}

#[test]
fn a_part_that_more_than_a_handful_hold_is_a_starter_in_any_pool() {
    let starter = [source(1, 6, "load"), source(2, 6, "load")];
    let person = |n: u64, own: u64| {
        let who = format!("p{n:02}");
        let mut code = vec![unit("own.js", &source(n + 10, own, "own"))];
        if n < 6 {
            let files = starter.iter().enumerate();
            code.extend(files.map(|(i, text)| unit(&format!("s{i}.js"), text)));
        }
        person(&who, &who, code)
    };
    let told = |num: u64, own: u64| {
        let all: Vec<Profile> = (0..num).map(|n| person(n, own)).collect();
        let background = pool(&all.iter().collect::<Vec<_>>());
        compare_in(&[&all[0], &all[1]], &background)
    };
    let parts = told(40, 30);
    assert!(
        matches!(parts.as_slice(), [Outcome::SetAside(s)] if s.why.contains("starter")),
        "{parts:?}"
    );
    // Most of both: no starter is that.
    only_evidence(told(40, 3));
}

#[test]
fn a_third_who_wrote_in_both_makes_them_colleagues() {
    let code = || vec![unit("src/a.js", &source(1, 12, "load"))];
    let work = |who: &str| {
        let email = format!("{who}@example.com");
        let mut made = several(4, who, who, &email);
        made.extend(several(
            2,
            &format!("{who}-third"),
            "Third",
            "third@example.org",
        ));
        applicant(who, who, &[&email], &made, code())
    };
    let (a, b) = (work("a"), work("b"));
    assert_eq!(
        only_evidence(compare(&[&a, &b])).explained_by,
        [Relation::Colleagues]
    );
}

#[test]
fn it_says_when_it_has_too_little() {
    let a = person("a", "a", vec![unit("a.js", &source(1, 1, "f"))]);
    let outcomes = CodeCopy.examine(&a, &Background::default());
    assert!(matches!(
        outcomes.as_slice(),
        [Outcome::TooLittle { need: 100, .. }]
    ));
    let none = applicant("a", "a", &[], &[], Vec::new());
    let outcomes = CodeCopy.examine(&none, &Background::default());
    assert!(matches!(
        outcomes.as_slice(),
        [Outcome::CouldNotLook { .. }]
    ));
}
