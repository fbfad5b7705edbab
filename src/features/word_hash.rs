//! Hashes of words and of words in a row: the inner loop of everything that reads text.
//!
//! **A word** is hashed over the UTF-8 bytes of its normalised form, in pieces of 16 bytes, the last one filled up with
//! zeros (no word holds a zero byte): each piece is two little-endian 64-bit numbers `x`, `y`, and
//! `state = fold(x ^ state, y ^ PIECE)` with `state` = `WORD` before the first. `fold` multiplies to 128 bits and folds
//! the halves by exclusive or, as wyhash and foldhash do: one multiplication for nearly every word.
//!
//! **Words in a row** are combined by rotation by 13 bits and exclusive or (a cyclic polynomial, Cohen 1997): the hashes
//! of words are spread over 64 bits already, the rotation keeps the order, and the hash of the next window needs no more
//! than two operations. One `fold` with the number of words ends it.
//!
//! The constants are the first digits of the fraction of π. What is stored depends on them: a change needs a new
//! [`TOKENISER_VERSION`](crate::features::token::TOKENISER_VERSION) and a new phrase table. Not for secrets: whoever
//! wants two words to collide can make them.

const WORD: u64 = 0x243F_6A88_85A3_08D3;
const PIECE: u64 = 0x1319_8A2E_0370_7345;
const ROW: u64 = 0xA409_3822_299F_31D1;
const END: u64 = 0x082E_FA98_EC4E_6C89;
const TURN: u32 = 13;

/// 128-bit product of two numbers, folded to 64.
#[inline(always)]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product >> 64) as u64 ^ product as u64
}

/// Hash of a normalised word's bytes.
pub fn hash_word(bytes: &[u8]) -> u64 {
    let piece = |bytes: &[u8]| {
        let mut all = [0u8; 16];
        all[..bytes.len()].copy_from_slice(bytes);
        halves(u128::from_le_bytes(all))
    };
    let mut pieces = bytes.chunks(16);
    let first = hash_piece(WORD, piece(pieces.next().unwrap_or_default()));
    pieces.fold(first, |state, next| hash_piece(state, piece(next)))
}

/// The same for a word of up to 16 bytes, given as its one piece.
#[inline(always)]
pub fn hash_short(x: u64, y: u64) -> u64 {
    hash_piece(WORD, (x, y))
}

/// The two halves of a piece, the earlier bytes first.
#[inline(always)]
fn halves(piece: u128) -> (u64, u64) {
    (piece as u64, (piece >> 64) as u64)
}

#[inline(always)]
fn hash_piece(state: u64, (x, y): (u64, u64)) -> u64 {
    fold(x ^ state, y ^ PIECE)
}

/// Takes one more word into the state of a row; an empty row is 0.
#[inline(always)]
pub fn push_word(row: u64, word: u64) -> u64 {
    row.rotate_left(TURN) ^ word
}

/// The hash of a row of `num` words.
#[inline(always)]
pub fn end_row(row: u64, num: usize) -> u64 {
    fold(row ^ ROW, END ^ num as u64)
}

/// Hash of words in a row, by their own hashes; order matters.
#[inline(always)]
pub fn hash_row(words: &[u64]) -> u64 {
    end_row(words.iter().copied().fold(0, push_word), words.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The shipped phrase table and stored profiles depend on these.
    #[test]
    fn hashes_are_pinned() {
        assert_eq!(hash_word(b"ledger"), 0xF621_9C4B_68CE_33AF);
        assert_eq!(hash_word(b"responsibilities"), 0xD791_FB57_54D9_9554);
        assert_eq!(hash_word(b"internationalisierung"), 0x1467_B26C_9DE8_48B6);
        assert_eq!(hash_row(&[1, 2, 3]), 0xB990_5A22_04B5_501C);
    }

    #[test]
    fn order_and_number_of_words_matter() {
        let (a, b) = (hash_word(b"one"), hash_word(b"two"));
        assert_ne!(hash_row(&[a, b]), hash_row(&[b, a]));
        assert_ne!(hash_row(&[a]), hash_row(&[a, a]));
        assert_ne!(hash_row(&[]), hash_row(&[0]));
    }

    /// All words of up to three letters: no two share a hash, and each of the top seven bits' 128 values (the bins of a
    /// signature) holds its share of them within six standard deviations.
    #[test]
    fn short_words_spread() {
        let letters = b'a'..=b'z';
        let mut all = BTreeSet::new();
        let mut bins = [0f64; 128];
        for a in letters.clone() {
            for b in letters.clone() {
                for c in letters.clone() {
                    let hash = hash_row(&[hash_word(&[a, b, c])]);
                    assert!(all.insert(hash));
                    bins[(hash >> 57) as usize] += 1.0;
                }
            }
        }
        let share = 26f64.powi(3) / 128.0;
        assert!(bins.iter().all(|n| (n - share).abs() < 6.0 * share.sqrt()));
    }
}
