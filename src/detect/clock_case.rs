//! One applicant with one repository, a claim and invented commits: what the tests of the findings about commits are made of.

use crate::detect::Detector;
use crate::detect::clock_offset::ClockOffset;
use crate::features::place::zones;
use crate::link::Background;
use crate::model::ApplicantId;
use crate::model::Commit;
use crate::model::Finding;
use crate::model::History;
use crate::model::Ident;
use crate::model::ObjectId;
use crate::model::Outcome;
use crate::model::OwnedBy;
use crate::model::Owner;
use crate::model::Profile;
use crate::model::RecordedName;
use crate::model::SourceInfo;
use crate::model::SourceKind;
use crate::model::Stamp;
use crate::model::UtcOffset;
use crate::model::hash_text;

/// 1 January 2024, 00:00 UTC.
pub(in crate::detect) const START: i64 = 1_704_067_200;
pub(in crate::detect) const OWN: u32 = 0;
pub(in crate::detect) const OTHER: u32 = 1;
pub(in crate::detect) const WEB: u32 = 2;

/// One repository and a claim; commits are added in order.
pub(in crate::detect) struct Case {
    pub claim: &'static str,
    pub commits: Vec<Commit>,
    pub owned_by: OwnedBy,
}

impl Case {
    pub fn claiming(claim: &'static str) -> Self {
        Self {
            claim,
            commits: Vec::new(),
            owned_by: OwnedBy::Claim,
        }
    }

    /// Commits at the given local hours on each of `days` (counted from 1 January 2024) by a clock `offset_at(utc)`.
    pub fn on_clock(
        mut self,
        days: std::ops::Range<i64>,
        hours: &[i64],
        offset_at: impl Fn(i64) -> i32,
    ) -> Self {
        for day in days {
            for &hour in hours {
                let local = START + day * 86_400 + hour * 3600;
                let offset = offset_at(local);
                self = self.commit(local - i64::from(offset) * 60, Some(offset), OWN, OWN);
            }
        }
        self
    }

    /// Two commits a day in working hours at one offset.
    pub fn at(self, days: std::ops::Range<i64>, minutes: i32) -> Self {
        self.on_clock(days, &[10, 15], |_| minutes)
    }

    pub fn commit(self, seconds: i64, minutes: Option<i32>, author: u32, committer: u32) -> Self {
        self.committed(seconds, minutes, author, committer, seconds)
    }

    /// A commit whose committer time is another than its author time.
    pub fn committed(
        mut self,
        seconds: i64,
        minutes: Option<i32>,
        author: u32,
        committer: u32,
        at: i64,
    ) -> Self {
        let mut id = [0; 20];
        id[..8].copy_from_slice(&(self.commits.len() as u64).to_be_bytes());
        let stamp = |ident, seconds| Stamp {
            ident,
            seconds,
            offset: minutes.and_then(UtcOffset::from_minutes),
        };
        self.commits.push(Commit {
            id: ObjectId(id),
            tree: ObjectId(id),
            parents: Vec::new(),
            author: stamp(author, seconds),
            committer: stamp(committer, at),
            key: None,
            subject: 0,
            co_authors: Vec::new(),
        });
        self
    }

    /// Every commit so far a second time, by another author.
    pub fn twice(mut self, author: u32) -> Self {
        for mut twin in self.commits.clone() {
            twin.id.0[19] = 1;
            twin.author.ident = author;
            self.commits.push(twin);
        }
        self
    }

    /// Commits at scattered hours of office days by a clock: what ordinary people show, give or take.
    pub fn working(mut self, days: std::ops::Range<i64>, offset_at: impl Fn(i64) -> i32) -> Self {
        let hours = [10, 11, 12, 14, 15, 16, 17, 20];
        for day in days {
            for n in 0..1 + day.rem_euclid(3) {
                let hour = hours[(day * 5 + n * 3).rem_euclid(8) as usize];
                let within = (day * 1_117 + n * 431).rem_euclid(3_599);
                let local = START + day * 86_400 + hour * 3600 + within;
                let offset = offset_at(local);
                self = self.commit(local - i64::from(offset) * 60, Some(offset), OWN, OWN);
            }
        }
        self
    }

    pub fn profile(self) -> Profile {
        let ident = |email: &str| Ident {
            name: RecordedName::new(""),
            name_key: hash_text(email),
            has_full_name: false,
            email: email.into(),
        };
        let source = SourceInfo {
            path: "a/x.git".into(),
            sha256: Default::default(),
            kind: SourceKind::Git,
            engine: None,
        };
        let history = History {
            source: source.clone(),
            refs: Vec::new(),
            commits: self.commits,
            idents: vec![
                ident("own@mail.invalid"),
                ident("other@mail.invalid"),
                ident("noreply@github.com"),
            ],
            keys: Vec::new(),
            truncated: false,
            odd_offsets: Vec::new(),
        };
        Profile {
            zones: zones(Some(self.claim).filter(|c| !c.is_empty()), None),
            histories: vec![history],
            owners: vec![Owner {
                idents: vec![(OWN, self.owned_by)],
                ..Owner::default()
            }],
            code: vec![Vec::new()],
            sources: vec![source],
            ..Profile::empty(ApplicantId::new("a"))
        }
    }

    pub fn outcomes(self) -> Vec<Outcome> {
        self.asked(&ClockOffset)
    }

    /// What a detector says.
    pub fn asked(self, detector: &dyn Detector) -> Vec<Outcome> {
        detector.examine(&self.profile(), &Background::default())
    }

    /// The findings of a detector.
    pub fn findings(self, detector: &dyn Detector) -> Vec<Finding> {
        let finding = |outcome| match outcome {
            Outcome::Finding(finding) => Some(*finding),
            _ => None,
        };
        self.asked(detector)
            .into_iter()
            .filter_map(finding)
            .collect()
    }

    pub fn finding(self) -> Option<Finding> {
        self.findings(&ClockOffset).pop()
    }

    pub fn stays_silent(self) -> bool {
        self.outcomes().is_empty()
    }

    pub fn could_not(self) -> Option<&'static str> {
        why_not(&self.outcomes())
    }
}

/// Why a detector could not look.
pub(in crate::detect) fn why_not(outcomes: &[Outcome]) -> Option<&'static str> {
    match outcomes {
        [Outcome::CouldNotLook { why }] => Some(why),
        _ => None,
    }
}

/// How much there is and how much is needed, where it is too little.
pub(in crate::detect) fn amount(outcomes: &[Outcome]) -> Option<(u32, u32)> {
    match outcomes {
        [Outcome::TooLittle { have, need }] => Some((*have, *need)),
        _ => None,
    }
}

/// Every hole of the explanation has its fact and the other way about.
pub(in crate::detect) fn is_whole(finding: &Finding) -> bool {
    let template = finding.explanation.template;
    let num = finding.explanation.facts.len();
    (0..num).all(|n| template.contains(&format!("{{{n}}}")))
        && !template.contains(&format!("{{{num}}}"))
}

/// The facts of the explanation as they are written.
pub(in crate::detect) fn facts(finding: &Finding) -> Vec<&str> {
    finding.explanation.facts.iter().map(|f| f.raw()).collect()
}
