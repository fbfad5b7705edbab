//! The one hash of keys, signatures and ids: fixed and versioned, so that values of different runs and machines meet.
//!
//! XXH3 with 64 bits and seed 0 over bytes; values are combined by a multiply-and-fold step whose constants are the
//! 64-bit golden ratio and a large odd prime. Never `DefaultHasher`, whose output may change with the compiler.

use xxhash_rust::xxh3::xxh3_64;

/// Version of every hashed value in this program; values of different versions never meet.
pub const HASH_VERSION: u16 = 1;

/// 64-bit hash of bytes.
pub fn hash_bytes(bytes: &[u8]) -> u64 {
    xxh3_64(bytes)
}

/// 64-bit hash of a text's UTF-8 bytes.
pub fn hash_text(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

/// Folds `next` into `state`; order matters.
#[inline]
pub fn combine(state: u64, next: u64) -> u64 {
    mix(state.rotate_left(23).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ next)
}

/// Spreads every input bit over the result (the finaliser of MurmurHash3 by Austin Appleby).
#[inline]
pub fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    x ^= x >> 33;
    x = x.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stored values depend on these: a change needs a new `HASH_VERSION`.
    #[test]
    fn hashes_are_pinned() {
        assert_eq!(hash_text(""), 0x2D06_8005_38D3_94C2);
        assert_ne!(combine(1, 2), combine(2, 1));
    }
}
