//! Résumés as files: one list of lines, written in several formats and conventions.

use crate::docx;
use crate::person::{Job, Month, Person};
use serde_json::json;

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Name,
    Contact,
    Heading,
    Job,
    Bullet,
    Text,
}

/// A line of a résumé.
pub struct Line {
    pub kind: Kind,
    pub text: String,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The file of a person: its bytes.
pub fn file(person: &Person) -> Vec<u8> {
    let lines = lines(person);
    match person.format {
        "docx" => docx::write(person, &lines),
        "md" => markdown(&lines).into_bytes(),
        "html" => html(&lines).into_bytes(),
        "rtf" => rtf(&lines).into_bytes(),
        "json" => json_resume(person).into_bytes(),
        _ => plain(&lines).into_bytes(),
    }
}

/// Headings: summary, jobs, education, skills, referees, further.
fn headings(person: &Person) -> [&'static str; 6] {
    match (person.language, person.convention % 2) {
        ("de", _) => [
            "Profil",
            "Berufserfahrung",
            "Ausbildung",
            "Kenntnisse",
            "Referenzen",
            "Weiteres",
        ],
        ("es", _) => [
            "Perfil",
            "Experiencia",
            "Formación",
            "Habilidades",
            "Referencias",
            "Otros",
        ],
        (_, 0) => [
            "Summary",
            "Experience",
            "Education",
            "Skills",
            "References",
            "Other",
        ],
        _ => [
            "Profile",
            "Work experience",
            "Education",
            "Technical skills",
            "References",
            "Further",
        ],
    }
}

/// The lines, in the order of the convention.
pub fn lines(person: &Person) -> Vec<Line> {
    let mut out = Vec::new();
    let mut add = |kind, text: String| out.push(Line { kind, text });
    let (c, career) = (&person.contacts, &person.career);
    let h = headings(person);
    add(Kind::Name, person.name.clone());
    let account = format!("github.com/{}", c.account);
    let parts = [person.place.0.as_str(), &c.email, &c.phone, &account];
    match person.convention {
        0 | 2 => add(Kind::Contact, parts.join(" | ")),
        _ => parts.iter().for_each(|p| add(Kind::Contact, p.to_string())),
    }
    if let Some(address) = &c.address {
        add(Kind::Contact, format!("{address}, {}", person.place.0));
    }
    let section = |add: &mut dyn FnMut(Kind, String), head: &str, kind, all: &[String]| {
        if !all.is_empty() {
            add(Kind::Heading, head.into());
            all.iter().for_each(|text| add(kind, text.clone()));
        }
    };
    section(&mut add, h[0], Kind::Text, &career.summary);
    let skills = [career.skills.join(", ")];
    if person.convention == 3 {
        section(&mut add, h[3], Kind::Text, &skills);
    }
    add(Kind::Heading, h[1].into());
    for job in &career.jobs {
        add(Kind::Job, head(job, person.convention));
        job.bullets
            .iter()
            .for_each(|b| add(Kind::Bullet, b.clone()));
    }
    section(&mut add, h[2], Kind::Text, &career.education);
    if person.convention != 3 {
        section(&mut add, h[3], Kind::Text, &skills);
    }
    section(&mut add, h[4], Kind::Text, &career.referees);
    section(&mut add, h[5], Kind::Text, &career.lines);
    out
}

fn head(job: &Job, convention: usize) -> String {
    let (from, to) = (date(job.from, convention), date(job.to, convention));
    match convention {
        0 => format!("{}, {} | {from} – {to}", job.title, job.employer),
        1 => format!("{from} - {to}  {} at {}", job.title, job.employer),
        2 => format!("{} ({from} – {to}), {}", job.employer, job.title),
        _ => format!("{}, {}, {from} to {to}", job.employer, job.title),
    }
}

fn date((year, month): Month, convention: usize) -> String {
    let name = MONTHS[month as usize - 1];
    match convention {
        0 => format!("{} {year}", &name[..3]),
        3 => format!("{name} {year}"),
        1 => format!("{month:02}/{year}"),
        _ => format!("{month:02}.{year}"),
    }
}

fn plain(lines: &[Line]) -> String {
    let line = |l: &Line| match l.kind {
        Kind::Heading => format!("\n{}\n", l.text.to_uppercase()),
        Kind::Bullet => format!("- {}\n", l.text),
        _ => format!("{}\n", l.text),
    };
    lines.iter().map(line).collect()
}

fn markdown(lines: &[Line]) -> String {
    let line = |l: &Line| match l.kind {
        Kind::Name => format!("# {}\n", l.text),
        Kind::Heading => format!("\n## {}\n", l.text),
        Kind::Job => format!("\n### {}\n", l.text),
        Kind::Bullet => format!("- {}\n", l.text),
        _ => format!("{}  \n", l.text),
    };
    lines.iter().map(line).collect()
}

/// With what XML wants escaped.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn html(lines: &[Line]) -> String {
    let mut out = String::from(
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>CV</title></head><body>\n",
    );
    let mut is_list = false;
    for line in lines {
        if is_list != (line.kind == Kind::Bullet) {
            out.push_str(if is_list { "</ul>\n" } else { "<ul>\n" });
            is_list = !is_list;
        }
        let tag = match line.kind {
            Kind::Name => "h1",
            Kind::Heading => "h2",
            Kind::Job => "h3",
            Kind::Bullet => "li",
            _ => "p",
        };
        out.push_str(&format!("<{tag}>{}</{tag}>\n", escaped(&line.text)));
    }
    out + if is_list {
        "</ul>\n</body></html>\n"
    } else {
        "</body></html>\n"
    }
}

