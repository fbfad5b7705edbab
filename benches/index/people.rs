//! Applicants made up for the index: profiles by the real features, without files.

use samehand::features::career;
use samehand::features::skills;
use samehand::features::text_features;
use samehand::features::whose;
use samehand::intake;
use samehand::model::{
    ApplicantId, Digest, Document, DocumentMeta, MaskedText, ObjectId, PagedText, Profile,
    SourceInfo, SourceKind, Traces, mix,
};
use samehand::pipeline::{Applicant, Options, Silent, read};

/// Applicants of the demo with a repository.
pub fn bases(options: &Options) -> Vec<Applicant> {
    let pool = intake::open(&["corpora/demo".into()]).unwrap();
    let mut all = read(&pool, options, &Silent).unwrap();
    all.retain(|a| a.profile.code.iter().flatten().any(|u| u.print.is_some()));
    all
}

/// Somebody; one in four has a repository.
pub fn applicant(seed: u64, bases: &[Applicant]) -> Applicant {
    applicant_with(seed, bases, seed.is_multiple_of(4))
}

/// Somebody with or without a repository.
pub fn applicant_with(seed: u64, bases: &[Applicant], code: bool) -> Applicant {
    let mut profile = match (code, bases) {
        (true, [_, ..]) => moved(
            &bases[(mix(seed) % bases.len() as u64) as usize].profile,
            seed,
        ),
        _ => Profile::empty(ApplicantId::new("")),
    };
    profile.applicant = ApplicantId::new(format!("p{seed:09}"));
    let text = PagedText::new(resume(seed), Vec::new());
    let source = SourceInfo {
        path: format!("{}/resume.pdf", profile.applicant),
        sha256: Digest(format!("{:016x}", mix(seed)).repeat(4)),
        kind: SourceKind::Pdf,
        engine: None,
    };
    let features = text_features(&text.text);
    profile.identifiers = whose::from_document(&text, &[], &source, None);
    profile.careers = vec![career::steps(&text.text)];
    profile.skills = vec![skills::lists(&text.text)];
    profile.documents = vec![Document {
        source: source.clone(),
        signature: features.signature,
        fingerprints: features.fingerprints,
        text: MaskedText::new(&text, &[]),
        meta: DocumentMeta::default(),
        links: Vec::new(),
        traces: Traces::default(),
    }];
    profile.sources.push(source);
    Applicant {
        profile,
        name: None,
        problems: Vec::new(),
    }
}

/// The repositories of a profile as somebody else's: no hash, id or time is the same, all amounts are.
fn moved(base: &Profile, seed: u64) -> Profile {
    let by = mix(seed ^ 0x5eed);
    let id = |id: &mut ObjectId| {
        let bytes = by.to_le_bytes();
        id.0.iter_mut()
            .enumerate()
            .for_each(|(i, b)| *b ^= bytes[i % 8]);
    };
    let mut profile = Profile {
        documents: Vec::new(),
        careers: Vec::new(),
        skills: Vec::new(),
        leftovers: Vec::new(),
        name: None,
        ..base.clone()
    };
    for history in &mut profile.histories {
        for commit in &mut history.commits {
            id(&mut commit.id);
            id(&mut commit.tree);
            commit.parents.iter_mut().for_each(id);
            let shift = (mix(by ^ commit.subject) % 40_000_000) as i64;
            commit.author.seconds += shift;
            commit.committer.seconds += shift;
            commit.subject ^= by;
        }
        for ident in &mut history.idents {
            ident.email = format!("{by:x}-{}", ident.email);
            ident.name_key ^= by;
        }
    }
    for owner in &mut profile.owners {
        owner
            .emails
            .iter_mut()
            .for_each(|e| *e = format!("{by:x}-{e}"));
        owner.github_ids.clear();
        owner.keys.clear();
    }
    for unit in profile.code.iter_mut().flatten() {
        id(&mut unit.blob);
        for print in unit.print.iter_mut() {
            print.marks.iter_mut().for_each(|m| m.hash ^= by);
            print.raw.iter_mut().for_each(|r| *r ^= by as u32);
        }
    }
    for repository in &mut profile.repositories {
        repository.identifiers.clear();
        repository.names.clear();
        if let Some(readme) = &mut repository.readme {
            readme.words.iter_mut().for_each(|w| *w ^= by as u32);
        }
    }
    profile
}

