//! Tippett and reliability curves as SVG.
//!
//! Tippett: the share of pairs with a ratio of at least x, for pairs of one hand and of two. Reliability: for pairs of
//! similar ratio, the ratio that they turn out to have, each sort of pairs counted as a whole; on the diagonal a ratio means
//! what it says.

use crate::rows::Rows;
use std::fmt::Write as _;

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 300.0;
const EDGE: f64 = 46.0;
const LOW: f64 = -3.0;
const HIGH: f64 = 12.0;

fn x(log10: f64) -> f64 {
    EDGE + (log10.clamp(LOW, HIGH) - LOW) / (HIGH - LOW) * (WIDTH - 2.0 * EDGE)
}

fn frame(title: &str, below: &str) -> String {
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n<title>{title}</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n<text x=\"{}\" y=\"{}\" text-anchor=\"middle\">{below}</text>\n",
        WIDTH / 2.0,
        HEIGHT - 8.0
    );
    for tick in (LOW as i32..=HIGH as i32).step_by(3) {
        let at = x(f64::from(tick));
        let _ = writeln!(
            out,
            "<line x1=\"{at:.1}\" y1=\"{EDGE}\" x2=\"{at:.1}\" y2=\"{}\" stroke=\"#ddd\"/><text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{tick}</text>",
            HEIGHT - EDGE,
            HEIGHT - EDGE + 16.0
        );
    }
    out
}

fn line(points: &[(f64, f64)], colour: &str, name: &str, row: f64) -> String {
    let path: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    format!(
        "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>\n<text x=\"{EDGE}\" y=\"{}\" fill=\"{colour}\">{name}</text>\n",
        path.join(" "),
        16.0 + 14.0 * row
    )
}

/// Shares of pairs at or above each ratio.
pub fn tippett(rows: &Rows, strength: &[f64]) -> String {
    let mut out = frame("Tippett curves", "log10 of the likelihood ratio");
    for (row, is_same, colour, name) in [
        (0.0, true, "#0b6e4f", "pairs of one hand at or above"),
        (1.0, false, "#a63d00", "pairs of two hands at or above"),
    ] {
        let mut all: Vec<f64> = rows
            .rows
            .iter()
            .filter(|r| r.is_same == is_same)
            .map(|r| strength[r.seen])
            .collect();
        all.sort_by(f64::total_cmp);
        let steps = (0..=150).map(|i| LOW + (HIGH - LOW) * f64::from(i) / 150.0);
        let share = |at: f64| {
            (all.len() - all.partition_point(|s| *s < at)) as f64 / all.len().max(1) as f64
        };
        let points: Vec<(f64, f64)> = steps
            .map(|at| (x(at), HEIGHT - EDGE - share(at) * (HEIGHT - 2.0 * EDGE)))
            .collect();
        out += &line(&points, colour, name, row);
    }
    out + "</svg>\n"
}

/// The ratio told beside the ratio found, in bins of half a power of ten.
pub fn reliability(rows: &Rows, strength: &[f64]) -> (String, String) {
    let mut bins: std::collections::BTreeMap<i64, [f64; 2]> = std::collections::BTreeMap::new();
    let mut totals = [0.0; 2];
    for row in &rows.rows {
        let which = usize::from(row.is_same);
        bins.entry((strength[row.seen] * 2.0).floor() as i64)
            .or_default()[which] += 1.0;
        totals[which] += 1.0;
    }
    let y = |log10: f64| {
        HEIGHT - EDGE - (log10.clamp(LOW, HIGH) - LOW) / (HIGH - LOW) * (HEIGHT - 2.0 * EDGE)
    };
    let mut out = frame(
        "Reliability",
        "log10 of the ratio told; upward: of the ratio found, none of two hands counted as half a pair",
    );
    out += &line(
        &[(x(LOW), y(LOW)), (x(HIGH), y(HIGH))],
        "#999",
        "what it says",
        0.0,
    );
    let mut table = String::from(
        "| log10 LR told | pairs of one hand | pairs of two | log10 LR found |\n|---|---|---|---|\n",
    );
    let mut points = Vec::new();
    for (bin, [other, same]) in bins {
        let told = bin as f64 / 2.0;
        let found = (same.max(0.5) / totals[1] / (other.max(0.5) / totals[0])).log10();
        points.push((x(told + 0.25), y(found)));
        let _ = writeln!(
            table,
            "| {told:.1} to {:.1} | {same} | {other} | {}{found:.2} |",
            told + 0.5,
            if other == 0.0 { "≥ " } else { "" }
        );
    }
    out += &line(&points, "#0b6e4f", "what it is", 1.0);
    (out + "</svg>\n", table)
}
