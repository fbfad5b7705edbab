//! What concerns single applicants of the sample: a finding and charts.

use crate::model::{
    BaseRate, Exhibit, Explanation, Fact, Finding, FindingParts, HourRow, ObjectId, Observations,
    Place,
};
use crate::report::sample::basics::seen;
use crate::report::sample::evidence::CLOCK;
use crate::report::sample::id;

pub(in crate::report::sample) fn clock() -> Finding {
    let hours = |label: &str, from: usize| HourRow {
        label: label.into(),
        counts: (0..24)
            .map(|h| {
                [
                    0, 0, 1, 4, 9, 14, 11, 8, 12, 15, 9, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                ][(h + 24 - from) % 24]
            })
            .collect(),
    };
    let parts = FindingParts {
        base_rate: BaseRate {
            rate: 0.041,
            low: 0.022,
            high: 0.069,
            n: 312,
        },
        sample: 214,
        propositions: [
            "the clock follows the claimed zone within two hours",
            "the clock follows another offset",
        ],
        explanation: Explanation::new(
            "{0} of {1} commits record the offset {2}; the claimed place had {3} or {4} at their dates.",
            vec![
                Fact::Number("209".into()),
                Fact::Number("214".into()),
                Fact::Time("+09:00".into()),
                Fact::Time("-05:00".into()),
                Fact::Time("-04:00".into()),
            ],
        ),
        observations: Observations::new(
            seen(
                Fact::Time("2025-03-02 10:14 +09:00".into()),
                "C-007/repos/api.git",
                Place::Commit(ObjectId([7; 20])),
            ),
            [],
        ),
        exhibits: vec![Exhibit::Hours {
            caption: "Commits by hour of the day".into(),
            rows: vec![
                hours("As recorded (+09:00)", 6),
                hours("On the claimed clock", 16),
            ],
        }],
    };
    Finding::new(&CLOCK, &id("C-007"), parts)
}

/// Charts of somebody who committed some 600 times in four years, in three repositories, and rebased now and then.
pub(in crate::report) fn busy_charts() -> Vec<Exhibit> {
    use crate::model::{HourColumn, Lane, LaneMark, OffsetFit, UtcOffset};
    let column = |n: usize| HourColumn {
        label: format!("20{}-{:02}", 20 + n / 12, n % 12 + 1),
        counts: (0..24)
            .map(|hour| match (hour + n * 7) * 2_654_435_761 % 24 {
                part if (8..22).contains(&hour) && part < 9 => 1 + part as u32 / 2,
                _ => 0,
            })
            .collect(),
    };
    let marks = (0..100_u16).step_by(2).map(|n| LaneMark {
        authored: n,
        committed: n + u16::from(n % 5 == 0),
        local: 1 + u32::from(n % 3),
        website: u32::from(n % 11 == 0),
    });
    let lane = |name: &str| Lane {
        source: format!("A-014/{name}.git"),
        marks: marks.clone().collect(),
    };
    let offset = |minutes| UtcOffset::from_minutes(minutes).expect("an offset");
    vec![
        Exhibit::HoursByMonth {
            caption: "Own commits by hour of the day, over time".into(),
            clock: "the claimed clock, Lyon (+01:00, +02:00)".into(),
            columns: (0..48).map(column).collect(),
            notes: vec!["Made on the pages of a hosting service: 30; merges: 12.".into()],
            fit: Some(OffsetFit {
                shares: (0..48)
                    .map(|n: i32| (200 - (n - 25) * (n - 25) * 3).max(0) as u16)
                    .collect(),
                best: offset(60),
                claimed: vec![offset(60), offset(120)],
            }),
        },
        Exhibit::Timeline {
            caption: "When commits say that they were written, and when that they were recorded"
                .into(),
            parts: 120,
            ticks: (0..4).map(|n| (n * 30, format!("{}", 2020 + n))).collect(),
            lanes: ["api", "website", "notes"].map(lane).into(),
            notes: vec!["12 merges are left out.".into()],
        },
    ]
}
