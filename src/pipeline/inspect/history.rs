//! What a repository says about itself.

use crate::features::owner::closure;
use crate::model::{Commit, History, RawTime};
use crate::pipeline::identities::Identities;
use crate::pipeline::inspect::Section;
use crate::pipeline::inspect::written;
use std::collections::BTreeMap;

/// One section: commits, identities, clocks, keys.
pub(in crate::pipeline::inspect) fn sections(history: &History, num_files: usize) -> Vec<Section> {
    let mut section = Section::new("history");
    section.put("commits", [history.commits.len().to_string()]);
    let time = |c: Option<&Commit>| {
        c.map(|c| {
            written(RawTime {
                seconds: c.author.seconds,
                offset: c.author.offset,
            })
        })
    };
    section.put("first commit", time(history.commits.first()));
    section.put("last commit", time(history.commits.last()));
    let mut by: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let mut offsets: BTreeMap<String, u32> = BTreeMap::new();
    for commit in &history.commits {
        by.entry(commit.author.ident).or_default().0 += 1;
        by.entry(commit.committer.ident).or_default().1 += 1;
        let offset = commit
            .author
            .offset
            .map_or_else(|| "not an offset".into(), |o| o.to_string());
        *offsets.entry(offset).or_default() += 1;
    }
    let line = |(i, (author, committer)): (&u32, &(u32, u32))| {
        let who = &history.idents[*i as usize];
        format!(
            "{} <{}>: {author} as author, {committer} as committer",
            who.name.as_recorded(),
            who.email
        )
    };
    section.put("identities", by.iter().map(line));
    section.put(
        "recorded offsets",
        offsets.iter().map(|(o, n)| format!("{o}: {n}")),
    );
    section.put("signing keys", history.keys.iter().map(|k| k.0.clone()));
    section.put(
        "refs",
        history
            .refs
            .iter()
            .map(|r| format!("{} {}", r.commit.short(), r.name)),
    );
    section.put("files at the tips", [num_files.to_string()]);
    vec![section, owner(history)]
}

/// Whose identities would count as its applicant's own if nothing were claimed.
fn owner(history: &History) -> Section {
    let mut section = Section::new("owner, where nothing is claimed");
    let identities = Identities::new(history, &closure(&[], None, history));
    let line = |[identity, why, commits]: [String; 3]| match commits.as_str() {
        "" => format!("{identity}: {why}"),
        _ => format!("{identity}: {why} ({commits} commits)"),
    };
    section.put("identities", identities.rows().into_iter().map(line));
    section
}
