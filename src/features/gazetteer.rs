//! The shipped table of places: names of countries, first-level divisions and cities, and the zones they lie in.
//!
//! Generated from GeoNames (`corpora/background/build_places.py`, `places.LICENCE.md`). Lines are tab-separated (⇥); numbers
//! stand for positions in the first line:
//!
//! ```text
//! zones⇥Africa/Abidjan⇥Africa/Accra⇥…
//! =CC⇥zone,zone⇥name⇥name       a country: its two-letter code, all its zones, its names
//! +⇥zone,zone⇥name⇥name          a first-level division of the country above (it may have no name)
//! zone⇥city⇥city*⇥city             cities of the division above in that zone; * marks the bearer a bare name means
//! ```
//! Names are folded already ([`fold`]; a test checks). A name stands for every place that bears it: nothing is guessed
//! here. It holds cities of 15,000 people and more, in Latin spelling.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static TABLE: &str = include_str!("../../corpora/background/places.tsv");
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::parse(TABLE));

/// How large a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::features) enum Level {
    /// A country or territory with a code of its own.
    Country,
    /// A state, province or region: the first level below a country.
    Division,
    /// A city.
    City,
}

/// A place, or all cities of one division that lie in one zone (apart by name only, which is enough for zones).
#[derive(Debug)]
pub(in crate::features) struct Place {
    /// How large it is.
    pub level: Level,
    /// ISO 3166 alpha-2.
    pub country: &'static str,
    /// Number of the division it lies in or is; 0 for a country.
    pub division: u32,
    /// Its zones, as numbers.
    zones: Vec<u16>,
}

impl Place {
    /// It lies in `outer` or bears the same name one level below it.
    pub fn is_inside(&self, outer: &Place) -> bool {
        self.country == outer.country
            && self.level > outer.level
            && (outer.level == Level::Country || self.division == outer.division)
    }
}

/// A place with the mark "a bare name means this one".
#[derive(Clone, Copy, Debug)]
pub(in crate::features) struct Named {
    /// The place.
    pub place: &'static Place,
    /// Of all bearers of the name this is the one that people mean who add nothing.
    pub chief: bool,
}

/// The whole table.
pub(in crate::features) struct Gazetteer {
    zones: Vec<&'static str>,
    places: Vec<Place>,
    /// Folded name, number of the place, mark; sorted.
    names: Vec<(&'static str, u32, bool)>,
}

impl Gazetteer {
    /// The shipped table, read once.
    pub fn shipped() -> &'static Gazetteer {
        &GAZETTEER
    }

    fn parse(table: &'static str) -> Self {
        let mut read = Self {
            zones: Vec::new(),
            places: Vec::new(),
            names: Vec::new(),
        };
        let (mut country, mut division) = ("", 0);
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let head = cells.next().unwrap_or_default();
            if head == "zones" {
                read.zones = cells.collect();
                continue;
            }
            let (level, zones) = if let Some(code) = head.strip_prefix('=') {
                country = code;
                (Level::Country, cells.next().unwrap_or_default())
            } else if head == "+" {
                division += 1;
                (Level::Division, cells.next().unwrap_or_default())
            } else {
                (Level::City, head)
            };
            let number = read.places.len() as u32;
            let zones = zones.split(',').filter_map(|z| z.parse().ok()).collect();
            let division = if level == Level::Country { 0 } else { division };
            read.places.push(Place {
                level,
                country,
                division,
                zones,
            });
            read.names
                .extend(cells.map(|name| match name.strip_suffix('*') {
                    Some(name) => (name, number, true),
                    None => (name, number, false),
                }));
        }
        read.names.sort_unstable();
        read
    }

    /// Every bearer of a folded name.
    pub fn lookup(&'static self, folded: &str) -> impl Iterator<Item = Named> {
        let start = self.names.partition_point(|(name, ..)| *name < folded);
        let bears = self.names[start..]
            .iter()
            .take_while(move |(name, ..)| *name == folded);
        bears
            .map(|&(_, number, chief)| Named {
                place: &self.places[number as usize],
                chief,
            })
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// IANA names of a place's zones.
    pub fn zones(&self, place: &Place) -> impl Iterator<Item = &'static str> {
        place.zones.iter().map(|&z| self.zones[usize::from(z)])
    }
}

/// Lower case, diacritics off, everything but letters and digits to one space, runs of single letters joined
/// (`U.S.A.` and `USA` are one name). `fold` in `build_places.py` is the same function.
pub(in crate::features) fn fold(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.to_lowercase().chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'ł' => plain.push('l'),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ı' => plain.push('i'),
            'þ' => plain.push_str("th"),
            '\'' | '’' | '‘' | 'ʻ' | '`' | 'ʼ' | '´' => {}
            c => plain.push(c),
        }
    }
    let spaced: String = plain
        .nfkd()
        .filter(|&c| !is_combining_mark(c))
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let mut words: Vec<String> = Vec::new();
    let mut single = false;
    for word in spaced.split_whitespace() {
        let mut letters = word.chars();
        let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        match words.last_mut() {
            Some(last) if is_letter && single => last.push_str(word),
            _ => {
                words.push(word.to_string());
                single = is_letter;
            }
        }
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZoneDatabase;

    fn zones_of(name: &str, level: Level) -> Vec<&'static str> {
        let gazetteer = Gazetteer::shipped();
        let mut zones: Vec<_> = gazetteer
            .lookup(name)
            .filter(|n| n.place.level == level)
            .flat_map(|n| gazetteer.zones(n.place))
            .collect();
        zones.sort_unstable();
        zones.dedup();
        zones
    }

    #[test]
    fn folding_makes_spellings_one() {
        for (written, folded) in [
            ("São Paulo", "sao paulo"),
            ("U.S.A.", "usa"),
            ("Washington, D.C.", "washington dc"),
            ("Xi’an", "xian"),
            ("ŁÓDŹ", "lodz"),
            ("Aix-en-Provence", "aix en provence"),
            ("Île-de-France", "ile de france"),
        ] {
            assert_eq!(fold(written), folded);
        }
    }

    #[test]
    fn the_table_is_folded_and_complete() {
        let gazetteer = Gazetteer::shipped();
        assert!(gazetteer.names.len() > 34_000);
        assert!(gazetteer.names.iter().all(|(name, ..)| fold(name) == *name));
        assert!(gazetteer.places.iter().all(|p| !p.zones.is_empty()));
    }

    #[test]
    fn every_zone_of_the_table_has_bundled_rules() {
        let rules = TimeZoneDatabase::bundled();
        let unknown: Vec<_> = Gazetteer::shipped()
            .zones
            .iter()
            .filter(|z| rules.get(z).is_err())
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }

    #[test]
    fn names_lead_to_all_their_bearers() {
        assert_eq!(zones_of("lyon", Level::City), ["Europe/Paris"]);
        assert!(zones_of("london", Level::City).contains(&"America/Toronto"));
        assert!(zones_of("usa", Level::Country).contains(&"Pacific/Honolulu"));
        assert_eq!(zones_of("karnataka", Level::Division), ["Asia/Kolkata"]);
        assert!(zones_of("no such place", Level::City).is_empty());
        let chiefs: Vec<_> = Gazetteer::shipped()
            .lookup("london")
            .filter(|n| n.chief)
            .map(|n| n.place.country)
            .collect();
        assert_eq!(chiefs, ["GB"]);
    }
}
