//! The table of rhythms: how it is made of people, and how it is kept.
//!
//! No row is one person. Authors are grouped with their nearest neighbours, at least [`GROUP`] to a group (MDAV, Domingo-
//! Ferrer and Mateo-Sanz 2002: microaggregation), each group's half-hours are added up, smoothed, drawn towards the mean of
//! all and rounded to thousandths; the rows are sorted, so that their order tells nothing. That costs no accuracy.
//!
//! File: `SHR1`, then for each row one byte (members) and 48 bytes (thousandths of the day's activity, half-hour 0 first).

use crate::features::rhythm::Activity;
use crate::features::rhythm::BINS;
use std::sync::LazyLock;

/// Members of a group: at least so many.
const GROUP: usize = 5;
/// Width of the smoothing kernel, minutes (METHODS.md §3).
const SIGMA: f64 = 45.0;
/// How many half-hours the mean of all counts for in a group (score_rhythm.rs: 20 to 200 differ by 0.1 h).
const SHRINK: f64 = 50.0;
/// A person counts for at most so many half-hours in a group.
const PERSON: f64 = 400.0;
/// Share of activity that may fall anywhere: nobody's hour is impossible.
const ANYWHERE: f64 = 0.02;
const MAGIC: &[u8] = b"SHR1";

type Density = [f64; BINS];

/// Rhythms of the day.
#[derive(Clone, Debug)]
pub struct Rhythms {
    rows: Vec<Row>,
}

/// One rhythm, ready to be compared with.
#[derive(Clone, Debug)]
pub(in crate::features) struct Row {
    pub log_weight: f64,
    pub log_density: Density,
}

static SHIPPED: LazyLock<Rhythms> = LazyLock::new(|| {
    Rhythms::from_bytes(include_bytes!("../../../corpora/background/rhythms.bin"))
        .expect("the shipped table is checked by a test")
});

impl Rhythms {
    /// The table that comes with the program.
    pub fn shipped() -> &'static Rhythms {
        &SHIPPED
    }

    /// From the bytes of a table; `None` where they are none.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let body = bytes.strip_prefix(MAGIC)?;
        let (rows, rest) = body.as_chunks::<{ BINS + 1 }>();
        let people: f64 = rows.iter().map(|r| f64::from(r[0])).sum();
        if rows.is_empty() || !rest.is_empty() {
            return None;
        }
        let read = |row: &[u8; BINS + 1]| {
            let total: f64 = row[1..].iter().map(|&x| f64::from(x)).sum();
            let density = |b: usize| f64::from(row[b + 1]) / total.max(1.0);
            Row {
                log_weight: (f64::from(row[0]) / people).ln(),
                log_density: std::array::from_fn(|b| {
                    ((1.0 - ANYWHERE) * density(b) + ANYWHERE / BINS as f64).ln()
                }),
            }
        };
        Some(Self {
            rows: rows.iter().map(read).collect(),
        })
    }

    pub(in crate::features) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The bytes of a table made of people's activity on their own clocks.
    ///
    /// # Panics
    /// With fewer people than make a group.
    pub fn build(people: &[Activity]) -> Vec<u8> {
        assert!(people.len() >= GROUP, "fewer than {GROUP} people");
        let own: Vec<(f64, Density)> = people.iter().map(smoothed).collect();
        let mean: Density =
            std::array::from_fn(|b| own.iter().map(|(_, d)| d[b]).sum::<f64>() / own.len() as f64);
        let shrunk = |groups: &[usize]| -> Density {
            let cells = |&i: &usize| own[i].0.min(PERSON);
            let total: f64 = groups.iter().map(cells).sum::<f64>() + SHRINK;
            std::array::from_fn(|b| {
                let sum: f64 = groups.iter().map(|i| cells(i) * own[*i].1[b]).sum();
                (sum + SHRINK * mean[b]) / total
            })
        };
        // Distances between square roots of densities (Hellinger): small shares count too.
        let points: Vec<Density> = (0..own.len())
            .map(|i| shrunk(&[i]).map(f64::sqrt))
            .collect();
        let mut rows: Vec<Vec<u8>> = groups(&points)
            .iter()
            .map(|group| {
                let thousandths = shrunk(group).map(|x| (x * 1000.0).round().min(255.0) as u8);
                [&[group.len() as u8][..], &thousandths].concat()
            })
            .collect();
        rows.sort();
        [MAGIC.to_vec(), rows.concat()].concat()
    }
}

/// Half-hours with activity, and their smoothed density.
fn smoothed(activity: &Activity) -> (f64, Density) {
    let cells = f64::from(activity.num_cells()).max(1.0);
    let weight = |bins: usize| {
        let minutes = bins.min(BINS - bins) as f64 * 30.0;
        (-0.5 * (minutes / SIGMA).powi(2)).exp()
    };
    let total: f64 = (0..BINS).map(weight).sum();
    let density = std::array::from_fn(|at| {
        let part = |(b, &n): (usize, &u32)| f64::from(n) * weight(at.abs_diff(b));
        let sum: f64 = activity.counts().iter().enumerate().map(part).sum();
        sum / total / cells
    });
    (cells, density)
}

/// MDAV: the point farthest from the middle with its nearest neighbours, the one farthest from that with its own, and so
/// on; the last group takes the rest, at most twice the size less one.
fn groups(points: &[Density]) -> Vec<Vec<usize>> {
    let mut left: Vec<usize> = (0..points.len()).collect();
    let mut made = Vec::new();
    while left.len() >= 2 * GROUP {
        let middle = std::array::from_fn(|b| {
            left.iter().map(|&i| points[i][b]).sum::<f64>() / left.len() as f64
        });
        let first = farthest(points, &left, &middle);
        made.push(take_nearest(points, &mut left, &points[first]));
        if left.len() >= 2 * GROUP {
            let second = farthest(points, &left, &points[first]);
            made.push(take_nearest(points, &mut left, &points[second]));
        }
    }
    made.push(left);
    made
}

fn farthest(points: &[Density], left: &[usize], from: &Density) -> usize {
    *left
        .iter()
        .max_by(|&&a, &&b| distance(&points[a], from).total_cmp(&distance(&points[b], from)))
        .expect("there are points left")
}

fn take_nearest(points: &[Density], left: &mut Vec<usize>, to: &Density) -> Vec<usize> {
    left.sort_by(|&a, &b| {
        distance(&points[a], to)
            .total_cmp(&distance(&points[b], to))
            .then(a.cmp(&b))
    });
    left.drain(..GROUP).collect()
}

fn distance(a: &Density, b: &Density) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum()
}
