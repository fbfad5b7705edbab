//! What a world holds: plain data. Campaigns and look-alikes change it, and only then is it written.

use crate::code::Program;

/// A year and a month.
pub type Month = (i64, i64);

/// One job.
#[derive(Clone, Debug)]
pub struct Job {
    pub title: String,
    pub employer: String,
    pub from: Month,
    pub to: Month,
    pub bullets: Vec<String>,
}

/// What a résumé tells.
#[derive(Clone, Debug, Default)]
pub struct Career {
    pub summary: Vec<String>,
    pub jobs: Vec<Job>,
    pub education: Vec<String>,
    pub skills: Vec<String>,
    pub referees: Vec<String>,
    /// Further lines at the end: a wallet, a site.
    pub lines: Vec<String>,
}

/// How to reach somebody.
#[derive(Clone, Debug)]
pub struct Contacts {
    pub email: String,
    pub phone: String,
    pub account: String,
    pub address: Option<String>,
}

/// What a file keeps beside its text.
#[derive(Clone, Debug, Default)]
pub struct Traces {
    /// Revision ids, the root first.
    pub rsids: Vec<u32>,
    /// The account that saved it.
    pub editor: Option<String>,
    /// What the visible address leads to.
    pub link: Option<String>,
    /// White text.
    pub white: Option<String>,
    /// Seed of the portrait.
    pub photo: Option<u64>,
}

/// File formats, by extension.
pub const FORMATS: [&str; 6] = ["docx", "txt", "md", "html", "rtf", "json"];

/// One applicant.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub contacts: Contacts,
    /// "City, country" and zone.
    pub place: (String, String),
    /// `en`, `de` or `es`.
    pub language: &'static str,
    pub format: &'static str,
    /// Date style, headings and marks: 0 to 3.
    pub convention: usize,
    pub career: Career,
    pub traces: Traces,
    pub repositories: Vec<Repository>,
    pub label: Label,
}

/// The truth, for `labels.csv`.
#[derive(Clone, Debug, Default)]
pub struct Label {
    pub hand: String,
    pub kind: String,
    /// The ordinary relations, such as `household+template`; empty for none.
    pub stratum: String,
    /// Members of one relation share its part, in the same order.
    pub related: String,
    pub grade: String,
    /// In campaigns that leave the first member's name or address in the others' material: `yes` for the first, `no` for
    /// the others, who share nothing else.
    pub lead: &'static str,
}

/// Who stands in a commit.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    pub name: String,
    pub email: String,
    /// Seconds since 1970.
    pub time: i64,
    /// Minutes east of UTC.
    pub offset: i32,
}

/// One commit: what it changes.
#[derive(Clone, Debug)]
pub struct Step {
    pub author: Signature,
    pub committer: Signature,
    pub message: String,
    pub files: Vec<(String, String)>,
}

/// A repository.
#[derive(Clone, Debug)]
pub struct Repository {
    pub name: String,
    pub programs: Vec<Program>,
    pub steps: Vec<Step>,
}
