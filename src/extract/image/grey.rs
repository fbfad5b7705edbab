//! A small grey image that gives the mean of any rectangle in constant time (a summed-area table, Crow 1984).

use crate::extract::image::decode::Luma;

/// Longest side that is kept. The finest hash looks at 40 cells a side, so six pixels a cell are plenty.
const SIDE: usize = 256;

/// Sums of grey levels over all rectangles from the upper left corner.
pub(in crate::extract::image) struct Grey {
    width: usize,
    height: usize,
    /// `(width + 1) * (height + 1)` sums, row by row.
    sums: Vec<f64>,
}

/// A place on one axis: the pixel it lies in, and how far into it.
#[derive(Clone, Copy)]
pub(in crate::extract::image) struct At {
    pixel: usize,
    part: f64,
}

impl Grey {
    /// Shrinks by averaging whole pixels.
    pub fn new(luma: &Luma) -> Self {
        let (w, h) = (luma.width as usize, luma.height as usize);
        let longest = w.max(h).max(1);
        let shrunk = |side: usize| match longest > SIDE {
            true => ((side * SIDE + longest / 2) / longest).max(1),
            false => side,
        };
        let (width, height) = (shrunk(w), shrunk(h));
        let mut sums = vec![0.0; (width + 1) * (height + 1)];
        let columns: Vec<usize> = (0..=width).map(|x| x * w / width).collect();
        let mut rows = vec![0u64; width];
        for y in 0..height {
            let (top, bottom) = (y * h / height, (y + 1) * h / height);
            rows.fill(0);
            for row in luma.bytes[top * w..bottom * w].chunks_exact(w) {
                for (sum, x) in rows.iter_mut().zip(columns.windows(2)) {
                    *sum += row[x[0]..x[1]].iter().map(|&v| u64::from(v)).sum::<u64>();
                }
            }
            let mut line = 0.0;
            for x in 0..width {
                line += rows[x] as f64 / ((columns[x + 1] - columns[x]) * (bottom - top)) as f64;
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + line;
            }
        }
        Self {
            width,
            height,
            sums,
        }
    }

    /// The `num + 1` borders of `num` equal columns, leaving out the shares `left` and `right` of the width.
    pub fn columns(&self, num: usize, left: f64, right: f64) -> Vec<At> {
        borders(self.width, num, left, right)
    }

    /// The same for rows.
    pub fn rows(&self, num: usize, top: f64, bottom: f64) -> Vec<At> {
        borders(self.height, num, top, bottom)
    }

    /// Mean grey level of each cell between `rows` and `columns`, row by row.
    pub fn cells(&self, rows: &[At], columns: &[At]) -> Vec<f64> {
        let mut above = vec![0.0; columns.len()];
        let mut out = Vec::with_capacity((rows.len() - 1) * (columns.len() - 1));
        let place = |at: &At| at.pixel as f64 + at.part;
        for (y, row) in rows.iter().enumerate() {
            let here: Vec<f64> = columns.iter().map(|c| self.sum(*row, *c)).collect();
            if y > 0 {
                let height = place(row) - place(&rows[y - 1]);
                for x in 1..columns.len() {
                    let width = place(&columns[x]) - place(&columns[x - 1]);
                    let sum = here[x] - here[x - 1] - above[x] + above[x - 1];
                    out.push(sum / (width * height));
                }
            }
            above = here;
        }
        out
    }

    /// Sum of the rectangle from the upper left corner to a place, pixels taken in part.
    fn sum(&self, row: At, column: At) -> f64 {
        let at = |y: usize, x: usize| self.sums[y * (self.width + 1) + x];
        let (y, x) = (row.pixel, column.pixel);
        let upper = at(y, x) + (at(y, x + 1) - at(y, x)) * column.part;
        let lower = at(y + 1, x) + (at(y + 1, x + 1) - at(y + 1, x)) * column.part;
        upper + (lower - upper) * row.part
    }
}

fn borders(side: usize, num: usize, before: f64, after: f64) -> Vec<At> {
    let (start, span) = (before * side as f64, (1.0 - before - after) * side as f64);
    let border = |i: usize| {
        let place = start + span * i as f64 / num as f64;
        let pixel = (place as usize).min(side - 1);
        At {
            pixel,
            part: (place - pixel as f64).min(1.0),
        }
    };
    (0..=num).map(border).collect()
}

/// Entropy of the grey levels in bits, 0 to 8.
pub(in crate::extract::image) fn entropy(levels: &[u8]) -> f32 {
    let mut counts = [0u64; 256];
    for &level in levels {
        counts[usize::from(level)] += 1;
    }
    let all = levels.len() as f64;
    let bits = |&n: &u64| n as f64 / all * (all / n as f64).log2();
    counts.iter().filter(|&&n| n > 0).map(bits).sum::<f64>() as f32
}
