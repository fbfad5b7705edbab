//! Ids that are the same each time: name-based UUIDs of version 5 (RFC 9562, section 5.5).
//!
//! An applicant's id comes from the digests of what was handed in, an observation's from its own stable id: re-scanning the
//! same files with another option gives the same ids, and two pools that number their applicants alike do not collide.

use sha1::{Digest, Sha1};

/// Namespace of everything that this program names; drawn once at random.
const SAMEHAND: [u8; 16] = [
    0x6b, 0x2f, 0x0c, 0x51, 0x9e, 0x3a, 0x4d, 0x87, 0xa4, 0x1d, 0x58, 0xc0, 0x73, 0xe9, 0x26, 0xbf,
];

/// Namespace of STIX cyber-observables (STIX 2.1, section 2.9): everybody gives an observable the same id.
const STIX_OBSERVABLE: [u8; 16] = [
    0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c, 0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7,
];

/// The id of a thing of ours: what it is, and what makes it this one.
pub(in crate::report::export) fn uuid(what: &str, parts: &[&str]) -> String {
    let mut name = what.to_string();
    for part in parts {
        // A part cannot run into the next.
        name.push_str(&format!("\u{0}{}:{part}", part.len()));
    }
    version_5(SAMEHAND, &name)
}

/// The id of a STIX observable with one contributing property.
pub(in crate::report::export) fn observable_uuid(property: &str, value: &str) -> String {
    // Canonical JSON (RFC 8785) of one string property is what serde_json writes without spaces.
    let canonical = serde_json::json!({ property: value }).to_string();
    version_5(STIX_OBSERVABLE, &canonical)
}

fn version_5(namespace: [u8; 16], name: &str) -> String {
    let digest = Sha1::new()
        .chain_update(namespace)
        .chain_update(name)
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x50;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of RFC 9562, appendix A.4.
    #[test]
    fn the_example_of_the_standard_comes_out() {
        let dns = [
            0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4,
            0x30, 0xc8,
        ];
        assert_eq!(
            version_5(dns, "www.example.com"),
            "2ed6657d-e927-568b-95e1-2665a8aea6a2"
        );
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_eq!(uuid("link", &["a", "b"]), uuid("link", &["a", "b"]));
        assert_ne!(uuid("link", &["a", "b"]), uuid("link", &["ab"]));
        assert_ne!(uuid("link", &["a", "b"]), uuid("link", &["b", "a"]));
        assert_ne!(uuid("link", &["a"]), uuid("note", &["a"]));
    }
}
