//! Tests of combining evidence into links.

use crate::model::Relation;
use crate::model::{
    Card, Digest, Explanation, Fact, Measure, Observation, Observations, Place, Provenance,
    Subjects,
};
use crate::weigh::combine::*;

static TEXT: Card = card("near-text", Family::Text);
static CONTACT: Card = card("shared-contact", Family::Contact);

const fn card(id: &'static str, family: Family) -> Card {
    Card {
        id,
        title: "",
        family,
        looks_at: "",
        why: "",
        innocent: &[""],
        question: "",
        limits: "",
        base_rate: "",
        references: &[],
    }
}

const DETECTORS: &[(&str, Family)] = &[
    ("near-text", Family::Text),
    ("shared-contact", Family::Contact),
];

fn evidence(
    card: &'static Card,
    who: &[&str],
    log10_lr: f64,
    by: &[Relation],
) -> (Evidence, Weighed) {
    let at = Provenance {
        source: "x".into(),
        digest: Digest::default(),
        place: Place::Whole,
    };
    let observations = Observations::new(
        Observation {
            fact: Fact::Text("t".into()),
            at,
        },
        [],
    );
    let subjects = Subjects::group(who.iter().map(|w| ApplicantId::new(*w))).unwrap();
    let measure = Measure {
        table: "t",
        score: 1.0,
    };
    let e = Evidence::new(
        card,
        subjects,
        measure,
        Explanation::new("", vec![]),
        by.to_vec(),
        observations,
    );
    (
        e,
        Weighed {
            log10_lr,
            rate: 1e-4,
            calibrated: None,
        },
    )
}

fn tables() -> Calibration {
    let table = |name: &str| {
        format!(
            r#"{{"name":"{name}","version":"1","corpus":"c","hit_rate":0.2,
            "strata":{{"":{{"points":[{{"score":1,"log10_lr":1.0,"rate":0.02}}]}}}}}}"#
        )
    };
    let (a, b) = (table("near-text"), table("shared-contact"));
    Calibration::read(&[("near-text", &a), ("shared-contact", &b)]).unwrap()
}

