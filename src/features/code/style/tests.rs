use crate::features::code::CodeReader;
use crate::features::code::style::*;
use crate::model::FileClass;
use crate::model::ObjectId;

fn unit(n: u8, path: &str, code: &str) -> CodeUnit {
    let mut unit = CodeUnit::new(
        ObjectId([n; 20]),
        path.into(),
        code.len() as u64,
        FileClass::Source,
    );
    CodeReader::default().visit(&mut unit, code.as_bytes());
    unit
}

/// Files of one hand with clear habits; `seed` decides what they do.
fn files(seed: u8, body: fn(usize) -> String) -> Vec<CodeUnit> {
    let file = |n: u8| {
        let code: String = (0..12)
            .map(|f| body(usize::from(seed) * 100 + usize::from(n) * 12 + f))
            .collect();
        unit(seed * 16 + n, &format!("m{n}.py"), &code)
    };
    (0..6).map(file).collect()
}

fn terse(n: usize) -> String {
    format!(
        "def f{n}(self, idx):\n    if not idx: return None\n    res = [x for x in self.items if x is not None]\n    \
         assert len(res) > {n}\n    try:\n        return res[idx]\n    except KeyError: pass\n    return res or None\n\n"
    )
}

fn wordy(n: usize) -> String {
    format!(
        "def handle_{n}(self, value: int) -> str:\n    result = \"\"\n    for i in range(0, value):\n        if i == {n}:\n            \
         result += str(i)\n        else:\n            raise ValueError(\"no\")\n    while True:\n        break\n    return result\n\n"
    )
}

fn hand(units: &[CodeUnit]) -> Hand<'_> {
    Hand::new(Language::Python, units)
}

#[test]
fn one_hand_is_more_alike_than_two() {
    let (a, b, c) = (files(1, terse), files(2, terse), files(3, wordy));
    assert!(hand(&a).is_enough(), "{}", hand(&a).num_tokens());
    let same = likeness(&hand(&a), &hand(&b)).unwrap();
    let other = likeness(&hand(&a), &hand(&c)).unwrap();
    assert!(
        same.score > 0.9 && other.score < 0.6,
        "{} {}",
        same.score,
        other.score
    );
    let named: Vec<String> = same
        .common
        .iter()
        .take(8)
        .map(|c| in_words(&c.text))
        .collect();
    let is_terse = |habit: &String| {
        ["for x", "x in", "[ x", "pass", "KeyError", "try", "res"]
            .iter()
            .any(|t| habit.contains(t))
    };
    assert!(
        named.iter().filter(|h| is_terse(h)).count() >= 6,
        "{named:?}"
    );
}

#[test]
fn names_of_a_project_leave_no_trace() {
    let code =
        "def frobnicate_zorbs(quux_handle):\n    return quux_handle.zorbify('secret')\n".repeat(20);
    let other = code
        .replace("frobnicate_zorbs", "splice_wongles")
        .replace("quux_handle", "blip_thing");
    let style = |code: &str| unit(1, "a.py", code).print.unwrap().style.unwrap();
    assert_eq!(
        style(&code),
        style(
            &other
                .replace("zorbify", "wobbled")
                .replace("secret", "other")
        )
    );
}

#[test]
fn shared_files_are_left_out_on_both_sides() {
    let (a, mut b) = (files(1, terse), files(2, wordy));
    b.push(a[0].clone());
    let (left, right) = (hand(&a), hand(&b));
    assert_eq!(right.without(&left).files().count(), 6);
    assert!(!left.without(&left).is_enough());
}

#[test]
fn layout_is_told_only_where_nobody_formatted() {
    let loose: Vec<CodeUnit> = files(1, |n| {
        format!(
            "def f{n} (a,b = 1) :\n    x=[ a,b ]\n    y = [a, b]\n    if (a==b) : return f ( x )\n    return a+b\n\n"
        )
    });
    assert!(!hand(&loose).looks_formatted());
    assert!(!common_layout(&hand(&loose), &hand(&loose)).is_empty());
    let even = files(2, wordy);
    assert!(hand(&even).looks_formatted());
    assert!(common_layout(&hand(&even), &hand(&loose)).is_empty());
    assert!(outline(&even)[0].starts_with("Python: habits of 6 files"));
}

#[test]
fn a_profile_keeps_few_files() {
    let mut all: Vec<CodeUnit> = (0..60)
        .map(|n| unit(n, &format!("{n}.py"), &terse(usize::from(n)).repeat(9)))
        .collect();
    trim(&mut all);
    let kept = all
        .iter()
        .filter(|u| u.print.as_ref().is_some_and(|p| p.style.is_some()));
    assert_eq!(kept.count(), 32);
}

#[test]
fn habits_read_well() {
    for (habit, shown) in [
        (&b"is not"[..], "`is not`"),
        (b"idx", "`idx`"),
        (b"for \x02", "`for` before a snake_case name"),
        (b"= \"", "`=` before a text"),
    ] {
        assert_eq!(in_words(habit), shown);
    }
}
