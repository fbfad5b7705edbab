//! What each byte of a text is to the tokeniser, as bit masks of 64 bytes: the part of reading that vector instructions
//! do. This is the portable form, eight bytes at a time by a table; `simd` has the same for AVX2.

/// Bit of a class in [`flags`].
pub const NEWLINE: u32 = 0;
/// Ends a segment wherever it stands.
pub const STOP: u32 = 1;
/// Ends a segment before a blank.
pub const DOT: u32 = 2;
/// ASCII white space.
pub const BLANK: u32 = 3;
/// A bullet at the start of a line.
pub const BULLET: u32 = 4;
/// ASCII letter.
pub const LETTER: u32 = 5;
/// Byte of a character beyond ASCII.
pub const WIDE: u32 = 6;

/// Masks of 64 bytes, the first byte in the lowest bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Line feeds.
    pub newlines: u64,
    /// Marks that end a segment.
    pub stops: u64,
    /// Full stops, which end one before a blank only.
    pub dots: u64,
    /// White space.
    pub blanks: u64,
    /// Hyphens and asterisks, which open a segment at the start of a line.
    pub bullets: u64,
    /// ASCII letters.
    pub letters: u64,
    /// Bytes of characters beyond ASCII.
    pub wide: u64,
}

/// The classes of a byte, one bit each.
pub const fn flags(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => 1 << LETTER,
        b'\n' => 1 << NEWLINE | 1 << BLANK,
        b'\t' => 1 << STOP | 1 << BLANK,
        b' ' | b'\r' | b'\x0c' => 1 << BLANK,
        b'!' | b'?' | b';' | b':' | b'|' => 1 << STOP,
        b'.' => 1 << DOT,
        b'*' | b'-' => 1 << BULLET,
        0x80.. => 1 << WIDE,
        _ => 0,
    }
}

const fn table() -> [u8; 256] {
    let mut all = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        all[byte] = flags(byte as u8);
        byte += 1;
    }
    all
}

static FLAGS: [u8; 256] = table();

/// Masks of 64 bytes, without vector instructions.
pub fn portable(bytes: &[u8; 64]) -> Block {
    let mut masks = [0u64; 7];
    for (i, eight) in bytes.as_chunks::<8>().0.iter().enumerate() {
        let classes = u64::from_le_bytes(eight.map(|b| FLAGS[b as usize]));
        for (class, mask) in masks.iter_mut().enumerate() {
            *mask |= gather(classes >> class) << (8 * i);
        }
    }
    let mask = |class: u32| masks[class as usize];
    Block {
        newlines: mask(NEWLINE),
        stops: mask(STOP),
        dots: mask(DOT),
        blanks: mask(BLANK),
        bullets: mask(BULLET),
        letters: mask(LETTER),
        wide: mask(WIDE),
    }
}

/// The lowest bit of each byte, gathered in eight bits: the multiplication moves bit 8 i to bit 56 + i.
fn gather(bytes: u64) -> u64 {
    (bytes & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_have_the_bits_of_their_bytes() {
        let mut bytes = [b'x'; 64];
        bytes[..8].copy_from_slice("\n.! -#é".as_bytes());
        let block = portable(&bytes);
        assert_eq!(block.newlines, 1);
        assert_eq!(block.dots, 2);
        assert_eq!(block.stops, 4);
        assert_eq!(block.blanks, 0b1001);
        assert_eq!(block.bullets, 16);
        assert_eq!(block.wide, 0b1100_0000);
        assert_eq!(block.letters, u64::MAX << 8);
    }
}
