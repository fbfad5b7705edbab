//! One hand behind several applications: what it leaves in all of them, in three grades of difficulty.
//!
//! A member begins as a stranger with a career, contacts and files of their own; each channel then puts one thing of the
//! first member into the others. `easy` leaves all of it, `medium` a part, `hard` little.

use crate::chance::Chance;
use crate::code_channels::CODE_CHANNELS;
use crate::grammar::Grammar;
use crate::people::{Town, address, made_up, name, wallet};
use crate::person::{Job, Person};

/// How plainly a hand shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    Easy,
    Medium,
    Hard,
}

impl Grade {
    /// All, easiest first.
    pub const ALL: [Self; 3] = [Self::Easy, Self::Medium, Self::Hard];

    /// The word in the labels.
    pub fn word(self) -> &'static str {
        ["easy", "medium", "hard"][self as usize]
    }

    /// Hundredths of the first member's material that the others take over.
    pub fn percent(self) -> usize {
        [100, 60, 35][self as usize]
    }
}

/// What a channel may use.
pub struct Scene<'a> {
    pub grammar: &'a Grammar,
    pub town: &'a Town,
    pub grade: Grade,
}

/// Puts one thing of the first member into the others.
pub type Channel = fn(&mut [Person], &Scene<'_>, &mut Chance);

/// Channels of documents and contacts, then those that need repositories.
pub const CHANNELS: &[(&str, Channel)] = &[
    ("resume", resume),
    ("bullets", bullets),
    ("reworded", reworded),
    ("career", career),
    ("skills", skills),
    ("phone", shared_phone),
    ("wallet", shared_wallet),
    ("referee", referee),
    ("site", site),
    ("lineage", lineage),
    ("editor", editor),
    ("hidden-link", hidden_link),
    ("white-text", white_text),
    ("photo", photo),
    ("leftover-name", leftover_name),
];

/// Channels that leave the first member's name or address in the others' material and nothing in common between these.
pub const POINTING: &[&str] = &["leftover-name", "commit-address", "licence"];

/// Campaigns of several channels, as hands that were found out tend to be.
pub const MIXED: &[&[&str]] = &[
    &["resume", "wallet"],
    &["resume", "phone", "lineage"],
    &["bullets", "photo"],
    &["career", "referee", "lineage"],
    &["reworded", "site"],
    &["skills", "phone", "editor"],
    &["history", "commit-address"],
    &["files", "machine", "bullets"],
    &["renamed-code", "secret", "phone"],
    &["moved-dates", "licence", "career"],
    &["resume", "history", "photo"],
];

/// Runs the channels of a kind over the members.
pub fn apply(channels: &[&str], members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let all = CHANNELS.iter().chain(CODE_CHANNELS);
    for wanted in channels {
        let found = all.clone().find(|(name, _)| name == wanted);
        let (name, channel) = found.unwrap_or_else(|| panic!("there is no channel {wanted}"));
        channel(members, scene, &mut chance.part(name));
    }
}

/// Whether any of the channels needs repositories.
pub fn needs_code(channels: &[&str]) -> bool {
    channels
        .iter()
        .any(|c| CODE_CHANNELS.iter().any(|(name, _)| name == c))
}

/// The whole career; a part of the sentences is new where it is harder.
fn resume(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let first = members[0].clone();
    for member in &mut members[1..] {
        member.career = first.career.clone();
        member.language = first.language;
        let other = scene.town.career(first.language, scene.grammar, chance);
        let mut new = other.jobs.into_iter().flat_map(|j| j.bullets).cycle();
        for bullet in member.career.jobs.iter_mut().flat_map(|j| &mut j.bullets) {
            if !chance.is(scene.grade.percent()) {
                *bullet = new.next().expect("a career has bullets");
            }
        }
    }
}

/// Some bullets under other employers.
fn bullets(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let first = members[0].clone();
    let all: Vec<String> = first
        .career
        .jobs
        .iter()
        .flat_map(|j| j.bullets.clone())
        .collect();
    let num = (all.len() * scene.grade.percent() / 100).clamp(2, 9);
    for member in &mut members[1..] {
        member.language = first.language;
        member.career = scene.town.career(first.language, scene.grammar, chance);
        for text in chance.some(&all, num) {
            let job = chance.below(member.career.jobs.len());
            let at = chance.below(member.career.jobs[job].bullets.len());
            member.career.jobs[job].bullets[at] = text;
        }
    }
}

/// The first career told in other words: verbs and adjectives change, things and numbers stay.
fn reworded(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let first = members[0].clone();
    let sections: [&[String]; 3] = [
        scene.grammar.all("verb"),
        scene.grammar.all("adj"),
        scene.grammar.all("link"),
    ];
    let percent = [40, 70, 100][scene.grade as usize];
    for member in &mut members[1..] {
        member.career = first.career.clone();
        member.language = first.language;
        for bullet in member.career.jobs.iter_mut().flat_map(|j| &mut j.bullets) {
            let word = |word: &str, chance: &mut Chance| {
                let plain = word.trim_matches([',', '.', ';', ':']).to_lowercase();
                match sections.iter().find(|s| s.contains(&plain)) {
                    Some(section) if chance.is(percent) => chance.one(section).clone(),
                    _ => word.to_string(),
                }
            };
            let words: Vec<String> = bullet.split(' ').map(|w| word(w, chance)).collect();
            *bullet = format!("I {}", words.join(" "));
        }
    }
}

/// Employers, titles and dates; every sentence is new.
fn career(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let first = members[0].career.clone();
    let kept = (first.jobs.len() * scene.grade.percent() / 100).max(2);
    for member in &mut members[1..] {
        let own = scene.town.career(member.language, scene.grammar, chance);
        let mut sentences = own.jobs.iter().flat_map(|j| j.bullets.clone()).cycle();
        let retold = |job: &Job| Job {
            bullets: sentences.by_ref().take(job.bullets.len()).collect(),
            ..job.clone()
        };
        let mut jobs: Vec<Job> = first.jobs[..kept].iter().map(retold).collect();
        let before = jobs.last().map_or((2025, 1), |j| j.from);
        jobs.extend(own.jobs.iter().filter(|j| j.to < before).cloned());
        member.career = crate::person::Career { jobs, ..own };
    }
}

fn skills(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let first = chance.some(scene.grammar.all("skill"), 14);
    for member in members {
        member.career.skills = first.clone();
        if scene.grade == Grade::Hard {
            member.career.skills.truncate(9);
        }
    }
}

fn shared_phone(members: &mut [Person], _: &Scene<'_>, _: &mut Chance) {
    let first = members[0].contacts.phone.clone();
    members
        .iter_mut()
        .for_each(|m| m.contacts.phone.clone_from(&first));
}

fn shared_wallet(members: &mut [Person], _: &Scene<'_>, chance: &mut Chance) {
    let line = format!("Payment: {}", wallet(chance));
    members
        .iter_mut()
        .for_each(|m| m.career.lines.push(line.clone()));
}

fn referee(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let name = name(scene.grammar, chance);
    let host = made_up(3, scene.grammar, chance).to_lowercase();
    let address = format!("{}@{host}.test", name.to_lowercase().replace(' ', "."));
    let line = format!("{name}, {}, {address}", chance.one(&scene.town.employers));
    members
        .iter_mut()
        .for_each(|m| m.career.referees.push(line.clone()));
}

fn site(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let line = format!(
        "Portfolio: https://{}.test/work",
        made_up(4, scene.grammar, chance).to_lowercase()
    );
    members
        .iter_mut()
        .for_each(|m| m.career.lines.push(line.clone()));
}

/// One office file saved under each name.
fn lineage(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let first = members[0].traces.rsids.clone();
    let kept = (first.len() * scene.grade.percent() / 100).max(3);
    for member in members {
        member.format = "docx";
        member.traces.rsids = first[..kept.min(first.len())].to_vec();
        member
            .traces
            .rsids
            .extend((0..chance.between(2, 9)).map(|_| chance.next() as u32 & 0x00ff_ffff));
    }
}

/// The account that saved all of them is the first member's.
fn editor(members: &mut [Person], _: &Scene<'_>, _: &mut Chance) {
    let name = members[0].name.clone();
    for member in members {
        member.format = "docx";
        member.traces.editor = Some(name.clone());
    }
}

/// The visible address is new and leads to the first member's.
fn hidden_link(members: &mut [Person], _: &Scene<'_>, _: &mut Chance) {
    let target = format!("mailto:{}", members[0].contacts.email);
    for member in &mut members[1..] {
        member.format = "docx";
        member.traces.link = Some(target.clone());
    }
}

fn white_text(members: &mut [Person], _: &Scene<'_>, _: &mut Chance) {
    let text = format!("{} {}", members[0].name, members[0].contacts.email);
    for member in &mut members[1..] {
        member.format = "docx";
        member.traces.white = Some(text.clone());
    }
}

fn photo(members: &mut [Person], _: &Scene<'_>, chance: &mut Chance) {
    let seed = chance.next();
    for member in members {
        member.format = "docx";
        member.traces.photo = Some(seed);
    }
}

/// A reference letter's line with the first member's name.
fn leftover_name(members: &mut [Person], _: &Scene<'_>, _: &mut Chance) {
    let (name, email) = (members[0].name.clone(), members[0].contacts.email.clone());
    for member in &mut members[1..] {
        member
            .career
            .lines
            .push(format!("Curriculum vitae of {name}, {email}"));
    }
}

/// A street address, a phone: what a household has in common. Look-alikes use it.
pub fn household(members: &mut [Person], grammar: &Grammar, chance: &mut Chance) {
    let home = address(grammar, chance);
    // One of theirs: a number drawn anew might be a stranger's, and no two holders have one number.
    let whose = usize::from(!chance.is(60));
    let shared = members[whose].contacts.phone.clone();
    let place = members[0].place.clone();
    let surname = members[0]
        .name
        .split(' ')
        .nth(1)
        .unwrap_or_default()
        .to_string();
    for member in members {
        let first = member
            .name
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_string();
        member.name = format!("{first} {surname}");
        member.contacts.phone.clone_from(&shared);
        member.contacts.address = Some(home.clone());
        member.place = place.clone();
    }
}
