//! Text recognition of pictures and scans, by tesseract where it is installed (with whatever it takes for its default
//! language). The engine that a report names is then `tesseract` with its version, which is how recognised text is told
//! from text that a file holds.

mod pages;

use crate::extract::Limits;
use crate::extract::program::Program;
use crate::model::Engine;
use crate::model::PagedText;
use serde::Deserialize;
use serde::Serialize;
use std::sync::OnceLock;
use std::time::Duration;
use std::time::Instant;

/// When text is recognised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ocr {
    /// Where a file has no text of its own.
    #[default]
    Auto,
    /// Every PDF as its pages look, too, whatever text it holds.
    Always,
    /// Never.
    Never,
}

/// What to do to have text recognised.
pub(in crate::extract) const HINT: &str = "install tesseract to read scans";

/// Text of one page: more is none.
const MAX_PAGE: u64 = 1 << 20;

/// The program and its version.
struct Tesseract {
    program: Program,
    version: String,
}

/// Looked for once in a worker.
fn tesseract() -> Option<&'static Tesseract> {
    static FOUND: OnceLock<Option<Tesseract>> = OnceLock::new();
    let find = || {
        let program = Program::find("tesseract")?;
        let said = program
            .run(&["--version"], b"", 10_000, Duration::from_secs(5))
            .ok()?;
        let said = String::from_utf8_lossy(&said).into_owned();
        let version = said
            .split_whitespace()
            .nth(1)
            .unwrap_or("unknown")
            .to_string();
        Some(Tesseract { program, version })
    };
    FOUND.get_or_init(find).as_ref()
}

/// Pages under way, until the time for all of them is over.
pub(in crate::extract) struct Recogniser {
    tesseract: &'static Tesseract,
    until: Instant,
}

impl Recogniser {
    /// Ready to recognise, or why not. Two thirds of a job's time are for it.
    pub fn new(limits: &Limits) -> Result<Self, String> {
        if limits.ocr == Ocr::Never {
            return Err("text recognition is switched off".into());
        }
        let tesseract = tesseract().ok_or(HINT)?;
        Ok(Self {
            tesseract,
            until: Instant::now() + Duration::from_secs(limits.wall_seconds * 2 / 3),
        })
    }

    /// What a report names as the reader of the text.
    pub fn engine(&self) -> Engine {
        Engine::new("tesseract", &self.tesseract.version)
    }

    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    /// The text in one encoded picture.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub fn picture(&self, bytes: &[u8]) -> Result<String, String> {
        let arguments = ["stdin", "stdout"];
        let out = self
            .tesseract
            .program
            .run(&arguments, bytes, MAX_PAGE, self.left())?;
        Ok(String::from_utf8_lossy(&out).replace('\x0c', "\n"))
    }
}

/// The pages of a PDF as they look. A warning says which were not reached in time.
///
/// # Errors
/// Why none could be read, in words.
pub(in crate::extract) fn pdf(
    bytes: &[u8],
    num_pages: usize,
    limits: &Limits,
) -> Result<(Engine, PagedText, Option<String>), String> {
    let recogniser = Recogniser::new(limits)?;
    let pages = pages::Pages::new(bytes, limits)?;
    let num_pages = num_pages.min(limits.pages);
    let mut text = PagedText::default();
    let mut warning = None;
    for page in 1..=num_pages {
        text.pages.push(text.text.len() as u32);
        let read = pages
            .picture(page, recogniser.left())
            .and_then(|p| recogniser.picture(&p));
        match read {
            Ok(found) => {
                text.text.push_str(found.trim_end());
                text.text.push('\n');
            }
            Err(why) if page == 1 => return Err(why),
            Err(why) => {
                warning = Some(format!(
                    "text was recognised on {} of {num_pages} pages only: {why}",
                    page - 1
                ));
                break;
            }
        }
    }
    if !text.text.chars().any(char::is_alphanumeric) {
        return Err("text recognition found nothing".into());
    }
    Ok((recogniser.engine(), text, warning))
}
