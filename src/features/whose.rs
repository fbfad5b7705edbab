//! Whose identifiers are: the applicant's own, or only mentioned by them.
//!
//! In a document the first profile of a site is taken for the applicant's own; further ones, and repositories of an
//! account whose profile is not there, are mentions. Contacts in a list of referees or beside the word "supervisor" are
//! those of referees; an addressee's, an employer's and a résumé-builder's are mentions ([`Others`] tells the places).
//! Everything else that stands in a résumé counts as its owner's: an address of a colleague named in running text does too.

use crate::features::address;
use crate::features::anchors::Anchors;
use crate::features::email;
use crate::features::identifiers;
use crate::features::identifiers::Found;
use crate::features::identifiers::from_text;
use crate::features::marks;
use crate::features::others::Others;
use crate::features::others::holds;
use crate::features::phone_number;
use crate::features::profile_url;
use crate::model::Claims;
use crate::model::DocumentLink;
use crate::model::DocumentMeta;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::PagedText;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::SourceInfo;
use regex::Regex;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Columns of a manifest, beside those that have a meaning, whose values are the applicant's own identifiers.
static OWN_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:telegram|tg|discord|skype|wechat|whatsapp|linkedin|gitlab|twitter|x|instagram|stack ?overflow|upwork|behance|dribbble|medium|portfolio|website|homepage|blog|wallet|btc|bitcoin|eth|ethereum|usdt|tron|sol|solana)(?:[ _-](?:url|link|id|handle|username|address|profile|number|account))?$")
        .expect("a constant pattern")
});

/// Identifiers that the manifest claims. `at` gives the place of a column: `emails`, `phones`, `github`, `links`, or
/// the name of a further column.
pub fn from_claims(
    claims: &Claims,
    at: impl Fn(&str) -> Provenance,
    region: Option<&str>,
) -> Vec<Identifier> {
    let mut all = Vec::new();
    let mut push = |kind, value: Option<String>, written: &str, column: &str, assumed_region| {
        let value = value.filter(|v| kind != IdentifierKind::Email || !email::is_placeholder(v));
        all.extend(value.map(|value| Identifier {
            kind,
            value,
            written: written.trim().into(),
            role: IdentifierRole::Claimed,
            assumed_region,
            at: at(column),
        }));
    };
    for written in &claims.emails {
        push(
            IdentifierKind::Email,
            email::normalise(written),
            written,
            "emails",
            false,
        );
    }
    for written in &claims.phones {
        let number = phone_number::claimed(written, region);
        let assumed = number.as_ref().is_some_and(|n| n.assumed_region);
        push(
            IdentifierKind::Phone,
            number.map(|n| n.e164),
            written,
            "phones",
            assumed,
        );
    }
    for written in claims.github.iter() {
        push(
            IdentifierKind::Account,
            claimed_github(written),
            written,
            "github",
            false,
        );
    }
    for written in &claims.links {
        push(
            IdentifierKind::Account,
            claimed_link(written),
            written,
            "links",
            false,
        );
    }
    for (column, written) in claims.extra.iter().filter(|(c, _)| OWN_COLUMN.is_match(c)) {
        let labelled = labelled(column, written);
        for found in from_text(&labelled, region) {
            push(
                found.kind,
                Some(found.value),
                &found.written,
                column,
                found.assumed_region,
            );
        }
    }
    sorted(all)
}

