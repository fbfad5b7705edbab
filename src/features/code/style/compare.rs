//! How alike the habits of two hands are.
//!
//! The share of each habit among the tokens of a side is told by how many standard deviations its logarithm lies from the
//! usual (Burrows 2002, "Delta"), weighed, and rid of the directions in which code differs by its subject (a whitening of
//! the sixteen strongest; Kessy, Lewin, Strimmer 2018). The likeness of two sides is the cosine between them, -1 to 1;
//! strangers scatter around 0.

use crate::features::code::style::layout::QUESTIONS;
use crate::features::code::style::layout::SPACING;
use crate::features::code::style::table::FACTORS;
use crate::features::code::style::table::Table;
use crate::features::code::style::table::of;
use crate::model::CodePrint;
use crate::model::CodeUnit;
use crate::model::Language;
use crate::model::ObjectId;
use crate::model::StylePrint;
use std::collections::BTreeSet;

/// Fewest files of a side, and fewest tokens (METHODS: what profiles were measured with).
pub const MIN_FILES: usize = 5;
/// See [`MIN_FILES`].
pub const MIN_TOKENS: u32 = 3_000;
/// Smaller files are left out.
const MIN_FILE: u32 = 60;
/// A file counts for so many tokens at most, so that no single one speaks for all.
const CAP: u32 = 1_500;
/// Share of a file's fingerprints in the other's code from which on it is a shared file.
const SHARED: f64 = 0.15;
/// Least share of the table's habits that a side has. Of 747 packages of the cohort three have less: tables and bindings.
const VARIETY: f64 = 0.12;
/// Added to every share, so that what never comes has a logarithm.
const FLOOR: f32 = 2e-4;
/// Farthest that one habit may lie from the usual, standard deviations.
const CLIP: f32 = 2.0;

/// Files of one applicant in one language.
#[derive(Clone, Debug)]
pub struct Hand<'a> {
    /// The language.
    pub language: Language,
    files: Vec<(&'a CodeUnit, &'a CodePrint, &'a StylePrint)>,
}

impl<'a> Hand<'a> {
    /// The files among `units` that have habits in `language`.
    pub fn new(language: Language, units: impl IntoIterator<Item = &'a CodeUnit>) -> Self {
        let file = |unit: &'a CodeUnit| {
            let print = unit.print.as_ref()?;
            let fits = print.language == language && print.num_tokens >= MIN_FILE && !unit.earlier;
            Some((unit, print, print.style.as_ref().filter(|_| fits)?))
        };
        let mut files: Vec<_> = units.into_iter().filter_map(file).collect();
        files.sort_by_key(|f| (f.0.blob, &f.0.path));
        files.dedup_by_key(|f| f.0.blob);
        Self { language, files }
    }

    /// Its files.
    pub fn files(&self) -> impl Iterator<Item = &'a CodeUnit> + '_ {
        self.files.iter().map(|f| f.0)
    }

    /// Tokens of all its files.
    pub fn num_tokens(&self) -> u32 {
        self.files.iter().map(|f| f.1.num_tokens).sum()
    }

    /// Whether there is enough to speak of habits.
    pub fn is_enough(&self) -> bool {
        self.files.len() >= MIN_FILES && self.num_tokens() >= MIN_TOKENS
    }

    /// Whether it has the variety of code that people write: what repeats few turns over and over, as generators and
    /// exercises do, is alike whoever made it.
    pub fn is_varied(&self) -> bool {
        let Some(table) = of(self.language) else {
            return false;
        };
        let habits = self.files.iter().flat_map(|f| f.2.counts.iter());
        let habits: BTreeSet<u16> = habits.map(|(habit, _)| *habit).collect();
        habits.len() as f64 >= VARIETY * table.habits.len() as f64
    }

    /// Without the files that the other has too, whole or in part.
    pub fn without(&self, other: &Hand<'_>) -> Self {
        let blobs: BTreeSet<ObjectId> = other.files().map(|u| u.blob).collect();
        let marks = other.files.iter().flat_map(|f| f.1.marks.iter());
        let marks: BTreeSet<u64> = marks.map(|m| m.hash).collect();
        let is_own = |f: &&(&CodeUnit, &CodePrint, &StylePrint)| {
            let shared = f.1.marks.iter().filter(|m| marks.contains(&m.hash)).count();
            !blobs.contains(&f.0.blob) && shared as f64 <= SHARED * f.1.marks.len().max(1) as f64
        };
        Self {
            language: self.language,
            files: self.files.iter().filter(is_own).copied().collect(),
        }
    }

    /// Share of each habit among the tokens.
    fn shares(&self, table: &Table) -> Vec<f32> {
        let mut sums = vec![0.0; table.habits.len()];
        let mut tokens = 0.0;
        for (_, print, style) in &self.files {
            let part = print.num_tokens.min(CAP) as f32 / print.num_tokens as f32;
            tokens += print.num_tokens.min(CAP) as f32;
            for (habit, count) in &style.counts {
                if let Some(sum) = sums.get_mut(usize::from(*habit)) {
                    *sum += f32::from(*count) * part;
                }
            }
        }
        sums.iter_mut().for_each(|s| *s /= tokens.max(1.0));
        sums
    }

    /// Answers to the questions of layout, of all files together.
    pub fn answers(&self) -> Vec<[u32; 2]> {
        let mut all = vec![[0; 2]; QUESTIONS.len()];
        for (_, _, style) in &self.files {
            for (sum, [yes, num]) in all.iter_mut().zip(&style.answers) {
                sum[0] += u32::from(*yes);
                sum[1] += u32::from(*num);
            }
        }
        all
    }

    /// Whether a formatter seems to have set the spaces: every one is always set alike. In Go and Rust everybody's does.
    pub fn looks_formatted(&self) -> bool {
        let answers = self.answers();
        let is_even = |&question: &usize| {
            let [yes, num] = answers[question];
            num < 20 || yes.min(num - yes) * 100 <= num
        };
        matches!(self.language, Language::Go | Language::Rust) || SPACING.iter().all(is_even)
    }
}

