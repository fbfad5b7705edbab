//! What kind of e-mail address a commit carries: a person's, or one that says nothing about who sat there.
//!
//! Hosts, robots and placeholders stand in thousands of unrelated repositories; git itself makes an address of the
//! user's and the machine's name where none is set. Told by the address alone: names are no feature. The lists hold what
//! public repositories show most; an unknown robot passes as a person until it joins more than a few repositories.

use crate::features::github_noreply::GithubNoReply;

/// The kind of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// Given to one person or account.
    Person,
    /// Made by git from a user's and a machine's name, or without a public domain.
    Machine,
    /// Of an office rather than a person: `info@`, `dev@`.
    Office,
    /// Of a hosting service that commits for its users.
    Host,
    /// Of a program.
    Robot,
    /// From a tutorial or empty: nobody's.
    Placeholder,
}

impl AddressKind {
    /// Whether the address can stand for somebody at all, be it a person, a machine or an office.
    pub fn is_somebody(self) -> bool {
        matches!(
            self,
            AddressKind::Person | AddressKind::Machine | AddressKind::Office
        )
    }
}

/// Addresses of programs that do not say so in their local part.
const ROBOTS: &[&str] = &[
    "action@github.com",
    "actions@github.com",
    "github-actions@github.com",
    "copilot@github.com",
    "bot@renovateapp.com",
    "support@dependabot.com",
    "greenkeeper@greenkeeper.io",
    "cursoragent@cursor.com",
    "travis@travis-ci.org",
    "snyk-bot@snyk.io",
];

/// Domains of tutorials; RFC 2606 reserves the first three for that.
const PLACEHOLDER_DOMAINS: &[&str] = &[
    "example.com",
    "example.org",
    "example.net",
    "domain.com",
    "test.com",
    "yourdomain.com",
];

/// Local parts of tutorials.
const PLACEHOLDER_LOCALS: &[&str] = &[
    "you",
    "your",
    "your.email",
    "youremail",
    "your_email",
    "email",
    "none",
    "null",
    "unknown",
    "test",
    "foo",
    "user.name",
];

/// Users that containers, images and rented machines come with: under the name that every machine gives itself they are
/// nobody's.
const DEFAULT_USERS: &[&str] = &[
    "root",
    "user",
    "admin",
    "ubuntu",
    "debian",
    "vagrant",
    "docker",
    "node",
    "app",
    "git",
    "jenkins",
    "runner",
    "vscode",
    "codespace",
    "gitpod",
    "ec2-user",
    "pi",
];

/// The names that every machine gives itself.
const DEFAULT_MACHINES: &[&str] = &["localhost", "localhost.localdomain", "localhost.local"];

const OFFICE_LOCALS: &[&str] = &[
    "admin",
    "contact",
    "dev",
    "developer",
    "developers",
    "devops",
    "hello",
    "hi",
    "info",
    "mail",
    "office",
    "root",
    "support",
    "team",
    "webmaster",
];

/// Lower case without surrounding blanks and angle brackets: equal values are the same address.
pub fn lowered(email: &str) -> String {
    email.trim().trim_matches(['<', '>']).to_lowercase()
}

/// The kind of an address as a commit records it.
pub fn address_kind(email: &str) -> AddressKind {
    let email = lowered(email);
    if ROBOTS.contains(&email.as_str()) || email.contains("[bot]") {
        return AddressKind::Robot;
    }
    let Some((local, domain)) = email.rsplit_once('@') else {
        return if email.is_empty() || PLACEHOLDER_LOCALS.contains(&email.as_str()) {
            AddressKind::Placeholder
        } else {
            AddressKind::Machine
        };
    };
    if GithubNoReply::from_email(&email).is_some() {
        return AddressKind::Person;
    }
    if ["noreply", "no-reply", "donotreply", "do-not-reply"].contains(&local) {
        return AddressKind::Host;
    }
    if local.ends_with("-bot") || local.starts_with("bot-") || local == "bot" {
        return AddressKind::Robot;
    }
    let placeholder_domain = PLACEHOLDER_DOMAINS
        .iter()
        .any(|d| domain == *d || domain.strip_suffix(d).is_some_and(|s| s.ends_with('.')));
    let is_default = DEFAULT_USERS.contains(&local) && DEFAULT_MACHINES.contains(&domain);
    if local.is_empty() || placeholder_domain || is_default || PLACEHOLDER_LOCALS.contains(&local) {
        return AddressKind::Placeholder;
    }
    let machine_end = [
        ".local",
        ".localdomain",
        ".lan",
        ".home",
        ".internal",
        ".(none)",
        ".localhost",
    ];
    if !domain.contains('.')
        || domain.ends_with('.')
        || machine_end.iter().any(|end| domain.ends_with(end))
    {
        return AddressKind::Machine;
    }
    if OFFICE_LOCALS.contains(&local) {
        return AddressKind::Office;
    }
    AddressKind::Person
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_addresses() {
        let cases = [
            ("ann.lee@mail.invalid", AddressKind::Person),
            ("12+ann@users.noreply.github.com", AddressKind::Person),
            ("ann@users.noreply.github.com", AddressKind::Person),
            ("abbott@mail.invalid", AddressKind::Person),
            ("ann@annes-macbook.local", AddressKind::Machine),
            ("ann@localhost", AddressKind::Machine),
            ("root@localhost", AddressKind::Placeholder),
            ("ubuntu@localhost.localdomain", AddressKind::Placeholder),
            ("ann@DESKTOP-1AB2C3", AddressKind::Machine),
            ("ann@box.(none)", AddressKind::Machine),
            ("ann", AddressKind::Machine),
            ("info@shop.invalid", AddressKind::Office),
            ("noreply@github.com", AddressKind::Host),
            ("no-reply@forge.invalid", AddressKind::Host),
            (
                "49699333+dependabot[bot]@users.noreply.github.com",
                AddressKind::Robot,
            ),
            ("release-bot@shop.invalid", AddressKind::Robot),
            ("you@example.com", AddressKind::Placeholder),
            ("ann@mail.example.com", AddressKind::Placeholder),
            ("your.email@mail.invalid", AddressKind::Placeholder),
            ("", AddressKind::Placeholder),
            ("@", AddressKind::Placeholder),
        ];
        for (email, kind) in cases {
            assert_eq!(address_kind(email), kind, "{email}");
        }
    }

    #[test]
    fn case_and_brackets_do_not_matter() {
        assert_eq!(lowered(" <Ann@Mail.invalid> "), "ann@mail.invalid");
    }
}