/// Identifiers of a document, each with the role that its place gives it; sorted, each value and role once.
///
/// Own are contacts outside the places that [`Others`] tells; what stands there and nowhere else is a referee's or only
/// mentioned. Link targets count like text.
pub fn from_document(
    text: &PagedText,
    links: &[DocumentLink],
    source: &SourceInfo,
    region: Option<&str>,
) -> Vec<Identifier> {
    let anchors = Anchors::new(&text.text);
    let mut found = identifiers::at(&text.text, &anchors, region);
    found.extend(address::find(&text.text));
    let others = if found.is_empty() && links.is_empty() {
        Others::default()
    } else {
        Others::new(&text.text)
    };
    let standing = Standing::new(&found, &others);
    let linked: Vec<_> = links
        .iter()
        .flat_map(|l| from_target(&l.target, region).map(|f| (f, l.page)))
        .collect();
    let firsts = found
        .iter()
        .filter(|f| {
            standing.is_own(f, Some(f.span.start)) && is_among_contacts(&text.text, f, &found)
        })
        .chain(
            linked
                .iter()
                .map(|(f, _)| f)
                .filter(|f| standing.is_own(f, None)),
        );
    let own = own_accounts(firsts);
    let in_text = found
        .iter()
        .map(|f| (f, Some(f.span.start), text.place(f.span.start)));
    let in_links = linked
        .iter()
        .map(|(f, page)| (f, None, Place::Link { page: *page }));
    let mut all = Vec::new();
    for (found, at, place) in in_text.chain(in_links) {
        let is_own = standing.is_own(found, at)
            && (found.kind != IdentifierKind::Account || own.contains(found.value.as_str()))
            && !(found.kind == IdentifierKind::Wallet
                && at.is_some_and(|at| is_contract(&text.text, at)));
        let role = match at {
            _ if standing.is_referees(found, at) => IdentifierRole::Referee,
            _ if !is_own => IdentifierRole::Mention,
            Some(_) => IdentifierRole::Contact,
            None => IdentifierRole::Link,
        };
        all.push(
            found
                .clone()
                .identifier(role, Provenance::new(source, place)),
        );
    }
    let is_referees = |f: &Found| holds(&others.referees, f.span.start);
    all.extend(marks_in(text, links, &anchors, &is_referees, source));
    let mut seen = BTreeSet::new();
    all.retain(|i| seen.insert((i.kind, i.value.clone(), i.role)));
    sorted(all)
}

/// Which values of a document are its owner's, by the places where they stand.
struct Standing<'a> {
    others: &'a Others,
    /// Values that stand in a place of the owner's own.
    own: BTreeSet<&'a str>,
    /// Values that stand only among referees.
    referees: BTreeSet<&'a str>,
    /// Values that stand only in a place of strangers.
    strangers: BTreeSet<&'a str>,
}

