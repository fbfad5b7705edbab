//! Measures against figures worked out by hand and identities from the literature.

use crate::evaluate::likelihood::LikelihoodCost;
use crate::evaluate::ranking::{Shown, Steps};
use crate::evaluate::{Evaluation, LabelError, Labels, evaluate, write_human};
use crate::model::Family;
use crate::report::Report;
use serde_json::{Value, json};

fn link(a: &str, b: &str, log10_lr: f64, explained_by: &[&str]) -> Value {
    let words = crate::model::Words::from_log10(log10_lr);
    json!({"a": a, "b": b, "log10_lr": log10_lr, "words": words, "expected_by_chance": 0.01, "families": {},
        "silent": [], "too_little": [], "explained_by": explained_by, "evidence": ["e1"]})
}

fn report(people: &[&str], links: &[Value], groups: &[&[&str]]) -> Report {
    let applicants: Vec<Value> = people
        .iter()
        .map(|id| {
            json!({"id": id, "label": id, "sources": [], "looked": [{"detector": "near-text", "state": "nothing"}],
                "evidence": [], "findings": [], "exhibits": []})
        })
        .collect();
    let clusters: Vec<Value> = groups
        .iter()
        .map(|g| json!({"id": "c", "members": g, "touching": [], "weakest_link": [g[0], g[1]], "evidence": []}))
        .collect();
    let report = json!({
        "schema": "report/1", "tool": {"name": "samehand", "version": "0"},
        "run": {"started": "", "command": "", "options": {}, "threads": 1, "input_digest": ""},
        "background": {"tables": [], "coverage": null},
        "applicants": applicants, "evidence": [], "findings": [], "links": links, "clusters": clusters,
        "set_aside": [], "problems": [],
    });
    serde_json::from_value(report).unwrap()
}

fn labels(rows: &[(&str, &str, &str)]) -> Labels {
    let rows: Vec<String> = rows
        .iter()
        .map(|(a, h, k)| format!("{a},{h},{k}\n"))
        .collect();
    Labels::read(format!("applicant,hand,kind\n{}", rows.concat()).as_bytes()).unwrap()
}

fn measured(report: &Report, rows: &[(&str, &str, &str)]) -> Evaluation {
    evaluate(report, &labels(rows), &[]).unwrap()
}

fn close(x: f64, y: f64) -> bool {
    (x - y).abs() < 1e-9
}

/// Twelve people as in Bagga and Baldwin 1998: hands of five, two and five.
fn twelve(groups: &[&[&str]]) -> Evaluation {
    let people = [
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
    ];
    let hand = |i: usize| ["x", "x", "x", "x", "x", "y", "y", "z", "z", "z", "z", "z"][i];
    let rows: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(i, p)| (*p, hand(i), ""))
        .collect();
    measured(&report(&people, &[], groups), &rows)
}

#[test]
fn the_equal_error_rate_is_where_misses_and_false_hits_meet() {
    let steps = |all: &[(f64, bool)]| Steps::new(all.iter().copied());
    let apart = steps(&[(3.0, true), (2.0, true), (1.0, false)]);
    assert_eq!(apart.equal_error_rate(), Some(0.0));
    let even = steps(&[(1.0, true), (1.0, false)]);
    assert_eq!(even.equal_error_rate(), Some(0.5));
    assert_eq!(steps(&[(1.0, true)]).equal_error_rate(), None);
}

#[test]
fn bcubed_tells_a_small_merger_from_a_large_one() {
    let small = twelve(&[
        &["1", "2", "3", "4", "5"],
        &["6", "7", "8", "9", "10", "11", "12"],
    ])
    .bcubed;
    // (5 × 1 + 2 × 2/7 + 5 × 5/7) / 12
    assert!(close(small.precision, 64.0 / 84.0) && close(small.recall, 1.0));
    let large = twelve(&[
        &["6", "7"],
        &["1", "2", "3", "4", "5", "8", "9", "10", "11", "12"],
    ])
    .bcubed;
    // (2 × 1 + 10 × 5/10) / 12
    assert!(close(large.precision, 7.0 / 12.0) && close(large.recall, 1.0));
    let none = twelve(&[]).bcubed;
    // Alone, everybody is right and reaches a fifth or a half of the hand.
    assert!(close(none.precision, 1.0) && close(none.recall, (10.0 / 5.0 + 2.0 / 2.0) / 12.0));
}

