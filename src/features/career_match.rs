//! Two careers side by side: the steps that agree, in order, and what they weigh.
//!
//! The measure is the heaviest common subsequence of the two careers, each sorted by date (the weighted form of the longest
//! common subsequence). A pair of steps weighs what its dates weigh, and half a step more where the titles agree too:
//!
//! | dates of both | weight |
//! |---|---|
//! | start and end, to the month | 1 |
//! | one of them, the other a month apart; or start, and both go on | 0.75 |
//! | years of start and end, where a month is not told or both are January | 0.5 |
//! | year of start, and both go on | 0.25 |
//!
//! From one January to another is what forms write for whole years, and no month.
//!
//! Whether two employers are the same is the caller's question: it needs to know which words are common. The weights are
//! a choice; what a sum of them is worth is measured (`corpora/calibration/same-career.json`).

use crate::model::{CareerStep, YearMonth};

/// What the agreement of titles adds to the weight of the dates.
const TITLE: f64 = 0.5;

/// Steps of two careers that agree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CareerMatch {
    /// Indices of the steps on both sides, in order of date.
    pub pairs: Vec<(usize, usize)>,
    /// The sum of their weights.
    pub score: f64,
    /// How many agree to the month at both ends and in title.
    pub exact: usize,
}

/// The heaviest common subsequence of two careers sorted by date.
pub fn compare(
    a: &[CareerStep],
    b: &[CareerStep],
    same_employer: impl Fn(&CareerStep, &CareerStep) -> bool,
) -> CareerMatch {
    let weight = |i: usize, j: usize| match dates(&a[i], &b[j]) {
        Some(dates) if same_employer(&a[i], &b[j]) => {
            dates + if same_title(&a[i], &b[j]) { TITLE } else { 0.0 }
        }
        _ => 0.0,
    };
    // best[i][j]: the weight of what the first i and the first j steps have in common.
    let mut best = vec![vec![0.0f64; b.len() + 1]; a.len() + 1];
    for i in 0..a.len() {
        for j in 0..b.len() {
            let taken = match weight(i, j) {
                w if w > 0.0 => best[i][j] + w,
                _ => 0.0,
            };
            best[i + 1][j + 1] = taken.max(best[i][j + 1]).max(best[i + 1][j]);
        }
    }
    let mut out = CareerMatch {
        score: best[a.len()][b.len()],
        ..CareerMatch::default()
    };
    let (mut i, mut j) = (a.len(), b.len());
    while i > 0 && j > 0 {
        let whole = best[i][j];
        if whole == best[i - 1][j] {
            i -= 1;
        } else if whole == best[i][j - 1] {
            j -= 1;
        } else {
            (i, j) = (i - 1, j - 1);
            out.pairs.push((i, j));
            out.exact += usize::from(weight(i, j) >= 1.0 + TITLE);
        }
    }
    out.pairs.reverse();
    out
}

/// What the dates of two steps weigh together; `None` where they do not agree.
fn dates(a: &CareerStep, b: &CareerStep) -> Option<f64> {
    let whole_years =
        |step: &CareerStep| step.from.month == 1 && step.to.is_none_or(|to| to.month == 1);
    let by_year = whole_years(a) || whole_years(b);
    let told = |x: YearMonth, y: YearMonth| !by_year && x.month > 0 && y.month > 0;
    let apart = |x: YearMonth, y: YearMonth| {
        let months = |d: YearMonth| i32::from(d.year) * 12 + i32::from(d.month);
        (months(x) - months(y)).abs()
    };
    match (a.to, b.to) {
        (None, None) if told(a.from, b.from) => (a.from == b.from).then_some(0.75),
        (None, None) => (a.from.year == b.from.year).then_some(0.25),
        (Some(x), Some(y)) if told(a.from, b.from) && told(x, y) => {
            match (apart(a.from, b.from), apart(x, y)) {
                (0, 0) => Some(1.0),
                (0, 1) | (1, 0) => Some(0.75),
                _ => None,
            }
        }
        (Some(x), Some(y)) => (a.from.year == b.from.year && x.year == y.year).then_some(0.5),
        _ => None,
    }
}

/// Whether two titles share at least half of the words of the shorter one.
fn same_title(a: &CareerStep, b: &CareerStep) -> bool {
    let (shared, least) = common(&a.title, &b.title);
    shared > 0 && 2 * shared >= least
}

/// Number of values in both sorted lists, and the length of the shorter.
pub fn common(a: &[u64], b: &[u64]) -> (usize, usize) {
    let shared = a.iter().filter(|x| b.binary_search(x).is_ok()).count();
    (shared, a.len().min(b.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(from: (u16, u8), to: Option<(u16, u8)>, employer: u64, title: &[u64]) -> CareerStep {
        let month = |(year, month)| YearMonth { year, month };
        CareerStep {
            from: month(from),
            to: to.map(month),
            employer: vec![employer],
            title: title.to_vec(),
            at: (0, 0),
        }
    }

    fn same(a: &CareerStep, b: &CareerStep) -> bool {
        a.employer == b.employer
    }

    #[test]
    fn a_chain_is_found_in_order_and_adds_up() {
        let a = [
            step((2010, 1), Some((2012, 3)), 1, &[7]),
            step((2012, 4), Some((2015, 6)), 2, &[7, 8]),
            step((2015, 7), None, 3, &[9]),
        ];
        let found = compare(&a, &a, same);
        assert_eq!(found.pairs, [(0, 0), (1, 1), (2, 2)]);
        assert_eq!((found.score, found.exact), (1.5 + 1.5 + 1.25, 2));
        let found = compare(&a, &a[1..2], same);
        assert_eq!((found.pairs, found.score), (vec![(1, 0)], 1.5));
    }

    #[test]
    fn near_dates_count_for_less_and_far_ones_for_nothing() {
        let of = |from, to| [step(from, to, 1, &[])];
        let score = |a: &[CareerStep], b: &[CareerStep]| compare(a, b, same).score;
        let base = of((2010, 1), Some((2012, 3)));
        for (other, weight) in [
            (of((2010, 1), Some((2012, 4))), 0.75),
            (of((2010, 2), Some((2012, 4))), 0.0),
            (of((2010, 0), Some((2012, 0))), 0.5),
            (of((2010, 0), Some((2013, 0))), 0.0),
            (of((2010, 1), None), 0.0),
        ] {
            assert_eq!(score(&base, &other), weight, "{other:?}");
        }
        assert_eq!(score(&of((2010, 0), None), &of((2010, 5), None)), 0.25);
        let years = of((2010, 1), Some((2012, 1)));
        assert_eq!(
            score(&years, &years),
            0.5,
            "January to January is whole years"
        );
    }

    #[test]
    fn another_employer_is_another_step() {
        let a = [step((2010, 1), Some((2012, 3)), 1, &[7])];
        let b = [step((2010, 1), Some((2012, 3)), 2, &[7])];
        assert_eq!(compare(&a, &b, same), CareerMatch::default());
        assert_eq!(compare(&[], &b, same), CareerMatch::default());
    }
}