impl<'a> Standing<'a> {
    fn new(found: &'a [Found], others: &'a Others) -> Self {
        let is_contact =
            |f: &&Found| matches!(f.kind, IdentifierKind::Email | IdentifierKind::Phone);
        let elsewhere = |f: &&Found| {
            !holds(&others.referees, f.span.start) && !holds(&others.strangers, f.span.start)
        };
        let at_work = |f: &&Found| holds(&others.employment, f.span.start);
        // Text of two columns may put the owner's contacts below "Experience"; then no other stands above.
        let has_own = found
            .iter()
            .filter(is_contact)
            .filter(elsewhere)
            .any(|f| !holds(&others.employment, f.span.start) && !is_office(f));
        let employers = |f: &&Found| is_contact(f) && at_work(f) && (has_own || is_office(f));
        let values = |keep: &dyn Fn(&&'a Found) -> bool| -> BTreeSet<&'a str> {
            found
                .iter()
                .filter(|f| keep(f))
                .map(|f| f.value.as_str())
                .collect()
        };
        let own = values(&|f| elsewhere(f) && !employers(f));
        let mut referees = values(&|f| holds(&others.referees, f.span.start));
        referees.retain(|v| !own.contains(v));
        let mut strangers = values(&|f| !elsewhere(f) || employers(f));
        strangers.retain(|v| !own.contains(v));
        Self {
            others,
            own,
            referees,
            strangers,
        }
    }

    /// A value of the text, or a link to one that the text does not give to others.
    fn is_own(&self, found: &Found, at: Option<usize>) -> bool {
        match at {
            Some(_) => self.own.contains(found.value.as_str()),
            None => !self.strangers.contains(found.value.as_str()),
        }
    }

    fn is_referees(&self, found: &Found, at: Option<usize>) -> bool {
        self.referees.contains(found.value.as_str())
            && at.is_none_or(|at| holds(&self.others.referees, at))
    }
}

/// Whether a mailbox is an office's.
fn is_office(found: &Found) -> bool {
    found.kind == IdentifierKind::Email && email::is_role(&found.value)
}

/// What machines and services leave in a document and its links: mentions, but for the print of a key, which is given out
/// like a contact.
fn marks_in(
    text: &PagedText,
    links: &[DocumentLink],
    anchors: &Anchors,
    is_others: &dyn Fn(&Found) -> bool,
    source: &SourceInfo,
) -> Vec<Identifier> {
    let in_text = marks::at(&text.text, anchors).into_iter().map(|f| {
        let own = f.kind == IdentifierKind::SigningKey && !is_others(&f);
        let role = if own {
            IdentifierRole::Contact
        } else {
            IdentifierRole::Mention
        };
        let place = text.place(f.span.start);
        (f, role, place)
    });
    let in_links = links.iter().flat_map(|l| {
        let place = Place::Link { page: l.page };
        marks::from_text(&l.target)
            .into_iter()
            .map(move |f| (f, IdentifierRole::Mention, place.clone()))
    });
    in_text
        .chain(in_links)
        .map(|(f, role, place)| f.identifier(role, Provenance::new(source, place)))
        .collect()
}

/// Identifiers in what a file says about itself: addresses in its fields, the user and the machine in its paths.
pub fn from_metadata(
    meta: &DocumentMeta,
    paths: &[String],
    source: &SourceInfo,
) -> Vec<Identifier> {
    let field = |name: &'static str, value: &Option<String>| value.clone().map(|v| (name, v));
    let fields = [
        field("author", &meta.author),
        field("last modified by", &meta.last_modified_by),
        field("company", &meta.company),
        field("title", &meta.title),
        field("template", &meta.template),
    ];
    let inside = paths.iter().map(|p| ("path in the file", p.clone()));
    let mut all = Vec::new();
    for (part, value) in fields.into_iter().flatten().chain(inside) {
        let found = identifiers::with_marks(&value, None);
        let place = Place::Part(part.into());
        all.extend(found.into_iter().map(|f| {
            f.identifier(
                IdentifierRole::Metadata,
                Provenance::new(source, place.clone()),
            )
        }));
    }
    sorted(all)
}

fn sorted(mut all: Vec<Identifier>) -> Vec<Identifier> {
    all.sort_by(|a, b| (a.kind, &a.value, a.role, &a.at).cmp(&(b.kind, &b.value, b.role, &b.at)));
    all
}

/// Words beside the contacts of a line from which on it is a sentence that names them.
const SENTENCE: usize = 4;
/// Words that label a contact.
const LABELS: &str = "github gitlab linkedin twitter telegram discord portfolio website profile profiles online links link \
    email mail e-mail phone tel mobile contact contacts web site blog social";

/// Whether an account stands on a line of contacts, with a name or label at most, and not in a sentence about somebody's
/// project ("Contributor to …").
fn is_among_contacts(text: &str, account: &Found, found: &[Found]) -> bool {
    if account.kind != IdentifierKind::Account {
        return true;
    }
    let start = text[..account.span.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[account.span.end..].find('\n');
    let end = end.map_or(text.len(), |n| account.span.end + n);
    let is_word = |at: &usize| {
        !found.iter().any(|f| f.span.contains(at)) && text[*at..].starts_with(char::is_alphabetic)
    };
    let line = &text[start..end];
    let before = &text[start..account.span.start];
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'');
    let words: Vec<String> = words
        .filter(|w| !w.is_empty() && is_word(&(w.as_ptr() as usize - text.as_ptr() as usize)))
        .map(str::to_lowercase)
        .filter(|w| !LABELS.split_whitespace().any(|label| label == w))
        .collect();
    let names_a_project = PROJECT.is_match(before);
    words.len() < SENTENCE && !names_a_project
}

/// Words before an account whose it is not.
static PROJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:contribut\w*|maintain\w*|commit\w*|reads?|follow\w*|blogs?|newsletters?|to|at|of|by|for|with|on|our|their)\s*[:(]?\s*(?:https?://)?(?:www\.)?$")
        .expect("a constant pattern")
});

/// Whether the line of a payment address, or the one above, speaks of a contract: then it is a protocol's.
fn is_contract(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |n| n);
    let above = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    CONTRACT.is_match(&text[above..end])
}

static CONTRACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:contracts?|mainnet|testnet|deploy\w*|protocol|market|pools?|token|tokens|router|vault|etherscan|audit\w*|dao|treasury|multisig)\b")
        .expect("a constant pattern")
});

/// The first profile of each site, and sites of one's own.
fn own_accounts<'a>(found: impl Iterator<Item = &'a Found>) -> BTreeSet<&'a str> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for f in found.filter(|f| f.kind == IdentifierKind::Account && !f.is_item) {
        let site = f.value.split('/').next().unwrap_or_default();
        first.entry(site).or_insert(&f.value);
    }
    first.into_values().collect()
}

