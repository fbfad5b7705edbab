//! Tracked changes and comments of one document: pieces of one author at one time are one change.

use crate::model::PagedText;
use crate::model::RawTime;
use crate::model::Revision;
use crate::model::RevisionKind;

/// Changes kept of one document.
const MAX_CHANGES: usize = 2000;

/// Changes under way.
#[derive(Debug, Default)]
pub(in crate::extract) struct Changes {
    list: Vec<Revision<PagedText>>,
    /// The change that got the last piece, if nothing else has been written since.
    unbroken: Option<usize>,
}

impl Changes {
    /// The change of this kind, author and time; `None` when there are too many.
    pub fn open(
        &mut self,
        kind: RevisionKind,
        author: Option<String>,
        time: Option<RawTime>,
    ) -> Option<usize> {
        let author = author
            .map(|a| a.trim().to_string())
            .filter(|a| !a.is_empty());
        let same = |r: &Revision<PagedText>| r.kind == kind && r.author == author && r.time == time;
        // A comment is a thing of its own; marks of one change are scattered over the text.
        let known = self
            .list
            .iter()
            .rposition(same)
            .filter(|_| kind != RevisionKind::Comment);
        known.or_else(|| {
            (self.list.len() < MAX_CHANGES).then(|| {
                self.list.push(Revision {
                    kind,
                    author,
                    time,
                    fields: Vec::new(),
                    text: PagedText::default(),
                });
                self.list.len() - 1
            })
        })
    }

    /// Text of a change.
    pub fn write(&mut self, change: usize, text: &str) {
        let to = &mut self.list[change].text.text;
        if self.unbroken != Some(change) && !(to.is_empty() || to.ends_with('\n')) {
            to.push('\n');
        }
        to.push_str(text);
        self.unbroken = Some(change);
    }

    /// Something that is no part of the change stands between.
    pub fn interrupt(&mut self) {
        self.unbroken = None;
    }

    /// All that have text or an author, oldest first; those without a time as they stand in the file, before the others.
    pub fn finish(mut self) -> Vec<Revision<PagedText>> {
        for change in &mut self.list {
            let length = change.text.text.trim_end().len();
            change.text.text.truncate(length);
        }
        self.list
            .retain(|c| !c.text.text.is_empty() || c.author.is_some());
        self.list.sort_by_key(|c| c.time.map(|t| t.seconds));
        self.list
    }
}
