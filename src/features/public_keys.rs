//! Keys, tokens and addresses that manuals and tools give to everybody: test accounts of Hardhat, Ganache and Anvil, the
//! insecure key of Vagrant, examples of manuals. Shipped as `corpora/background/public_keys.txt`, whose head has the sources.

use std::collections::HashSet;
use std::sync::LazyLock;

static TABLE: &str = include_str!("../../corpora/background/public_keys.txt");

/// First word of each line that is no comment.
static KEYS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    TABLE
        .lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_whitespace().next())
        .collect()
});

/// Whether a value in its one form is everybody's: the SHA-256 of a secret in hex, a wallet address, a key id.
pub(in crate::features) fn is_public(value: &str) -> bool {
    KEYS.contains(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() {
        assert!(KEYS.len() > 100);
        // Hardhat's first account, as an address
        assert!(is_public("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"));
    }
}
