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
