//! Invented résumés: a grammar for work that one person did, and stock bullets that many copy from the same guides.

use crate::derive::Random;

const VERBS: &[&str] = &[
    "Rebuilt",
    "Designed",
    "Moved",
    "Replaced",
    "Measured",
    "Led",
    "Wrote",
    "Shortened",
    "Automated",
    "Documented",
    "Tested",
    "Planned",
    "Introduced",
    "Merged",
    "Split",
    "Audited",
    "Repaired",
    "Tuned",
    "Migrated",
    "Launched",
    "Negotiated",
    "Taught",
    "Coordinated",
    "Reviewed",
    "Simplified",
    "Extended",
    "Restored",
    "Prototyped",
];
const KINDS: &[&str] = &[
    "nightly",
    "regional",
    "internal",
    "legacy",
    "mobile",
    "seasonal",
    "quarterly",
    "manual",
    "shared",
    "public",
    "offline",
    "paper-based",
    "customer-facing",
    "multilingual",
    "overnight",
    "wholesale",
    "clinical",
    "municipal",
];
const THINGS: &[&str] = &[
    "billing service",
    "ticket queue",
    "stock ledger",
    "timetable solver",
    "payroll export",
    "claims desk",
    "warehouse scanner",
    "routing engine",
    "patient register",
    "ferry schedule",
    "meter readings",
    "loan calculator",
    "checkout page",
    "spare parts catalogue",
    "sensor network",
    "fraud rules",
    "translation memory",
    "training plan",
    "price list",
    "delivery forecast",
    "search index",
    "survey archive",
    "booking calendar",
    "safety checklist",
    "recipe database",
    "grading sheet",
    "irrigation controller",
    "radio bulletin",
    "visa paperwork",
    "energy dashboard",
];
const OWNERS: &[&str] = &[
    "the harbour office",
    "three clinics",
    "a chain of bakeries",
    "the city archive",
    "two call centres",
    "the northern depot",
    "a union of farmers",
    "the theatre",
    "eleven schools",
    "the insurance arm",
    "a bus operator",
    "the water board",
    "a publisher of atlases",
    "the export desk",
    "a museum of clocks",
    "seven branches",
    "the night shift",
    "a maker of pianos",
    "the claims team",
    "an observatory",
    "the fish market",
    "a cable car",
    "four print shops",
];
const WAYS: &[&str] = &[
    "by pairing with the people who used it",
    "after watching a week of real work",
    "with a team of four",
    "in one winter",
    "without a day of downtime",
    "on half the former budget",
    "together with two apprentices",
    "from the paper forms upward",
    "against a fixed opening date",
    "with a small library of my own",
    "using the tools at hand",
    "in weekly steps that could be undone",
    "while the old one kept running",
    "from a one-page sketch",
];
const RESULTS: &[&str] = &[
    "which cut complaints by {n} percent",
    "and saved {n} hours a week",
    "so that month end closes in {n} hours",
    "which {n} colleagues still use",
    "and brought errors down from {n} a day to {m}",
    "so that the backlog of {n} cases was gone",
    "which paid for itself in {n} weeks",
    "and handed it over with {n} pages of notes",
    "which serves {n} thousand people",
    "and kept it up for {n} months",
    "so that new staff learn it in {m} days",
    "which the auditors praised in {n} points",
];
const TITLES: &[&str] = &[
    "Engineer",
    "Analyst",
    "Team lead",
    "Coordinator",
    "Consultant",
    "Developer",
    "Planner",
    "Administrator",
    "Project manager",
    "Technician",
    "Supervisor",
    "Specialist",
];
const FIRST: &[&str] = &[
    "Marrow", "Tallow", "Brenn", "Sedge", "Quill", "Harrow", "Larch", "Copper", "Otter", "Vesper",
    "Pell", "Thorn",
];
const SECOND: &[&str] = &[
    "line", "gate", "holt", "field", "wick", "stead", "mere", "combe", "ford", "barrow",
];
const TRADES: &[&str] = &[
    "Ferries",
    "Systems",
    "Foods",
    "Clinics",
    "Logistics",
    "Textiles",
    "Press",
    "Energy",
    "Tools",
    "Rail",
];
const SKILLS: &[&str] = &[
    "Python",
    "Java",
    "SQL",
    "Excel",
    "Git",
    "Linux",
    "Docker",
    "React",
    "scheduling",
    "bookkeeping",
    "procurement",
    "forklift licence",
    "first aid",
    "public speaking",
    "copy editing",
    "statistics",
    "CAD",
    "welding",
    "Spanish",
    "German",
];

