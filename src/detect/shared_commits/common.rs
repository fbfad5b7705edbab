//! What two repositories have in common, whose commits those are, and what that amounts to.

use crate::features::own::OwnCommit;
use crate::features::own::own_commits;
use crate::model::Commit;
use crate::model::History;
use crate::model::ObjectId;
use crate::model::OwnedBy;
use crate::model::Profile;
use crate::model::RefClass;
use crate::model::Relation;
use std::collections::HashSet;

/// Own commits in common from which an undeclared repository is left unexplained; a choice, not measured.
const MIN_OWN: usize = 5;
/// Share of the common commits by others from which a repository is a project of several people; as for
/// `commit-identity`.
const OTHERS: f64 = 0.5;
/// Share of the other's repository that has to be the owner's for it to be handed in as a whole.
const WHOLE: f64 = 0.9;
/// Common commits that a starter or template may make.
const START: usize = 2;

pub(in crate::detect) const UPSTREAM: &str =
    "others wrote the commits that both hold: a fork of, or a start from, somebody else's project";
pub(in crate::detect) const PROJECT: &str =
    "others wrote at least half of the commits that both hold: a project of several people";
pub(in crate::detect) const CLAIMED: &str =
    "both claim the identity that wrote them: see commit-identity and shared-contact";

/// An applicant and which commits are theirs.
pub(in crate::detect) struct Side {
    own: HashSet<ObjectId>,
    /// Whether the own commits carry something the applicant claims; else a sole author stands in.
    is_tied: bool,
}

impl Side {
    pub fn new(profile: &Profile) -> Self {
        let own = own_commits(profile);
        let mut owned = profile.owners.iter().flat_map(|o| &o.idents);
        Self {
            own: own.iter().map(|o: &OwnCommit<'_>| o.commit.id).collect(),
            is_tied: owned.any(|(_, by)| *by != OwnedBy::SoleAuthor),
        }
    }

    fn owns(&self, commit: &Commit) -> bool {
        self.own.contains(&commit.id)
    }

    /// Whether anything is tied to the applicant by more than the lack of other authors.
    fn shows_own(&self) -> bool {
        self.is_tied && !self.own.is_empty()
    }
}

/// What common commits amount to, heaviest last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect) enum Case {
    /// Says nothing, and why.
    SetAside(&'static str),
    /// Both handed in a repository of one author whom neither claims.
    Third(Vec<Relation>),
    /// Commits of both, or a fork: ordinary.
    Declared(Vec<Relation>),
    /// A repository that one wrote, handed in by one who shows nothing of their own; 0 where the left one wrote it.
    HandedIn(usize),
}

/// Commits that two repositories hold.
pub(in crate::detect) struct Common<'a> {
    pub histories: [&'a History; 2],
    /// The commits by author time.
    pub commits: Vec<&'a Commit>,
    /// Those by one applicant's own identity.
    pub own: Vec<&'a Commit>,
    pub case: Case,
}

impl<'a> Common<'a> {
    /// `None` where they hold none.
    pub fn new(
        sides: [&Side; 2],
        histories: [&'a History; 2],
        ids: &HashSet<ObjectId>,
    ) -> Option<Self> {
        let commits: Vec<&Commit> = histories[0]
            .commits
            .iter()
            .filter(|c| ids.contains(&c.id))
            .collect();
        if commits.is_empty() {
            return None;
        }
        let is_own = |c: &&Commit| sides.iter().any(|side| side.owns(c));
        let own: Vec<&Commit> = commits.iter().copied().filter(is_own).collect();
        let case = judge(sides, histories, &commits, own.len());
        Some(Self {
            histories,
            commits,
            own,
            case,
        })
    }
}

fn judge(sides: [&Side; 2], histories: [&History; 2], commits: &[&Commit], num_own: usize) -> Case {
    let num = commits.len();
    if num_own == 0 {
        return Case::SetAside(UPSTREAM);
    }
    if (num - num_own) as f64 >= OTHERS * num as f64 {
        return Case::SetAside(PROJECT);
    }
    let [mine, theirs] = sides.map(|side| commits.iter().filter(|c| side.owns(c)).count());
    let both = commits.iter().any(|c| sides.iter().all(|s| s.owns(c)));
    match (both, sides.map(|s| s.is_tied)) {
        (true, [true, true]) => return Case::SetAside(CLAIMED),
        (true, [false, false]) => return Case::Third(vec![Relation::Fork, Relation::Template]),
        (false, _) if mine > 0 && theirs > 0 => {
            return Case::Declared(vec![Relation::Colleagues, Relation::Fork]);
        }
        _ => {}
    }
    // One side owns them; a mere sole author beside a claim owns nothing.
    let owner = match sides.map(|s| s.is_tied) {
        [true, false] => 0,
        [false, true] => 1,
        _ => usize::from(mine == 0),
    };
    let (host, history) = (sides[1 - owner], histories[1 - owner]);
    if num <= START {
        return Case::Declared(vec![Relation::Template, Relation::Fork]);
    }
    let own = commits.iter().filter(|c| sides[owner].owns(c)).count();
    let is_whole = own as f64 >= WHOLE * history.commits.len() as f64;
    if host.shows_own() || has_foreign_refs(history) || !is_whole || own < MIN_OWN {
        return Case::Declared(vec![Relation::Fork]);
    }
    Case::HandedIn(owner)
}

/// Remote or pull refs, which a clone of somebody else's project keeps.
fn has_foreign_refs(history: &History) -> bool {
    let foreign = [RefClass::Remote, RefClass::Pull];
    history.refs.iter().any(|r| foreign.contains(&r.class))
}
