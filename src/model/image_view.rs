//! What an image, or a part of it, looks like: hashes of its low frequencies, never pixels.

use crate::model::PerceptualHash;
use serde::{Deserialize, Serialize};

/// Number of tiles a view is cut into.
pub const NUM_TILES: usize = 16;

/// One view of an image: the whole, or the whole without a strip along some of its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ImageView {
    /// Signs of its 256 lowest frequencies: what it looks like from afar.
    pub whole: PerceptualHash,
    /// For each of 4 × 4 overlapping tiles, row by row, which of its 32 lowest frequencies are clearly positive (low half)
    /// and clearly negative (high half): tells two faces apart that stand before one background.
    pub tiles: [u64; NUM_TILES],
}

impl ImageView {
    /// Number of set bits in the tiles: how much there is to compare.
    pub fn detail(&self) -> u32 {
        self.tiles.iter().map(|t| t.count_ones()).sum()
    }

    /// Mean over the tiles of the Dice distance of their bits, 0 (alike in every tile) to 1. Tiles that are plain in
    /// both views count as alike.
    pub fn tile_distance(&self, other: &Self) -> f32 {
        let tiles = self.tiles.iter().zip(&other.tiles);
        tiles.map(|(&a, &b)| dice(a, b)).sum::<f32>() / NUM_TILES as f32
    }
}

/// Set bits of both below which a tile is plain: noise sets a few.
const PLAIN: u32 = 6;

fn dice(a: u64, b: u64) -> f32 {
    let bits = a.count_ones() + b.count_ones();
    if bits < PLAIN {
        return 0.0;
    }
    1.0 - 2.0 * (a & b).count_ones() as f32 / bits as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(tile: u64) -> ImageView {
        ImageView {
            whole: PerceptualHash([0; 4]),
            tiles: [tile; NUM_TILES],
        }
    }

    #[test]
    fn distance_is_the_share_of_bits_not_in_common() {
        let distance = |a, b| view(a).tile_distance(&view(b));
        assert_eq!(distance(0xff, 0xff), 0.0);
        assert_eq!(distance(0xff, 0xff00), 1.0);
        assert_eq!(distance(0xff, 0x0f), 1.0 - 8.0 / 12.0);
        assert_eq!(distance(0x3, 0x30), 0.0, "both are plain");
    }
}
