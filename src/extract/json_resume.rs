//! JSON Resume (jsonresume.org, schema 1.0.0): the fields a reader of the rendered page sees, in one fixed order with
//! headings, so that it reads like any other résumé. What the schema does not name is left out: themes do not show it.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::text;
use crate::extract::time::iso_date;
use crate::model::DocumentLink;
use crate::model::DocumentMeta;
use crate::model::RawDocument;
use crate::model::SourceKind;
use serde_json::Map;
use serde_json::Value;
use std::path::Path;

/// The sections after `basics`: name, heading, fields of an entry's first line, fields with a line each, lists.
type Section = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

/// In the order of the schema.
const SECTIONS: &[Section] = &[
    (
        "work",
        "Experience",
        &[
            "position",
            "name",
            "company",
            "location",
            "startDate",
            "endDate",
        ],
        &["description", "summary"],
        &["highlights"],
    ),
    (
        "volunteer",
        "Volunteering",
        &["position", "organization", "startDate", "endDate"],
        &["summary"],
        &["highlights"],
    ),
    (
        "education",
        "Education",
        &[
            "studyType",
            "area",
            "institution",
            "startDate",
            "endDate",
            "score",
            "gpa",
        ],
        &[],
        &["courses"],
    ),
    (
        "awards",
        "Awards",
        &["title", "awarder", "date"],
        &["summary"],
        &[],
    ),
    (
        "certificates",
        "Certificates",
        &["name", "issuer", "date"],
        &[],
        &[],
    ),
    (
        "publications",
        "Publications",
        &["name", "publisher", "releaseDate"],
        &["summary"],
        &[],
    ),
    ("skills", "Skills", &["name", "level"], &[], &["keywords"]),
    ("languages", "Languages", &["language", "fluency"], &[], &[]),
    ("interests", "Interests", &["name"], &[], &["keywords"]),
    ("references", "References", &["name"], &["reference"], &[]),
    (
        "projects",
        "Projects",
        &["name", "entity", "startDate", "endDate"],
        &["description", "summary"],
        &["highlights", "keywords", "roles"],
    ),
];

/// JSON Resume.
pub(in crate::extract) struct JsonResume;

impl Extractor for JsonResume {
    fn kind(&self) -> SourceKind {
        SourceKind::JsonResume
    }

    /// An object with `basics`, or that names the schema. Files that do not parse are told by how they begin.
    fn recognises(&self, bytes: &[u8], path: &Path) -> bool {
        let start = bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(bytes)
            .trim_ascii_start();
        if !start.starts_with(b"{") || start.starts_with(b"{\\rtf") {
            return false;
        }
        match serde_json::from_slice::<Value>(start) {
            Ok(Value::Object(resume)) => is_resume(&resume),
            Ok(_) => false,
            Err(_) => path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("json")),
        }
    }

    fn read(&self, bytes: &[u8], _attempt: u8, _limits: &Limits) -> Result<RawDocument, ReadError> {
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        // Nesting is limited by serde_json, to 128.
        let resume: Map<String, Value> =
            serde_json::from_slice(start).map_err(|e| ReadError::damaged("JSON Resume", e))?;
        let mut page = Page::default();
        page.basics(resume.get("basics").unwrap_or(&Value::Null));
        for section in SECTIONS {
            page.section(&resume, section);
        }
        let mut document = text::document(SourceKind::JsonResume, page.text)?;
        document.links = page.links;
        document.meta = meta(resume.get("meta").unwrap_or(&Value::Null));
        Ok(document)
    }
}

fn is_resume(resume: &Map<String, Value>) -> bool {
    let schema = resume
        .get("$schema")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let has_section = SECTIONS
        .iter()
        .any(|s| resume.get(s.0).is_some_and(Value::is_array));
    let basics = resume.get("basics").is_some_and(Value::is_object);
    basics || schema.contains("resume") && has_section
}

fn meta(meta: &Value) -> DocumentMeta {
    DocumentMeta {
        template: string(meta, "theme").map(Into::into),
        modified: string(meta, "lastModified").and_then(iso_date),
        ..DocumentMeta::default()
    }
}

fn string<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of.get(name)?
        .as_str()
        .map(str::trim)
        .filter(|s| !s.is_empty())
}

/// The page under way.
#[derive(Default)]
struct Page {
    text: String,
    links: Vec<DocumentLink>,
}

impl Page {
    fn line(&mut self, line: &str) {
        if !line.trim().is_empty() {
            self.text.push_str(line.trim());
            self.text.push('\n');
        }
    }

    fn link(&mut self, target: Option<&str>, under: &str) {
        self.links.extend(target.map(|target| DocumentLink {
            target: target.into(),
            text: under.into(),
            page: None,
        }));
    }

