//! A world: campaigns, look-alikes and strangers, in chance order under opaque ids.

use crate::campaigns::{self, CHANNELS, Grade, MIXED, POINTING, Scene};
use crate::chance::Chance;
use crate::code_channels::CODE_CHANNELS;
use crate::grammar::{Grammar, Side};
use crate::histories::{self, Habit};
use crate::lookalikes::{self, Alike, GROUPS, SINGLES, innocent};
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
    /// Hundredths who hand in a repository, of strangers and of everybody whom nothing else gave one.
    pub repositories: usize,
    /// Only look-alikes of these strata, joined by `+`; nobody with an unusual habit then.
    pub relations: Option<String>,
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
        hand_in(&mut person, wish, &grammar, &mut chance);
        all.push(person);
    }
    root.part("order").shuffle(&mut all);
    for (number, person) in all.iter_mut().enumerate() {
        person.id = format!("p{number:06}");
    }
    all
}

/// Who has no repository hands one in as often as a stranger does: what is handed in must not tell who is who.
fn hand_in(person: &mut Person, wish: &Wish, grammar: &Grammar, chance: &mut Chance) {
    if person.repositories.is_empty() && chance.is(wish.repositories) {
        let habit = Habit::of(person, chance);
        let own = histories::repository(&habit, grammar, chance);
        person.repositories.push(own);
    }
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
        let mut others = own.part("repositories");
        for member in &mut members {
            hand_in(member, wish, grammar, &mut others);
        }
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
    let is_wanted = |s: &&Alike| {
        let only = wish.relations.as_deref();
        only.is_none_or(|only| only.split('+').any(|name| name == s.0))
    };
    let groups: Vec<&Alike> = GROUPS.iter().filter(is_wanted).collect();
    assert!(!groups.is_empty(), "there is no such relation");
    for number in 0.. {
        let (stratum, least, greatest, make) = *groups[number % groups.len()];
        let mut chance = root.part(&format!("alike {number}"));
        let num = chance.between(least as i64, greatest as i64) as usize;
        if all.len() + num + 1 > most {
            break;
        }
        let mut members: Vec<Person> = (0..num)
            .map(|_| town.person(grammar, &mut chance))
            .collect();
        make(&mut members, grammar, town, &mut chance);
        let mut strata = vec![stratum];
        let mut second = chance.part("also");
        let second = lookalikes::also(stratum, &mut members, grammar, town, &mut second);
        // Where only some relations are made, a second one of another sort is more frequent than it would be in life.
        strata.extend(second.filter(|s| groups.iter().any(|g| g.0 == *s)));
        // Every public template here draws on one stock of sentences.
        let related = strata.iter().map(|s| match *s {
            "template" => s.to_string(),
            _ => format!("{s}-{number}"),
        });
        let related: Vec<String> = related.collect();
        let mut others = chance.part("repositories");
        for member in &mut members {
            member.label.kind = innocent(stratum);
            member.label.stratum = strata.join("+");
            member.label.related = related.join("+");
            hand_in(member, wish, grammar, &mut others);
        }
        all.extend(members);
        let kind = SINGLES[number % SINGLES.len()];
        if wish.repositories > 0 && wish.relations.is_none() {
            let mut person = town.person(grammar, &mut chance);
            lookalikes::single(kind, &mut person, grammar, &mut chance);
            person.label.kind = innocent(kind);
            all.push(person);
        }
    }
}
