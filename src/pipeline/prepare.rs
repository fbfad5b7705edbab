//! What is built when it is first asked, built beforehand: numbering plans, word tables and regular expressions take a
//! quarter of a second together, which a run about one applicant would spend behind a worker that reads one résumé.
//!
//! An invented résumé goes the way of any other, so that nothing here has to know what is built, or to be kept in step.

use crate::detect::DETECTORS;
use crate::features::phone_number;
use crate::intake::Pool;
use crate::link::Background;
use crate::pipeline::profiles;
use std::thread::Builder;

/// Nobody's; without a phone number, whose plans are the largest part and are built beside the rest.
const RESUME: &str = "Ann Example\nLondon, UK\nann@mail.test | github.com/ann-example\n\nExperience\n\
    Marrowline Ferries, Senior engineer, Jan 2019 - Mar 2021\n- Led a team of 4 and cut costs by 20 % with Rust 1.30.\n\n\
    Education\nBSc Computer Science, University of Example, 2014\n\nSkills\nPython, Rust, Docker, PostgreSQL, Kafka, Terraform, React, Linux, Git, Redis\n";

/// Begins to build what the résumés of a pool will ask for, on threads of their own; for a pool without documents nothing.
pub fn prepare(pool: &Pool) {
    let mut sources = pool.applicants.iter().flat_map(|e| &e.sources);
    if !sources.any(|source| !source.repository) {
        return;
    }
    for work in [plans, walk_through] {
        // Without a thread everything is built when it is asked, as it would be anyway.
        let _ = Builder::new().name("prepare".into()).spawn(work);
    }
}

fn plans() {
    let _ = phone_number::normalise("+1 202 555 0123", None);
}

fn walk_through() {
    let somebody = profiles::of_text(RESUME);
    let background = Background::default();
    for detector in DETECTORS {
        drop(detector.examine(&somebody.profile, &background));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invented_resume_goes_all_the_way() {
        let somebody = profiles::of_text(RESUME);
        let profile = &somebody.profile;
        assert!(somebody.name.is_some() && !profile.zones.is_empty());
        assert!(!profile.identifiers.is_empty());
        assert!(profile.careers.iter().any(|c| !c.is_empty()));
        assert!(profile.skills.iter().any(|s| !s.is_empty()));
        walk_through();
    }
}
