//! Contacts that several applicants of a group share, for partners who watch for them: only of a revealed report, only
//! with `--reveal` again, and never a name.

use crate::report::EvidenceEntry;
use crate::report::clean;
use std::collections::BTreeSet;

/// A contact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report::export) struct Observable {
    /// Kind of fact: `email`, `phone`, `account`, `wallet`.
    pub(in crate::report::export) kind: &'static str,
    /// The value.
    pub(in crate::report::export) value: String,
}

const KINDS: [&str; 4] = ["email", "phone", "account", "wallet"];

impl Observable {
    /// The contacts of a piece of evidence, each once.
    pub(in crate::report::export) fn of(evidence: &EvidenceEntry) -> BTreeSet<Self> {
        let facts = evidence.observations.iter().map(|o| &o.fact);
        let known = facts.filter_map(|fact| {
            let kind = KINDS.into_iter().find(|k| *k == fact.kind)?;
            let value = clean::line(fact.value.trim());
            (!value.is_empty()).then_some(Self { kind, value })
        });
        known.collect()
    }

    /// The address of an account that is a page of a site.
    pub(in crate::report::export) fn url(&self) -> Option<String> {
        if self.kind != "account" {
            return None;
        }
        let (host, path) = match self.value.split_once("://") {
            Some((scheme, rest)) if ["http", "https"].contains(&scheme) => rest.split_once('/')?,
            Some(_) => return None,
            None => self.value.split_once('/')?,
        };
        let is_host = host.contains('.')
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || ".-".contains(c));
        let is_path = !path.is_empty() && path.chars().all(|c| c.is_ascii_graphic());
        (is_host && is_path).then(|| match self.value.contains("://") {
            true => self.value.clone(),
            false => format!("https://{}", self.value),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_sites_have_an_address() {
        let account = |value: &str| {
            let value = value.into();
            Observable {
                kind: "account",
                value,
            }
            .url()
        };
        assert_eq!(
            account("github.com/ann").as_deref(),
            Some("https://github.com/ann")
        );
        assert_eq!(
            account("https://gitlab.com/ann").as_deref(),
            Some("https://gitlab.com/ann")
        );
        for none in [
            "4711",
            "javascript://x.example/a",
            "a b.example/c",
            "github.com/",
            "github.com/a b",
        ] {
            assert_eq!(account(none), None, "{none}");
        }
    }
}
