//! Word files of the time before Office Open XML ([MS-DOC] in a compound file, [MS-CFB]): metadata by `cfb`, text by
//! catdoc or antiword where one of them is installed. Without them the metadata is read all the same, and the report
//! says that the text was not.

mod properties;

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::local_path;
use crate::extract::program::Program;
use crate::model::DocumentMeta;
use crate::model::Engine;
use crate::model::PagedText;
use crate::model::RawDocument;
use crate::model::SourceKind;
use crate::model::Traces;
use cfb::CompoundFile;
use std::io::Cursor;
use std::io::Read;
use std::path::Path;
use std::time::Duration;

/// Name and version of the reader of compound files, as `Cargo.lock` has it.
pub(in crate::extract) const ENGINE: (&str, &str) = ("cfb", "0.14.0");

/// Begins a compound file.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A set of properties above this is none. Word's stay below 10 KB, with a thumbnail below 200.
const MAX_PROPERTIES: u64 = 1 << 20;

/// The programs that read the text, the better one first: catdoc keeps headers and draws no frames around tables.
const READERS: [(&str, &[&str]); 2] = [
    ("catdoc", &["-w", "-d", "utf-8"]),
    ("antiword", &["-m", "UTF-8.txt", "-w", "0", "-"]),
];

/// Legacy .doc.
pub(in crate::extract) struct Doc;

impl Extractor for Doc {
    fn kind(&self) -> SourceKind {
        SourceKind::Doc
    }

    fn recognises(&self, bytes: &[u8], _path: &Path) -> bool {
        let name: Vec<u8> = "WordDocument"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        bytes.starts_with(COMPOUND) && memchr::memmem::find(bytes, &name).is_some()
    }

    fn read(&self, bytes: &[u8], _attempt: u8, limits: &Limits) -> Result<RawDocument, ReadError> {
        let damaged =
            |e: std::io::Error| ReadError::damaged("Word file", e.to_string().to_lowercase());
        let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
        let head = stream(&mut file, "WordDocument", 12)
            .ok_or_else(|| ReadError::damaged("Word file", "it has no text stream"))?;
        // FibBase.fEncrypted: [MS-DOC] §2.5.2.
        if head.get(11).is_some_and(|flags| flags & 1 != 0) {
            return Err(ReadError::Encrypted);
        }
        let mut meta = DocumentMeta::default();
        for name in ["\u{5}SummaryInformation", "\u{5}DocumentSummaryInformation"] {
            if let Some(set) = stream(&mut file, name, MAX_PROPERTIES) {
                properties::read(&set, name.contains("Document"), &mut meta);
            }
        }
        let mut traces = Traces::default();
        local_path::note(
            &mut traces.paths,
            meta.template.as_deref().unwrap_or_default(),
        );
        let (engine, text, warning) = match text(bytes, limits) {
            Ok((engine, text)) => (engine, text, None),
            Err(why) => {
                let warning = format!("only its metadata was read: {why}");
                (
                    Engine::new(ENGINE.0, ENGINE.1),
                    String::new(),
                    Some(warning),
                )
            }
        };
        Ok(RawDocument {
            kind: SourceKind::Doc,
            engine,
            text: PagedText::new(text, Vec::new()),
            meta,
            links: Vec::new(),
            traces,
            warnings: Vec::from_iter(warning),
        })
    }
}

/// The first `most` bytes of a stream.
fn stream(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.open_stream(name)
        .ok()?
        .take(most)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
}

/// The text, by whichever program is there; else why not.
fn text(bytes: &[u8], limits: &Limits) -> Result<(Engine, String), String> {
    let mut why = "install catdoc or antiword to read the text of old Word files".to_string();
    for (name, arguments) in READERS {
        let Some(program) = Program::find(name) else {
            continue;
        };
        let time = Duration::from_secs(limits.wall_seconds / 3);
        match program.run(arguments, bytes, limits.text as u64, time) {
            Ok(out) => {
                let text = String::from_utf8_lossy(&out).replace("\r\n", "\n");
                let text = text.replace(['\r', '\x0c', '\x07'], "\n");
                if text.chars().any(char::is_alphanumeric) {
                    return Ok((Engine::new(name, "installed"), text));
                }
                why = format!("{name} found no text in it");
            }
            Err(fault) => why = fault,
        }
    }
    Err(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(streams: &[(&str, &[u8])]) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        for (name, content) in streams {
            file.create_stream(name)
                .unwrap()
                .write_all(content)
                .unwrap();
        }
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn metadata_stays_when_the_text_cannot_be_read() {
        let set = properties::fixture(&[(4, "Zo\u{eb} Lee"), (8, "Bob"), (9, "12")], 1_706_713_199);
        let bytes = file(&[
            ("WordDocument", &[0; 64]),
            ("\u{5}SummaryInformation", &set),
        ]);
        assert!(Doc.recognises(&bytes, Path::new("cv.doc")));
        let read = Doc.read(&bytes, 0, &Limits::default()).unwrap();
        let m = &read.meta;
        assert_eq!(
            (m.author.as_deref(), m.last_modified_by.as_deref()),
            (Some("Zoë Lee"), Some("Bob"))
        );
        assert_eq!(m.num_saves, Some(12));
        assert_eq!(
            m.created
                .map(|t| (t.seconds, t.offset.map(|o| o.minutes()))),
            Some((1_706_713_199, Some(0)))
        );
        assert_eq!(read.text.text, "");
        assert!(
            read.warnings[0].starts_with("only its metadata was read: "),
            "{:?}",
            read.warnings
        );
    }

    #[test]
    fn locked_and_broken_files_say_so() {
        let mut head = [0; 64];
        head[11] = 1;
        let locked = file(&[("WordDocument", &head)]);
        assert_eq!(
            Doc.read(&locked, 0, &Limits::default()),
            Err(ReadError::Encrypted)
        );
        let cut = &locked[..700];
        assert!(matches!(
            Doc.read(cut, 0, &Limits::default()),
            Err(ReadError::Damaged { .. })
        ));
        assert!(!Doc.recognises(&file(&[("Workbook", b"x")]), Path::new("cv.doc")));
    }
}
