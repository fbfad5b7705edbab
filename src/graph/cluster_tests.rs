//! Tests of clusters.

use crate::graph::cluster::*;
use crate::model::{Family, Relation};

fn link(a: &str, b: &str, log10_lr: f64, family: Family) -> Link {
    Link {
        a: ApplicantId::new(a),
        b: ApplicantId::new(b),
        log10_lr,
        expected_by_chance: 0.001,
        against_related: None,
        families: BTreeMap::from([(family, log10_lr)]),
        silent: vec![],
        too_little: vec![],
        explained_by: vec![],
        evidence: vec![format!("e-{a}{b}")],
    }
}

fn members(links: &[Link]) -> Vec<Vec<String>> {
    let name = |c: &Cluster| c.members.iter().map(ToString::to_string).collect();
    clusters(links, &[], 0.05).iter().map(name).collect()
}

#[test]
fn a_chain_is_not_a_cluster() {
    let chain: Vec<Link> = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e")]
        .iter()
        .enumerate()
        .map(|(i, (a, b))| link(a, b, 5.0 - i as f64 * 0.1, Family::Contact))
        .collect();
    let found = clusters(&chain, &[], 0.05);
    assert_eq!(
        found[0].members.len(),
        3,
        "c is linked to half of {{a, b}}; d to a third of {{a, b, c}}"
    );
    assert_eq!(found[0].touching, [ApplicantId::new("d")]);
}

#[test]
fn one_weak_link_does_not_merge_two_groups() {
    let mut links = vec![];
    for (a, b) in [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("x", "y"),
        ("x", "z"),
        ("y", "z"),
    ] {
        links.push(link(a, b, 5.0, Family::Text));
    }
    links.push(link("c", "x", 2.0, Family::Contact));
    assert_eq!(members(&links), [["a", "b", "c"], ["x", "y", "z"]]);
}

#[test]
fn what_a_relation_explains_or_chance_allows_is_not_clustered() {
    let mut explained = link("a", "b", 5.0, Family::Contact);
    explained.explained_by = vec![Relation::Household];
    let mut chance = link("c", "d", 5.0, Family::Text);
    chance.expected_by_chance = 0.06;
    assert!(members(&[explained, chance]).is_empty());
}

#[test]
fn a_large_group_needs_personal_facts() {
    let ids: Vec<ApplicantId> = (0..60)
        .map(|i| ApplicantId::new(format!("p{i:02}")))
        .collect();
    let group = |unexplained, expected_by_chance| LargeGroup {
        members: ids.clone(),
        evidence: "e".into(),
        unexplained,
        expected_by_chance,
    };
    assert!(clusters(&[], &[group(false, 0.0)], 0.05).is_empty());
    assert!(clusters(&[], &[group(true, 1.0)], 0.05).is_empty());
    assert_eq!(
        clusters(&[], &[group(true, 0.0)], 0.05)[0].members.len(),
        60
    );
    let inside = [
        link("p01", "p02", 4.0, Family::Contact),
        link("p03", "p04", 1.0, Family::Contact),
    ];
    let weakest = &clusters(&inside, &[group(true, 0.0)], 0.05)[0].weakest_link;
    assert_eq!(weakest, &["p03", "p04"].map(ApplicantId::new));
    let inside = [link("p01", "p02", 4.0, Family::Contact)];
    let found = clusters(&inside, &[group(false, 0.0)], 0.05);
    assert_eq!(
        found[0].members.len(),
        2,
        "a template does not draw sixty into the cluster of two"
    );
}

#[test]
fn who_no_longer_belongs_leaves() {
    // c joins {a, b} by one of two, d by two of three; then a holds to one of three by one family.
    let links: Vec<Link> = [("a", "b"), ("b", "c"), ("b", "d"), ("c", "d")]
        .iter()
        .enumerate()
        .map(|(i, (a, b))| link(a, b, 5.0 - i as f64 * 0.1, Family::Contact))
        .collect();
    let found = clusters(&links, &[], 0.05);
    let names: Vec<_> = found[0].members.iter().map(ApplicantId::as_str).collect();
    assert_eq!(names, ["b", "c", "d"]);
    assert_eq!(found[0].touching, [ApplicantId::new("a")]);
}

fn triangle(names: [&str; 3], log10_lr: f64) -> Vec<Link> {
    let [a, b, c] = names;
    let family = Family::Text;
    [(a, b), (a, c), (b, c)]
        .map(|(x, y)| link(x, y, log10_lr, family))
        .to_vec()
}

#[test]
fn fifty_around_one_are_not_chained() {
    // Everybody shares another phone with the one in the middle.
    let star: Vec<Link> = (0..50)
        .map(|i| {
            link(
                "m",
                &format!("p{i:02}"),
                5.0 - f64::from(i) / 100.0,
                Family::Contact,
            )
        })
        .collect();
    let found = clusters(&star, &[], 0.05);
    assert_eq!(found.len(), 1);
    assert!(found[0].members.len() <= 3);
    assert_eq!(found[0].touching.len(), 51 - found[0].members.len());
}

#[test]
fn a_cluster_says_what_would_split_it() {
    // d holds to two of three, more weakly than they to each other.
    let mut links = triangle(["a", "b", "c"], 6.0);
    links.push(link("a", "d", 3.0, Family::Contact));
    links.push(link("b", "d", 2.0, Family::Contact));
    let found = clusters(&links, &[], 0.05);
    assert_eq!(found[0].weakest_link, ["b", "d"].map(ApplicantId::new));
    let split = found[0].split.as_ref().unwrap();
    assert_eq!(split.link, ["a", "d"].map(ApplicantId::new));
    assert_eq!(split.links, 2);
    assert_eq!(split.apart, [ApplicantId::new("d")]);
}

#[test]
fn an_id_stays_when_strangers_come_and_friends_join() {
    let links = triangle(["b", "c", "d"], 5.0);
    let id = |links: &[Link]| clusters(links, &[], 0.05)[0].id.clone();
    let before = id(&links);
    let mut more = triangle(["e", "f", "g"], 4.0);
    more.push(link("a", "z", 3.0, Family::Contact));
    assert_eq!(id(&[links.clone(), more].concat()), before);
    let mut joined = links.clone();
    joined.extend(["b", "c", "d"].map(|x| link("a", x, 4.5, Family::Text)));
    joined.sort_by(|x, y| y.log10_lr.total_cmp(&x.log10_lr));
    assert_eq!(id(&joined), before);
    let other: Vec<Link> = links
        .iter()
        .map(|l| Link {
            evidence: vec!["another".into()],
            ..l.clone()
        })
        .collect();
    assert_eq!(
        id(&other),
        before,
        "a table's new version does not rename a group"
    );
}

#[test]
fn what_hangs_together_by_nobody_is_two_clusters() {
    let links = [
        triangle(["a", "b", "c"], 6.0),
        triangle(["x", "y", "z"], 5.0),
    ]
    .concat();
    let all: Vec<ApplicantId> = "abcxyz"
        .chars()
        .map(|c| ApplicantId::new(c.to_string()))
        .collect();
    let group = all.iter().collect();
    let links: Vec<&Link> = links.iter().collect();
    assert_eq!(parts(&group, &links).len(), 2);
}
