//! People who do not exist: names out of syllables, contacts out of ranges kept free for fiction, careers whose dates
//! follow each other.

use crate::chance::Chance;
use crate::grammar::{Grammar, capital};
use crate::person::{Career, Contacts, FORMATS, Job, Label, Month, Person, Traces};

/// The employers of a world: applicants of one pool have worked in the same places now and then.
pub struct Town {
    pub employers: Vec<String>,
    num_people: usize,
}

/// Area codes of Britain with numbers kept free for drama (Ofcom), and how many digits follow.
const BRITISH: [&str; 12] = [
    "20 7946 0",
    "113 496 0",
    "114 496 0",
    "115 496 0",
    "116 496 0",
    "117 496 0",
    "118 496 0",
    "121 496 0",
    "131 496 0",
    "141 496 0",
    "151 496 0",
    "161 496 0",
];

/// Area codes of North America; 555-0100 to 555-0199 are free in each.
const AMERICAN: [u32; 24] = [
    202, 206, 212, 213, 214, 215, 216, 303, 305, 312, 313, 314, 404, 412, 415, 503, 504, 512, 602,
    612, 617, 702, 713, 801,
];

/// The last month that anything happens in.
const NOW: Month = (2025, 9);

impl Town {
    /// Employers for about so many people.
    pub fn new(people: usize, grammar: &Grammar, chance: &mut Chance) -> Self {
        let employer = |_| {
            format!(
                "{} {}",
                made_up(2, grammar, chance),
                grammar.say("employer", chance)
            )
        };
        Self {
            employers: (0..people + 25).map(employer).collect(),
            num_people: 0,
        }
    }

    /// A stranger.
    pub fn person(&mut self, grammar: &Grammar, chance: &mut Chance) -> Person {
        let number = self.num_people;
        self.num_people += 1;
        let name = name(grammar, chance);
        let place = grammar.say("place", chance);
        let (city, zone) = place.split_once('/').expect("a place has a zone");
        let language = match chance.below(20) {
            0..=15 => "en",
            16..=17 => "de",
            _ => "es",
        };
        let format = match chance.below(10) {
            0..=3 => "docx",
            n => FORMATS[1 + n % 5],
        };
        let mut person = Person {
            id: String::new(),
            contacts: contacts(&name, number, grammar, chance),
            name,
            place: (city.into(), zone.into()),
            language,
            format,
            convention: chance.below(4),
            career: Career::default(),
            traces: Traces::default(),
            repositories: Vec::new(),
            label: Label::default(),
        };
        person.career = self.career(language, grammar, chance);
        person.traces.rsids = (0..chance.between(4, 24))
            .map(|_| chance.next() as u32 & 0x00ff_ffff)
            .collect();
        if chance.is(80) {
            person.traces.editor = Some(person.name.clone());
        }
        if chance.is(15) {
            person.traces.photo = Some(chance.next());
        }
        person
    }

    /// A career of three to six jobs.
    pub fn career(&self, language: &str, grammar: &Grammar, chance: &mut Chance) -> Career {
        let mut career = Career::default();
        let (bullet, summary) = match language {
            "en" => ("bullet".into(), "summary".into()),
            other => (format!("{other}:bullet"), format!("{other}:summary")),
        };
        career.summary = vec![grammar.sentence(&summary, chance)];
        let mut to = NOW;
        to = back(to, chance.between(0, 14));
        let title = grammar.say("title", chance);
        for _ in 0..chance.between(3, 6) {
            let from = back(to, chance.between(9, 52));
            let rank = grammar.say("rank", chance);
            let other = if chance.is(70) {
                title.clone()
            } else {
                grammar.say("title", chance)
            };
            career.jobs.push(Job {
                title: capital(&format!("{rank}{other}")),
                employer: chance.one(&self.employers).clone(),
                from,
                to,
                bullets: (0..chance.between(3, 5))
                    .map(|_| grammar.sentence(&bullet, chance))
                    .collect(),
            });
            to = back(from, chance.between(0, 4));
        }
        let school = format!(
            "{} {}",
            made_up(2, grammar, chance),
            grammar.say("school", chance)
        );
        career.education = vec![format!(
            "{}, {school}, {}",
            grammar.say("degree", chance),
            to.0
        )];
        let num = chance.between(7, 14) as usize;
        career.skills = chance.some(grammar.all("skill"), num);
        career
    }
}

/// A name out of syllables.
pub fn name(grammar: &Grammar, chance: &mut Chance) -> String {
    format!(
        "{} {}",
        made_up(2, grammar, chance),
        surname(grammar, chance)
    )
}

/// A surname.
pub fn surname(grammar: &Grammar, chance: &mut Chance) -> String {
    let length = 1 + chance.below(2);
    format!(
        "{}{}",
        made_up(length, grammar, chance),
        grammar.say("tail", chance)
    )
}

/// A word out of syllables.
pub fn made_up(syllables: usize, grammar: &Grammar, chance: &mut Chance) -> String {
    let word: String = (0..syllables)
        .map(|_| grammar.say("syllable", chance))
        .collect();
    capital(&word)
}

/// Contacts that nobody else of the world has.
pub fn contacts(name: &str, number: usize, grammar: &Grammar, chance: &mut Chance) -> Contacts {
    let plain = name.to_lowercase().replace(' ', ".");
    let handle = format!(
        "{}{}",
        plain.replace('.', ["-", "", "_"][chance.below(3)]),
        chance.between(10, 9999)
    );
    let host = format!("{}.test", made_up(3, grammar, chance).to_lowercase());
    Contacts {
        email: format!(
            "{plain}{}@{host}",
            if chance.is(40) {
                number.to_string()
            } else {
                String::new()
            }
        ),
        phone: phone(number),
        account: handle.replace('_', "-"),
        address: chance.is(20).then(|| address(grammar, chance)),
    }
}

/// A street address.
pub fn address(grammar: &Grammar, chance: &mut Chance) -> String {
    let street = made_up(3, grammar, chance);
    format!(
        "{} {street} {}",
        chance.between(2, 180),
        grammar.say("street", chance)
    )
}

/// The number-th free phone number.
pub fn phone(number: usize) -> String {
    let (of_britain, of_america) = (BRITISH.len() * 1000, AMERICAN.len() * 100);
    let number = number % (of_britain + of_america);
    match number < of_america {
        true => format!(
            "+1 {} 555 01{:02}",
            AMERICAN[number % AMERICAN.len()],
            number / AMERICAN.len()
        ),
        false => {
            let n = number - of_america;
            format!("+44 {}{:03}", BRITISH[n % BRITISH.len()], n / BRITISH.len())
        }
    }
}

/// A payment address with a checksum that holds and no key that anybody has.
pub fn wallet(chance: &mut Chance) -> String {
    let program: Vec<u8> = (0..20).map(|_| chance.next() as u8).collect();
    bech32::segwit::encode(bech32::hrp::BC, bech32::segwit::VERSION_0, &program)
        .expect("twenty bytes are a witness program")
}

fn back((year, month): Month, months: i64) -> Month {
    let count = year * 12 + month - 1 - months;
    (count.div_euclid(12), count.rem_euclid(12) + 1)
}