fn run(evidence: &[(Evidence, Weighed)], states: &[(&str, &'static str, LookState)]) -> Vec<Link> {
    run_with(evidence, states, &plain_weights())
}

fn run_with(
    evidence: &[(Evidence, Weighed)],
    states: &[(&str, &'static str, LookState)],
    weights: &Weights,
) -> Vec<Link> {
    let mut looked = Looked::new();
    for who in ["a", "b", "c"] {
        let all = DETECTORS
            .iter()
            .map(|(d, _)| (*d, LookState::Nothing))
            .collect();
        looked.insert(ApplicantId::new(who), all);
    }
    for (who, detector, state) in states {
        looked
            .get_mut(&ApplicantId::new(*who))
            .unwrap()
            .insert(detector, *state);
    }
    let repeated = BTreeSet::from([(ApplicantId::new("a"), ApplicantId::new("c"))]);
    let pool = Pool {
        detectors: DETECTORS,
        looked: &looked,
        comparisons: 3.0,
        chance: 0.05,
        weights,
        repeated: &repeated,
    };
    links(evidence, &pool, &tables())
}

#[test]
fn families_multiply_and_silence_counts_against() {
    let both = [
        evidence(&TEXT, &["a", "b"], 3.0, &[]),
        evidence(&CONTACT, &["a", "b"], 2.0, &[]),
    ];
    let link = &run(&both, &[])[0];
    assert!((link.log10_lr - 5.0).abs() < 1e-9);
    assert!((link.expected_by_chance - 3.0 * 1e-8).abs() < 1e-15);
    let link = &run(&both[..1], &[])[0];
    assert!(
        (link.log10_lr - (3.0 + 0.8f64.log10())).abs() < 1e-9,
        "a silent contact detector weighs log10(1 - 0.2)"
    );
    assert_eq!(link.silent, ["shared-contact"]);
}

#[test]
fn too_little_and_could_not_look_weigh_nothing() {
    let one = [evidence(&TEXT, &["a", "b"], 3.0, &[])];
    for state in [LookState::TooLittle, LookState::CouldNot] {
        let link = &run(&one, &[("b", "shared-contact", state)])[0];
        assert_eq!(link.log10_lr, 3.0);
        assert_eq!(link.too_little.is_empty(), state == LookState::CouldNot);
    }
}

#[test]
fn a_relation_must_explain_everything() {
    let phone = evidence(&CONTACT, &["a", "b"], 3.0, &[Relation::Household]);
    let text = evidence(
        &TEXT,
        &["a", "b"],
        3.0,
        &[Relation::Template, Relation::Household],
    );
    let copied = evidence(&TEXT, &["a", "b"], 3.0, &[]);
    let agency = evidence(&TEXT, &["a", "b"], 3.0, &[Relation::Agency]);
    assert_eq!(
        run(&[phone.clone(), agency], &[])[0].explained_by,
        [Relation::Household, Relation::Agency],
        "two ordinary things together stay ordinary"
    );
    assert_eq!(
        run(std::slice::from_ref(&phone), &[])[0].explained_by,
        [Relation::Household]
    );
    assert_eq!(
        run(&[phone.clone(), text], &[])[0].explained_by,
        [Relation::Household]
    );
    assert!(run(&[phone, copied], &[])[0].explained_by.is_empty());
}

#[test]
fn one_person_twice_is_no_link_and_a_group_counts_in_its_pairs() {
    let links = run(&[evidence(&TEXT, &["a", "b", "c"], 3.0, &[])], &[]);
    let pairs: Vec<_> = links.iter().map(|l| (l.a.as_str(), l.b.as_str())).collect();
    assert_eq!(pairs, [("a", "b"), ("b", "c")]);
}

/// Evidence of a chosen rate.
fn rated(mut item: (Evidence, Weighed), rate: f64) -> (Evidence, Weighed) {
    item.1.rate = rate;
    item
}

#[test]
fn a_crumb_beside_a_template_leaves_the_template_named() {
    let template = evidence(&TEXT, &["a", "b"], 4.0, &[Relation::Template]);
    let crumb = rated(evidence(&CONTACT, &["a", "b"], 0.5, &[]), 0.2);
    let link = &run(&[template.clone(), crumb], &[])[0];
    assert_eq!(link.explained_by, [Relation::Template]);
    // What nothing explains and chance would not bring carries the link.
    let rare = evidence(&CONTACT, &["a", "b"], 3.0, &[]);
    let link = &run(&[template, rare], &[])[0];
    assert!(link.explained_by.is_empty());
    assert!(
        link.expected_by_chance > 1e-4,
        "the template's rarity is not borrowed"
    );
}

#[test]
fn against_a_relation_counts_what_it_does_not_explain_or_is_not_measured() {
    let phone = evidence(&CONTACT, &["a", "b"], 3.0, &[Relation::Household]);
    let weights = r#"{"name":"w","version":"1","corpus":"","groups":[],"misses":{},
        "relations":{"household":[{"score":-9,"log10_lr":-0.3},{"score":2,"log10_lr":1.5}]}}"#;
    let weights = Weights::read(weights).unwrap();
    let copied = evidence(&TEXT, &["a", "b"], 3.0, &[]);
    let both = run_with(&[phone.clone(), copied], &[], &weights);
    let related = both[0].against_related.unwrap();
    assert_eq!(
        (related.relation, related.log10_lr),
        (Relation::Household, Some(1.5))
    );
    let alone = run_with(std::slice::from_ref(&phone), &[], &weights);
    assert_eq!(alone[0].against_related.unwrap().log10_lr, Some(-0.3));
    let agency = evidence(&CONTACT, &["a", "b"], 3.0, &[Relation::Agency]);
    let unmeasured = run_with(&[agency], &[], &weights);
    assert_eq!(unmeasured[0].against_related.unwrap().log10_lr, None);
}

static DOCUMENT: Card = card("file-lineage", Family::Document);

#[test]
fn no_single_relation_may_explain_what_carries_beside_something_that_none_explains() {
    // 1e-4 each: one alone is expected in 0.3 of 3,000 comparisons, two together are not.
    let career = evidence(&TEXT, &["a", "b"], 3.0, &[]);
    let phone = evidence(&CONTACT, &["a", "b"], 3.0, &[Relation::Household]);
    let file = evidence(&DOCUMENT, &["a", "b"], 3.0, &[Relation::Template]);
    let weights = plain_weights();
    let run = |all: &[(Evidence, Weighed)]| wide(all, 3000.0, &weights);
    let link = run(&[career.clone(), phone.clone(), file.clone()]);
    assert!(link.explained_by.is_empty());
    assert!(
        (link.expected_by_chance - 3000.0 * 1e-8).abs() < 1e-12,
        "what the relation that explains most leaves"
    );
    let link = run(&[career.clone(), phone.clone()]);
    assert_eq!(
        link.explained_by,
        [Relation::Household],
        "the career alone does not carry"
    );
    let link = run(&[phone.clone(), file.clone()]);
    assert_eq!(
        link.explained_by,
        [Relation::Household, Relation::Template],
        "siblings with one file"
    );
    let mut crumb = career;
    crumb.1.log10_lr = 0.9;
    let link = run(&[crumb, phone, file]);
    assert!(!link.explained_by.is_empty(), "a crumb is no third thing");
}

#[test]
fn what_nothing_explains_must_be_stronger_than_people_with_two_ordinary_ties_have_it() {
    // Siblings of one course: a phone, a file handed on, and a starter that is most of both repositories.
    let starter = evidence(&TEXT, &["a", "b"], 2.5, &[]);
    let phone = evidence(&CONTACT, &["a", "b"], 4.0, &[Relation::Household]);
    let file = evidence(&DOCUMENT, &["a", "b"], 3.0, &[Relation::Template]);
    let weights = r#"{"name":"w","version":"1","corpus":"","groups":[],"misses":{},"relations":{},"unexplained":3.0}"#;
    let weights = Weights::read(weights).unwrap();
    let mut all = vec![starter, phone, file];
    let link = wide(&all, 3000.0, &weights);
    assert_eq!(link.explained_by, [Relation::Household, Relation::Template]);
    all[0].1.log10_lr = 3.0;
    assert!(wide(&all, 3000.0, &weights).explained_by.is_empty());
}

#[test]
fn joined_families_count_once_in_a_link() {
    let weights = r#"{"name":"w","version":"1","corpus":"","misses":{},"relations":{},
        "groups":[{"families":["text","contact"],"weight":1.0,"both":0.5}]}"#;
    let both = [
        evidence(&TEXT, &["a", "b"], 3.0, &[]),
        evidence(&CONTACT, &["a", "b"], 2.0, &[]),
    ];
    let link = wide(&both, 10.0, &Weights::read(weights).unwrap());
    assert!(
        (link.log10_lr - 550f64.log10()).abs() < 1e-9,
        "the mean of 1,000 and 100"
    );
    assert_eq!(link.families[&Family::Contact], 0.0);
    assert!((link.expected_by_chance - 10.0 * 1e-4 * 0.5).abs() < 1e-12);
}

fn plain_weights() -> Weights {
    Weights::read(
        r#"{"name":"w","version":"1","corpus":"","groups":[],"misses":{},"relations":{}}"#,
    )
    .unwrap()
}

/// The link of one pair among so many comparisons.
fn wide(evidence: &[(Evidence, Weighed)], comparisons: f64, weights: &Weights) -> Link {
    let detectors = [DETECTORS, &[("file-lineage", Family::Document)]].concat();
    let (looked, repeated) = (Looked::new(), BTreeSet::new());
    let pool = Pool {
        detectors: &detectors,
        looked: &looked,
        comparisons,
        chance: 0.05,
        weights,
        repeated: &repeated,
    };
    links(evidence, &pool, &tables()).remove(0)
}

#[test]
fn groups_of_unrelated_people_are_bounded_by_the_pairs_they_hold() {
    // Two of three hundred: the pairs themselves.
    let pairs = expected_groups(300, 2, 1e-4);
    assert!((pairs - 44_850.0 * 1e-4).abs() < 1e-9, "{pairs}");
    // One value that one in a hundred holds and no other is shared by a pair at 1e-4: thirteen of three hundred are then
    // Binomial(300, 0.01), and at least thirteen do in 1.4e-5 of pools. The bound must not fall below that.
    let thirteen = expected_groups(300, 13, 1e-4);
    assert!((1.38e-5..0.001).contains(&thirteen), "{thirteen}");
    assert!(expected_groups(300, 14, 1e-4) < thirteen);
    // A value of every tenth: thirty of three hundred are what is expected.
    assert!(expected_groups(300, 30, 0.01) > 0.5);
    assert!(expected_groups(300, 20, 1.0) > 1.0);
}
