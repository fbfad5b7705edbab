//! Different people who look alike, each for an ordinary reason, and single people with unusual habits.

use crate::campaigns;
use crate::chance::Chance;
use crate::grammar::Grammar;
use crate::histories::{self, Habit};
use crate::people::{Town, made_up};
use crate::person::{Person, Step};

/// What makes a group of strangers look alike.
type LookAlike = fn(&mut [Person], &Grammar, &Town, &mut Chance);

/// Stratum, least and most members, what they have in common.
pub type Alike = (&'static str, usize, usize, LookAlike);

/// Every relation.
pub const GROUPS: &[Alike] = &[
    ("template", 3, 12, template),
    ("agency", 3, 9, agency),
    ("bootcamp", 3, 8, bootcamp),
    ("university", 3, 8, university),
    ("household", 2, 3, household),
    ("namesakes", 2, 2, namesakes),
    ("household", 2, 3, siblings),
    ("colleagues", 2, 5, colleagues),
    ("agency", 2, 4, sent_colleagues),
    ("fork", 2, 2, fork),
    // What more than a dozen share who have nothing to do with each other is told of one hand's work as well.
    ("agency", 13, 24, large_agency),
    ("template", 13, 24, sample_portrait),
    ("bootcamp", 13, 18, bootcamp),
];

/// What people of one relation often have in common besides: hundredths of their groups. Nobody has counted this; the shares
/// are meant to be high, since two ordinary reasons at once look most like one hand. At most one of them holds.
const ALSO: &[(&str, &str, usize, LookAlike)] = &[
    ("household", "template", 20, template),
    ("household", "bootcamp", 10, bootcamp),
    ("household", "university", 10, university),
    ("household", "colleagues", 10, colleagues),
    ("bootcamp", "template", 30, template),
    ("university", "template", 10, template),
    ("colleagues", "template", 10, template),
    ("colleagues", "university", 10, university),
    ("fork", "colleagues", 25, colleagues),
];

/// A second relation for some groups; its stratum.
pub fn also(
    stratum: &str,
    members: &mut [Person],
    grammar: &Grammar,
    town: &Town,
    chance: &mut Chance,
) -> Option<&'static str> {
    let mut at = chance.below(100);
    for (_, second, percent, make) in ALSO.iter().filter(|(of, ..)| *of == stratum) {
        if at < *percent {
            make(members, grammar, town, chance);
            return Some(second);
        }
        at -= percent;
    }
    None
}

/// Habits of single people.
pub const SINGLES: &[&str] = &["mover", "night-owl", "traveller", "container", "rebase"];

/// One public template: stock sentences, one file that everybody filled in.
fn template(members: &mut [Person], grammar: &Grammar, _: &Town, chance: &mut Chance) {
    let num = grammar
        .all("stock")
        .len()
        .min(chance.between(2, 4) as usize);
    let stock = chance.some(grammar.all("stock"), num);
    let ids: Vec<u32> = (0..chance.between(6, 14))
        .map(|_| chance.next() as u32 & 0x00ff_ffff)
        .collect();
    let convention = chance.below(4);
    for member in members {
        member.career.summary = stock.clone();
        member.convention = convention;
        if chance.is(60) {
            member.format = "docx";
            let own = std::mem::take(&mut member.traces.rsids);
            member.traces.rsids = [ids.clone(), own].concat();
        }
    }
}

/// An agency that sends its people's profiles: its contact, its sentences, its form.
fn agency(members: &mut [Person], grammar: &Grammar, _: &Town, chance: &mut Chance) {
    let name = format!("{} Staffing", made_up(3, grammar, chance));
    let host = format!("{}.test", name.to_lowercase().replace(' ', "-"));
    let lines = [
        format!("Represented by {name}, office@{host}, www.{host}"),
        grammar.sentence("summary", chance),
    ];
    let promise = format!(
        "{name} presents candidates who {}.",
        grammar.say("plainverb", chance)
    );
    let convention = chance.below(4);
    for member in members {
        member.career.lines.extend(lines.clone());
        member.career.summary.insert(0, promise.clone());
        member.convention = convention;
        member.format = "docx";
        member.traces.editor = Some(name.clone());
    }
}

/// An agency that puts its own telephone in the place of its people's.
fn large_agency(members: &mut [Person], grammar: &Grammar, town: &Town, chance: &mut Chance) {
    agency(members, grammar, town, chance);
    let telephone = members[0].contacts.phone.clone();
    for member in members {
        member.contacts.phone.clone_from(&telephone);
    }
}

/// A template whose sample portrait everybody left in place.
fn sample_portrait(members: &mut [Person], grammar: &Grammar, town: &Town, chance: &mut Chance) {
    template(members, grammar, town, chance);
    let portrait = chance.next();
    for member in members {
        member.format = "docx";
        member.traces.photo = Some(portrait);
    }
}

/// A course whose starter everybody builds upon, in histories of their own.
fn bootcamp(members: &mut [Person], grammar: &Grammar, _: &Town, chance: &mut Chance) {
    let school = format!("{} Code Camp", made_up(3, grammar, chance));
    let task = grammar.sentence("bullet", chance);
    let teacher = Habit {
        hours: (9, 17),
        zones: vec![(0, members[0].place.1.clone())],
        days: 3,
        name: "Course".into(),
        email: format!("course@{}.test", school.to_lowercase().replace(' ', "-")),
    };
    let starter = histories::repository(&teacher, grammar, chance);
    let handed: Vec<(String, String)> = starter
        .programs
        .iter()
        .map(|p| (p.path(), p.text(p.len())))
        .collect();
    // Some courses hand out the list of what they teach.
    let taught = chance.is(25).then(|| chance.some(grammar.all("skill"), 10));
    for member in members {
        let habit = Habit::of(member, chance);
        let mut own = histories::repository(&habit, grammar, chance);
        own.steps[0].files.extend(handed.clone());
        own.steps[0].message = "Initial commit".into();
        own.name.clone_from(&starter.name);
        member.repositories.push(own);
        member
            .career
            .education
            .insert(0, format!("Certificate, {school}, 2023"));
        member.career.lines.push(task.clone());
        if let Some(skills) = &taught {
            member.career.skills.clone_from(skills);
        }
    }
}

