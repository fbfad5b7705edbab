//! Which documents of the pool the references know, and the pool's own counts for those that they do not.

use crate::features::overlap::shingles;
use crate::features::overlap::word_hashes;
use crate::features::readme;
use crate::features::shingle::phrases;
use crate::features::token::tokens;
use crate::link::Background;
use crate::link::MIN_KNOWN;
use crate::link::PoolCounts;
use crate::model::Profile;
use rayon::prelude::*;

/// Fewer words than this say nothing of a document's language.
const MIN_WORDS: u32 = 80;

/// How well the references know the documents of a pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::pipeline) struct Survey {
    /// Five-word phrases of all documents that some reference knows.
    pub known: u64,
    /// The same for each reference.
    pub known_to: Vec<u64>,
    /// Five-word phrases of all documents.
    pub phrases: u64,
    /// Documents long enough to judge.
    pub documents: u64,
    /// Of these, the ones of whose words the references know too little.
    pub unknown_documents: u64,
    /// Indices of the applicants who handed in one of them, sorted.
    pub unknown: Vec<usize>,
}

impl Survey {
    /// Share of the pool's five-word phrases that the references know; `None` without phrases.
    pub fn coverage(&self) -> Option<f64> {
        (self.phrases > 0).then(|| self.known as f64 / self.phrases as f64)
    }

    fn with(mut self, other: Self) -> Self {
        self.known += other.known;
        self.known_to.resize(other.known_to.len(), 0);
        self.known_to
            .iter_mut()
            .zip(other.known_to)
            .for_each(|(all, n)| *all += n);
        self.phrases += other.phrases;
        self.documents += other.documents;
        self.unknown_documents += other.unknown_documents;
        self.unknown.extend(other.unknown);
        self
    }
}

/// Asks the references about every document.
pub(in crate::pipeline) fn survey(profiles: &[&Profile], background: &Background) -> Survey {
    let of_applicant = |(i, profile): (usize, &&Profile)| {
        let mut out = Survey {
            known_to: vec![0; background.references.len()],
            ..Survey::default()
        };
        for document in &profile.documents {
            let words = tokens(document.text.as_str());
            let all = phrases(&words);
            out.phrases += all.len() as u64;
            for phrase in &all {
                let mut is_known = false;
                for (reference, known) in background.references.iter().zip(&mut out.known_to) {
                    let knows = reference.table.frequency(phrase.hash) > 0;
                    *known += u64::from(knows);
                    is_known |= knows;
                }
                out.known += u64::from(is_known);
            }
            if document.signature.num_words >= MIN_WORDS {
                out.documents += 1;
                if background.knows(word_hashes(&words)) < MIN_KNOWN {
                    out.unknown_documents += 1;
                    out.unknown = vec![i];
                }
            }
        }
        out
    };
    let all: Vec<Survey> = profiles.par_iter().enumerate().map(of_applicant).collect();
    all.into_iter().fold(Survey::default(), Survey::with)
}

/// Whether the references know too little of one of an applicant's documents.
pub(in crate::pipeline) fn is_unknown(profile: &Profile, background: &Background) -> bool {
    profile.documents.iter().any(|document| {
        document.signature.num_words >= MIN_WORDS
            && background.knows(word_hashes(&tokens(document.text.as_str()))) < MIN_KNOWN
    })
}

/// Whether phrases of one of an applicant's documents, however short, are judged by the pool.
pub(in crate::pipeline) fn is_uncovered(profile: &Profile, background: &Background) -> bool {
    let covers = |text: &str| background.covers(word_hashes(&tokens(text)));
    profile.documents.iter().any(|d| !covers(d.text.as_str()))
}

/// The shingles of an applicant's documents, with repetitions.
pub(in crate::pipeline) fn shingles_of(profile: &Profile, out: &mut Vec<u64>) {
    for document in &profile.documents {
        out.extend(shingles(&tokens(document.text.as_str())));
    }
}

/// The fingerprints of an applicant's documents, with repetitions.
pub(in crate::pipeline) fn prints_of(profile: &Profile, out: &mut Vec<u64>) {
    let prints = profile.documents.iter().map(|d| &d.fingerprints.hashes);
    prints.for_each(|hashes| out.extend(hashes));
}