#[test]
fn bcubed_counts_a_group_that_stands_twice_once() {
    let people = ["a", "b", "c"];
    let rows = [("a", "h", ""), ("b", "h", ""), ("c", "", "")];
    let twice = measured(&report(&people, &[], &[&["a", "b"], &["a", "b"]]), &rows).bcubed;
    // Each of a and b stands with the other, and with itself, in two groups but in one hand: 1/2; c stands alone: 1.
    assert!(close(twice.precision, 2.0 / 3.0) && close(twice.recall, 1.0));
}

#[test]
fn order_is_measured_with_ties_as_halves() {
    let scores = [
        (3.0, true),
        (1.0, true),
        (2.0, false),
        (1.0, false),
        (0.0, false),
    ];
    let ranking = Steps::new(scores.into_iter()).ranking();
    // 3 beats all three; 1 beats one and ties one: 4.5 of 6. Precision 1 at the first, 2/4 at the second.
    assert!(close(ranking.auc.unwrap(), 0.75) && close(ranking.average_precision.unwrap(), 0.75));
    let alike = Steps::new([(0.0, true), (-0.0, false)].into_iter());
    assert_eq!(alike.0.len(), 1, "-0 is 0");
    assert!(close(alike.ranking().auc.unwrap(), 0.5));
    assert_eq!(Steps::new([(1.0, true)].into_iter()).ranking().auc, None);
}

#[test]
fn a_system_that_says_nothing_costs_one_bit() {
    let cost =
        |scores: &[(f64, bool)]| LikelihoodCost::of(&Steps::new(scores.iter().copied())).unwrap();
    let silent = cost(&[
        (0.0, true),
        (0.0, true),
        (0.0, false),
        (0.0, false),
        (0.0, false),
    ]);
    assert!(close(silent.cllr, 1.0) && close(silent.cllr_min, 1.0));
    let sure = cost(&[(300.0, true), (-300.0, false)]);
    assert!(close(sure.cllr, 0.0) && close(sure.cllr_min, 0.0));
    let wrong = cost(&[(-3.0, true), (3.0, false)]);
    assert!(wrong.cllr > 9.0 && close(wrong.cllr_min, 1.0), "{wrong:?}");
    // log2(1 + 1/10) for each.
    let ten = cost(&[(1.0, true), (-1.0, false)]);
    assert!(close(ten.cllr, 1.1f64.log2()) && close(ten.cllr_min, 0.0));
}

#[test]
fn violators_are_pooled_with_their_neighbours() {
    let scores = [(2.0, true), (1.0, false), (0.0, true), (-1.0, false)];
    let cost = LikelihoodCost::of(&Steps::new(scores.into_iter())).unwrap();
    // The middle two become one block of ratio 1, one bit each; the outer two cost nothing.
    assert!(close(cost.cllr_min, 0.5));
}

#[test]
fn no_monotone_scale_beats_the_pooled_one() {
    let scores = [
        (2.5, true),
        (2.0, true),
        (1.4, false),
        (1.0, true),
        (0.2, false),
        (-0.5, true),
        (-1.0, false),
    ];
    let best = LikelihoodCost::of(&Steps::new(scores.into_iter()))
        .unwrap()
        .cllr_min;
    for (scale, shift) in [
        (1.0, 0.0),
        (0.5, -0.2),
        (0.3, -0.1),
        (2.0, 0.4),
        (0.4, -0.3),
    ] {
        let scaled = scores.map(|(x, same)| (x * scale + shift, same));
        assert!(
            LikelihoodCost::of(&Steps::new(scaled.into_iter()))
                .unwrap()
                .cllr
                >= best - 1e-12
        );
    }
}

