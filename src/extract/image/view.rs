//! Perceptual hashes of an image and of what is left of it when strips along its sides are cut off.
//!
//! Both hashes are signs of discrete cosine transforms of cell means, as the well-known "pHash" takes them (Zauner
//! 2010): resizing and recompression change low frequencies little. A crop moves everything, so each image is hashed
//! whole and in 80 views that leave out nothing, 2.5 % or 5 % along each side; of two copies of one photo the cropped
//! one, whole, meets a view of the other. Where two faces stand in one pose before one background, the low
//! frequencies are nearly those of the scene; the tiles tell them apart. Thresholds: `corpora/calibration/same-photo.json`.
//!
//! Not recognised: mirrored and turned images, larger crops, a photo inside a collage.

use crate::extract::image::grey::At;
use crate::extract::image::grey::Grey;
use crate::model::ImageView;
use crate::model::NUM_TILES;
use crate::model::PerceptualHash;
use std::f64::consts::PI;
use std::sync::LazyLock;

/// Cells a side. 40 divide into four tiles of 16 that overlap by half.
const CELLS: usize = 40;
const TILE: usize = 16;
const STEP: usize = 8;
const TILES_A_SIDE: usize = 4;

/// Frequencies a side from which the 256 of the whole are taken, and the 32 of a tile.
const WHOLE_SIDE: usize = 17;
const TILE_SIDE: usize = 8;

/// Shares that a view leaves out along a side. Half a step of misplacement, 1.25 %, is what both hashes bear.
const STRIPS: [f64; 3] = [0.0, 0.025, 0.05];

/// A frequency of a tile is clear beyond this many standard deviations of the view's cell means. Of 0.2, 0.3 and 0.5 this
/// separates best the copies of a drawn face from other faces in its pose (`corpora/programs/measure_photos.rs`).
const CLEAR: f64 = 0.3;

/// Grey levels added to the standard deviation, so that noise on a plain ground stays unclear.
const NOISE: f64 = 2.0;

/// The image as a whole.
pub(in crate::extract::image) fn whole(grey: &Grey) -> ImageView {
    view(
        grey,
        &grey.rows(CELLS, 0.0, 0.0),
        &grey.columns(CELLS, 0.0, 0.0),
    )
}

/// Every view, the whole first.
pub(in crate::extract::image) fn all(grey: &Grey) -> Vec<ImageView> {
    let pairs = || {
        STRIPS
            .iter()
            .flat_map(|&a| STRIPS.iter().map(move |&b| (a, b)))
    };
    let columns: Vec<Vec<At>> = pairs().map(|(l, r)| grey.columns(CELLS, l, r)).collect();
    let rows: Vec<Vec<At>> = pairs().map(|(t, b)| grey.rows(CELLS, t, b)).collect();
    let each = rows
        .iter()
        .flat_map(|r| columns.iter().map(move |c| (r, c)));
    each.map(|(r, c)| view(grey, r, c)).collect()
}

fn view(grey: &Grey, rows: &[At], columns: &[At]) -> ImageView {
    let cells = grey.cells(rows, columns);
    let unit = deviation(&cells) + NOISE;
    let mut tiles = [0; NUM_TILES];
    for (i, tile) in tiles.iter_mut().enumerate() {
        let corner = (i / TILES_A_SIDE * CELLS + i % TILES_A_SIDE) * STEP;
        *tile = signs(&TILE_BASIS.transform(&cells[corner..]), CLEAR * unit);
    }
    let frequencies = WHOLE_BASIS.transform(&cells);
    let mut whole = [0; 4];
    for (bit, _) in frequencies.iter().enumerate().filter(|(_, f)| **f > 0.0) {
        whole[bit / 64] |= 1 << (bit % 64);
    }
    ImageView {
        whole: PerceptualHash(whole),
        tiles,
    }
}

fn signs(frequencies: &[f64], clear: f64) -> u64 {
    let bit = |(i, &f): (usize, &f64)| match f {
        f if f > clear => 1 << i,
        f if f < -clear => 1 << (i + 32),
        _ => 0,
    };
    frequencies.iter().enumerate().map(bit).sum()
}

fn deviation(cells: &[f64]) -> f64 {
    let num = cells.len() as f64;
    let mean = cells.iter().sum::<f64>() / num;
    (cells.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / num).sqrt()
}

/// The lowest frequencies of a square of cells (DCT-II, orthonormal), without the mean.
struct Basis {
    /// Cells a side.
    size: usize,
    /// `waves[k][n]`: wave k at cell n.
    waves: Vec<Vec<f64>>,
    /// (vertical, horizontal) frequencies, lowest first.
    order: Vec<(usize, usize)>,
}

static WHOLE_BASIS: LazyLock<Basis> = LazyLock::new(|| Basis::new(CELLS, WHOLE_SIDE, 256));
static TILE_BASIS: LazyLock<Basis> = LazyLock::new(|| Basis::new(TILE, TILE_SIDE, 32));

impl Basis {
    fn new(size: usize, side: usize, num: usize) -> Self {
        let n = size as f64;
        let wave = |k: usize| {
            let scale = if k == 0 { 1.0 / n } else { 2.0 / n }.sqrt();
            (0..size)
                .map(|x| scale * (PI * k as f64 * (2 * x + 1) as f64 / (2.0 * n)).cos())
                .collect()
        };
        let mut order: Vec<(usize, usize)> = (0..side)
            .flat_map(|i| (0..side).map(move |j| (i, j)))
            .skip(1)
            .collect();
        order.sort_by_key(|&(i, j)| (i + j, i));
        order.truncate(num);
        Self {
            size,
            waves: (0..side).map(wave).collect(),
            order,
        }
    }

    /// Frequencies in order, of the square whose upper left cell is the first of `cells` (rows of [`CELLS`]).
    fn transform(&self, cells: &[f64]) -> Vec<f64> {
        let side = self.waves.len();
        // rows[y][k]: wave k along row y.
        let mut rows = vec![0.0; self.size * side];
        for y in 0..self.size {
            let row = &cells[y * CELLS..y * CELLS + self.size];
            for (k, wave) in self.waves.iter().enumerate() {
                rows[k * self.size + y] = dot(row, wave);
            }
        }
        let frequency =
            |&(i, j): &(usize, usize)| dot(&rows[j * self.size..][..self.size], &self.waves[i]);
        self.order.iter().map(frequency).collect()
    }
}

/// Four sums side by side: the compiler may not reorder one.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    for (x, y) in a.chunks_exact(4).zip(b.chunks_exact(4)) {
        for lane in 0..4 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}
