//! Small profiles with repositories for the tests of `commit-identity` and `shared-blobs`: invented people only.

use crate::features::owner::closure;
use crate::model::ApplicantId;
use crate::model::CodeUnit;
use crate::model::Commit;
use crate::model::Digest;
use crate::model::FileClass;
use crate::model::History;
use crate::model::Ident;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::KeyId;
use crate::model::NameKey;
use crate::model::ObjectId;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::RecordedName;
use crate::model::RefClass;
use crate::model::RefName;
use crate::model::RepositoryTraces;
use crate::model::SourceInfo;
use crate::model::SourceKind;
use crate::model::Stamp;
use crate::model::hash_text;

/// An object id made of a text.
pub fn id(text: &str) -> ObjectId {
    let mut bytes = [0; 20];
    bytes[..8].copy_from_slice(&hash_text(text).to_be_bytes());
    bytes[8..16].copy_from_slice(&hash_text(&format!("{text}.")).to_be_bytes());
    ObjectId(bytes)
}

/// A commit to be: who (name, address), and what else differs from the ordinary.
#[derive(Clone, Default)]
pub struct Made {
    pub seed: String,
    pub name: String,
    pub email: String,
    pub key: Option<String>,
    pub trailer: Option<(String, String)>,
    pub pull_only: bool,
}

/// A commit by somebody; `seed` makes its id.
pub fn by(seed: &str, name: &str, email: &str) -> Made {
    Made {
        seed: seed.into(),
        name: name.into(),
        email: email.into(),
        ..Made::default()
    }
}

/// Several commits by one person.
pub fn several(count: usize, seed: &str, name: &str, email: &str) -> Vec<Made> {
    (0..count)
        .map(|n| by(&format!("{seed}-{n}"), name, email))
        .collect()
}

/// A file at the tip; `text` makes its id.
pub fn file(path: &str, text: &str, size: u64) -> CodeUnit {
    CodeUnit::new(id(text), path.into(), size, FileClass::Source)
}

/// Everybody named in some commits, and the keys that sign them, sorted.
fn idents_and_keys(made: &[Made]) -> (Vec<Ident>, Vec<KeyId>) {
    let mut idents: Vec<Ident> = made
        .iter()
        .flat_map(|m| [Some((m.name.clone(), m.email.clone())), m.trailer.clone()])
        .flatten()
        .map(|(name, email)| Ident {
            name_key: hash_text(&name),
            has_full_name: name.contains(' '),
            name: RecordedName::new(name),
            email,
        })
        .collect();
    idents.sort();
    idents.dedup();
    let mut keys: Vec<KeyId> = made
        .iter()
        .filter_map(|m| m.key.clone().map(KeyId))
        .collect();
    keys.sort();
    keys.dedup();
    (idents, keys)
}

fn source(path: &str) -> SourceInfo {
    SourceInfo {
        path: path.into(),
        sha256: Digest(format!("digest of {path}")),
        kind: SourceKind::Git,
        engine: None,
    }
}

fn history(path: &str, made: &[Made]) -> History {
    let (idents, keys) = idents_and_keys(made);
    let find = |name: &str, email: &str| {
        idents
            .iter()
            .position(|i| i.email == email && i.name_key == hash_text(name))
            .unwrap() as u32
    };
    let mut parent = None;
    let mut commits = Vec::new();
    let mut refs = Vec::new();
    for m in made {
        let stamp = Stamp {
            ident: find(&m.name, &m.email),
            seconds: 1_700_000_000 + commits.len() as i64,
            offset: None,
        };
        let commit = id(&m.seed);
        commits.push(Commit {
            id: commit,
            tree: id("tree"),
            parents: parent.into_iter().collect(),
            author: stamp,
            committer: stamp,
            key: m
                .key
                .as_ref()
                .map(|k| keys.iter().position(|x| x.0 == *k).unwrap() as u32),
            subject: 0,
            co_authors: m
                .trailer
                .iter()
                .map(|(name, email)| find(name, email))
                .collect(),
        });
        if m.pull_only {
            refs.push(RefName {
                name: format!("refs/pull/{}/head", m.seed),
                class: RefClass::Pull,
                commit,
            });
        } else {
            parent = Some(commit);
        }
    }
    refs.extend(parent.map(|commit| RefName {
        name: "refs/heads/main".into(),
        class: RefClass::Branch,
        commit,
    }));
    History {
        source: source(path),
        refs,
        commits,
        idents,
        keys,
        truncated: false,
        odd_offsets: Vec::new(),
    }
}

/// An applicant who claims `name` and `emails` and handed in one repository, with the owner closure of the program.
pub fn applicant(
    who: &str,
    name: &str,
    emails: &[&str],
    made: &[Made],
    code: Vec<CodeUnit>,
) -> Profile {
    let at = Provenance {
        source: "manifest.csv".into(),
        digest: Digest("manifest".into()),
        place: Place::Whole,
    };
    let claim = |email: &&str| Identifier {
        kind: IdentifierKind::Email,
        value: email.to_string(),
        written: email.to_string(),
        role: IdentifierRole::Claimed,
        assumed_region: false,
        at: at.clone(),
    };
    let identifiers: Vec<Identifier> = emails.iter().map(claim).collect();
    let name = Some(NameKey(hash_text(name)));
    let histories: Vec<History> = (!made.is_empty())
        .then(|| history(&format!("{who}/work.git"), made))
        .into_iter()
        .collect();
    Profile {
        name,
        owners: histories
            .iter()
            .map(|h| closure(&identifiers, name, h))
            .collect(),
        identifiers,
        code: histories.iter().map(|_| code.clone()).collect(),
        sources: histories.iter().map(|h| h.source.clone()).collect(),
        histories,
        ..Profile::empty(ApplicantId::new(who))
    }
}

/// An applicant with one repository in one file of which a value stands; the files of two applicants differ.
pub fn embedding(who: &str, kind: IdentifierKind, value: &str) -> Profile {
    let email = format!("{who}@one.invalid");
    let made = several(5, who, who, &email);
    let mut profile = applicant(who, who, &[&email], &made, Vec::new());
    let place = Place::File {
        path: "settings.py".into(),
        blob: id(&format!("settings of {who}")),
    };
    let found = Identifier {
        kind,
        value: value.into(),
        written: value.into(),
        role: IdentifierRole::Mention,
        assumed_region: false,
        at: Provenance::new(&profile.histories[0].source, place),
    };
    profile.repositories = vec![RepositoryTraces {
        identifiers: vec![found],
        names: Vec::new(),
        ..RepositoryTraces::default()
    }];
    profile
}
