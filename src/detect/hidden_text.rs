//! Text that a reader of the page does not see.
//!
//! # What it looks at
//! Text in the colour of what is painted under it, tiny, outside the page, unpainted, marked as hidden; characters without
//! width and look-alike letters inside words.
//!
//! # Why it can mean something
//! A ranking program reads it and a person does not. When it holds another applicant's name, contact or sentences, it tells
//! what the file was before.
//!
//! # Innocent explanations
//! The text layer of a scan, a design tool's ghost, headings for accessibility, a word pasted with its characters.
//!
//! # Limits
//! The readers of each format decide what is hidden; where they do not know the ground nothing is called hidden.
//!
//! # References
//! ISO 32000-2 §9.3.6; ECMA-376 part 1 §17.3.2.41; Unicode TR 36 and 39.

mod findings;
mod rates;

use crate::detect::Detector;
use crate::detect::hidden_text::findings::ordinary;
use crate::detect::hidden_text::findings::to_a_machine;
use crate::detect::hidden_text::findings::to_nobody;
use crate::detect::kept_text::Kept;
use crate::detect::kept_text::copied;
use crate::detect::kept_text::kept_keys;
use crate::detect::kept_text::kept_weight;
use crate::detect::named_other::Named;
use crate::detect::named_other::named_by_many;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Document;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Family;
use crate::model::HiddenText;
use crate::model::Hiding;
use crate::model::LeftoverSite;
use crate::model::MaskedText;
use crate::model::Measure;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;
use crate::model::Subjects;

static CARD: Card = Card {
    id: "hidden-text",
    title: "Text that a reader of the page does not see",
    family: Family::Document,
    looks_at: "Text in the colour of what is painted under it, a point and smaller, outside the page, unpainted or marked as \
               hidden; characters without width and look-alike letters inside words. Another applicant's name, contact or \
               sentences in it, and sentences addressed to a program that ranks applications.",
    why: "A person does not see it and a program does. It may be meant for the program, or it may be what is left of another \
          person's résumé.",
    innocent: &[
        "The text layer of a scan, or what a design tool leaves of its template: both are set aside where they can be told.",
        "White letters on a dark band or picture that the reader of the file did not recognise.",
        "Spacers, field codes and headings for screen readers, which word processors hide.",
        "Keywords that a guide to applications advised to put in.",
        "Text pasted from the web with its invisible characters, or typed with two keyboard layouts.",
    ],
    question: "A program reads words in this file that the page does not show. How did they get there, and what are they for?",
    limits: "Fewer than five hidden words are not reported, unless they are addressed to a program. Where the ground under a text is \
             not known, it is not called hidden. Not every format tells colours and sizes. Common white text on dark bands is \
             looked through as far as the page can be read.",
    base_rate: "Any amount, of real résumés (measured 2026): white letters in 9 % of 3,003 PDFs and 7 % of 2,290 DOCX, mostly on a \
                dark ground; a point or less in 13 % and marked as hidden in 4 % of the DOCX; unpainted in 0.2 % of the PDFs. Of \
                1,200 real texts 2 hide five characters without width inside words, none has look-alike letters, and none holds \
                a sentence to a program. Outside the page: 8 of 649 public test PDFs, which are no résumés.",
    references: &[
        "ISO 32000-2, section 9.3.6 (text rendering mode)",
        "ECMA-376 part 1, section 17.3.2.41 (vanish)",
        "Unicode Technical Standard 39 (look-alike characters)",
        "corpora/background/machine_instructions.txt (sentences addressed to a program)",
    ],
};

const SITES: &[LeftoverSite] = &[LeftoverSite::Hidden];

/// See the card.
pub(in crate::detect) struct HiddenTexts;

impl Detector for HiddenTexts {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass { min: 1.0 }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        kept_keys(profile, SITES, kept(profile), sink);
    }

    fn weight(&self, key: Key, background: &Background) -> f32 {
        kept_weight(key, background)
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        let mut outcomes = ordinary(profile);
        let found = [to_a_machine(profile), to_nobody(profile)];
        outcomes.extend(
            found
                .into_iter()
                .flatten()
                .map(|f| Outcome::Finding(Box::new(f))),
        );
        outcomes
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        // What hides in the files of many is a template's.
        let Some((a, b)) = candidate.as_pair() else {
            return many(candidate);
        };
        pair(a, b, background).into_iter().collect()
    }
}

/// Hidden text of an applicant that nothing makes ordinary, with its document.
fn telling(profile: &Profile) -> impl Iterator<Item = (&Document, &HiddenText<MaskedText>)> {
    profile.documents.iter().flat_map(|d| {
        let hidden = d.traces.hidden.iter().filter(|h| h.ordinary.is_none());
        hidden.map(move |h| (d, h))
    })
}

/// The same as text with a part, for the comparison with pages. Single odd characters stand on the page too.
fn kept(profile: &Profile) -> impl Iterator<Item = Kept<'_>> {
    telling(profile)
        .filter(|(_, h)| !is_inside_words(h.how))
        .map(|(d, h)| (d, "hidden text".to_owned(), &h.text))
}

fn is_inside_words(how: Hiding) -> bool {
    matches!(how, Hiding::ZeroWidth | Hiding::Lookalike)
}

fn pair(a: &Profile, b: &Profile, background: &Background) -> Option<Outcome> {
    let named = Named::of_pair(a, b, SITES);
    if let Some(named) = named.iter().max_by_key(|n| n.has_contact()) {
        return named_evidence(a, b, named);
    }
    copied(a, b, kept, background)?.evidence(
        &CARD,
        [a, b],
        "hidden-text/text",
        [
            "Text hidden in {a}'s file {0} stands on the page of {b}: {1} words in passages, rare mass {2}.",
            "Text hidden in {b}'s file {0} stands on the page of {a}: {1} words in passages, rare mass {2}.",
        ],
    )
}

fn named_evidence(a: &Profile, b: &Profile, named: &Named<'_>) -> Option<Outcome> {
    let template = match (named.holder.applicant == a.applicant, named.has_contact()) {
        (true, true) => "Text hidden in {a}'s file {0} holds a contact of {b}, {1}.",
        (false, true) => "Text hidden in {b}'s file {0} holds a contact of {a}, {1}.",
        (true, false) => "Text hidden in {a}'s file {0} holds the name of {b}.",
        (false, false) => "Text hidden in {b}'s file {0} holds the name of {a}.",
    };
    let table = match named.has_contact() {
        true => "hidden-text/contact",
        false => "hidden-text/name",
    };
    let [_, contact] = named.what();
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure { table, score: 1.0 },
        Explanation::new(template, vec![named.file(), contact]),
        Vec::new(),
        Observations::from_vec(named.observations().collect())?,
    ))))
}

/// One whose name or contact is hidden in the files of many: a template's sample person, or one file that became many.
fn many(candidate: &Candidate<'_>) -> Vec<Outcome> {
    named_by_many(
        &CARD,
        candidate,
        SITES,
        |_| "hidden-text/name",
        "Text hidden in the files of {0} applicants holds the name or a contact of one further applicant.",
        &[Relation::Template, Relation::Agency],
    )
}

#[cfg(test)]
mod tests;