/// What a link target names: a mailbox, a number, an account.
pub(in crate::features) fn from_target(target: &str, region: Option<&str>) -> Option<Found> {
    let target = target.trim();
    let scheme = target
        .split(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let whole = |kind, value| Found::new(kind, value, target, 0..target.len());
    match scheme.as_str() {
        "mailto" => email::find(target)
            .into_iter()
            .next()
            .map(|f| whole(f.kind, f.value)),
        "tel" => {
            let (_, number) = target.split_once(':')?;
            phone_number::claimed(number, region).map(|n| Found {
                assumed_region: n.assumed_region,
                ..whole(IdentifierKind::Phone, n.e164)
            })
        }
        _ => profile_url::canonical(target).map(|p| Found {
            is_item: p.is_item,
            ..whole(IdentifierKind::Account, p.account)
        }),
    }
}

/// A login or a URL of a profile or a repository.
fn claimed_github(written: &str) -> Option<String> {
    let login = written.trim().trim_start_matches('@');
    let bare = login.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let url = if bare {
        format!("github.com/{login}")
    } else {
        login.into()
    };
    profile_url::canonical(&url).map(|p| p.account)
}

/// An account, or else a site of one's own.
fn claimed_link(written: &str) -> Option<String> {
    profile_url::canonical(written)
        .map(|p| p.account)
        .or_else(|| profile_url::own_site(written))
}

/// The value of a further column as a résumé would write it: "TELEGRAM: @ann".
fn labelled(column: &str, written: &str) -> String {
    let service = column
        .split([' ', '_', '-'])
        .next()
        .unwrap_or(column)
        .to_uppercase();
    let word = written.trim().trim_start_matches('@');
    let bare = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
        && word.len() < 26;
    let at = if bare && !word.contains('.') { "@" } else { "" };
    format!("{service}: {at}{word}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Digest;
    use crate::model::SourceKind;

    fn source() -> SourceInfo {
        SourceInfo {
            path: "ann/cv.txt".into(),
            sha256: Digest::default(),
            kind: SourceKind::Text,
            engine: None,
        }
    }

    fn read(text: &str, links: &[&str]) -> Vec<(String, IdentifierRole)> {
        let text = PagedText::new(text, Vec::new());
        let link = |t: &&str| DocumentLink {
            target: (*t).into(),
            text: String::new(),
            page: Some(1),
        };
        let links: Vec<_> = links.iter().map(link).collect();
        let all = from_document(&text, &links, &source(), None);
        all.into_iter().map(|i| (i.value, i.role)).collect()
    }

    #[test]
    fn referees_contacts_have_their_role_in_text_and_links() {
        let text = "Ann Lee\nann@kontor.example\nReferences\nBob Ray, bob@kontor.example, +1 206 555 0199\n";
        let got = read(
            text,
            &[
                "mailto:bob@kontor.example",
                "mailto:ann@kontor.example",
                "tel:+12065550199",
            ],
        );
        let ann = |role| ("ann@kontor.example".to_owned(), role);
        let bob = |value: &str| (value.to_owned(), IdentifierRole::Referee);
        assert_eq!(
            got,
            [
                ann(IdentifierRole::Contact),
                ann(IdentifierRole::Link),
                bob("bob@kontor.example"),
                bob("+12065550199"),
            ]
        );
    }

    fn own(text: &str) -> Vec<String> {
        let mut own = read(text, &[]);
        own.retain(|(_, role)| role.is_own());
        own.into_iter().map(|(value, _)| value).collect()
    }

    #[test]
    fn a_project_in_a_sentence_is_not_ones_own_account() {
        let text = "Ann Lee\nann@mail.example | github.com/annlee-x\nProjects\nContributor to github.com/kubernetes\n";
        assert_eq!(own(text), ["ann@mail.example", "github.com/annlee-x"]);
        let alone = "Ann Lee\nProjects\nContributor to github.com/kubernetes\n";
        assert!(own(alone).is_empty());
        let labelled = "Ann Lee\nSkills\nRust\nGitHub: github.com/annlee-x\n";
        assert_eq!(own(labelled), ["github.com/annlee-x"]);
    }

    #[test]
    fn a_contract_is_not_ones_own_wallet() {
        let wallet = "1HNd8kNRxpi2iNodYANAnSLCZ6MZHVXFAG";
        let own_wallet = format!("Ann Lee\nBTC {wallet}\n");
        assert_eq!(own(&own_wallet).len(), 1);
        let contract = format!("Ann Lee\nProjects\nLending pool deployed on mainnet: {wallet}\n");
        assert!(own(&contract).is_empty());
    }

    #[test]
    fn a_bare_scheme_is_no_number() {
        for target in ["tel", "TEL", "tel:", "mailto"] {
            assert!(from_target(target, None).is_none(), "{target}");
        }
    }

    #[test]
    fn an_addressee_is_not_the_writer() {
        let text = "Ann Lee\nann@mail.example | +44 7700 900123\n\n3 May 2024\n\nKontor Ltd\n9 Quay Road, Leeds LS1 4AB\n\
            +44 20 7946 0100\nrosa.roe@kontor.example\n\nDear Hiring Manager,\nI apply.\n";
        assert_eq!(own(text), ["ann@mail.example", "+447700900123"]);
        let alone =
            "Ann Lee\nann@mail.example | +44 7700 900123\n\nDear Hiring Manager,\nI apply.\n";
        assert_eq!(own(alone), ["ann@mail.example", "+447700900123"]);
    }

    #[test]
    fn an_employers_switchboard_is_not_the_applicants() {
        let text = "Ann Lee\nann@mail.example | +44 7700 900123\nWork Experience\nKontor Ltd, Leeds, +44 20 7946 0100, \
            desk@kontor.example\nSkills\nRust\n";
        assert_eq!(own(text), ["ann@mail.example", "+447700900123"]);
        // Two columns read as one: nothing stands above the heading.
        let columns = "Ann Lee\nExperience\nann@mail.example\n+44 7700 900123\nKontor Ltd, info@kontor.example\n";
        assert_eq!(own(columns), ["ann@mail.example", "+447700900123"]);
        // The same address above and below is still the applicant's.
        let twice = "Ann\nann@mail.example\nExperience\nFreelance, ann@mail.example\n";
        assert_eq!(own(twice), ["ann@mail.example"]);
    }

    #[test]
    fn a_builders_foot_is_not_the_applicants() {
        let text = "Ann Lee\nann@mail.example\nSkills\nRust\nMade with QuickCV resume builder\n12 Quay Road, Leeds LS1 4AB | \
            help.desk@quickcv.example | +44 20 7946 0100\n";
        assert_eq!(own(text), ["ann@mail.example"]);
        let kept = "Ann Lee\nSkills\nRust\nContact\nann@mail.example\n+44 7700 900123\n";
        assert_eq!(own(kept), ["ann@mail.example", "+447700900123"]);
    }

    #[test]
    fn other_accounts_and_repositories_are_mentions() {
        let text =
            "Ann\ngithub.com/annlee\nPatched github.com/bigproject/core; see github.com/boblee\n";
        let got = read(
            text,
            &[
                "https://github.com/annlee/tool",
                "https://linkedin.com/in/ann-lee-1",
            ],
        );
        let account = |a: &str, r| (a.to_owned(), r);
        let expected = [
            account("github.com/annlee", IdentifierRole::Contact),
            account("github.com/annlee", IdentifierRole::Link),
            account("github.com/bigproject", IdentifierRole::Mention),
            account("github.com/boblee", IdentifierRole::Mention),
            account("linkedin.com/in/ann-lee-1", IdentifierRole::Link),
        ];
        assert_eq!(got, expected);
    }

    #[test]
    fn places_are_pages_and_lines() {
        let text = PagedText::new("Ann\n+1 206 555 0142\n", vec![0]);
        let all = from_document(&text, &[], &source(), None);
        assert_eq!(all[0].at.place, Place::Line { page: 1, line: 2 });
    }

    #[test]
    fn claims_are_read_by_column() {
        let claims = Claims {
            emails: vec!["Ann@Kontor.example".into(), "your@email.com".into()],
            phones: vec!["206-555-0142".into()],
            github: Some("AnnLee".into()),
            links: vec![
                "https://www.linkedin.com/in/ann-lee-1/".into(),
                "annlee.dev".into(),
            ],
            extra: [
                ("Telegram", "ann_lee"),
                ("recruiter_email", "bob@kontor.example"),
                ("website", "https://ann.example"),
            ]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into(),
            ..Claims::default()
        };
        let at = |column: &str| {
            Provenance::new(
                &source(),
                Place::Field {
                    line: 2,
                    column: column.into(),
                },
            )
        };
        let got: Vec<_> = from_claims(&claims, at, Some("US"))
            .into_iter()
            .map(|i| (i.value, i.assumed_region))
            .collect();
        let expected = [
            ("ann@kontor.example", false),
            ("+12065550142", true),
            ("ann.example", false),
            ("annlee.dev", false),
            ("github.com/annlee", false),
            ("linkedin.com/in/ann-lee-1", false),
            ("t.me/ann_lee", false),
        ];
        assert_eq!(got, expected.map(|(v, a)| (v.to_owned(), a)));
    }
}
