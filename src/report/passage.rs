//! A passage as the page shows it: both sides cut into what agrees and what differs.
//!
//! Differences are underlined and stand between marks that screen readers read; no colour carries them.

use crate::model::{Change, ChangeKind, Passage, Span};
use crate::report::sentence;

/// A stretch of one side.
pub(in crate::report) struct Piece<'r> {
    /// The text.
    pub(in crate::report) text: &'r str,
    /// Whether the other side has something else here.
    pub(in crate::report) differs: bool,
}

/// A passage side by side.
pub(in crate::report) struct PassageView<'r> {
    /// How many words agree, and what differs.
    pub(in crate::report) summary: String,
    /// The left side.
    pub(in crate::report) left: Vec<Piece<'r>>,
    /// The right side.
    pub(in crate::report) right: Vec<Piece<'r>>,
    /// Where the left side stands.
    pub(in crate::report) left_at: &'r str,
    /// Where the right side stands.
    pub(in crate::report) right_at: &'r str,
}

impl<'r> PassageView<'r> {
    /// Cuts a passage at its changes.
    pub(in crate::report) fn new(passage: &'r Passage) -> Self {
        let side =
            |text: &'r str, of: fn(&Change) -> Span| pieces(text, passage.changes.iter().map(of));
        Self {
            summary: summary(passage),
            left: side(&passage.left, |c| c.left),
            right: side(&passage.right, |c| c.right),
            left_at: &passage.left_at,
            right_at: &passage.right_at,
        }
    }
}

/// The text cut at some spans, in order; whole where a span does not fit it (a report may be read from elsewhere).
fn pieces(text: &str, changes: impl Iterator<Item = Span>) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut at = 0;
    for span in changes.filter(|s| s.start < s.end) {
        let (start, end) = (span.start as usize, span.end as usize);
        let (Some(before), Some(inside)) = (text.get(at..start), text.get(start..end)) else {
            return vec![Piece {
                text,
                differs: false,
            }];
        };
        out.push(Piece {
            text: before,
            differs: false,
        });
        out.push(Piece {
            text: inside,
            differs: true,
        });
        at = end;
    }
    out.push(Piece {
        text: &text[at..],
        differs: false,
    });
    out.retain(|p| !p.text.is_empty());
    out
}

fn summary(passage: &Passage) -> String {
    let agree = sentence::count(passage.words as usize, "word agrees", "words agree");
    let counted = [
        (ChangeKind::Number, "changed number", "changed numbers"),
        (
            ChangeKind::Form,
            "word in another form",
            "words in another form",
        ),
        (ChangeKind::Words, "other wording", "other wordings"),
        (
            ChangeKind::OnlyLeft,
            "addition on the left",
            "additions on the left",
        ),
        (
            ChangeKind::OnlyRight,
            "addition on the right",
            "additions on the right",
        ),
    ];
    let told = counted.iter().filter_map(|(kind, one, many)| {
        let num = passage.changes.iter().filter(|c| c.kind == *kind).count();
        (num > 0).then(|| sentence::count(num, one, many))
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() {
        agree
    } else {
        format!("{agree}; underlined: {}", told.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_cut_into_what_agrees_and_what_differs() {
        let at = || String::from("line 1");
        let passage = Passage::new(
            ("Led 14 nightly exports".into(), at()),
            ("Led 12 nightly exports alone".into(), at()),
            3,
        );
        let view = PassageView::new(&passage);
        let marked = |side: &[Piece<'_>]| -> Vec<String> {
            let of = side.iter().filter(|p| p.differs);
            of.map(|p| p.text.to_string()).collect()
        };
        assert_eq!(marked(&view.left), ["14"]);
        assert_eq!(marked(&view.right), ["12", "alone"]);
        let whole: String = view.right.iter().map(|p| p.text).collect();
        assert_eq!(whole, passage.right);
        assert_eq!(
            view.summary,
            "3 words agree; underlined: 1 changed number, 1 addition on the right"
        );
    }

    #[test]
    fn spans_that_do_not_fit_lose_no_text() {
        let span = |start, end| Span { start, end };
        let text = "naïve";
        let whole = |spans: Vec<Span>| -> String {
            pieces(text, spans.into_iter())
                .iter()
                .map(|p| p.text)
                .collect()
        };
        for spans in [
            vec![span(0, 2)],
            vec![span(3, 4)],
            vec![span(2, 90)],
            vec![span(4, 5), span(0, 1)],
        ] {
            assert_eq!(whole(spans), text);
        }
    }
}
