//! OFAC's list of specially designated nationals as `sdn.xml`: `sdnEntry` with an `idList`.
//!
//! The "advanced" schema of the same list is another format and is refused by name.

use crate::watch::Fault;
use crate::watch::Format;
use crate::watch::Parsed;
use crate::watch::WatchEntry;
use crate::watch::line_at;
use crate::watch::ofac_csv::kind_of;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

/// The format.
pub(in crate::watch) static FORMAT: Format = Format {
    name: "OFAC SDN (XML)",
    recognises,
    read,
};

fn recognises(text: &str) -> bool {
    let start: String = text.chars().take(2000).collect();
    start.trim_start().starts_with('<')
        && (start.contains("<sdnList") || start.contains("<Sanctions"))
}

#[derive(Default)]
struct Entry {
    line: u64,
    uid: String,
    id_type: String,
    id_number: String,
}

impl Entry {
    /// Takes a piece of text that stands at `path`.
    fn add(&mut self, path: &[String], part: &str, published: &mut String) {
        let names: Vec<&str> = path.iter().rev().take(2).map(String::as_str).collect();
        match names.as_slice() {
            ["Publish_Date", ..] => published.push_str(part.trim()),
            ["uid", "sdnEntry"] => self.uid.push_str(part.trim()),
            ["idType", "id"] => self.id_type.push_str(part),
            ["idNumber", "id"] => self.id_number.push_str(part),
            _ => {}
        }
    }
}

fn read(text: &str) -> Result<Parsed, Fault> {
    let mut reader = Reader::from_str(text);
    let mut parsed = Parsed::default();
    let (mut path, mut entry, mut published): (Vec<String>, Entry, String) = Default::default();
    loop {
        let at = reader.buffer_position() as usize;
        let line = || line_at(&text.as_bytes()[..at.min(text.len())]);
        match reader
            .read_event()
            .map_err(|e| Fault::new(line(), e.to_string()))?
        {
            Event::Start(tag) => {
                let name = tag.local_name().as_ref().to_string();
                match name.as_str() {
                    "Sanctions" => {
                        return Err(Fault::new(
                            line(),
                            "the advanced schema is not read: take sdn.xml",
                        ));
                    }
                    "sdnEntry" => {
                        entry = Entry {
                            line: line(),
                            ..Entry::default()
                        }
                    }
                    "id" => (entry.id_type, entry.id_number) = Default::default(),
                    _ => {}
                }
                path.push(name);
            }
            Event::Text(part) => entry.add(&path, &part.xml10_content(), &mut published),
            Event::GeneralRef(part) => {
                let named = resolve_predefined_entity(&part).map(str::to_string);
                let numbered = || part.resolve_char_ref().ok().flatten().map(String::from);
                let text = named
                    .or_else(numbered)
                    .ok_or_else(|| Fault::new(line(), "an entity that it does not explain"))?;
                entry.add(&path, &text, &mut published);
            }
            Event::End(_) => match path.pop().as_deref() {
                Some("id") => take(&entry, &published, &mut parsed),
                Some("sdnEntry") => parsed.num_names += 1,
                _ => {}
            },
            Event::Eof if path.is_empty() => return Ok(parsed),
            Event::Eof => return Err(Fault::new(line(), "the file is cut off")),
            _ => {}
        }
    }
}

fn take(entry: &Entry, published: &str, parsed: &mut Parsed) {
    let value = entry.id_number.trim();
    match kind_of(entry.id_type.trim()) {
        Some(kind) if !value.is_empty() => parsed.entries.push(WatchEntry {
            kind,
            value: value.into(),
            source: if published.is_empty() {
                "OFAC SDN".into()
            } else {
                format!("OFAC SDN of {published}")
            },
            first_seen: None,
            note: format!("SDN {}", entry.uid),
            line: entry.line,
        }),
        _ => parsed.num_other += 1,
    }
}