fn rtf(lines: &[Line]) -> String {
    let mut out = String::from("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Times New Roman;}}\n");
    for line in lines {
        let style = if line.kind == Kind::Heading {
            "\\b "
        } else {
            ""
        };
        let mark = if line.kind == Kind::Bullet {
            "\\bullet\\tab "
        } else {
            ""
        };
        let text: String = line.text.chars().map(rtf_letter).collect();
        out.push_str(&format!("{{\\pard {style}{mark}{text}\\par}}\n"));
    }
    out + "}\n"
}

fn rtf_letter(c: char) -> String {
    match c {
        '\\' | '{' | '}' => format!("\\{c}"),
        c if c.is_ascii() => c.to_string(),
        c => format!("\\u{}?", c as u32),
    }
}

fn json_resume(person: &Person) -> String {
    let (c, career) = (&person.contacts, &person.career);
    let month = |(year, month): Month| format!("{year}-{month:02}");
    let job = |j: &Job| json!({"position": j.title, "name": j.employer, "startDate": month(j.from), "endDate": month(j.to), "highlights": j.bullets});
    let education = |text: &String| {
        let parts: Vec<&str> = text.splitn(3, ", ").collect();
        let part = |i: usize| parts.get(i).copied().unwrap_or_default();
        json!({"area": part(0), "institution": part(1), "endDate": part(2)})
    };
    let skill = |name: &String| json!({"name": name});
    let lines = career.summary.iter().chain(&career.lines);
    let summary: Vec<&str> = lines.map(String::as_str).collect();
    let referee = |text: &String| json!({"name": "", "reference": text});
    let value = json!({
        "basics": {"name": person.name, "email": c.email, "phone": c.phone, "summary": summary.join(" "),
            "location": {"address": c.address, "city": person.place.0},
            "profiles": [{"network": "GitHub", "username": c.account, "url": format!("https://github.com/{}", c.account)}]},
        "work": career.jobs.iter().map(job).collect::<Vec<_>>(),
        "education": career.education.iter().map(education).collect::<Vec<_>>(),
        "skills": career.skills.iter().map(skill).collect::<Vec<_>>(),
        "references": career.referees.iter().map(referee).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}
