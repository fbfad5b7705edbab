//! Repositories: a clock that follows a person's zone and hours, files that grow, and the writing of it with libgit2.

use crate::chance::Chance;
use crate::code::Program;
use crate::grammar::Grammar;
use crate::person::{Person, Repository, Signature, Step};
use git2::{IndexEntry, IndexTime, Oid, Time};
use jiff::civil::date;
use jiff::tz::TimeZone;
use std::path::Path;

/// How somebody works.
#[derive(Clone, Debug)]
pub struct Habit {
    /// First and last hour of a day's commits, of the clock on the wall; may pass midnight.
    pub hours: (i64, i64),
    /// Zones with the day, counted from the first, on which each begins.
    pub zones: Vec<(i64, String)>,
    /// Days between the first commit and the last.
    pub days: i64,
    /// The name and address that git writes.
    pub name: String,
    pub email: String,
}

impl Habit {
    /// An ordinary week in the claimed zone.
    pub fn of(person: &Person, chance: &mut Chance) -> Self {
        Self {
            hours: *chance.one(&[(9, 18), (8, 16), (10, 20), (13, 22)]),
            zones: vec![(0, person.place.1.clone())],
            days: chance.between(40, 500),
            name: person.name.clone(),
            email: person.contacts.email.clone(),
        }
    }
}

/// A repository of one's own.
pub fn repository(habit: &Habit, grammar: &Grammar, chance: &mut Chance) -> Repository {
    let programs = (0..chance.between(2, 5))
        .map(|_| Program::new(chance.between(4, 9) as usize, grammar, chance))
        .collect();
    grown(programs, habit, grammar, chance)
}

/// A history in which these programs grow, function by function.
pub fn grown(
    programs: Vec<Program>,
    habit: &Habit,
    grammar: &Grammar,
    chance: &mut Chance,
) -> Repository {
    let name = format!(
        "{}-{}",
        grammar.say("noun", chance),
        grammar.say("noun", chance)
    )
    .replace(' ', "-");
    let mut states: Vec<(usize, usize)> = Vec::new();
    for (i, program) in programs.iter().enumerate() {
        let mut at = 0;
        while at < program.len() {
            at = (at + chance.between(1, 3) as usize).min(program.len());
            states.push((i, at));
        }
    }
    let times = times(habit, states.len() + 1, chance);
    let readme = format!("# {name}\n\n{}\n", grammar.sentence("bullet", chance));
    let mut steps = vec![step(
        habit,
        times[0],
        "Begin".into(),
        vec![("README.md".into(), readme)],
    )];
    for ((i, at), time) in states.into_iter().zip(&times[1..]) {
        let files = vec![(programs[i].path(), programs[i].text(at))];
        steps.push(step(habit, *time, grammar.say("commit", chance), files));
    }
    Repository {
        name,
        programs,
        steps,
    }
}

/// One commit under the habit's name.
pub fn step(
    habit: &Habit,
    (time, offset): (i64, i32),
    message: String,
    files: Vec<(String, String)>,
) -> Step {
    let author = Signature {
        name: habit.name.clone(),
        email: habit.email.clone(),
        time,
        offset,
    };
    Step {
        committer: author.clone(),
        author,
        message,
        files,
    }
}

/// Ascending instants with their offsets.
pub fn times(habit: &Habit, num: usize, chance: &mut Chance) -> Vec<(i64, i32)> {
    let first = date(2023, 1, 2).checked_add(jiff::Span::new().days(chance.between(0, 500)));
    let first = first.expect("days of this century");
    let mut days: Vec<i64> = (0..num).map(|_| chance.between(0, habit.days)).collect();
    days.sort_unstable();
    let mut all: Vec<(i64, i32)> = days
        .into_iter()
        .map(|day| {
            let (from, to) = habit.hours;
            let seconds = chance.between(from * 3600, to * 3600 - 1);
            let weekend = (first.weekday().to_monday_zero_offset() as i64 + day) % 7 >= 5;
            let day = if weekend && chance.is(80) {
                day - 2
            } else {
                day
            };
            let zone = habit.zones.iter().rfind(|(since, _)| *since <= day.max(0));
            let zone = TimeZone::get(&zone.expect("a zone begins on the first day").1);
            let span = jiff::Span::new().days(day).seconds(seconds);
            let wall = first
                .at(0, 0, 0, 0)
                .checked_add(span)
                .expect("days of this century");
            let at = wall.to_zoned(zone.expect("zones of the grammar exist"));
            let at = at.expect("a wall clock's hour is an instant");
            (at.timestamp().as_second(), at.offset().seconds() / 60)
        })
        .collect();
    all.sort_unstable();
    all
}

/// Writes it as a bare repository.
///
/// # Errors
/// What libgit2 returns.
pub fn write(repository: &Repository, folder: &Path) -> Result<(), git2::Error> {
    let git = git2::Repository::init_bare(folder)?;
    let mut index = git2::Index::new()?;
    let mut parent: Option<Oid> = None;
    for step in &repository.steps {
        for (path, text) in &step.files {
            let id = git.blob(text.as_bytes())?;
            index.add(&entry(path, id, text.len()))?;
        }
        let tree = git.find_tree(index.write_tree_to(&git)?)?;
        let parents: Vec<git2::Commit<'_>> = parent
            .map(|p| git.find_commit(p))
            .transpose()?
            .into_iter()
            .collect();
        let parents: Vec<&git2::Commit<'_>> = parents.iter().collect();
        let (author, committer) = (signature(&step.author)?, signature(&step.committer)?);
        parent = Some(git.commit(None, &author, &committer, &step.message, &tree, &parents)?);
    }
    if let Some(last) = parent {
        git.reference("refs/heads/main", last, true, "")?;
        git.set_head("refs/heads/main")?;
    }
    // What every new repository gets and nobody reads.
    for name in ["hooks", "info", "description"] {
        let path = folder.join(name);
        let _gone = if path.is_dir() {
            std::fs::remove_dir_all(path)
        } else {
            std::fs::remove_file(path)
        };
    }
    Ok(())
}

fn signature(s: &Signature) -> Result<git2::Signature<'static>, git2::Error> {
    git2::Signature::new(&s.name, &s.email, &Time::new(s.time, s.offset))
}

fn entry(path: &str, id: Oid, len: usize) -> IndexEntry {
    IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: len as u32,
        id,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}
