//! Whether 32 bytes are a point of the curve Ed25519, as a Solana wallet's address is and half of all 32 bytes are not.
//!
//! RFC 8032, section 5.1.3: the bytes are y and a sign; x² = (y² − 1) / (d y² + 1) must have a root modulo p = 2^255 − 19.
//! Asked by Euler's criterion, on u·v instead of u / v. Numbers are four limbs of 64 bits, reduced below 2^256. Nothing
//! here is constant in time: addresses are public.

/// A number modulo p, not necessarily the least.
type Field = [u64; 4];

const P: Field = [
    0xffff_ffff_ffff_ffed,
    u64::MAX,
    u64::MAX,
    0x7fff_ffff_ffff_ffff,
];
/// d = −121665 / 121666 (RFC 8032, section 5.1).
const D: Field = [
    0x75eb_4dca_1359_78a3,
    0x0070_0a4d_4141_d8ab,
    0x8cc7_4079_7779_e898,
    0x5203_6cee_2b6f_fe73,
];
const ONE: Field = [1, 0, 0, 0];

/// Whether the bytes are the compressed form of a point.
pub(in crate::features) fn is_point(bytes: &[u8; 32]) -> bool {
    let mut y = [0u64; 4];
    for (limb, chunk) in y.iter_mut().zip(bytes.chunks_exact(8)) {
        *limb = chunk
            .iter()
            .rev()
            .fold(0, |sum, b| sum << 8 | u64::from(*b));
    }
    y[3] &= u64::MAX >> 1;
    if !is_less(&y, &P) {
        return false;
    }
    let square = multiply(&y, &y);
    let u = subtract_one(&square);
    let v = add(&multiply(&D, &square), &ONE);
    let product = reduce(&multiply(&u, &v));
    product == [0; 4] || reduce(&euler(&product)) == ONE
}

fn is_less(a: &Field, b: &Field) -> bool {
    a.iter().rev().cmp(b.iter().rev()).is_lt()
}

/// a + b modulo p.
fn add(a: &Field, b: &Field) -> Field {
    let (a, b) = (reduce(a), reduce(b));
    let mut out = [0; 4];
    let mut carry = 0u128;
    for i in 0..4 {
        carry += u128::from(a[i]) + u128::from(b[i]);
        out[i] = carry as u64;
        carry >>= 64;
    }
    // Both are below 2^255: nothing is carried out.
    reduce(&out)
}

/// a − 1 modulo p, as a + (p − 1).
fn subtract_one(a: &Field) -> Field {
    let mut minus_one = P;
    minus_one[0] -= 1;
    add(a, &minus_one)
}

/// a · b modulo p, below 2^256: 2^256 is 38.
fn multiply(a: &Field, b: &Field) -> Field {
    let mut wide = [0u64; 8];
    for i in 0..4 {
        let mut carry = 0u128;
        for j in 0..4 {
            carry += u128::from(wide[i + j]) + u128::from(a[i]) * u128::from(b[j]);
            wide[i + j] = carry as u64;
            carry >>= 64;
        }
        wide[i + 4] = carry as u64;
    }
    let mut out = [wide[0], wide[1], wide[2], wide[3]];
    let mut carry = 0u128;
    for i in 0..4 {
        carry += u128::from(out[i]) + u128::from(wide[i + 4]) * 38;
        out[i] = carry as u64;
        carry >>= 64;
    }
    while carry > 0 {
        let mut more = carry * 38;
        for limb in &mut out {
            more += u128::from(*limb);
            *limb = more as u64;
            more >>= 64;
        }
        carry = more;
    }
    out
}

/// The least number of the class.
fn reduce(a: &Field) -> Field {
    let mut out = *a;
    while !is_less(&out, &P) {
        let mut borrow = false;
        for i in 0..4 {
            let (first, b1) = out[i].overflowing_sub(P[i]);
            let (second, b2) = first.overflowing_sub(u64::from(borrow));
            out[i] = second;
            borrow = b1 || b2;
        }
    }
    out
}

/// a^((p − 1) / 2): 1 for squares. The exponent is 2^254 − 10.
fn euler(a: &Field) -> Field {
    let mut exponent = [u64::MAX - 9, u64::MAX, u64::MAX, u64::MAX >> 2];
    let mut result = ONE;
    let mut base = *a;
    for limb in &mut exponent {
        for _ in 0..64 {
            if *limb & 1 == 1 {
                result = multiply(&result, &base);
            }
            base = multiply(&base, &base);
            *limb >>= 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(hex: &str) -> [u8; 32] {
        let at = |i: usize| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap();
        std::array::from_fn(at)
    }

    /// RFC 8032, section 7.1: public keys of the first three tests, and the base point.
    #[test]
    fn published_keys_are_points() {
        for hex in [
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "5866666666666666666666666666666666666666666666666666666666666666",
        ] {
            assert!(is_point(&bytes(hex)), "{hex}");
        }
    }

    #[test]
    fn half_of_all_bytes_are_none() {
        // y = 2 has no x (RFC 8032 gives no such key); y ≥ p is no number of the field
        assert!(!is_point(&bytes(
            "0200000000000000000000000000000000000000000000000000000000000000"
        )));
        assert!(!is_point(&[0xff; 32]));
        let points = (0..=255u8).filter(|&n| {
            let mut y = [n ^ 0x5a; 32];
            y[0] = n;
            y[31] &= 0x3f;
            is_point(&y)
        });
        let num_points = points.count();
        assert!((96..160).contains(&num_points), "{num_points}");
    }
}
