//! Many applicants on one text: a campaign is one group, a public template is one row that says nothing.
#![allow(clippy::unwrap_used)]

use samehand::model::mix;
use serde_json::Value;
use std::fs;
use std::process::Command;

const CAREER: &str = "Summary
Backend engineer who keeps ferry timetables honest across four harbours and two seasons.
Experience
Senior engineer, Marrowline Ferries, 2019 to 2024
- Rebuilt the timetable solver so that a storm closes one pier and not the whole crossing, 38 percent fewer stranded cars.
- Moved 14 nightly exports onto one queue and cut the morning delay from 95 minutes to 11.
- Wrote the drill book that new staff at the ticket desk still learn from in their first week.
Engineer, Tallowgate Buses, 2015 to 2019
- Measured every stop on 212 routes by hand and found 31 that no bus could reach on time.
- Taught the depot to read its own fuel records, which saved 47 thousand litres in a year.
Education
Evening school for surveyors, 2011 to 2015, with a thesis on tides and the patience of passengers.
";

/// Stock phrases that thousands of public résumés hold, and nothing of one's own.
const TEMPLATE: &str = "Summary
Results driven professional with a proven track record of success and excellent communication skills.
Experience
- Responsible for the day to day operations of the department and the development of new business.
- Worked closely with cross functional teams to ensure that all projects were completed on time and within budget.
- Developed and maintained strong relationships with customers and provided excellent customer service.
- Participated in all phases of the software development life cycle including requirements gathering and analysis.
- Excellent written and verbal communication skills with the ability to work independently and as part of a team.
";

fn words(seed: usize) -> String {
    const POOL: [&str; 40] = [
        "harbour", "garden", "ledger", "engine", "market", "valley", "signal", "winter", "kettle",
        "bridge", "timber", "copper", "planet", "mirror", "basket", "hammer", "lantern", "meadow",
        "needle", "orchard", "pepper", "quarry", "ribbon", "saddle", "tunnel", "velvet", "wagon",
        "anchor", "barrel", "candle", "desert", "feather", "glacier", "hollow", "island", "jacket",
        "kernel", "ladder", "magnet", "nectar",
    ];
    let at = |i: u64| mix(mix(seed as u64 + 1) + i) as usize % POOL.len();
    (0..60).map(|i| POOL[at(i)]).collect::<Vec<_>>().join(" ")
}

