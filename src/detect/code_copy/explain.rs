//! Which ordinary relation would show the same, decided from the case.

use crate::detect::code_copy::side::Match;
use crate::detect::code_copy::side::Repository;
use crate::detect::code_origin::is_of_others;
use crate::link::Background;
use crate::model::Relation;
use std::collections::BTreeSet;

/// Share of the smaller repository from which on a starter, tutorial or copied part does not explain what is shared.
const MOST: f64 = 0.5;
/// Share of the larger repository under which the smaller may simply be included in it.
const PART: f64 = 0.25;

/// Files under which what is shared may be one tutorial that both followed, however much of a repository it is …
const FEW_FILES: usize = 3;
/// … and its weight: some 2,000 lines. Both are choices: a written tutorial is a file or two.
const TUTORIAL: f64 = 600.0;

const ONE_PART: &str = "one stretch of code is the same, a small part of both repositories: a tutorial's or a textbook's";

const STARTER: &str = "several of the pool hold this code, and it is a part of both repositories only: a starter, a course or a tutorial";

impl Match<'_> {
    /// Why a match says nothing: one stretch in a small part of both, as people take it from a tutorial or textbook; or a
    /// part of both that is no longer one where only the code counts that a handful holds.
    pub fn ordinary(&self, background: &Background) -> Option<&'static str> {
        let share = self.copied.containment();
        if self.copied.regions.len() == 1 && share < PART {
            return Some(ONE_PART);
        }
        let rare = |mark| match background.few_hold(mark) {
            true => background.code_weight(mark),
            false => 0.0,
        };
        let is_starter = share < MOST && Match::new(self.left, self.right, &rare).is_none();
        is_starter.then_some(STARTER)
    }
}

/// A part, and a file or two, are explained by a template, tutorial or course; a small repository inside a large one by inclusion;
/// a repository that somebody else wrote by that; a third person who wrote in both by work together.
pub(in crate::detect::code_copy) fn explained_by(found: &Match<'_>) -> Vec<Relation> {
    let (left, right) = (found.copied.left_share(), found.copied.right_share());
    let mut all = Vec::new();
    if left.max(right) < MOST || is_small(found) {
        all.extend([Relation::Template, Relation::Agency]);
    } else if left.min(right) < PART {
        all.push(Relation::Fork);
    }
    let of_others = |side: &Repository<'_>| is_of_others(side.profile, side.owner, side.history);
    if (of_others(found.left) || of_others(found.right)) && !all.contains(&Relation::Fork) {
        all.push(Relation::Fork);
    }
    if has_common_third(found.left, found.right) {
        all.push(Relation::Colleagues);
    }
    all
}

/// Whether what is shared is no more than a file or two on one side.
fn is_small(found: &Match<'_>) -> bool {
    let regions = &found.copied.regions;
    let left: BTreeSet<&str> = regions.iter().map(|r| path(found.left, r.left)).collect();
    let right: BTreeSet<&str> = regions.iter().map(|r| path(found.right, r.right)).collect();
    left.len().min(right.len()) < FEW_FILES && found.copied.mass < TUTORIAL
}

fn path<'a>(side: &Repository<'a>, file: u32) -> &'a str {
    &side.prints.units[file as usize].0.path
}

/// Whether somebody wrote in both repositories who is neither's applicant nor a machine.
fn has_common_third(left: &Repository<'_>, right: &Repository<'_>) -> bool {
    let others = third_persons(left);
    third_persons(right).iter().any(|email| {
        others.contains(email)
            && !left.owner.emails.contains(email)
            && !right.owner.emails.contains(email)
    })
}

/// Addresses of people beside the applicant; those that stand for a program or for nobody are left out.
fn third_persons(side: &Repository<'_>) -> BTreeSet<String> {
    let idents = side.history.idents.iter().enumerate();
    let is_other = |n: usize| {
        !side
            .owner
            .idents
            .iter()
            .any(|(owned, _)| *owned as usize == n)
    };
    let emails = idents
        .filter(|(n, _)| is_other(*n))
        .map(|(_, ident)| ident.email.to_lowercase());
    let is_person = |email: &String| {
        let is_machine = ["noreply@", "no-reply@", "[bot]", "bot@", "actions@"];
        email.contains('@') && !is_machine.iter().any(|mark| email.contains(mark))
    };
    emails.filter(is_person).collect()
}
