//! Text that one applicant's file keeps out of sight, against the page of another.
//!
//! Compared like whole documents (`features::reuse`): aligned passages, weighted by how rare their five-word phrases are in
//! the reference. To find candidates one phrase in eight is a key, chosen by its hash, so that both sides choose the same.

use crate::detect::named_other::is_name_key;
use crate::detect::named_other::name_keys;
use crate::features::align::Run;
use crate::features::align::SharedPassage;
use crate::features::reuse::is_personal;
use crate::features::reuse::reuse;
use crate::features::reuse::shared_facts;
use crate::features::reuse::stretch;
use crate::features::shingle::hash_words;
use crate::features::shingle::phrases;
use crate::features::token::Token;
use crate::features::token::tokens;
use crate::link::Background;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Document;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::LeftoverSite;
use crate::model::MaskedText;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Passage;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use crate::model::Subjects;
use std::collections::BTreeSet;

/// Least rare mass: as much as 20 five-word phrases that no reference résumé holds.
pub(in crate::detect) const MIN_MASS: f64 = 20.0;

/// Least score (rare mass at one size): where the tail of `shared-passages` begins, from which the rates are taken.
const MIN_SCORE: f64 = 15.4;

/// One phrase in so many is a key: of 20 shared ones none is chosen in 7 % of cases, of 40 in 0.5 %.
const SAMPLE: u64 = 8;

/// Words of the shortest run drawn in the report.
const MIN_RUN: usize = 5;

/// Runs drawn in the report.
const SHOWN: usize = 8;

/// Text that a file keeps, with its document and the part of it.
pub(in crate::detect) type Kept<'a> = (&'a Document, String, &'a MaskedText);

/// The keys of what an applicant's files keep: names and contacts at `sites`, and phrases. Those of the applicant's pages
/// are their own, those of what is kept out of sight mentions; all keys of phrases are even.
pub(in crate::detect) fn kept_keys<'a>(
    profile: &'a Profile,
    sites: &[LeftoverSite],
    kept: impl Iterator<Item = Kept<'a>>,
    sink: &mut KeySink,
) {
    name_keys(profile, sites, sink);
    for (_, _, text) in kept {
        sampled(text.as_str()).for_each(|key| sink.mentions(key));
    }
    for document in &profile.documents {
        sampled(document.text.as_str()).for_each(|key| sink.owns(key));
    }
}

fn sampled(text: &str) -> impl Iterator<Item = Key> {
    let chosen = phrases(&tokens(text))
        .into_iter()
        .filter(|p| p.hash % SAMPLE == 0);
    chosen.map(|p| p.hash & !1)
}

/// What such a key weighs: one name is enough for a comparison.
pub(in crate::detect) fn kept_weight(key: Key, background: &Background) -> f32 {
    match is_name_key(key) {
        true => 1.0,
        // The hash of a chosen phrase is a multiple of `SAMPLE`, so its last bit was never set.
        false => background.phrases.weight(key) as f32,
    }
}

/// The heaviest match of what either of two keeps with a page of the other.
pub(in crate::detect) fn copied<'a, I: Iterator<Item = Kept<'a>>>(
    a: &'a Profile,
    b: &'a Profile,
    kept: impl Fn(&'a Profile) -> I,
    background: &Background,
) -> Option<Copied<'a>> {
    [(a, b), (b, a)]
        .into_iter()
        .filter_map(|(holder, other)| Copied::find(holder, other, kept(holder), background))
        .max_by(|x, y| x.score.total_cmp(&y.score))
}

/// Text kept out of sight that stands on the other's page.
pub(in crate::detect) struct Copied<'a> {
    /// Whose file keeps it.
    holder: &'a Profile,
    /// Rare mass.
    mass: f64,
    /// Rare mass at one size ([`crate::features::reuse`]).
    score: f64,
    /// Kept texts times pages of which this is the best.
    comparisons: usize,
    /// Words that agree.
    words: usize,
    /// Years of employment and amounts that agree in them.
    facts: BTreeSet<String>,
    keeper: &'a Document,
    page: &'a Document,
    part: String,
    page_tokens: Vec<Token>,
    runs: Vec<Run>,
}

