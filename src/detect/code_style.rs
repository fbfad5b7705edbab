//! # What it looks at
//! Habits in the applicants' own code, language by language: which names, signs and turns each uses more or less often
//! than most hands do.
//! # Why it can mean a link
//! People keep such habits from one project to the next, and a formatter does not take them away.
//! # Innocent explanations
//! The same course, colleagues under one style guide, work on the same subject or on each other's ideas, an assistant.
//! # Limits
//! Supporting evidence only: looked at where something else proposed the pair, never more than weak, never a link alone.
//! # References
//! Burrows 2002 (Delta), Caliskan-Islam and others 2015, Kessy and others 2018; figures in `docs/style.md`.
//!
//! The applicants' own files only: repositories that others mostly wrote, vendored, generated and scaffold files, code of
//! public packages or of many of the pool, and whatever both sides have, are taken out before anything is compared.

mod side;
mod tell;

use crate::detect::Detector;
use crate::detect::code_style::side::Side;
use crate::detect::code_style::side::compare_sides;
use crate::features::code::style::LANGUAGES;
use crate::features::code::style::MIN_TOKENS;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::model::Card;
use crate::model::Family;
use crate::model::Outcome;
use crate::model::Profile;

static CARD: Card = Card {
    id: "code-style",
    title: "The same habits in the code of two applicants",
    family: Family::Style,
    looks_at: "How often each of two to three thousand common names, signs and pairs of them comes in an applicant's own code, \
               in Python, JavaScript, Rust and Go, against many other hands. Comments, imports, texts, rare names, shared \
               files, vendored and generated code do not count.",
    why: "People reach for the same names and turns in project after project without thinking of it. Where something else \
          ties two applicants, alike habits fit one hand better than two.",
    innocent: &[
        "Both work on the same subject, or one builds on the other's ideas: such code is alike in every habit.",
        "Both learned from one course, book or colleague, or follow one style guide.",
        "An assistant or generator wrote a good part of both.",
        "Others wrote parts of the code that the history gives to the applicant.",
    ],
    question: "Could you walk us through a file of yours and say why you wrote it this way?",
    limits: "Needs five files and 3,000 tokens of a language on both sides that nobody else shares, and twice as much where a \
             formatter set both. Finds hardly any hand: strangers' web applications are so alike that nothing less can be told \
             from chance, until its table knows applications. Never more than weak, and only beside other evidence. Work that is \
             mostly dated after November 2022, or that says an assistant took part, weighs half: assistants make code alike.",
    base_rate: "The score was set above all of 1,121 pairs of public repositories of strangers, most of them web applications; none of \
                673 pairs of other such repositories reached it (upper 95 % bound 0.44 %), and none of 54,154 pairs of packages by \
                different hands. None of 858 pairs of packages by one hand did either: only habits much further from the usual than \
                those of authors of libraries are told.",
    references: &[
        "Burrows 2002, Delta: a measure of stylistic difference and a guide to likely authorship",
        "Caliskan-Islam and others 2015, De-anonymizing programmers via code stylometry",
        "Kessy, Lewin, Strimmer 2018, Optimal whitening and decorrelation",
    ],
};

/// Least likeness that is told: the point of the calibration table. Packages alone would allow 0.31, which two in three pairs
/// of strangers' web applications reach (docs/style.md).
const MIN_SCORE: f64 = 0.7;

/// See the card.
pub(in crate::detect) struct CodeStyle;

impl Detector for CodeStyle {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::OnCandidates
    }

    fn examine(&self, profile: &Profile, background: &Background) -> Vec<Outcome> {
        if profile.histories.is_empty() {
            let why = "no repository was given";
            return vec![Outcome::CouldNotLook { why }];
        }
        let side = Side::new(profile, background);
        let hands = LANGUAGES.map(|(_, language)| side.hand(language));
        if hands.iter().any(|h| h.is_enough()) {
            return Vec::new();
        }
        // Enough tokens in too few files are too little as well.
        let have = hands.iter().map(|h| h.num_tokens()).max().unwrap_or(0);
        vec![Outcome::TooLittle {
            have: have.min(MIN_TOKENS - 1),
            need: MIN_TOKENS,
        }]
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        let Some((a, b)) = candidate.as_pair() else {
            return Vec::new();
        };
        let (a, b) = (Side::new(a, background), Side::new(b, background));
        let found = compare_sides(&a, &b);
        let told = found.best.filter(|m| m.likeness.score >= MIN_SCORE);
        told.map_or_else(Vec::new, |m| vec![tell::pair(&a, &b, &m, found.num)])
    }
}

#[cfg(test)]
mod tests;