const OPENINGS: &[&str] = &[
    "Responsible for",
    "Assisted with",
    "Worked closely with the team on",
    "Ensured timely",
    "Provided support for",
    "Maintained accurate records of",
    "Participated in",
    "Communicated regularly about",
    "Helped to improve",
    "Managed day to day",
];
const MATTERS: &[&str] = &[
    "customer requests and complaints",
    "daily reports for senior management",
    "the training of new employees",
    "inventory levels and ordering of supplies",
    "meetings with internal and external partners",
    "quality and safety standards",
    "data entry and filing of documents",
    "project plans and budgets",
    "the onboarding of new clients",
    "process documentation",
];
const CLOSINGS: &[&str] = &[
    "in a fast paced environment",
    "while meeting tight deadlines",
    "in line with company policies",
    "to ensure customer satisfaction",
    "across several departments",
    "with strong attention to detail",
    "as part of a dynamic team",
];

/// The résumé with a number: 300 to 600 words, always the same.
pub fn resume(number: u64) -> String {
    let mut random = Random::new(number.wrapping_mul(77) + 5);
    let mut one = |list: &[&'static str]| list[random.below(list.len())];
    let mut text = format!(
        "Applicant {number}\nperson{number}@example.org\nSummary\n{} with a liking for {} and {}.\n",
        one(TITLES),
        one(THINGS),
        one(THINGS)
    );
    let mut year = 2024;
    let mut random = Random::new(number.wrapping_mul(77) + 6);
    for _ in 0..3 + random.below(2) {
        let from = year - 1 - random.below(5);
        text += &format!(
            "{} at {} from {from} to {year}\n",
            pick(&mut random, TITLES),
            employer(&mut random)
        );
        year = from;
        for _ in 0..5 + random.below(4) {
            text += "- ";
            text += &if random.percent(35) {
                stock(&mut random)
            } else {
                own(&mut random)
            };
            text += ".\n";
        }
    }
    let skills: Vec<&str> = (0..6).map(|_| pick(&mut random, SKILLS)).collect();
    text + &format!("Skills\n{}\n", skills.join(", "))
}

fn pick(random: &mut Random, list: &[&'static str]) -> &'static str {
    list[random.below(list.len())]
}

fn employer(random: &mut Random) -> String {
    format!(
        "{}{} {}",
        pick(random, FIRST),
        pick(random, SECOND),
        pick(random, TRADES)
    )
}

/// Work of one's own.
fn own(random: &mut Random) -> String {
    let result = pick(random, RESULTS)
        .replace("{n}", &(11 + random.below(80)).to_string())
        .replace("{m}", &(2 + random.below(8)).to_string());
    format!(
        "{} the {} {} of {} {}, {result}",
        pick(random, VERBS),
        pick(random, KINDS),
        pick(random, THINGS),
        pick(random, OWNERS),
        pick(random, WAYS)
    )
}

/// What guides suggest: 700 bullets, the first of each list far more often than the last.
fn stock(random: &mut Random) -> String {
    let mut common =
        |list: &[&'static str]| list[random.below(list.len()).min(random.below(list.len()))];
    format!(
        "{} {} {}",
        common(OPENINGS),
        common(MATTERS),
        common(CLOSINGS)
    )
}
