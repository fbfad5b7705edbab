//! The address of a public repository, in the one form that the cache of fetched repositories knows it by.
//!
//! `github:owner/name`, `https://…`, and a host without `https://` as people paste it, are taken. Everything else (ssh,
//! git, http, files, passwords in an address) is refused: it is unencrypted, needs a key, or reads this machine.

use std::fmt;
use url::{Host, Url};

/// Hosts whose addresses people paste without `https://`.
const HOSTS: [&str; 4] = [
    "github.com/",
    "gitlab.com/",
    "bitbucket.org/",
    "codeberg.org/",
];
/// Longest address taken, bytes; browsers and servers stop at 2,000 to 8,000.
const MAX_LEN: usize = 1000;

/// An https address: lower-case host, no user, query or fragment, no `.git` and no `/` at the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepositoryUrl(String);

impl RepositoryUrl {
    /// Whether a text is meant as an address at all, rather than as a path.
    pub fn is_meant(written: &str) -> bool {
        let lower = written.trim().to_ascii_lowercase();
        lower.contains("://")
            || lower.starts_with("github:")
            || lower.starts_with("git@")
            || lower.starts_with("www.")
            || HOSTS.iter().any(|host| lower.starts_with(host))
    }

    /// Reads an address as written.
    ///
    /// # Errors
    /// Why it is not taken, in words.
    pub fn parse(written: &str) -> Result<Self, &'static str> {
        let written = written.trim();
        if written.len() > MAX_LEN {
            return Err("an address of more than 1,000 characters");
        }
        let lower = written.to_ascii_lowercase();
        let whole = match lower.strip_prefix("github:") {
            Some(_) => format!("https://github.com/{}", &written["github:".len()..]),
            None if HOSTS.iter().any(|host| lower.starts_with(host)) => {
                format!("https://{written}")
            }
            None => written.into(),
        };
        let url =
            Url::parse(&whole).map_err(|_| "not an address; write https://host/owner/name")?;
        if url.scheme() != "https" {
            return Err("only https addresses are fetched");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("an address with a user or a password is not fetched");
        }
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        let host = host.strip_prefix("www.").unwrap_or(&host);
        let path = url.path().trim_matches('/');
        let mut path = path.strip_suffix(".git").unwrap_or(path).to_string();
        if path.is_empty() || path.split('/').any(str::is_empty) {
            return Err("not the address of a repository");
        }
        if host == "github.com" {
            // An account or a repository, whatever page of it was pasted; letters' case makes no difference there.
            let parts: Vec<&str> = path.split('/').take(2).collect();
            if parts.len() < 2 {
                return Err("the address of an account, not of a repository");
            }
            path = parts.join("/").to_ascii_lowercase();
        }
        let port = url.port().map(|p| format!(":{p}")).unwrap_or_default();
        Ok(Self(format!("https://{host}{port}/{path}")))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The repository's own name, without its owner, of letters, digits, `-`, `_` and `.` only.
    pub fn name(&self) -> String {
        let last = self.0.rsplit('/').next().unwrap_or_default();
        let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let name: String = last.chars().filter(|&c| fine(c)).take(60).collect();
        match name.trim_start_matches('.') {
            "" => "repository".into(),
            name => name.into(),
        }
    }

    /// Whether the host is this machine, a private network, or a bare name that only a local network resolves: an
    /// address in a manifest must not make whoever fetches it knock there.
    pub fn is_local(&self) -> bool {
        let host = Url::parse(&self.0).ok();
        match host.as_ref().and_then(Url::host) {
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                !name.contains('.')
                    || [".localhost", ".local", ".internal", ".lan", ".home.arpa"]
                        .iter()
                        .any(|end| name.ends_with(end))
            }
            // No public forge is known by a number.
            Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => true,
        }
    }
}

impl fmt::Display for RepositoryUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_repository_has_one_address() {
        for (written, want) in [
            ("github:Acme/Tool", "https://github.com/acme/tool"),
            (
                "https://GitHub.com/acme/tool.git",
                "https://github.com/acme/tool",
            ),
            (
                "https://www.github.com/acme/tool/tree/main?x#y",
                "https://github.com/acme/tool",
            ),
            ("github.com/acme/tool/", "https://github.com/acme/tool"),
            (
                "https://git.example.org:8443/a/b/C.git",
                "https://git.example.org:8443/a/b/C",
            ),
        ] {
            assert!(RepositoryUrl::is_meant(written), "{written}");
            let url = RepositoryUrl::parse(written).unwrap();
            assert_eq!(url.as_str(), want, "{written}");
            assert_eq!(RepositoryUrl::parse(want).unwrap(), url);
        }
    }

    #[test]
    fn what_is_not_fetched_says_why() {
        for (written, says) in [
            ("http://example.org/a/b", "only https"),
            ("ssh://git@example.org/a/b", "only https"),
            ("file:///srv/a", "only https"),
            ("ext::sh -c x", "only https"),
            ("https://ann:word@example.org/a/b", "password"),
            ("https://ann@example.org/a/b", "user"),
            ("https://example.org/", "not the address of a repository"),
            ("https://github.com/acme", "account"),
            ("git@github.com:a/b", "not an address"),
        ] {
            let why = RepositoryUrl::parse(written).unwrap_err();
            assert!(why.contains(says), "{written}: {why}");
        }
        assert!(!RepositoryUrl::is_meant("anna/tool.git"));
        assert!(!RepositoryUrl::is_meant(r"C:\tool"));
    }

    #[test]
    fn local_addresses_are_told() {
        for (written, local) in [
            ("https://localhost/a/b", true),
            ("https://127.0.0.1:8443/a/b", true),
            ("https://169.254.169.254/a/b", true),
            ("https://[::1]/a/b", true),
            ("https://printer/a/b", true),
            ("https://git.corp.internal/a/b", true),
            ("https://example.org/a/b", false),
        ] {
            assert_eq!(
                RepositoryUrl::parse(written).unwrap().is_local(),
                local,
                "{written}"
            );
        }
    }

    #[test]
    fn names_are_safe_as_files() {
        let name = |s: &str| RepositoryUrl::parse(s).unwrap().name();
        assert_eq!(name("github:a/b.c-d_e"), "b.c-d_e");
        assert_eq!(name("https://example.org/a/%2e%2e%2fx"), "2e2e2fx");
        assert_eq!(name("https://example.org/a/.hidden"), "hidden");
    }
}
