//! Takes out of a text what belongs to others: their ids and labels, their files, values seen in their material alone.
//!
//! A sentence of the report has lost which of its values came from whom. So besides what is known to be another's, whatever
//! looks like a value (a time, a quotation, a hash, a contact, a masked contact) goes unless it also stands in what the
//! applicant is shown as their own. An id that is also an ordinary word or a small number is taken out only of texts about
//! its bearer; there it may cost a word that meant something else.

use crate::model::ApplicantId;
use crate::report::disclose::others::Others;
use crate::report::{Report, clean, find};
use aho_corasick::AhoCorasick;
use regex::Regex;
use std::sync::LazyLock;

/// What stands where something was taken out.
pub(in crate::report::disclose) const WITHHELD: &str = "[left out]";

/// Shorter ids are searched for only in texts about their bearers.
const TELLING: usize = 4;

/// Times, offsets, hashes, quotations, masked values with their tag.
static VALUES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z| ?[+-]\d\d:?\d\d)?)?",
        r"|[+-]\d\d:?\d\d\b|\b[0-9a-f]{7,64}\b|“[^”]*”|`[^`]*`|[^\s“”]*•[^\s“”]*(?: #\d+)?",
    ))
    .expect("the pattern is well-formed")
});

/// What a needle is.
struct Needle<'r> {
    /// Whose; `None` for the applicant's own, which stays.
    whose: Option<&'r ApplicantId>,
    is_path: bool,
}

/// Takes out what belongs to others.
pub(in crate::report::disclose) struct Redactor<'o, 'r> {
    others: &'o Others<'r>,
    search: Option<AhoCorasick>,
    needles: Vec<Needle<'r>>,
}

impl<'o, 'r> Redactor<'o, 'r> {
    /// For the disclosure to `me`.
    pub(in crate::report::disclose) fn new(
        report: &'r Report,
        me: &'r ApplicantId,
        others: &'o Others<'r>,
    ) -> Self {
        let mut texts: Vec<&str> = Vec::new();
        let mut needles = Vec::new();
        for applicant in &report.applicants {
            let whose = (applicant.id != *me).then_some(&applicant.id);
            let mut add = |text: &'r str, is_path| {
                if !text.trim().is_empty() {
                    texts.push(text);
                    needles.push(Needle { whose, is_path });
                }
            };
            add(applicant.id.as_str(), false);
            add(&applicant.label, false);
            // "Ann Lee (a03)": the name alone, too.
            if let Some(name) = applicant
                .label
                .strip_suffix(&format!(" ({})", applicant.id))
            {
                add(name, false);
            }
            applicant.sources.iter().for_each(|s| add(&s.path, true));
        }
        Self {
            search: AhoCorasick::new(texts).ok(),
            needles,
            others,
        }
    }

    /// A text about `subjects`, without the others' ids and files.
    pub(in crate::report::disclose) fn text(&self, text: &str, subjects: &[ApplicantId]) -> String {
        let text = clean::block(text);
        let Some(search) = &self.search else {
            return WITHHELD.into();
        };
        let mut found: Vec<_> = search
            .find_overlapping_iter(&text)
            .filter(|m| stands_alone(&text, m.start(), m.end()))
            .filter(|m| self.counts(&self.needles[m.pattern().as_usize()], m.len(), subjects))
            .collect();
        found.sort_by_key(|m| (m.start(), std::cmp::Reverse(m.end())));
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for m in found {
            if m.start() < at {
                continue;
            }
            let needle = &self.needles[m.pattern().as_usize()];
            out.push_str(&text[at..m.start()]);
            match needle.whose {
                None => out.push_str(&text[m.start()..m.end()]),
                Some(who) if needle.is_path => {
                    out.push_str(&format!("a file of {}", self.others.name(who)))
                }
                Some(who) => out.push_str(&self.others.name(who)),
            }
            at = m.end();
        }
        out + &text[at..]
    }

    fn counts(&self, needle: &Needle<'_>, len: usize, subjects: &[ApplicantId]) -> bool {
        needle
            .whose
            .is_none_or(|who| needle.is_path || len >= TELLING || subjects.contains(who))
    }

    /// A sentence about `subjects`, also without `foreign` values and whatever looks like one and stands in none of `own`.
    pub(in crate::report::disclose) fn sentence(
        &self,
        text: &str,
        subjects: &[ApplicantId],
        own: &[String],
        foreign: &[String],
    ) -> String {
        let is_own = |value: &str| own.iter().any(|o| o.contains(value));
        let mut out = self.text(text, subjects);
        let mut foreign: Vec<&str> = foreign
            .iter()
            .map(String::as_str)
            .filter(|v| !is_own(v))
            .collect();
        foreign.sort_by_key(|v| std::cmp::Reverse(v.len()));
        for value in foreign {
            out = without(&out, value);
        }
        let contacts: Vec<String> = find::contacts(&out, find::Depth::All)
            .into_iter()
            .map(|f| out[f.range].to_string())
            .filter(|v| !is_own(v))
            .collect();
        for value in contacts {
            out = out.replace(&value, WITHHELD);
        }
        let keep = |c: &regex::Captures<'_>| {
            let bare = c[0].trim_matches(|c| "“”`".contains(c));
            if is_own(bare) {
                c[0].to_string()
            } else {
                WITHHELD.to_string()
            }
        };
        VALUES.replace_all(&out, keep).into_owned()
    }
}

/// `text` without `value` where it stands alone.
fn without(text: &str, value: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, found) in text.match_indices(value) {
        if stands_alone(text, start, start + found.len()) {
            out.push_str(&text[at..start]);
            out.push_str(WITHHELD);
            at = start + found.len();
        }
    }
    out + &text[at..]
}

/// Whether the bytes are no part of a longer word.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let glued = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (first, last) = (
        text[start..end].chars().next(),
        text[start..end].chars().next_back(),
    );
    let before = glued(first) && glued(text[..start].chars().next_back());
    let after = glued(last) && glued(text[end..].chars().next());
    !before && !after
}
