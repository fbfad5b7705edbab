//! One applicant with one repository, a claim and invented commits: what the tests of `clock-offset` are made of.

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

    pub fn commit(
        mut self,
        seconds: i64,
        minutes: Option<i32>,
        author: u32,
        committer: u32,
    ) -> Self {
        let mut id = [0; 20];
        id[..8].copy_from_slice(&(self.commits.len() as u64).to_be_bytes());
        let stamp = |ident| Stamp {
            ident,
            seconds,
            offset: minutes.and_then(UtcOffset::from_minutes),
        };
        self.commits.push(Commit {
            id: ObjectId(id),
            tree: ObjectId(id),
            parents: Vec::new(),
            author: stamp(author),
            committer: stamp(committer),
            key: None,
            subject: 0,
            co_authors: Vec::new(),
        });
        self
    }

    pub fn profile(self) -> Profile {
        let ident = |email: &str| Ident {
            name: RecordedName::new(""),
            name_key: 0,
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
                ident("own@example.org"),
                ident("other@example.org"),
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
        ClockOffset.examine(&self.profile(), &Background::default())
    }

    pub fn finding(self) -> Option<Finding> {
        match self.outcomes().pop()? {
            Outcome::Finding(finding) => Some(*finding),
            _ => None,
        }
    }

    pub fn stays_silent(self) -> bool {
        self.outcomes().is_empty()
    }

    pub fn could_not(self) -> Option<&'static str> {
        match self.outcomes()[..] {
            [Outcome::CouldNotLook { why }] => Some(why),
            _ => None,
        }
    }
}