/// Two hands of two, a pair of siblings and a stranger.
fn seven() -> (Report, [(&'static str, &'static str, &'static str); 7]) {
    let people = ["a1", "a2", "b1", "b2", "s1", "s2", "x"];
    let links = [
        link("a1", "a2", 5.0, &[]),
        link("s1", "s2", 4.5, &["household"]),
        link("b1", "x", 3.5, &[]),
        link("b1", "b2", 1.5, &[]),
    ];
    let rows = [
        ("a1", "a", "cloned"),
        ("a2", "a", "cloned"),
        ("b1", "b", "phone"),
        ("b2", "b", "phone"),
        ("s1", "", "innocent-siblings"),
        ("s2", "", "innocent-siblings"),
        ("x", "", ""),
    ];
    (report(&people, &links, &[&["a1", "a2"]]), rows)
}

#[test]
fn pairs_and_budgets_are_counted() {
    let (report, rows) = seven();
    let e = measured(&report, &rows);
    assert_eq!(
        (
            e.compared.same,
            e.compared.different,
            e.compared.without_link
        ),
        (2, 19, 17)
    );
    assert_eq!((e.groups.found, e.groups.wrong, e.groups.missed), (1, 0, 1));
    assert_eq!((e.groups.recall, e.groups.f1), (Some(0.5), Some(2.0 / 3.0)));
    let strong = e
        .links
        .iter()
        .find(|l| l.at_least == crate::model::Words::Strong)
        .unwrap();
    // The siblings' link is explained; b1 and x are not.
    assert_eq!((strong.counts.found, strong.counts.wrong), (1, 1));
    let phone = e.kinds.iter().find(|k| k.kind == "phone").unwrap();
    let found: Vec<u64> = phone.at_budget.iter().map(|b| b.found).collect();
    assert_eq!(found, [0, 1, 1], "b1 and x stand above b1 and b2");
    assert_eq!(
        e.kinds
            .iter()
            .find(|k| k.kind == "cloned")
            .unwrap()
            .at_budget[0]
            .recall,
        1.0
    );
}

#[test]
fn the_flagged_are_named_the_unexplained_first() {
    let (report, rows) = seven();
    let e = measured(&report, &rows);
    let named: Vec<_> = e
        .flagged
        .iter()
        .map(|f| (f.a.as_str(), f.is_innocent, f.explained_by.len()))
        .collect();
    assert_eq!(named, [("b1", false, 0), ("s1", true, 1)]);
    let mut text = Vec::new();
    write_human(&e, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("s1 and s2 [innocent-siblings]"), "{text}");
    assert!(text.contains("same household?") && text.contains("no relation named"));
}

#[test]
fn one_person_who_applied_twice_is_left_out() {
    let (mut report, rows) = seven();
    let before = measured(&report, &rows);
    report.set_aside = serde_json::from_value(json!([
        {"detector": "applied-more-than-once", "subjects": ["b1", "b2"], "what": "", "why": ""}
    ]))
    .unwrap();
    let after = measured(&report, &rows);
    assert_eq!(
        (after.compared.same, after.compared.repeated),
        (before.compared.same - 1, 1)
    );
    assert_eq!(after.groups.missed, 0);
    assert!(close(after.bcubed.recall, 1.0));
}

#[test]
fn a_pair_without_a_link_weighs_what_silence_weighs() {
    let (mut report, rows) = seven();
    report.links[0].silent = vec!["near-text".into()];
    let with = evaluate(&report, &labels(&rows), &[("near-text", Family::Text)]).unwrap();
    let without = evaluate(&report, &labels(&rows), &[]).unwrap();
    let cllr = |e: &Evaluation| e.likelihood.unwrap().cllr;
    // Silence speaks against one hand a little: it helps the many pairs of two hands.
    assert!(cllr(&with) < cllr(&without));
    assert_eq!(with.likelihood_of_links, without.likelihood_of_links);
}

#[test]
fn what_is_told_of_many_counts_where_there_is_no_link() {
    let names: Vec<String> = (0..45).map(|i| format!("m{i:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let rows: Vec<_> = names.iter().map(|n| (*n, "h", "licence")).collect();
    let rows = [rows, vec![("y", "", ""), ("z", "", "")]].concat();
    let people: Vec<&str> = rows.iter().map(|r| r.0).collect();
    let mut report = report(&people, &[], &[]);
    let told = |subjects: &[&str]| {
        json!([{"id": "e1", "detector": "near-text", "family": "text", "subjects": subjects, "log10_lr": 3.0, "words": "strong",
            "explained_by": [], "explanation": "", "innocent": [], "question": "", "observations": [], "exhibits": []}])
    };
    let cllr = |report: &Report| {
        let all = evaluate(report, &labels(&rows), &[("near-text", Family::Text)]).unwrap();
        all.likelihood.unwrap().cllr
    };
    report.evidence = serde_json::from_value(told(&names)).unwrap();
    let of_all = cllr(&report);
    report.evidence = serde_json::from_value(told(&names[..41])).unwrap();
    let of_most = cllr(&report);
    report.evidence = serde_json::from_value(told(&names[..40])).unwrap();
    // Forty stand in the links of their pairs, and there are none here: all are silent.
    let silent = cllr(&report);
    assert!(
        of_all < of_most && of_most < silent,
        "{of_all} {of_most} {silent}"
    );
    // What was set aside between them is not silence either.
    report.set_aside = serde_json::from_value(json!([
        {"detector": "near-text", "subjects": names, "what": "", "why": ""}
    ]))
    .unwrap();
    assert!(of_most < cllr(&report) && cllr(&report) < silent);
}

#[test]
fn order_is_that_of_the_report() {
    let shown = |is_named, beyond_relation, log10_lr| Shown {
        is_grouped: false,
        is_told: true,
        is_of_many: false,
        is_named,
        beyond_relation,
        log10_lr,
    };
    let in_order = [
        shown(false, 0.0, 0.5),
        Shown {
            is_of_many: true,
            ..shown(true, 0.0, 2.0)
        },
        shown(true, 0.7, 2.0),
        // What was not measured speaks neither for nor against.
        shown(true, 0.0, 6.0),
        shown(true, -0.6, 7.0),
        shown(true, -0.6, 3.0),
        shown(true, 0.9, -0.1),
        Shown {
            is_told: false,
            ..shown(false, 0.0, -0.9)
        },
    ];
    let scores: Vec<f64> = in_order.iter().map(Shown::score).collect();
    assert!(scores.is_sorted_by(|x, y| x > y), "{scores:?}");
    let grouped = Shown {
        is_grouped: true,
        ..shown(true, -0.6, 3.0)
    };
    assert!(grouped.score() > scores[0]);
}

#[test]
fn labels_must_fit_the_report() {
    let (report, _) = seven();
    let unknown = evaluate(
        &report,
        &labels(&[("a1", "h", ""), ("nobody", "h", "")]),
        &[],
    );
    assert_eq!(
        unknown.unwrap_err().to_string(),
        "labels, line 3: the report has no applicant `nobody`"
    );
    let one = evaluate(&report, &labels(&[("a1", "h", "")]), &[]);
    assert!(matches!(one, Err(LabelError::TooFew)));
    let some = measured(&report, &[("a1", "h", ""), ("a2", "h", "")]);
    assert_eq!(some.compared.unlabelled, 5);
}

#[test]
fn hostile_labels_reach_no_terminal() {
    let (report, mut rows) = seven();
    rows[4].2 = "innocent-\u{1b}[2J\u{202e}";
    rows[5].2 = rows[4].2;
    let mut text = Vec::new();
    write_human(&measured(&report, &rows), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
}
