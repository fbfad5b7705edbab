//! Labels: a CSV with the columns `applicant`, `hand` and, if there is one, `kind`. Other columns are left alone.
//!
//! `hand` is any word; two applicants with the same word were prepared by one hand. An empty `hand` is a hand of its own:
//! an applicant whom nobody shares. `kind` says what was planted, such as `cloned-resume`, or what only looks like it; a kind
//! that begins with `innocent` marks a look-alike whom no report should flag.

use std::collections::BTreeMap;
use std::io::Read;

/// One applicant's label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Whose hand; `None` for a hand of its own.
    pub hand: Option<String>,
    /// What was planted; may be empty.
    pub kind: String,
    /// 1-based line of the file.
    pub line: u64,
}

impl Label {
    /// Whether the kind marks a look-alike.
    pub fn is_innocent(&self) -> bool {
        self.kind.starts_with("innocent")
    }
}

/// Labels by applicant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(pub BTreeMap<String, Label>);

/// What is wrong with labels.
#[derive(Debug, thiserror::Error)]
pub enum LabelError {
    /// No CSV.
    #[error("the labels are no CSV: {0}")]
    Csv(#[from] csv::Error),
    /// A column is missing.
    #[error("the labels have no column `{0}`; they need applicant and hand, and may have kind")]
    NoColumn(&'static str),
    /// A row without an applicant.
    #[error("labels, line {0}: no applicant")]
    NoApplicant(u64),
    /// An applicant who stands twice.
    #[error("labels, line {line}: `{applicant}` already stands on line {first}")]
    Twice {
        /// Who.
        applicant: String,
        /// Where it stands first.
        first: u64,
        /// Where it stands again.
        line: u64,
    },
    /// An applicant whom the report does not know.
    #[error("labels, line {line}: the report has no applicant `{applicant}`")]
    Unknown {
        /// Who.
        applicant: String,
        /// Where.
        line: u64,
    },
    /// There is nothing to compare.
    #[error("the labels name fewer than two applicants")]
    TooFew,
}

impl Labels {
    /// Reads labels.
    ///
    /// # Errors
    /// When it is no CSV, lacks a column, or names an applicant never or twice.
    pub fn read(input: impl Read) -> Result<Self, LabelError> {
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(input);
        let head = reader.headers()?.clone();
        let column = |name: &str| {
            // A spreadsheet may put a byte order mark before the first name.
            let plain = |h: &str| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name);
            head.iter().position(plain)
        };
        let applicant = column("applicant").ok_or(LabelError::NoColumn("applicant"))?;
        let hand = column("hand").ok_or(LabelError::NoColumn("hand"))?;
        let kind = column("kind");
        let mut labels = BTreeMap::new();
        for record in reader.records() {
            let record = record?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |i: usize| record.get(i).unwrap_or_default().to_string();
            let who = cell(applicant);
            if who.is_empty() {
                return Err(LabelError::NoApplicant(line));
            }
            let label = Label {
                hand: Some(cell(hand)).filter(|h| !h.is_empty()),
                kind: kind.map(cell).unwrap_or_default(),
                line,
            };
            if let Some(before) = labels.insert(who.clone(), label) {
                return Err(LabelError::Twice {
                    applicant: who,
                    first: before.line,
                    line,
                });
            }
        }
        Ok(Self(labels))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        Labels::read(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn columns_stand_in_any_order_and_others_are_left_alone() {
        let text = "\u{feff}Kind,note,HAND,applicant\ncloned,x,h1,a\ninnocent-template,,,b\n";
        let labels = Labels::read(text.as_bytes()).unwrap().0;
        assert_eq!(labels["a"].hand.as_deref(), Some("h1"));
        assert_eq!((labels["b"].hand.as_deref(), labels["b"].line), (None, 3));
        assert!(labels["b"].is_innocent() && !labels["a"].is_innocent());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        assert!(said("applicant,kind\na,x\n").contains("no column `hand`"));
        assert_eq!(
            said("applicant,hand\na,1\n,2\n"),
            "labels, line 3: no applicant"
        );
        assert_eq!(
            said("applicant,hand\na,1\nb,2\na,1\n"),
            "labels, line 4: `a` already stands on line 2"
        );
    }
}
