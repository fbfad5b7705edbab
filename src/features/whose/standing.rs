//! Which values of a document are its owner's, by the places where they stand.

use crate::features::email;
use crate::features::identifiers::Found;
use crate::features::others::Others;
use crate::features::others::holds;
use crate::model::IdentifierKind;
use std::collections::BTreeSet;

/// Which values of a document are its owner's, by the places where they stand.
pub(in crate::features::whose) struct Standing<'a> {
    others: &'a Others,
    /// Values that stand in a place of the owner's own.
    own: BTreeSet<&'a str>,
    /// Values that stand only among referees.
    referees: BTreeSet<&'a str>,
    /// Values that stand only in a place of strangers.
    strangers: BTreeSet<&'a str>,
}

impl<'a> Standing<'a> {
    pub(in crate::features::whose) fn new(found: &'a [Found], others: &'a Others) -> Self {
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
    pub(in crate::features::whose) fn is_own(&self, found: &Found, at: Option<usize>) -> bool {
        match at {
            Some(_) => self.own.contains(found.value.as_str()),
            None => !self.strangers.contains(found.value.as_str()),
        }
    }

    pub(in crate::features::whose) fn is_referees(&self, found: &Found, at: Option<usize>) -> bool {
        self.referees.contains(found.value.as_str())
            && at.is_none_or(|at| holds(&self.others.referees, at))
    }
}

/// Whether a mailbox is an office's.
fn is_office(found: &Found) -> bool {
    found.kind == IdentifierKind::Email && email::is_role(&found.value)
}