fn scan(texts: impl Iterator<Item = (String, String)>) -> Value {
    let dir = tempfile::tempdir().unwrap();
    for (id, text) in texts {
        fs::write(dir.path().join(format!("{id}.txt")), text).unwrap();
    }
    let out = Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(["scan", "--format", "json"])
        .arg(dir.path())
        .output()
        .unwrap();
    assert_eq!(
        out.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    serde_json::from_slice(&out.stdout).unwrap()
}

fn len(value: &Value) -> usize {
    value.as_array().unwrap().len()
}

#[test]
fn a_campaign_of_sixty_is_one_group() {
    let campaign = (0..60).map(|i| (format!("c{i:02}"), CAREER.to_string()));
    let others = (0..20).map(|i| {
        (
            format!("o{i:02}"),
            format!("Summary\n{}\n{}\n", words(i), words(i + 100)),
        )
    });
    let report = scan(campaign.chain(others));
    // One row of each detector that tells of it (the text, the career), not 1,770 pairs.
    let rows = report["evidence"].as_array().unwrap();
    let of_text = rows.iter().filter(|e| e["detector"] == "near-text");
    assert_eq!(of_text.count(), 1);
    assert!(rows.len() <= 3);
    assert!(rows.iter().all(|e| len(&e["subjects"]) == 60));
    assert_eq!(len(&report["clusters"]), 1);
    let members = report["clusters"][0]["members"].as_array().unwrap();
    assert_eq!(members.len(), 60);
    assert!(members.iter().all(|m| m.as_str().unwrap().starts_with('c')));
}

#[test]
fn a_template_that_two_hundred_fill_in_ties_nobody() {
    let report = scan((0..200).map(|i| (format!("t{i:03}"), format!("{TEMPLATE}{}\n", words(i)))));
    assert_eq!(len(&report["clusters"]), 0);
    // 19,900 pairs share the template; a handful of rows may be left where chance adds a phrase or two.
    assert!(
        len(&report["evidence"]) <= 10,
        "{}",
        len(&report["evidence"])
    );
    assert!(len(&report["links"]) <= 10, "{}", len(&report["links"]));
    let all = report["evidence"].as_array().unwrap();
    assert!(all.iter().all(|e| e["explained_by"][0] == "template"));
    assert!(
        len(&report["set_aside"]) + len(&report["evidence"]) >= 1,
        "and it is told"
    );
}

#[test]
fn a_group_keeps_its_id_when_others_apply() {
    let campaign = |n: usize| (0..n).map(|i| (format!("c{i:02}"), CAREER.to_string()));
    let others = |n: usize| {
        (0..n).map(|i| {
            let text = format!("Summary\n{}\n{}\n", words(i), words(i + 100));
            (format!("a{i:02}"), text)
        })
    };
    let ids = |report: &Value, of: &str| -> Vec<String> {
        let rows = report[of].as_array().unwrap();
        let mut ids: Vec<String> = rows
            .iter()
            .map(|r| r["id"].as_str().unwrap().into())
            .collect();
        ids.sort();
        ids
    };
    let first = scan(campaign(3).chain(others(12)));
    let again = scan(campaign(3).chain(others(40)));
    assert_eq!(ids(&first, "clusters").len(), 1);
    for of in ["clusters", "links", "evidence"] {
        assert_eq!(ids(&first, of), ids(&again, of), "{of}");
    }
    // A fourth persona joins the group that is already known.
    let grown = scan(campaign(4).chain(others(40)));
    assert_eq!(ids(&first, "clusters"), ids(&grown, "clusters"));
    assert_eq!(len(&grown["clusters"][0]["members"]), 4);
}

/// A pool of `others` strangers and `num` who give one phone number, with the planted lines beside it.
fn with_one_phone(num: usize, others: usize, beside: &str) -> Value {
    let of = |id: String, seed: usize, contact: &str| {
        let text = format!(
            "{contact}\nSummary\n{}\n{}\n",
            words(seed),
            words(seed + 500)
        );
        (id, text)
    };
    let sharing = (0..num).map(|i| {
        let contact = format!("Phone: +44 7700 900 583\n{beside}");
        of(format!("c{i:02}"), i, &contact)
    });
    let strangers = (0..others).map(|i| of(format!("o{i:02}"), i + 1000, ""));
    scan(sharing.chain(strangers))
}

#[test]
fn one_phone_of_many_is_one_row_that_an_agency_explains() {
    let report = with_one_phone(14, 16, "");
    let rows = report["evidence"].as_array().unwrap();
    let of_phone: Vec<&Value> = rows
        .iter()
        .filter(|e| e["detector"] == "shared-contact")
        .collect();
    assert_eq!(of_phone.len(), 1, "{rows:?}");
    assert_eq!(len(&of_phone[0]["subjects"]), 14);
    let relations = of_phone[0]["explained_by"].as_array().unwrap();
    assert!(relations.contains(&Value::from("agency")));
    // Every two of them are linked, and nobody is grouped.
    let links = report["links"].as_array().unwrap();
    assert_eq!(links.len(), 14 * 13 / 2);
    assert!(
        links
            .iter()
            .all(|l| !l["explained_by"].as_array().unwrap().is_empty())
    );
    assert_eq!(len(&report["clusters"]), 0);
}

#[test]
fn what_no_relation_explains_groups_those_with_one_phone() {
    let wallet = "Payments: bc1qycvfe4y58l49x59t5qmjkucvl0qlzcmdscnczx";
    let report = with_one_phone(14, 16, wallet);
    assert_eq!(len(&report["clusters"]), 1);
    assert_eq!(len(&report["clusters"][0]["members"]), 14);
}

#[test]
fn what_most_of_a_pool_give_is_the_exporting_systems() {
    let report = with_one_phone(14, 12, "");
    assert_eq!(len(&report["links"]), 0);
    let aside = report["set_aside"].as_array().unwrap();
    let row = aside.iter().find(|s| s["detector"] == "shared-contact");
    assert_eq!(len(&row.unwrap()["subjects"]), 14);
}
