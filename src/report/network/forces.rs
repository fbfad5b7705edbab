//! Where linked dots come to rest: links pull, dots push (Fruchterman and Reingold 1991), from a spiral of sunflower seeds.

use std::ops::{Add, Mul, Sub};

/// A point or a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::report::network) struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

impl Point {
    /// Its distance from the origin.
    pub(in crate::report::network) fn length(self) -> f64 {
        (self.x * self.x + self.y * self.y).sqrt()
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + other * -1.0
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, by: f64) -> Self {
        Self {
            x: self.x * by,
            y: self.y * by,
        }
    }
}

/// A turn by the golden angle: its cosine and sine.
const TURN: (f64, f64) = (-0.737_368_878_078_319_4, 0.675_490_294_261_524);

/// Most steps; fewer for many dots, whose pairs are what costs.
const STEPS: usize = 160;
/// Pairs of dots over all steps: a tenth of a second.
const WORK: usize = 40_000_000;

/// Places of `num` dots, about `gap` from each other, those of one edge near each other.
pub(in crate::report::network) fn rest(
    num: usize,
    edges: &[(usize, usize)],
    gap: f64,
) -> Vec<Point> {
    let mut at = spiral(num, gap);
    let steps = (WORK / (num * num).max(1)).clamp(20, STEPS);
    for step in 0..steps {
        let cool = gap * 2.0 * (1.0 - step as f64 / steps as f64);
        let push = pushes(&at, gap);
        let mut moves = push;
        for &(a, b) in edges {
            let way = at[b] - at[a];
            let pull = way * (way.length() / gap * 0.5);
            moves[a] = moves[a] + pull;
            moves[b] = moves[b] - pull;
        }
        for (place, step) in at.iter_mut().zip(moves) {
            // A little towards the middle, so that nothing drifts off.
            let step = step - *place * 0.02;
            let length = step.length();
            let most = if length > cool { cool / length } else { 1.0 };
            *place = *place + step * most;
        }
    }
    apart(&mut at, gap * 0.8);
    at
}

fn spiral(num: usize, gap: f64) -> Vec<Point> {
    let mut direction = Point { x: 1.0, y: 0.0 };
    let mut out = Vec::with_capacity(num);
    for n in 0..num {
        out.push(direction * (gap * 0.6 * (n as f64 + 0.5).sqrt()));
        direction = Point {
            x: direction.x * TURN.0 - direction.y * TURN.1,
            y: direction.x * TURN.1 + direction.y * TURN.0,
        };
    }
    out
}

/// What every dot is pushed by all others; beyond four gaps nothing.
fn pushes(at: &[Point], gap: f64) -> Vec<Point> {
    let mut moves = vec![Point::default(); at.len()];
    for a in 0..at.len() {
        for b in a + 1..at.len() {
            let way = at[a] - at[b];
            let square = (way.x * way.x + way.y * way.y).max(1.0);
            if square < 16.0 * gap * gap {
                let push = way * (gap * gap / square * 0.5);
                moves[a] = moves[a] + push;
                moves[b] = moves[b] - push;
            }
        }
    }
    moves
}

/// Dots nearer than `least` move apart, until none is or it has been tried often.
fn apart(at: &mut [Point], least: f64) {
    for _ in 0..40 {
        let mut moved = false;
        for a in 0..at.len() {
            for b in a + 1..at.len() {
                let way = at[b] - at[a];
                let length = way.length();
                if length < least {
                    // Two on one spot part to the right.
                    let direction = match length > 0.01 {
                        true => way * (1.0 / length),
                        false => Point { x: 1.0, y: 0.0 },
                    };
                    let step = direction * ((least - length) * 0.51);
                    at[a] = at[a] - step;
                    at[b] = at[b] + step;
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
}
