//! Makes labelled pools of invented applicants: campaigns of one hand, look-alikes, strangers.
//!
//! ```text
//! cargo run --release --example generate_pool -- OUT --seed 1 --side fit|report [--applicants 300] [--campaigns 20]
//!     [--alike 30] [--relations household+fork] [--repositories 25] [--only mixed|alone|resume+wallet] [--members 2] [--worlds 1]
//! ```
//! OUT gets `pool/` (a folder with `manifest.csv`, files and bare repositories) and `labels.csv` with the columns that
//! `samehand evaluate` reads and, for figures by stratum, what relates an applicant to others, format, language, grade and who
//! the others point at.
//! With `--worlds N` the worlds of N seeds stand in OUT/0000 and so on. `--campaigns`, `--alike` and `--repositories` are
//! hundredths of the applicants. Equal options give equal bytes. Everybody is invented: names out of syllables, hosts
//! under `.test`, phone numbers of ranges kept free for fiction.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod campaigns;
mod chance;
mod code;
mod code_channels;
mod documents;
mod docx;
mod grammar;
mod histories;
mod lookalikes;
mod people;
mod person;
mod portrait;
mod world;

use crate::grammar::Side;
use crate::person::Person;
use crate::world::Wish;
use anyhow::{Context, bail};
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> anyhow::Result<()> {
    let (out, mut wish, worlds) = options()?;
    if worlds == 1 {
        return write(&out, &world::people(&wish));
    }
    let first = wish.seed;
    for number in 0..worlds {
        wish.seed = first + number as u64;
        write(&out.join(format!("{number:04}")), &world::people(&wish))?;
    }
    Ok(())
}

fn options() -> anyhow::Result<(PathBuf, Wish, usize)> {
    let (mut out, mut worlds) = (None, 1);
    let mut wish = Wish {
        seed: 1,
        side: Side::Report,
        applicants: 300,
        campaigns: 20,
        alike: 30,
        repositories: 25,
        relations: None,
        only: None,
        members: 0,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let Some(option) = argument.strip_prefix("--") else {
            out = Some(PathBuf::from(argument));
            continue;
        };
        let value = arguments
            .next()
            .with_context(|| format!("--{option} needs a value"))?;
        let number = || {
            value
                .parse::<usize>()
                .with_context(|| format!("--{option} {value}"))
        };
        match option {
            "seed" => wish.seed = number()? as u64,
            "side" => {
                wish.side = if value == "fit" {
                    Side::Fit
                } else {
                    Side::Report
                }
            }
            "applicants" => wish.applicants = number()?,
            "campaigns" => wish.campaigns = number()?,
            "alike" => wish.alike = number()?,
            "repositories" => wish.repositories = number()?,
            "only" => wish.only = Some(value),
            "relations" => wish.relations = Some(value),
            "members" => wish.members = number()?,
            "worlds" => worlds = number()?,
            _ => bail!("no option --{option}"),
        }
    }
    Ok((out.context("generate_pool OUT [options]")?, wish, worlds))
}

fn write(out: &Path, people: &[Person]) -> anyhow::Result<()> {
    let pool = out.join("pool");
    fs::create_dir_all(&pool).with_context(|| format!("failed to make {}", pool.display()))?;
    let mut manifest = csv::Writer::from_path(pool.join("manifest.csv"))?;
    manifest.write_record([
        "id", "name", "email", "phone", "location", "timezone", "github", "resume", "repos",
    ])?;
    let mut labels = csv::Writer::from_path(out.join("labels.csv"))?;
    labels.write_record([
        "applicant",
        "hand",
        "kind",
        "stratum",
        "related",
        "grade",
        "format",
        "language",
        "convention",
        "lead",
    ])?;
    for person in people {
        let resume = format!("{}.{}", person.id, person.format);
        fs::write(pool.join(&resume), documents::file(person))?;
        let mut repositories = Vec::new();
        for (number, repository) in person.repositories.iter().enumerate() {
            let name = format!("{}-{number}.git", person.id);
            histories::write(repository, &pool.join(&name)).with_context(|| name.clone())?;
            repositories.push(name);
        }
        let (c, l) = (&person.contacts, &person.label);
        manifest.write_record([
            &person.id,
            &person.name,
            &c.email,
            &c.phone,
            &person.place.0,
            &person.place.1,
            &c.account,
            &resume,
            &repositories.join(";"),
        ])?;
        labels.write_record([
            &person.id,
            &l.hand,
            &l.kind,
            &l.stratum,
            &l.related,
            &l.grade,
            person.format,
            person.language,
            &person.convention.to_string(),
            l.lead,
        ])?;
    }
    manifest.flush()?;
    labels.flush()?;
    Ok(())
}
