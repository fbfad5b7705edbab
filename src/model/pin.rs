//! A version that a file of a repository asks for.

use crate::model::Provenance;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A released version: three numbers, missing ones 0. Pre-releases are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version(pub [u32; 3]);

impl Version {
    /// Reads `18`, `18.2`, `18.2.0` or `18.2.0+build`; `None` for a pre-release (`18.0.0-rc.1`) and anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.split('+').next()?;
        let mut parts = [0; 3];
        let mut num = 0;
        for part in text.split('.') {
            let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
            *parts.get_mut(num)? = digits.then(|| part.parse().ok()).flatten()?;
            num += 1;
        }
        (num > 0).then_some(Self(parts))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [major, minor, patch] = self.0;
        write!(f, "{major}.{minor}.{patch}")
    }
}

/// A package of the shipped table of releases, in the version that a file names or asks for at least.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pin {
    /// The package as the table names it: "npm react", "language go".
    pub package: String,
    /// The version.
    pub version: Version,
    /// The file.
    pub at: Provenance,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_released_versions_are_read() {
        let read = |t: &str| Version::parse(t).map(|v| v.to_string());
        assert_eq!(read("18.2.0").as_deref(), Some("18.2.0"));
        assert_eq!(read("3").as_deref(), Some("3.0.0"));
        assert_eq!(read("1.0.3+b5").as_deref(), Some("1.0.3"));
        for other in ["", "1.0.0-rc.1", "1.x", "1.2.3.4", "*", "99999999999"] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
