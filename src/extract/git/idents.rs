//! Identities, keys and odd offsets of a history: each text once, sorted at the end.

use crate::extract::git::commit::RawCommit;
use crate::extract::git::commit::RawStamp;
use crate::extract::git::commit::split_ident;
use crate::model::Commit;
use crate::model::Ident;
use crate::model::KeyId;
use crate::model::RecordedName;
use crate::model::Stamp;
use crate::model::floor_char;
use std::collections::{BTreeMap, HashMap};

/// The longest name or address that is kept, bytes (RFC 5321 allows addresses of 254).
const TEXT_LEN: usize = 512;

/// Numbers texts in the order in which they come.
#[derive(Debug, Default)]
pub(in crate::extract::git) struct Interner {
    /// `Name <address>` as recorded, to its number.
    idents: HashMap<String, u32>,
    keys: HashMap<KeyId, u32>,
    odd_offsets: BTreeMap<String, u32>,
}

impl Interner {
    /// The stamp, its identity as a number that holds until [`Interner::finish`].
    pub(in crate::extract::git) fn stamp<'a>(
        &mut self,
        commit: &RawCommit<'a>,
        raw: &RawStamp<'a>,
    ) -> Stamp {
        let offset = raw.utc_offset();
        if offset.is_none() {
            *self
                .odd_offsets
                .entry(String::from_utf8_lossy(raw.offset).into_owned())
                .or_default() += 1;
        }
        Stamp {
            ident: self.ident(commit, raw.who),
            seconds: raw.seconds,
            offset,
        }
    }

    /// The number of `Name <address>`.
    pub(in crate::extract::git) fn ident<'a>(
        &mut self,
        commit: &RawCommit<'a>,
        who: &'a [u8],
    ) -> u32 {
        let who = commit.decode(who);
        if let Some(&number) = self.idents.get(&*who) {
            return number;
        }
        let number = self.idents.len() as u32;
        self.idents.insert(who.into_owned(), number);
        number
    }

    /// The number of a key.
    pub(in crate::extract::git) fn key(&mut self, key: KeyId) -> u32 {
        let next = self.keys.len() as u32;
        *self.keys.entry(key).or_insert(next)
    }

    /// Sorts the texts and writes their places into the commits: identities, keys and odd offsets.
    pub(in crate::extract::git) fn finish(
        self,
        commits: &mut [Commit],
    ) -> (Vec<Ident>, Vec<KeyId>, Vec<(String, u32)>) {
        let parsed = self.idents.into_iter().map(|(who, number)| {
            let (name, email) = split_ident(&who);
            let ident = Ident {
                name: RecordedName::new(cut(name)),
                name_key: 0,
                has_full_name: false,
                email: cut(email).into(),
            };
            (ident, number)
        });
        let (idents, places) = sort(parsed);
        let (keys, key_places) = sort(self.keys.into_iter());
        for commit in commits {
            for stamp in [&mut commit.author, &mut commit.committer] {
                stamp.ident = places[stamp.ident as usize];
            }
            for ident in &mut commit.co_authors {
                *ident = places[*ident as usize];
            }
            commit.co_authors.sort_unstable();
            commit.co_authors.dedup();
            commit.key = commit.key.map(|key| key_places[key as usize]);
        }
        (idents, keys, self.odd_offsets.into_iter().collect())
    }
}

/// The different values, sorted, and the place of each number among them.
fn sort<T: Ord>(numbered: impl ExactSizeIterator<Item = (T, u32)>) -> (Vec<T>, Vec<u32>) {
    let mut places = vec![0; numbered.len()];
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_unstable();
    let mut values: Vec<T> = Vec::with_capacity(numbered.len());
    for (value, number) in numbered {
        if values.last() != Some(&value) {
            values.push(value);
        }
        places[number as usize] = values.len() as u32 - 1;
    }
    (values, places)
}

fn cut(text: &str) -> &str {
    &text[..floor_char(text, TEXT_LEN)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_sorted_places() {
        let numbered = [("b", 0), ("a", 1), ("b", 2), ("c", 3)];
        assert_eq!(
            sort(numbered.into_iter()),
            (vec!["a", "b", "c"], vec![1, 0, 1, 2])
        );
    }

    #[test]
    fn long_texts_are_cut_at_characters() {
        let long = format!("x{}", "é".repeat(TEXT_LEN));
        assert_eq!(cut(&long).len(), TEXT_LEN - 1);
        assert_eq!(cut("short"), "short");
    }
}
