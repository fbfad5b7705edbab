//! Classes of 64 bytes by AVX2: the only `unsafe` of the program. `blocks::portable` is its twin, and a test compares
//! both on arbitrary bytes.
//!
//! Classes other than letters lie in four rows of the ASCII table, so four byte shuffles look them up; a byte of another
//! row is pushed above 0x7F by a saturating addition, for which a shuffle gives 0 (Lemire and Keiser 2021 validate UTF-8
//! in this way).
#![allow(unsafe_code)]

use crate::features::token::Token;

/// Walks over the words of a text; `false`, and nothing seen, where the processor has no vector instructions known here.
#[cfg(target_arch = "x86_64")]
pub fn walk(text: &str, see: &mut impl FnMut(Token)) -> bool {
    let has_all = std::arch::is_x86_feature_detected!("avx2")
        && std::arch::is_x86_feature_detected!("bmi1")
        && std::arch::is_x86_feature_detected!("bmi2");
    if has_all {
        // SAFETY: the processor has all that the function asks for.
        unsafe { avx2::walk(text, see) };
    }
    has_all
}

/// Walks over the words of a text; `false`, and nothing seen, where the processor has no vector instructions known here.
#[cfg(not(target_arch = "x86_64"))]
pub fn walk(_text: &str, _see: &mut impl FnMut(Token)) -> bool {
    false
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use crate::features::token::Token;
    use crate::features::token::blocks::{BLANK, BULLET, Block, DOT, NEWLINE, STOP, flags};
    use crate::features::token::walk::walk_by;
    use std::arch::x86_64::*;

    /// Rows of the ASCII table, 16 bytes each, that hold a class other than letters.
    const ROWS: [u8; 4] = [0x00, 0x20, 0x30, 0x70];

    const fn row(start: u8) -> [u8; 32] {
        let mut all = [0; 32];
        let mut i = 0;
        while i < 32 {
            // The upper bits are those of letters and wide bytes, which are told otherwise.
            all[i] = flags(start + i as u8 % 16) & 0x1F;
            i += 1;
        }
        all
    }

    const TABLES: [[u8; 32]; 4] = [row(ROWS[0]), row(ROWS[1]), row(ROWS[2]), row(ROWS[3])];

    #[target_feature(enable = "avx2,bmi1,bmi2")]
    pub fn walk(text: &str, see: &mut impl FnMut(Token)) {
        walk_by(text, |chunk| block(chunk), see);
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn block(chunk: &[u8; 64]) -> Block {
        let (halves, _) = chunk.as_chunks::<32>();
        let (low, high) = (load(&halves[0]), load(&halves[1]));
        let (low_flags, high_flags) = (classes(low), classes(high));
        let both = |a, b| u64::from(bits(a)) | u64::from(bits(b)) << 32;
        // Shifts a class to the highest bit of each byte, where it is gathered.
        macro_rules! mask {
            ($class:expr) => {
                both(
                    _mm256_slli_epi16::<{ 7 - $class as i32 }>(low_flags),
                    _mm256_slli_epi16::<{ 7 - $class as i32 }>(high_flags),
                )
            };
        }
        Block {
            newlines: mask!(NEWLINE),
            stops: mask!(STOP),
            dots: mask!(DOT),
            blanks: mask!(BLANK),
            bullets: mask!(BULLET),
            letters: both(letters(low), letters(high)),
            wide: both(low, high),
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn load(bytes: &[u8; 32]) -> __m256i {
        // SAFETY: 32 bytes are there, and an unaligned load asks for no more.
        unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn bits(bytes: __m256i) -> u32 {
        _mm256_movemask_epi8(bytes) as u32
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn classes(bytes: __m256i) -> __m256i {
        let mut all = _mm256_setzero_si256();
        for (start, table) in ROWS.iter().zip(&TABLES) {
            let in_row = _mm256_adds_epu8(
                _mm256_xor_si256(bytes, _mm256_set1_epi8(*start as i8)),
                _mm256_set1_epi8(0x70),
            );
            all = _mm256_or_si256(all, _mm256_shuffle_epi8(load(table), in_row));
        }
        all
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn letters(bytes: __m256i) -> __m256i {
        let lower = _mm256_or_si256(bytes, _mm256_set1_epi8(0x20));
        let place = _mm256_sub_epi8(lower, _mm256_set1_epi8(b'a' as i8));
        _mm256_cmpeq_epi8(_mm256_min_epu8(place, _mm256_set1_epi8(25)), place)
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use crate::features::token::blocks::portable;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_masks_are_those_of_the_twin(bytes in prop::array::uniform32(any::<[u8; 2]>())) {
            if std::arch::is_x86_feature_detected!("avx2") {
                let mut chunk = [0; 64];
                chunk.copy_from_slice(bytes.as_flattened());
                // SAFETY: the processor has AVX2.
                prop_assert_eq!(unsafe { super::avx2::block(&chunk) }, portable(&chunk));
            }
        }
    }
}
