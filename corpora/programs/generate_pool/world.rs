//! A world: campaigns, look-alikes and strangers, in chance order under opaque ids.

use crate::campaigns::{self, CHANNELS, Grade, MIXED, POINTING, Scene};
use crate::chance::Chance;
use crate::code_channels::CODE_CHANNELS;
use crate::grammar::{Grammar, Side};
use crate::histories::{self, Habit};
use crate::lookalikes::{self, GROUPS, SINGLES, innocent};
use crate::people::Town;
use crate::person::Person;

/// What to make.
pub struct Wish {
    pub seed: u64,
    pub side: Side,
    pub applicants: usize,
    /// Hundredths of the applicants who stand in a campaign.
    pub campaigns: usize,
    /// Hundredths who look like somebody for an ordinary reason.
    pub alike: usize,
    /// Hundredths of the others who hand in a repository.
    pub repositories: usize,
    /// Only this kind of campaign, channels joined by `+`; `alone` for every channel alone, `mixed` for mixtures.
    pub only: Option<String>,
    /// Members of each campaign; 0 for a mixture.
    pub members: usize,
}

/// The people of a world.
pub fn people(wish: &Wish) -> Vec<Person> {
    let grammar = Grammar::new(wish.side);
    let side = if wish.side == Side::Fit {
        "fit"
    } else {
        "report"
    };
    let root = Chance::new(wish.seed).part(side);
    let mut town = Town::new(wish.applicants, &grammar, &mut root.part("town"));
    let mut all = Vec::new();
    campaign_members(wish, &grammar, &mut town, &root, &mut all);
    look_alikes(wish, &grammar, &mut town, &root, &mut all);
    let mut chance = root.part("strangers");
    while all.len() < wish.applicants {
        let mut person = town.person(&grammar, &mut chance);
        if chance.is(wish.repositories) {
            let habit = Habit::of(&person, &mut chance);
            person
                .repositories
                .push(histories::repository(&habit, &grammar, &mut chance));
        }
        all.push(person);
    }
    root.part("order").shuffle(&mut all);
    for (number, person) in all.iter_mut().enumerate() {
        person.id = format!("p{number:06}");
    }
    all
}

fn campaign_members(
    wish: &Wish,
    grammar: &Grammar,
    town: &mut Town,
    root: &Chance,
    all: &mut Vec<Person>,
) {
    let mut chance = root.part("campaigns");
    let wanted = wish.applicants * wish.campaigns / 100;
    let kinds = kinds(wish, &mut chance);
    for number in 0.. {
        let room = wanted.saturating_sub(all.len());
        if room < 2 {
            break;
        }
        let kind = kinds[number % kinds.len()].clone();
        let mut own = root.part(&format!("campaign {number}"));
        let num = size(wish, room, &mut own);
        let grade = *own.one(&Grade::ALL);
        let mut members: Vec<Person> = (0..num).map(|_| town.person(grammar, &mut own)).collect();
        let scene = Scene {
            grammar,
            town,
            grade,
        };
        let channels: Vec<&str> = kind.split('+').collect();
        campaigns::apply(&channels, &mut members, &scene, &mut own);
        let points = channels.iter().all(|c| POINTING.contains(c));
        for (at, member) in members.iter_mut().enumerate() {
            member.label.lead = match (points, at) {
                (false, _) => "",
                (true, 0) => "yes",
                (true, _) => "no",
            };
            member.label.hand = format!("h{number:03}");
            member.label.kind.clone_from(&kind);
            member.label.grade = grade.word().into();
        }
        all.extend(members);
    }
}

/// Every kind alone and the mixtures, in chance order; those with repositories only where the world has any.
fn kinds(wish: &Wish, chance: &mut Chance) -> Vec<String> {
    let wanted = wish.only.as_deref().unwrap_or_default();
    if !matches!(wanted, "" | "alone" | "mixed") {
        return vec![wanted.to_string()];
    }
    let alone = CHANNELS
        .iter()
        .chain(CODE_CHANNELS)
        .map(|(name, _)| vec![*name]);
    let mixed = MIXED.iter().map(|m| m.to_vec());
    let fits = |k: &Vec<&str>| wish.repositories > 0 || !campaigns::needs_code(k);
    // Mixtures twice: a hand that leaves one thing alone is the rarer one.
    let all = alone
        .filter(|_| wanted != "mixed")
        .chain(mixed.clone().chain(mixed).filter(|_| wanted != "alone"))
        .filter(fits);
    let mut all: Vec<String> = all.map(|k| k.join("+")).collect();
    chance.shuffle(&mut all);
    all
}

/// Mostly two to four, now and then up to sixty.
fn size(wish: &Wish, room: usize, chance: &mut Chance) -> usize {
    let num = match (wish.members, chance.below(20)) {
        (0, 0..=13) => chance.between(2, 4),
        (0, 14..=18) => chance.between(5, 9),
        (0, _) => chance.between(10, 60),
        (n, _) => n as i64,
    };
    (num as usize)
        .min(room.max(2))
        .min((wish.applicants / 5).max(2))
}

fn look_alikes(
    wish: &Wish,
    grammar: &Grammar,
    town: &mut Town,
    root: &Chance,
    all: &mut Vec<Person>,
) {
    let wanted = all.len() + wish.applicants * wish.alike / 100;
    let most = wanted.min(wish.applicants);
    for number in 0.. {
        let (stratum, least, greatest, make) = GROUPS[number % GROUPS.len()];
        let mut chance = root.part(&format!("alike {number}"));
        let num = chance.between(least as i64, greatest as i64) as usize;
        if all.len() + num + 1 > most {
            break;
        }
        let mut members: Vec<Person> = (0..num)
            .map(|_| town.person(grammar, &mut chance))
            .collect();
        make(&mut members, grammar, town, &mut chance);
        for member in &mut members {
            member.label.kind = innocent(stratum);
            member.label.stratum = stratum.into();
            // Every public template here draws on one stock of sentences.
            member.label.related = match stratum {
                "template" => stratum.into(),
                _ => format!("{stratum}-{number}"),
            };
        }
        all.extend(members);
        let kind = SINGLES[number % SINGLES.len()];
        if wish.repositories > 0 {
            let mut person = town.person(grammar, &mut chance);
            lookalikes::single(kind, &mut person, grammar, &mut chance);
            person.label.kind = innocent(kind);
            all.push(person);
        }
    }
}