/// One degree, one final project, one year.
fn university(members: &mut [Person], grammar: &Grammar, _: &Town, chance: &mut Chance) {
    let school = format!(
        "{}, {} {}, 2016",
        grammar.say("degree", chance),
        made_up(2, grammar, chance),
        grammar.say("school", chance)
    );
    let project = format!("Final project: {}", grammar.sentence("bullet", chance));
    for member in members {
        member.career.education = vec![school.clone(), project.clone()];
    }
}

fn household(members: &mut [Person], grammar: &Grammar, _: &Town, chance: &mut Chance) {
    campaigns::household(members, grammar, chance);
}

/// A household with one computer, where the others began from an early state of the first's file, and some kept what it said
/// of skills.
fn siblings(members: &mut [Person], grammar: &Grammar, _: &Town, chance: &mut Chance) {
    campaigns::household(members, grammar, chance);
    let (first, rest) = members.split_first_mut().expect("a household has members");
    first.format = "docx";
    let early = first.traces.rsids.len().div_ceil(2);
    for member in rest {
        member.format = "docx";
        member.convention = first.convention;
        member.traces.editor = Some(first.name.clone());
        let own = std::mem::take(&mut member.traces.rsids);
        member.traces.rsids = [&first.traces.rsids[..early], &own].concat();
        if chance.is(30) {
            member.career.skills.clone_from(&first.career.skills);
        }
    }
}

/// Colleagues whom one agency sends.
fn sent_colleagues(members: &mut [Person], grammar: &Grammar, town: &Town, chance: &mut Chance) {
    colleagues(members, grammar, town, chance);
    agency(members, grammar, town, chance);
}

fn namesakes(members: &mut [Person], _: &Grammar, _: &Town, _: &mut Chance) {
    let name = members[0].name.clone();
    let old = members[1].name.clone();
    members[1].traces.editor = members[1]
        .traces
        .editor
        .take()
        .map(|e| if e == old { name.clone() } else { e });
    members[1].name = name;
}

/// One employer at one time, two sentences of its programme, and a repository that all of them wrote.
fn colleagues(members: &mut [Person], grammar: &Grammar, town: &Town, chance: &mut Chance) {
    let employer = chance.one(&town.employers).clone();
    let task = grammar.sentence("bullet", chance);
    let mut joint = histories::repository(&Habit::of(&members[0], chance), grammar, chance);
    joint.name = format!(
        "{}-{}",
        made_up(2, grammar, chance).to_lowercase(),
        joint.name
    );
    let num = members.len();
    for (at, step) in joint.steps.iter_mut().enumerate() {
        let who = &members[at % num];
        for signature in [&mut step.author, &mut step.committer] {
            signature.name.clone_from(&who.name);
            signature.email.clone_from(&who.contacts.email);
        }
    }
    let hands_in = chance.is(50);
    for member in members {
        member.career.jobs[0].employer.clone_from(&employer);
        if member.language == "en" {
            member.career.jobs[0].bullets.push(task.clone());
        }
        if hands_in {
            member.repositories.push(joint.clone());
        }
    }
}

/// A project and somebody's fork of it, which git itself declares.
fn fork(members: &mut [Person], grammar: &Grammar, _: &Town, chance: &mut Chance) {
    let source = histories::repository(&Habit::of(&members[0], chance), grammar, chance);
    let habit = Habit::of(&members[1], chance);
    let more = histories::repository(&habit, grammar, chance);
    let last = source.steps.last().map_or(0, |s| s.author.time);
    let mut copy = source.clone();
    let later = |(at, mut step): (usize, Step)| {
        for who in [&mut step.author, &mut step.committer] {
            who.time = last + 86_400 * (at as i64 + 1) + 977 * at as i64;
        }
        step
    };
    let added = more.steps.into_iter().skip(1).enumerate().map(later);
    copy.steps.extend(added);
    members[0].repositories.push(source);
    members[1].repositories.push(copy);
}

/// A single person with a habit that is unusual and ordinary.
pub fn single(kind: &str, person: &mut Person, grammar: &Grammar, chance: &mut Chance) {
    let mut habit = Habit::of(person, chance);
    let elsewhere = || grammar.say("place", &mut chance.part("elsewhere"));
    let elsewhere = elsewhere()
        .split_once('/')
        .expect("a place has a zone")
        .1
        .to_string();
    let home = person.place.1.clone();
    match kind {
        "mover" => habit.zones.push((habit.days / 2, elsewhere)),
        "night-owl" => habit.hours = (21, 27),
        "traveller" => habit
            .zones
            .extend([(habit.days / 3, elsewhere), (habit.days / 3 + 21, home)]),
        "container" => habit.zones = vec![(0, "UTC".into())],
        _ => {}
    }
    if kind == "container" {
        habit.email = "root@localhost".into();
    }
    let mut repository = histories::repository(&habit, grammar, chance);
    if kind == "rebase" {
        let last = repository.steps.last().map_or(0, |s| s.author.time);
        for (at, step) in repository.steps.iter_mut().enumerate() {
            step.committer.time = last + 600 + at as i64 / 8;
        }
    }
    person.repositories.push(repository);
}

/// The kind in the labels.
pub fn innocent(kind: &str) -> String {
    format!("innocent-{kind}")
}
