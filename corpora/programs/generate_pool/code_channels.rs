//! What a hand leaves in the repositories of its personas.

use crate::campaigns::{Channel, Grade, Scene};
use crate::chance::Chance;
use crate::histories::{self, Habit};
use crate::people::made_up;
use crate::person::{Person, Repository};

/// Channels that need repositories.
pub const CODE_CHANNELS: &[(&str, Channel)] = &[
    ("commit-address", commit_address),
    ("machine", machine),
    ("secret", secret),
    ("history", history),
    ("moved-dates", moved_dates),
    ("files", files),
    ("renamed-code", renamed_code),
    ("licence", licence),
];

fn own_repository(member: &Person, scene: &Scene<'_>, chance: &mut Chance) -> Repository {
    let habit = Habit::of(member, chance);
    histories::repository(&habit, scene.grammar, chance)
}

/// The first member's address stands in some commits of the others.
fn commit_address(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    add_own(members, scene, chance);
    let (name, email) = (members[0].name.clone(), members[0].contacts.email.clone());
    let few = [5, 2, 1][scene.grade as usize];
    for member in &mut members[1..] {
        let steps = &mut last(member).steps;
        let num = steps.len();
        for at in chance.some(&(0..num).collect::<Vec<_>>(), few) {
            let step = &mut steps[at];
            for who in [&mut step.author, &mut step.committer] {
                who.email.clone_from(&email);
                who.name.clone_from(&name);
            }
        }
    }
}

/// Everybody gets one more repository of their own, the last.
fn add_own(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    for member in members.iter_mut() {
        let own = own_repository(member, scene, chance);
        member.repositories.push(own);
    }
}

/// The repository that was made last.
fn last(member: &mut Person) -> &mut Repository {
    member.repositories.last_mut().expect("everybody got one")
}

/// One machine's name in the addresses that git made up.
fn machine(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    add_own(members, scene, chance);
    let host = format!(
        "{}-{}.local",
        made_up(3, scene.grammar, chance).to_lowercase(),
        chance.between(100, 999)
    );
    for member in members {
        let user = member.name.to_lowercase().replace(' ', "");
        for step in last(member).steps.iter_mut().take(6) {
            step.author.email = format!("{user}@{host}");
            step.committer.email.clone_from(&step.author.email);
        }
    }
}

fn secret(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    add_own(members, scene, chance);
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let token: String = (0..36).map(|_| char::from(*chance.one(DIGITS))).collect();
    for member in members {
        let file = (
            ".env".to_string(),
            format!("TOKEN=ghp_{token}\nNAME={}\n", member.contacts.account),
        );
        last(member).steps[1].files.push(file);
    }
}

/// Every commit under another name, at the same seconds.
fn history(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    copied(members, scene, chance, 0);
}

fn moved_dates(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let days = chance.between(40, 300);
    copied(members, scene, chance, days * 86_400 + 4321);
}

fn copied(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance, later: i64) {
    let mut habit = Habit::of(&members[0], chance);
    habit.days = 300;
    let source = histories::repository(&habit, scene.grammar, chance);
    for (number, member) in members.iter_mut().enumerate() {
        let mut copy = source.clone();
        if scene.grade != Grade::Easy {
            copy.name = format!("{}-{number}", copy.name);
        }
        for who in copy
            .steps
            .iter_mut()
            .flat_map(|s| [&mut s.author, &mut s.committer])
        {
            who.name.clone_from(&member.name);
            who.email.clone_from(&member.contacts.email);
            who.time += later * number as i64;
        }
        member.repositories.push(copy);
    }
}

/// The same source files in a history of one's own.
fn files(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let source = own_repository(&members[0], scene, chance);
    let num = (source.programs.len() * scene.grade.percent() / 100).max(1);
    members[0].repositories.push(source.clone());
    for member in &mut members[1..] {
        let habit = Habit::of(member, chance);
        let mut programs = own_repository(member, scene, chance).programs;
        programs.truncate(source.programs.len() - num);
        programs.extend(source.programs[..num].iter().cloned());
        member
            .repositories
            .push(histories::grown(programs, &habit, scene.grammar, chance));
    }
}

/// The same programs under other names, in another order.
fn renamed_code(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    let source = own_repository(&members[0], scene, chance);
    members[0].repositories.push(source.clone());
    let num = (source.programs.len() * scene.grade.percent() / 100).max(1);
    for member in &mut members[1..] {
        let mut programs = source.programs[..num].to_vec();
        for program in &mut programs {
            program.rename(scene.grammar, chance);
            program.reorder(chance);
        }
        let habit = Habit::of(member, chance);
        member
            .repositories
            .push(histories::grown(programs, &habit, scene.grammar, chance));
    }
}

/// The package says that the first member is its author.
fn licence(members: &mut [Person], scene: &Scene<'_>, chance: &mut Chance) {
    add_own(members, scene, chance);
    let author = format!("{} <{}>", members[0].name, members[0].contacts.email);
    for member in members {
        let repository = last(member);
        let text = format!(
            "{{\n  \"name\": \"{}\",\n  \"version\": \"0.1.0\",\n  \"author\": \"{author}\"\n}}\n",
            repository.name
        );
        repository.steps[0]
            .files
            .push(("package.json".into(), text));
    }
}