/// About 400 words: a heading, four posts with dates, skills.
fn resume(seed: u64) -> String {
    let mut state = mix(seed.wrapping_add(1));
    let mut pick = |list: &str| -> String {
        state = mix(state.wrapping_add(0x9e37));
        let words: Vec<&str> = list.split(' ').collect();
        words[(state % words.len() as u64) as usize].replace('_', " ")
    };
    let name = format!("{}{}", pick(SYLLABLES), pick(SYLLABLES));
    let mut text = format!(
        "{name}\n{name}{seed}@mail{seed}.test\n+1 202 {} {:04}\n\nExperience\n",
        200 + mix(seed) % 800,
        mix(mix(seed)) % 10_000
    );
    let mut year = 2008 + mix(seed) % 6;
    for _ in 0..4 {
        let months =
            "January February March April May June July August September October November December";
        let until = year + 1 + mix(year ^ seed) % 3;
        text += &format!(
            "{} {}, {}{} {}\n{} {year} - {} {until}\n",
            pick("Senior Junior Lead Staff Principal"),
            pick("developer engineer analyst consultant architect"),
            pick(SYLLABLES),
            pick(SYLLABLES),
            employer(seed, year),
            pick(months),
            pick(months)
        );
        year = until;
        for _ in 0..6 {
            let mut line = pick(VERBS);
            for _ in 0..3 {
                for list in [KINDS, THINGS, PEOPLE, KINDS] {
                    line += " ";
                    line += &pick(list);
                }
                // A customer, a product: one of 15,625, as a résumé has words that few others have.
                line += &format!(" {}{}{}", pick(SYLLABLES), pick(SYLLABLES), pick(SYLLABLES));
            }
            text += &format!("- {line}.\n");
        }
        text.push('\n');
    }
    let skills: Vec<String> = (0..12).map(|_| pick(TOOLS)).collect();
    text + "Skills\n" + &skills.join(", ") + "\n"
}

/// A second word of an employer's name, one of a few thousand: words like "Systems" tell no employer from another.
fn employer(seed: u64, year: u64) -> String {
    let syllables: Vec<&str> = SYLLABLES.split(' ').collect();
    let picked = (0..3).map(|n| mix(seed ^ year << 40 ^ n << 50) % syllables.len() as u64);
    picked.map(|i| syllables[i as usize]).collect()
}

const SYLLABLES: &str = "ral mon tig kub ben lor zan fim dor pel shan vul hest quar bri olm nad sef tur wim yar gol cas deb ern";
const VERBS: &str = "Built Designed Led Maintained Migrated Wrote Reviewed Planned Deployed Measured Automated Replaced Documented Introduced Tested Reduced Tuned Refactored Integrated Moved Monitored Secured Simplified Released Supported Extended Scheduled Verified Rewrote Delivered";
const KINDS: &str = "internal customer regional nightly monthly legacy shared mobile public automated distributed central financial clinical seasonal remote quarterly interactive statistical secure local weekly open small large commercial municipal medical academic daily";
const THINGS: &str = "dashboards services pipelines reports schedules tests invoices libraries interfaces queues forms warehouses catalogues alerts backups releases documents deployments databases portals scripts checks queries models caches tickets archives gateways workflows audits calendars exports registers bookings scanners printers sensors ledgers";
const PEOPLE: &str = "teams analysts clinics shops drivers teachers tenants nurses planners farmers libraries auditors students editors buyers brokers couriers curators engineers operators";
const TOOLS: &str = "Python Java Go Rust SQL PostgreSQL Docker Kubernetes Linux Git Terraform Kafka Redis React TypeScript Jenkins AWS Spark Airflow Ansible C++ Scala Ruby Django Flask Spring GraphQL Angular Vue Grafana";
