//! How strongly evidence supports one hand rather than unrelated people.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A base-10 logarithm of a likelihood ratio.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Strength(pub f64);

impl Strength {
    /// The word of the verbal scale.
    pub fn words(self) -> Words {
        Words::from_log10(self.0)
    }
}

/// The verbal scale of the ENFSI guideline for evaluative reporting (2015).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Words {
    /// LR ≤ 1.
    NoSupport,
    /// LR < 10.
    Weak,
    /// LR < 100.
    Moderate,
    /// LR < 1,000.
    ModeratelyStrong,
    /// LR < 10,000.
    Strong,
    /// LR < 1,000,000.
    VeryStrong,
    /// Beyond.
    ExtremelyStrong,
}

impl Words {
    /// All words, weakest first.
    pub const ALL: [Words; 7] = [
        Words::NoSupport,
        Words::Weak,
        Words::Moderate,
        Words::ModeratelyStrong,
        Words::Strong,
        Words::VeryStrong,
        Words::ExtremelyStrong,
    ];

    /// The word for a base-10 logarithm of a likelihood ratio.
    pub fn from_log10(log10_lr: f64) -> Self {
        match log10_lr {
            x if x <= 0.0 => Words::NoSupport,
            x if x < 1.0 => Words::Weak,
            x if x < 2.0 => Words::Moderate,
            x if x < 3.0 => Words::ModeratelyStrong,
            x if x < 4.0 => Words::Strong,
            x if x < 6.0 => Words::VeryStrong,
            _ => Words::ExtremelyStrong,
        }
    }

    /// The word in a sentence.
    pub fn phrase(self) -> &'static str {
        match self {
            Words::NoSupport => "no support",
            Words::Weak => "weak",
            Words::Moderate => "moderate",
            Words::ModeratelyStrong => "moderately strong",
            Words::Strong => "strong",
            Words::VeryStrong => "very strong",
            Words::ExtremelyStrong => "extremely strong",
        }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.phrase())
    }
}

/// A word of the scale that does not exist.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` is no strength; use weak, moderate, moderately-strong, strong, very-strong or extremely-strong"
)]
pub struct UnknownWord(String);

impl FromStr for Words {
    type Err = UnknownWord;

    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let wanted = s.trim().to_lowercase().replace([' ', '_'], "-");
        Words::ALL
            .into_iter()
            .find(|w| w.phrase().replace(' ', "-") == wanted)
            .ok_or_else(|| UnknownWord(s.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_has_the_guidelines_borders() {
        let at = |x: f64| Words::from_log10(x).phrase();
        assert_eq!(at(0.0), "no support");
        assert_eq!(at(0.99), "weak");
        assert_eq!(at(1.0), "moderate");
        assert_eq!(at(2.0), "moderately strong");
        assert_eq!(at(3.0), "strong");
        assert_eq!(at(4.0), "very strong");
        assert_eq!(at(6.0), "extremely strong");
    }

    #[test]
    fn every_word_reads_back() {
        for word in Words::ALL {
            assert_eq!(word.phrase().parse::<Words>().unwrap(), word);
        }
        assert!("certain".parse::<Words>().is_err());
    }
}
