//! One person who applied more than once: the same name and the same e-mail or account. Neither a link nor a cluster.

use crate::model::{ApplicantId, Fact, IdentifierKind, NameKey, Profile};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// People who stand more than once in a pool.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct RepeatedPeople {
    /// The applications of each person, sorted, with what they share.
    pub groups: Vec<(Vec<ApplicantId>, Vec<Fact>)>,
    /// Every pair of them, `a < b`.
    pub pairs: BTreeSet<(ApplicantId, ApplicantId)>,
}

/// What names a person: two profiles that share one of these are one person's.
pub(in crate::pipeline) fn values(profile: &Profile) -> impl Iterator<Item = (NameKey, Fact)> {
    let names_them = |kind| matches!(kind, IdentifierKind::Email | IdentifierKind::Account);
    let own = profile
        .identifiers
        .iter()
        .filter(move |i| names_them(i.kind) && i.role.is_own());
    let name = profile.name;
    own.filter_map(move |i| Some((name?, i.fact())))
}

/// Finds them among profiles sorted by applicant.
pub(in crate::pipeline) fn repeated(profiles: &[&Profile]) -> RepeatedPeople {
    let mut by_value: BTreeMap<(NameKey, Fact), BTreeSet<&ApplicantId>> = BTreeMap::new();
    for profile in profiles {
        for value in values(profile) {
            by_value
                .entry(value)
                .or_default()
                .insert(&profile.applicant);
        }
    }
    let mut groups: BTreeMap<Vec<ApplicantId>, Vec<Fact>> = BTreeMap::new();
    for ((_, fact), members) in by_value {
        if members.len() > 1 {
            groups
                .entry(members.into_iter().cloned().collect())
                .or_default()
                .push(fact);
        }
    }
    let mut pairs = BTreeSet::new();
    for members in groups.keys() {
        for (i, a) in members.iter().enumerate() {
            pairs.extend(members[i + 1..].iter().map(|b| (a.clone(), b.clone())));
        }
    }
    RepeatedPeople {
        groups: groups.into_iter().collect(),
        pairs,
    }
}
