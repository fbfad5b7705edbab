//! Which words of two short texts differ: what the report marks in passages side by side.
//!
//! Words are runs without white space; letters and digits alone are compared, in lower case, so that bullets, quotes and
//! line breaks are no difference. Longest common subsequence (Hunt and McIlroy 1976 call it "diff") between the words
//! that the texts do not begin or end with in common.

use crate::model::{Change, ChangeKind, Span};

/// Cells of the comparison, at most: two passages of 500 words. Beyond, everything between the equal ends is one change.
const MAX_CELLS: usize = 250_000;

/// Letters that two forms of a word begin with in common, at least: "manage", "managed".
const STEM: usize = 4;

/// One word: its bytes, and what of it is compared.
struct Word {
    span: Span,
    normal: String,
}

/// The changes between two texts, in their order.
pub(in crate::model) fn changes(left: &str, right: &str) -> Vec<Change> {
    let (a, b) = (words(left), words(right));
    let same = |(x, y): &(&Word, &Word)| x.normal == y.normal;
    let head = a.iter().zip(&b).take_while(same).count();
    let rest = (&a[head..], &b[head..]);
    let tail = rest
        .0
        .iter()
        .rev()
        .zip(rest.1.iter().rev())
        .take_while(same)
        .count();
    let (a, b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    for (x, y) in pairs(a, b).into_iter().chain([(a.len(), b.len())]) {
        if x - i == y - j {
            // As many words on both sides: each stands for the other.
            let each = (0..x - i).map(|n| (i + n, j + n));
            let one = |(i, j)| change(&a[i..=i], &b[j..=j], (a, i), (b, j));
            out.extend(each.filter_map(one));
        } else {
            out.extend(change(&a[i..x], &b[j..y], (a, i), (b, j)));
        }
        (i, j) = (x + 1, y + 1);
    }
    out
}

fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    for piece in text.split_whitespace() {
        let start = piece.as_ptr() as usize - text.as_ptr() as usize;
        let kept = piece.chars().filter(|c| c.is_alphanumeric());
        let normal: String = kept.flat_map(char::to_lowercase).collect();
        if !normal.is_empty() {
            let span = Span {
                start: start as u32,
                end: (start + piece.len()) as u32,
            };
            out.push(Word { span, normal });
        }
    }
    out
}

/// Indices of equal words in a longest common subsequence.
fn pairs(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    if a.len().saturating_mul(b.len()) > MAX_CELLS {
        return Vec::new();
    }
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i].normal == b[j].normal {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i].normal == b[j].normal {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// One change; a side without words is an empty span behind the word before it.
fn change(x: &[Word], y: &[Word], a: (&[Word], usize), b: (&[Word], usize)) -> Option<Change> {
    let kind = match (x, y) {
        ([], []) => return None,
        (_, []) => ChangeKind::OnlyLeft,
        ([], _) => ChangeKind::OnlyRight,
        _ if has_digits(x) && has_digits(y) => ChangeKind::Number,
        ([one], [other]) if is_form(&one.normal, &other.normal) => ChangeKind::Form,
        _ => ChangeKind::Words,
    };
    Some(Change {
        kind,
        left: span(x, a),
        right: span(y, b),
    })
}

fn span(words: &[Word], (all, at): (&[Word], usize)) -> Span {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span {
            start: first.span.start,
            end: last.span.end,
        },
        _ => {
            let before = at.checked_sub(1).and_then(|i| all.get(i));
            let end = before.map_or(0, |w| w.span.end);
            Span { start: end, end }
        }
    }
}

fn has_digits(words: &[Word]) -> bool {
    let digit = |w: &Word| w.normal.bytes().any(|b| b.is_ascii_digit());
    words.iter().all(digit)
}

fn is_form(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(x, y)| x == y);
    common.count() >= STEM
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'t>(left: &'t str, right: &'t str) -> Vec<(ChangeKind, &'t str, &'t str)> {
        let of = |t: &'t str, s: Span| &t[s.start as usize..s.end as usize];
        changes(left, right)
            .iter()
            .map(|c| (c.kind, of(left, c.left), of(right, c.right)))
            .collect()
    }

    #[test]
    fn each_kind_of_change_is_told() {
        use ChangeKind::{Form, Number, OnlyLeft, OnlyRight, Words};
        let left = "• Managed 41 exports of the old ledger, and closed it early.";
        let right = "- manage 38 exports of the stock\nledger and then closed it.";
        let expected = [
            (Form, "Managed", "manage"),
            (Number, "41", "38"),
            (Words, "old", "stock"),
            (OnlyRight, "", "then"),
            (OnlyLeft, "early.", ""),
        ];
        assert_eq!(told(left, right), expected);
    }

    #[test]
    fn equal_words_have_no_change_however_they_are_set() {
        assert!(told("One “two” three", "one\ntwo, three!").is_empty());
        assert!(told("", "•").is_empty());
    }

    #[test]
    fn long_texts_that_differ_are_one_change() {
        let long = |word: &str| format!("same {} end", format!("{word} ").repeat(600));
        let (left, right) = (long("x"), long("y y"));
        let found = changes(&left, &right);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].left.start, 5);
    }
}