/// The fingerprints of an applicant's code, and of their READMEs where there is code; with repetitions.
pub(in crate::pipeline) fn code_of(profile: &Profile, out: &mut Vec<u64>) {
    if num_code(profile) == 0 {
        return;
    }
    let units = profile.code.iter().flatten();
    for print in units.filter_map(|u| u.print.as_ref()) {
        out.extend(print.marks.iter().map(|m| m.hash));
    }
    let readmes = profile.repositories.iter();
    let readmes = readmes.filter_map(|r| r.readme.as_ref());
    out.extend(readmes.flat_map(readme::marks));
}

/// Number of fingerprints of an applicant's code.
pub(in crate::pipeline) fn num_code(profile: &Profile) -> usize {
    let units = profile.code.iter().flatten();
    let prints = units.filter_map(|u| u.print.as_ref());
    prints.map(|p| p.marks.len()).sum()
}

/// Counts the shingles of the applicants whose documents the references do not know. The others are left out: their
/// language is another, and their number would make every phrase of this one look rare.
pub(in crate::pipeline) fn pool_counts(profiles: &[&Profile], survey: &Survey) -> PoolCounts {
    let documents = |i: usize| &profiles[survey.unknown[i]].documents;
    let num_rows = (0..survey.unknown.len())
        .flat_map(documents)
        .map(|d| u64::from(d.signature.num_shingles))
        .sum();
    PoolCounts::count(survey.unknown.len(), num_rows, |i, out| {
        shingles_of(profiles[survey.unknown[i]], out);
    })
}

/// Counts the applicants that hold each fingerprint of a document.
pub(in crate::pipeline) fn holders(profiles: &[&Profile]) -> PoolCounts {
    let prints = |i: usize| profiles[i].documents.iter().map(|d| &d.fingerprints.hashes);
    let num_rows = (0..profiles.len())
        .flat_map(prints)
        .map(|hashes| hashes.len() as u64)
        .sum();
    PoolCounts::count(profiles.len(), num_rows, |i, out| {
        prints_of(profiles[i], out)
    })
}

/// Counts the fingerprints of code, and of READMEs, by the applicants who hold them, among those who have code.
pub(in crate::pipeline) fn code_counts(profiles: &[&Profile]) -> PoolCounts {
    let with_code: Vec<(&Profile, usize)> = profiles
        .iter()
        .map(|p| (*p, num_code(p)))
        .filter(|(_, num)| *num > 0)
        .collect();
    let num_rows = with_code.iter().map(|(_, num)| *num as u64).sum();
    PoolCounts::count(with_code.len(), num_rows, |i, out| {
        code_of(with_code[i].0, out)
    })
}

/// An applicant with one document, for tests.
#[cfg(test)]
pub(in crate::pipeline) fn fixture(id: &str, text: &str) -> Profile {
    use crate::features::text_features;
    use crate::model::{
        ApplicantId, Digest, Document, DocumentMeta, MaskedText, PagedText, SourceInfo, SourceKind,
        Traces,
    };
    let text = PagedText::new(text, Vec::new());
    let source = SourceInfo {
        path: format!("{id}.txt"),
        sha256: Digest::default(),
        kind: SourceKind::Text,
        engine: None,
    };
    let features = text_features(&text.text);
    let document = Document {
        source,
        signature: features.signature,
        fingerprints: features.fingerprints,
        text: MaskedText::new(&text, &[]),
        meta: DocumentMeta::default(),
        links: Vec::new(),
        traces: Traces::default(),
    };
    Profile {
        documents: vec![document],
        ..Profile::empty(ApplicantId::new(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documents_in_unknown_words_are_counted() {
        let english = "responsible for the day to day operations of the department ".repeat(10);
        let other = "zorvu plimka dettar nowisk habbel trunde ".repeat(20);
        let profiles = [
            fixture("a", &english),
            fixture("b", &other),
            fixture("c", &other),
        ];
        let profiles: Vec<&Profile> = profiles.iter().collect();
        let survey = survey(&profiles, &Background::shipped());
        assert_eq!(
            (survey.documents, survey.unknown_documents, &*survey.unknown),
            (3, 2, &[1, 2][..])
        );
        assert!(survey.coverage().is_some_and(|c| c > 0.0 && c < 1.0));
        let print = profiles[1].documents[0].fingerprints.hashes[0];
        assert_eq!(holders(&profiles).holders(print), 2);
        let counts = pool_counts(&profiles, &survey);
        assert_eq!(counts.num_applicants(), 2);
        assert_eq!(counts.holders(shingles(&tokens(&other))[0]), 2);
    }
}