    /// Name, label, contacts in one line, summary.
    fn basics(&mut self, basics: &Value) {
        for name in ["name", "label"] {
            self.line(string(basics, name).unwrap_or_default());
        }
        let location = basics.get("location").unwrap_or(&Value::Null);
        let place: Vec<_> = ["address", "postalCode", "city", "region", "countryCode"]
            .iter()
            .filter_map(|n| string(location, n))
            .collect();
        let url = string(basics, "url").or(string(basics, "website"));
        let mut contacts = vec![place.join(", ")];
        contacts.extend(
            ["email", "phone"]
                .iter()
                .filter_map(|n| string(basics, n))
                .map(String::from),
        );
        contacts.extend(url.map(String::from));
        contacts.retain(|c| !c.is_empty());
        self.line(&contacts.join(" | "));
        self.link(url, url.unwrap_or_default());
        for profile in basics
            .get("profiles")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let url = string(profile, "url");
            let shown = string(profile, "username").or(url).unwrap_or_default();
            self.line(&format!(
                "{} {}",
                string(profile, "network").unwrap_or_default(),
                url.unwrap_or(shown)
            ));
            self.link(url, shown);
        }
        self.line(string(basics, "summary").unwrap_or_default());
    }

    fn section(&mut self, resume: &Map<String, Value>, section: &Section) {
        let (name, heading, first, lines, lists) = section;
        let entries = resume.get(*name).and_then(Value::as_array);
        let Some(entries) = entries.filter(|e| !e.is_empty()) else {
            return;
        };
        self.text.push('\n');
        self.line(heading);
        for entry in entries {
            let period = period(entry);
            let values = first.iter().filter_map(|name| match (*name, &period) {
                ("startDate", Some(period)) => Some(period.as_str()),
                ("endDate", Some(_)) => None,
                _ => string(entry, name),
            });
            let values: Vec<&str> = values.collect();
            self.line(&values.join(", "));
            self.link(
                string(entry, "url").or(string(entry, "website")),
                values.first().unwrap_or(&""),
            );
            for name in *lines {
                self.line(string(entry, name).unwrap_or_default());
            }
            for name in *lists {
                self.list(name, entry);
            }
        }
    }

    /// Keywords in one line, achievements one a line.
    fn list(&mut self, name: &str, entry: &Value) {
        let items = entry
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let items: Vec<_> = items.filter_map(Value::as_str).map(str::trim).collect();
        if name == "keywords" {
            self.line(&items.join(", "));
        } else {
            items.iter().for_each(|i| self.line(&format!("- {i}")));
        }
    }
}

/// From when to when, as a page would tell it: months are enough.
fn period(entry: &Value) -> Option<String> {
    let month = |name: &str| {
        let date = string(entry, name)?;
        let is_day = date.len() == 10 && date.is_ascii() && date.matches('-').count() == 2;
        Some(if is_day { &date[..7] } else { date })
    };
    Some(format!("{} – {}", month("startDate")?, month("endDate")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<RawDocument, ReadError> {
        JsonResume.read(text.as_bytes(), 0, &Limits::default())
    }

    #[test]
    fn a_resume_reads_like_a_page() {
        let read = read(
            r#"{"$schema": "x", "meta": {"theme": "elegant", "lastModified": "2024-01-31T14:59:59"},
            "skills": [{"name": "Build", "keywords": ["Nix", "Rust"]}],
            "work": [{"name": "Acme", "position": "Engineer", "startDate": "2020-04", "url": "https://acme.example", "highlights": ["Cut builds"], "secret": "no"}],
            "basics": {"name": "Ann Lee", "label": "Engineer", "email": "ann@example.com", "location": {"city": "Oslo", "countryCode": "NO"},
              "profiles": [{"network": "GitHub", "username": "annlee", "url": "https://github.com/annlee"}], "summary": "Builds things.", "phone": null}}"#,
        )
        .unwrap();
        assert_eq!(
            read.text.text,
            "Ann Lee\nEngineer\nOslo, NO | ann@example.com\nGitHub https://github.com/annlee\nBuilds things.\n\n\
             Experience\nEngineer, Acme, 2020-04\n- Cut builds\n\nSkills\nBuild\nNix, Rust\n"
        );
        let links: Vec<_> = read
            .links
            .iter()
            .map(|l| (l.target.as_str(), l.text.as_str()))
            .collect();
        assert_eq!(
            links,
            [
                ("https://github.com/annlee", "annlee"),
                ("https://acme.example", "Engineer")
            ]
        );
        assert_eq!(read.meta.template.as_deref(), Some("elegant"));
    }

    #[test]
    fn a_job_lasts_from_month_to_month() {
        let job = |dates: &str| {
            let text = format!(
                r#"{{"basics": {{}}, "work": [{{"name": "Acme", "position": "Engineer", {dates}}}]}}"#
            );
            read(&text).unwrap().text.text
        };
        let both = job(r#""startDate": "2019-11-04", "endDate": "2021-02""#);
        assert!(
            both.contains("Engineer, Acme, 2019-11 – 2021-02\n"),
            "{both}"
        );
        assert!(job(r#""endDate": "2021-02-28""#).contains("Acme, 2021-02-28\n"));
    }

    #[test]
    fn told_by_content() {
        let deep = format!("{{\"basics\":{}", "[".repeat(100_000));
        for (bytes, path, want) in [
            (r#"{"basics": {"name": "x"}}"#, "cv", true),
            (
                r#"{"$schema": "https://jsonresume.org/schema.json", "work": []}"#,
                "cv",
                true,
            ),
            (
                r#"{"name": "package", "version": "1"}"#,
                "package.json",
                false,
            ),
            (r#"{"basics": {"#, "cv.json", true),
            (r#"{"basics": {"#, "cv.txt", false),
            (r"{\rtf1 x}", "cv.json", false),
            (&deep, "cv.json", true),
        ] {
            assert_eq!(
                JsonResume.recognises(bytes.as_bytes(), Path::new(path)),
                want,
                "{}",
                &bytes[..10]
            );
        }
        assert!(matches!(read(&deep), Err(ReadError::Damaged { .. })));
        assert_eq!(
            read(r#"{"basics": {}}"#),
            Err(ReadError::NoText(String::new()))
        );
    }
}