impl<'a> Copied<'a> {
    /// The heaviest match of what `holder` keeps with a page of `other`.
    fn find(
        holder: &'a Profile,
        other: &'a Profile,
        kept: impl Iterator<Item = Kept<'a>>,
        background: &Background,
    ) -> Option<Self> {
        let mut best: Option<Self> = None;
        let mut comparisons = 0;
        for (keeper, part, text) in kept {
            let mine = tokens(text.as_str());
            if !background.covers(words(&mine)) {
                continue;
            }
            for page in &other.documents {
                let theirs = tokens(page.text.as_str());
                comparisons += 1;
                let found = reuse(&mine, &theirs, |p| background.phrases.weight(p));
                let is_enough = found.mass >= MIN_MASS && found.score >= MIN_SCORE;
                if is_enough && best.as_ref().is_none_or(|b| b.score < found.score) {
                    let stretches = |p: &SharedPassage| {
                        let mine = stretch(text.as_str(), &mine, p.a());
                        let theirs = stretch(page.text.as_str(), &theirs, p.b());
                        shared_facts(&text.as_str()[mine], &page.text.as_str()[theirs])
                    };
                    let facts = found.passages.iter().flat_map(stretches).collect();
                    let runs = found.passages.iter().flat_map(|p| p.runs.iter().cloned());
                    best = Some(Self {
                        facts,
                        holder,
                        mass: found.mass,
                        score: found.score,
                        comparisons: 0,
                        words: found.words,
                        keeper,
                        page,
                        part: part.clone(),
                        runs: runs.collect(),
                        page_tokens: theirs,
                    });
                }
            }
        }
        best.map(|b| Self { comparisons, ..b })
    }

    /// As evidence, weighed by a stratum; sentences over the file {0}, the words that agree {1} and their rare mass {2}, for
    /// a file of {a} and for one of {b}.
    pub fn evidence(
        &self,
        card: &'static Card,
        pair: [&Profile; 2],
        table: &'static str,
        sentences: [&'static str; 2],
    ) -> Option<Outcome> {
        let turned = usize::from(self.holder.applicant != pair[0].applicant);
        let facts = vec![
            self.file(),
            Fact::Number(self.words.to_string()),
            Fact::Number(format!("{:.0}", self.mass)),
        ];
        let evidence = Evidence::new(
            card,
            Subjects::pair(&pair[0].applicant, &pair[1].applicant),
            Measure {
                table,
                score: self.score,
            },
            Explanation::new(sentences[turned], facts),
            self.explained_by(),
            Observations::from_vec(self.observations())?,
        );
        Some(Outcome::Evidence(Box::new(
            evidence
                .best_of(2 * self.comparisons)
                .with_exhibits(vec![self.exhibit()]),
        )))
    }

    /// What would explain it: a template or an agency, unless facts of one career agree.
    fn explained_by(&self) -> Vec<Relation> {
        match is_personal(&self.facts) {
            true => Vec::new(),
            false => vec![Relation::Template, Relation::Agency],
        }
    }

    /// The file that keeps it.
    fn file(&self) -> Fact {
        Fact::Path(self.keeper.source.path.clone())
    }

    /// The longest run, where it stands on the page; and the part of the file that keeps it.
    fn observations(&self) -> Vec<Observation> {
        let longest = self.runs.iter().max_by_key(|r| r.b.len());
        let text = |r: &Run| Fact::Text(self.of_page(r).to_owned());
        let mut all: Vec<Observation> = Vec::new();
        if let Some(run) = longest {
            all.push(Observation {
                fact: text(run),
                at: Provenance::new(&self.page.source, self.place(run)),
            });
            all.push(Observation {
                fact: text(run),
                at: Provenance::new(&self.keeper.source, Place::Part(self.part.clone())),
            });
        }
        all
    }

    /// The runs side by side. Both sides show the words of the page: what stands between them in the other file may name
    /// its owner.
    fn exhibit(&self) -> Exhibit {
        let mut shown: Vec<&Run> = self.runs.iter().filter(|r| r.b.len() >= MIN_RUN).collect();
        shown.sort_by_key(|r| std::cmp::Reverse(r.b.len()));
        shown.truncate(SHOWN);
        shown.sort_by_key(|r| r.b.start);
        let passages = shown.into_iter().map(|r| Passage {
            left: self.of_page(r).to_owned(),
            right: self.of_page(r).to_owned(),
            left_at: self.part.clone(),
            right_at: match self.place(r) {
                Place::Line { page, line } => format!("page {page}, line {line}"),
                _ => String::new(),
            },
            words: r.b.len() as u32,
            changes: Vec::new(),
        });
        Exhibit::Passages {
            passages: passages.collect(),
            left: self.keeper.source.path.clone(),
            right: self.page.source.path.clone(),
        }
    }

    fn of_page(&self, run: &Run) -> &str {
        let (first, last) = (
            &self.page_tokens[run.b.start],
            &self.page_tokens[run.b.end - 1],
        );
        &self.page.text.as_str()[first.start as usize..last.end as usize]
    }

    fn place(&self, run: &Run) -> Place {
        let start = self.page_tokens[run.b.start].start as usize;
        self.page.text.place(start)
    }
}

/// Words as phrases of one, as the reference knows them.
fn words(tokens: &[Token]) -> impl Iterator<Item = u64> + '_ {
    tokens.iter().map(|t| hash_words(std::slice::from_ref(t)))
}