/// A habit of both, with its share in each side and the usual one, in uses per 10,000 tokens.
#[derive(Clone, Debug)]
pub struct Common {
    /// What is written; see `words` for how to show it.
    pub text: Vec<u8>,
    /// Uses per 10,000 tokens on the left, on the right, and usually.
    pub uses: [f32; 3],
    /// Part in the likeness.
    pub part: f32,
}

/// How alike two hands are.
#[derive(Clone, Debug)]
pub struct Likeness {
    /// Cosine, -1 to 1.
    pub score: f64,
    /// Habits that both have far more often than usual, most telling first.
    pub common: Vec<Common>,
}

/// Compares two sides of one language; `None` where no table knows it. What they share must have been taken out before.
pub fn likeness(left: &Hand<'_>, right: &Hand<'_>) -> Option<Likeness> {
    let table = of(left.language)?;
    let shares = [left.shares(table), right.shares(table)];
    let far = [from_usual(table, &shares[0]), from_usual(table, &shares[1])];
    let (a, b) = (damped(table, &far[0]), damped(table, &far[1]));
    let score = a.iter().zip(&b).map(|(x, y)| f64::from(x * y)).sum();
    let habit = |n: usize| {
        let part = far[0][n].min(far[1][n]);
        let habit = &table.habits[n];
        let usual = habit.mean.exp() - FLOOR;
        (part > 0.5).then(|| Common {
            text: habit.text.clone(),
            uses: [shares[0][n] * 1e4, shares[1][n] * 1e4, usual.max(0.0) * 1e4],
            part,
        })
    };
    let mut common: Vec<Common> = (0..table.habits.len()).filter_map(habit).collect();
    common.sort_by(|x, y| y.part.total_cmp(&x.part).then_with(|| x.text.cmp(&y.text)));
    Some(Likeness { score, common })
}

/// Weighed standard deviations from the usual.
fn from_usual(table: &Table, shares: &[f32]) -> Vec<f32> {
    let far = |(habit, share): (&crate::features::code::style::table::Habit, &f32)| {
        let z = ((share + FLOOR).ln() - habit.mean) / habit.sd;
        z.clamp(-CLIP, CLIP) * habit.weight
    };
    table.habits.iter().zip(shares).map(far).collect()
}

/// Without what is due to the subject; of length 1.
fn damped(table: &Table, far: &[f32]) -> Vec<f32> {
    let mut on = [0.0; FACTORS];
    for (habit, z) in table.habits.iter().zip(far) {
        on.iter_mut()
            .zip(&habit.axes)
            .for_each(|(sum, axis)| *sum += axis * z);
    }
    on.iter_mut()
        .zip(&table.damp)
        .for_each(|(sum, damp)| *sum *= damp);
    let less = |(habit, z): (&crate::features::code::style::table::Habit, &f32)| {
        z - habit
            .axes
            .iter()
            .zip(&on)
            .map(|(axis, sum)| axis * sum)
            .sum::<f32>()
    };
    let mut out: Vec<f32> = table.habits.iter().zip(far).map(less).collect();
    let length = out
        .iter()
        .map(|z| z * z)
        .sum::<f32>()
        .sqrt()
        .max(f32::MIN_POSITIVE);
    out.iter_mut().for_each(|z| *z /= length);
    out
}

/// Questions of layout that both sides answer alike and most hands otherwise, in words; nothing where either side looks
/// formatted.
pub fn common_layout(left: &Hand<'_>, right: &Hand<'_>) -> Vec<&'static str> {
    let Some(table) = of(left.language) else {
        return Vec::new();
    };
    if left.looks_formatted() || right.looks_formatted() {
        return Vec::new();
    }
    let (a, b) = (left.answers(), right.answers());
    let word = |n: usize| {
        let side = |[yes, num]: [u32; 2]| (num >= 20).then(|| f64::from(yes) / f64::from(num));
        let (x, y) = (side(a[n])?, side(b[n])?);
        let usual = table.layout[n];
        match () {
            () if x > 0.8 && y > 0.8 && usual < 0.35 => Some(QUESTIONS[n].yes),
            () if x < 0.2 && y < 0.2 && usual > 0.65 => Some(QUESTIONS[n].no),
            () => None,
        }
    };
    (0..QUESTIONS.len()).filter_map(word).collect()
}
