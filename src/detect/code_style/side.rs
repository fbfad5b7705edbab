//! The code of one applicant that counts, and the comparison language by language.

use crate::features::code::style::Hand;
use crate::features::code::style::LANGUAGES;
use crate::features::code::style::Likeness;
use crate::features::code::style::MIN_TOKENS;
use crate::features::code::style::likeness;
use crate::link::Background;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::History;
use crate::model::Language;
use crate::model::Owner;
use crate::model::Profile;

/// Share of a file's fingerprints from which on it is code that others have too.
const PUBLIC: f64 = 0.2;

/// End of November 2022 in seconds since 1970: assistants that write whole files came into wide use then.
const ASSISTANTS: i64 = 1_669_766_400;

/// Files by which a repository says that an assistant works in it.
const ASSISTANT_FILES: [&str; 5] = [
    "CLAUDE.md",
    "AGENTS.md",
    ".cursorrules",
    ".github/copilot-instructions.md",
    ".windsurfrules",
];

/// Parts of the addresses that assistants sign commits with.
const ASSISTANT_ADDRESSES: [&str; 4] = ["@anthropic.com", "copilot@", "+copilot", "cursoragent@"];

/// One repository that its applicant mostly wrote.
struct Repository<'a> {
    history: &'a History,
    owner: &'a Owner,
    units: &'a [CodeUnit],
}

/// One applicant.
pub(in crate::detect::code_style) struct Side<'a> {
    /// The applicant.
    pub profile: &'a Profile,
    repositories: Vec<Repository<'a>>,
    /// The files that count, in the order of the repositories.
    units: Vec<&'a CodeUnit>,
}

impl<'a> Side<'a> {
    /// Takes an applicant's code in hand.
    pub fn new(profile: &'a Profile, background: &Background) -> Self {
        let all = profile
            .histories
            .iter()
            .zip(&profile.owners)
            .zip(&profile.code);
        let repositories: Vec<Repository<'a>> = all
            .map(|((history, owner), units)| Repository {
                history,
                owner,
                units,
            })
            .filter(Repository::is_own)
            .collect();
        let counts = |unit: &&'a CodeUnit| {
            unit.class == FileClass::Source
                && has_habits(unit)
                && !background.scaffold.contains(&unit.blob)
                && !is_public(unit, background)
        };
        let units = repositories
            .iter()
            .flat_map(|r| r.units.iter().filter(counts));
        Self {
            profile,
            units: units.collect(),
            repositories,
        }
    }

    /// The files of a language.
    pub fn hand(&self, language: Language) -> Hand<'a> {
        Hand::new(language, self.units.iter().copied())
    }

    /// The repository that a file stands in.
    pub fn history_of(&self, unit: &CodeUnit) -> Option<&'a History> {
        let holds = |r: &&Repository<'a>| r.units.iter().any(|u| std::ptr::eq(u, unit));
        self.repositories.iter().find(holds).map(|r| r.history)
    }

    /// Whether most of the applicant's own commits are younger than assistants, or a repository says that one took part.
    pub fn may_be_assisted(&self) -> bool {
        let own = self.repositories.iter().flat_map(Repository::own_times);
        let (young, all) = own.fold((0u32, 0u32), |(young, all), seconds| {
            (young + u32::from(seconds >= ASSISTANTS), all + 1)
        });
        young * 2 > all || self.repositories.iter().any(Repository::says_assistant)
    }
}

impl<'a> Repository<'a> {
    fn own_times(&self) -> impl Iterator<Item = i64> + '_ {
        let is_own = |ident: u32| self.owner.idents.iter().any(|(owned, _)| *owned == ident);
        let own = self
            .history
            .commits
            .iter()
            .filter(move |c| is_own(c.author.ident));
        own.map(|c| c.author.seconds)
    }

    /// Whether the applicant wrote at least half of the commits: in others' code there are others' habits.
    fn is_own(&self) -> bool {
        self.own_times().count() * 2 >= self.history.commits.len().max(1)
    }

    fn says_assistant(&self) -> bool {
        let has_file = self
            .units
            .iter()
            .any(|u| ASSISTANT_FILES.contains(&u.path.as_str()));
        let signs = |ident: &crate::model::Ident| {
            let email = ident.email.to_lowercase();
            ASSISTANT_ADDRESSES.iter().any(|part| email.contains(part))
        };
        has_file || self.history.idents.iter().any(signs)
    }
}

/// Whether its habits were counted: in most languages they are not, and of earlier versions neither.
fn has_habits(unit: &CodeUnit) -> bool {
    !unit.earlier && unit.print.as_ref().is_some_and(|p| p.style.is_some())
}

/// Whether a good part of a file is code of public packages, or of more of the pool than a handful.
fn is_public(unit: &CodeUnit, background: &Background) -> bool {
    let Some(print) = &unit.print else {
        return false;
    };
    let is_common = |mark: &&crate::model::CodeMark| {
        background.code_marks.contains(mark.hash) || !background.few_hold(mark.hash)
    };
    let num = print.marks.iter().filter(is_common).count();
    num as f64 > PUBLIC * print.marks.len().max(1) as f64
}

/// Two hands that were compared.
pub(in crate::detect::code_style) struct Match<'a> {
    /// The first applicant's files.
    pub left: Hand<'a>,
    /// The second's.
    pub right: Hand<'a>,
    /// How alike they are.
    pub likeness: Likeness,
}

/// The language in which two applicants are most alike, of how many.
pub(in crate::detect::code_style) struct Compared<'a> {
    /// `None` where no language has enough on both sides.
    pub best: Option<Match<'a>>,
    /// Languages compared.
    pub num: usize,
}

/// Compares two applicants in every language that both have enough of, without what they share.
pub(in crate::detect::code_style) fn compare_sides<'a>(a: &Side<'a>, b: &Side<'a>) -> Compared<'a> {
    let mut out = Compared { best: None, num: 0 };
    for (_, language) in LANGUAGES {
        let (all_left, all_right) = (a.hand(language), b.hand(language));
        let (left, right) = (all_left.without(&all_right), all_right.without(&all_left));
        let may_speak = |hand: &Hand<'_>| hand.is_enough() && hand.is_varied();
        if !may_speak(&left) || !may_speak(&right) || is_short(&left, &right) {
            continue;
        }
        let Some(likeness) = likeness(&left, &right) else {
            continue;
        };
        out.num += 1;
        let is_better = |best: &Match<'_>| likeness.score > best.likeness.score;
        if out.best.as_ref().is_none_or(is_better) {
            out.best = Some(Match {
                left,
                right,
                likeness,
            });
        }
    }
    out
}

/// Where a formatter set both sides, less is left of the hand: twice as much is needed.
fn is_short(left: &Hand<'_>, right: &Hand<'_>) -> bool {
    let least = left.num_tokens().min(right.num_tokens());
    left.looks_formatted() && right.looks_formatted() && least < 2 * MIN_TOKENS
}
