//! Tokens of an RTF file to text and traces: groups, characters and what ends with a group. Control words stand in
//! `words`.

use crate::extract::Limits;
use crate::extract::changes::Changes;
use crate::extract::docx::MAX_IMAGES;
use crate::extract::image;
use crate::extract::local_path;
use crate::extract::prose::Colour;
use crate::extract::prose::Look;
use crate::extract::prose::Prose;
use crate::extract::rtf::codepage;
use crate::extract::rtf::group::Chars;
use crate::extract::rtf::group::Closing;
use crate::extract::rtf::group::Field;
use crate::extract::rtf::group::Group;
use crate::extract::rtf::group::Paragraph;
use crate::extract::rtf::group::Target;
use crate::extract::rtf::times::dttm;
use crate::extract::rtf::times::local_time;
use crate::extract::rtf::token::Token;
use crate::extract::rtf::token::Tokens;
use crate::extract::rtf::token::unhex;
use crate::model::DocumentMeta;
use crate::model::PagedText;
use crate::model::RawTime;
use crate::model::RevisionKind;
use crate::model::Traces;
use encoding_rs::Encoding;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Groups inside groups. Word's own files stay below 20.
const MAX_DEPTH: usize = 1000;

/// A font of the table.
#[derive(Default)]
pub(in crate::extract) struct Font {
    /// Its name.
    pub name: String,
    /// The encoding of its bytes, where it is not that of the file.
    pub encoding: Option<&'static Encoding>,
    /// Signs instead of letters.
    pub is_symbol: bool,
}

/// One file under way.
pub(in crate::extract) struct Reader<'a> {
    limits: &'a Limits,
    /// The groups that are open, the innermost last; never empty.
    pub groups: Vec<Group>,
    /// The next control word begins a destination that may be unknown.
    pub starred: bool,
    /// Bytes of one font that are not yet decoded.
    bytes: Vec<u8>,
    /// The first half of a surrogate pair.
    pub high: Option<u16>,
    /// Characters still to be passed over after a `\u`.
    pub to_skip: usize,
    pub encoding: &'static Encoding,
    pub default_font: i32,
    pub fonts: BTreeMap<i32, Font>,
    /// Number of the font whose entry is being read.
    pub font: i32,
    pub colours: Vec<Option<Colour>>,
    /// Red, green and blue of the colour whose entry is being read.
    pub colour: [Option<u8>; 3],
    authors: Vec<String>,
    /// Text outside the document that is being read.
    pub aside: String,
    pub time: [i16; 5],
    instructions: Vec<String>,
    comment_author: Option<String>,
    comment_time: Option<RawTime>,
    picture: Vec<u8>,
    /// A cell is shaded somewhere: what lies under text in tables is not known.
    pub shades_cells: bool,
    /// Something is painted behind all text.
    pub has_background: bool,
    pub prose: Prose,
    pub changes: Changes,
    pub meta: DocumentMeta,
    pub traces: Traces<PagedText>,
}

impl<'a> Reader<'a> {
    /// Nothing read yet.
    pub fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            groups: vec![Group {
                target: Target::Body,
                chars: Chars::plain(0),
                paragraph: Paragraph::default(),
                fallback: 1,
                closing: Closing::Nothing,
                in_box: false,
            }],
            starred: false,
            bytes: Vec::new(),
            high: None,
            to_skip: 0,
            encoding: codepage::of_page(1252),
            default_font: 0,
            fonts: BTreeMap::new(),
            font: 0,
            colours: Vec::new(),
            colour: [None; 3],
            authors: Vec::new(),
            aside: String::new(),
            time: [0; 5],
            instructions: Vec::new(),
            comment_author: None,
            comment_time: None,
            picture: Vec::new(),
            shades_cells: false,
            has_background: false,
            prose: Prose::new(),
            changes: Changes::default(),
            meta: DocumentMeta::default(),
            traces: Traces::default(),
        }
    }

    /// Reads everything up to the end of the first group, or says why not.
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), String> {
        for token in Tokens::new(bytes) {
            match token {
                Token::Text(text) => self.text(text),
                Token::Byte(byte) => self.byte(byte),
                Token::Binary(bytes) => {
                    if self.group().target == Target::Picture {
                        // A picture is read as digits: these are its bytes already.
                        let digits = bytes.iter().flat_map(|b| format!("{b:02x}").into_bytes());
                        self.picture.extend(digits);
                    }
                }
                Token::Open => {
                    self.flush();
                    if self.groups.len() >= MAX_DEPTH {
                        return Err(format!("groups are nested deeper than {MAX_DEPTH}"));
                    }
                    let group = Group {
                        closing: Closing::Nothing,
                        ..*self.group()
                    };
                    self.groups.push(group);
                    self.to_skip = 0;
                }
                Token::Close => {
                    self.flush();
                    self.to_skip = 0;
                    self.close();
                    if self.groups.len() <= 1 {
                        return Ok(());
                    }
                }
                Token::Word(name, value) => self.control(name, value),
                Token::Symbol(symbol) => self.symbol(symbol),
            }
        }
        self.flush();
        while self.groups.len() > 1 {
            self.close();
        }
        Err("it ends inside a group".into())
    }

    /// The innermost group.
    pub fn group(&mut self) -> &mut Group {
        self.groups
            .last_mut()
            .expect("the outermost group is never closed")
    }

    fn control(&mut self, name: &str, value: Option<i32>) {
        self.flush();
        // A word counts as one character of the fallback after `\u`, but for another `\u`.
        if self.to_skip > 0 && name != "u" {
            self.to_skip -= 1;
            if matches!(name, "par" | "tab" | "line" | "cell") {
                self.to_skip = 0;
            }
        }
        let starred = std::mem::take(&mut self.starred);
        self.word(name, value, starred);
    }

    fn symbol(&mut self, symbol: u8) {
        if !matches!(symbol, b'{' | b'}' | b'\\') {
            self.flush();
        }
        match symbol {
            b'*' => self.starred = true,
            b'{' | b'}' | b'\\' => self.byte(symbol),
            b'~' => self.write("\u{a0}"),
            b'_' => self.write("-"),
            b'\r' | b'\n' => self.end_paragraph(),
            b'\t' => self.write("\t"),
            _ => {}
        }
    }

    fn text(&mut self, text: &[u8]) {
        let skipped = self.to_skip.min(text.len());
        self.to_skip -= skipped;
        if self.group().target == Target::Picture {
            self.picture.extend(text);
        } else {
            self.bytes.extend(&text[skipped..]);
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else {
            self.bytes.push(byte);
        }
    }

    /// Decodes the bytes that wait: by the font's encoding in the document, by the file's elsewhere.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let number = match self.group().target {
            Target::Fonts => self.font,
            _ => self.group().chars.font,
        };
        let target = self.group().target;
        let font = self.fonts.get(&number);
        if font.is_some_and(|f| f.is_symbol) && target == Target::Body {
            return self.write(" ");
        }
        let encoding = font.and_then(|f| f.encoding).unwrap_or(self.encoding);
        let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
        self.write(&text);
    }

    /// One UTF-16 unit of a `\u`.
    pub fn unicode(&mut self, value: i32) {
        let unit = value as u16;
        let units: Vec<u16> = self.high.take().into_iter().chain([unit]).collect();
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
        } else {
            self.write(&String::from_utf16_lossy(&units));
        }
        self.to_skip = self.group().fallback;
    }

    /// Text, wherever it goes.
    pub fn write(&mut self, text: &str) {
        match self.group().target {
            Target::Body => self.body(text),
            Target::Fonts => {
                let font = self.fonts.entry(self.font).or_default();
                font.name.push_str(text.trim_end_matches(';'));
            }
            Target::Colours => {
                for _ in text.matches(';') {
                    let [r, g, b] = std::mem::take(&mut self.colour);
                    let colour = r.zip(g).zip(b).map(|((r, g), b)| Colour(r, g, b));
                    self.colours.push(colour);
                }
            }
            Target::Authors => {
                let names = text.split_terminator(';').map(|n| n.trim().to_string());
                self.authors.extend(names);
            }
            Target::Field(_) | Target::Comment => self.aside.push_str(text),
            Target::Instruction => {
                if let Some(instruction) = self.instructions.last_mut() {
                    instruction.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn body(&mut self, text: &str) {
        let chars = self.group().chars;
        if chars.deleted || chars.inserted {
            let kind = if chars.deleted {
                RevisionKind::Deleted
            } else {
                RevisionKind::Inserted
            };
            let author = usize::try_from(chars.author).ok();
            let author = author.and_then(|a| self.authors.get(a).cloned());
            if let Some(change) = self.changes.open(kind, author, dttm(chars.time)) {
                self.changes.write(change, text);
            }
            if chars.deleted {
                return;
            }
        } else {
            self.changes.interrupt();
        }
        let look = self.look();
        self.prose.write(text, &look);
    }

    fn look(&mut self) -> Look {
        let group = *self.group();
        let colour = |number: i32| {
            let number = usize::try_from(number).ok().filter(|n| *n > 0)?;
            self.colours.get(number).copied().flatten()
        };
        let unknown =
            group.in_box || self.has_background || group.paragraph.in_table && self.shades_cells;
        let paper = (!unknown).then_some(Colour::WHITE);
        let ground = colour(group.chars.ground)
            .or(colour(group.paragraph.ground))
            .or(paper);
        Look {
            font: self
                .fonts
                .get(&group.chars.font)
                .map(|f| Arc::from(f.name.trim())),
            half_points: Some(group.chars.half_points),
            colour: colour(group.chars.colour),
            ground,
            marked: group.chars.hidden,
            indent: group.paragraph.indent,
        }
    }

    /// A paragraph or cell ends.
    pub fn end_paragraph(&mut self) {
        match self.group().target {
            Target::Body => {
                self.prose.end_paragraph();
                self.changes.interrupt();
            }
            Target::Comment => self.aside.push('\n'),
            _ => {}
        }
    }

    fn close(&mut self) {
        if self.groups.len() <= 1 {
            return;
        }
        match self.groups.pop().map(|g| g.closing).unwrap_or_default() {
            Closing::Nothing => {}
            Closing::Field(field) => self.finish_field(field),
            Closing::Aside => self.prose.close_aside(),
            Closing::Link => self.prose.close_link(),
            Closing::WholeField => drop(self.instructions.pop()),
            Closing::Instruction => {
                let instruction = self.instructions.last().cloned().unwrap_or_default();
                for path in instruction.split('"').skip(1).step_by(2) {
                    local_path::note(&mut self.traces.paths, &path.replace("\\\\", "\\"));
                }
            }
            Closing::Picture => self.finish_picture(),
            Closing::Comment => {
                let (author, time) = (self.comment_author.take(), self.comment_time.take());
                let text = std::mem::take(&mut self.aside);
                if let Some(change) = self.changes.open(RevisionKind::Comment, author, time) {
                    self.changes.write(change, text.trim());
                }
            }
        }
    }

    /// A field begins.
    pub fn open_field(&mut self) {
        self.instructions.push(String::new());
    }

    /// What the innermost field links to.
    pub fn link_target(&self) -> Option<String> {
        let rest = self
            .instructions
            .last()?
            .trim_start()
            .strip_prefix("HYPERLINK")?;
        let target = rest.split('"').nth(1)?;
        Some(target.into())
    }

    fn finish_field(&mut self, field: Field) {
        let text = std::mem::take(&mut self.aside);
        let text = text.trim().trim_end_matches(';').trim();
        let value = (!text.is_empty()).then(|| text.to_string());
        let time = self.info_time();
        let meta = &mut self.meta;
        match field {
            Field::Title => meta.title = value,
            Field::Author => meta.author = value,
            Field::Operator => meta.last_modified_by = value,
            Field::Company => meta.company = value,
            Field::Generator => meta.creator = value,
            Field::Template => {
                local_path::note(&mut self.traces.paths, text);
                meta.template = value;
            }
            Field::CommentAuthor => self.comment_author = value,
            Field::CommentDate => self.comment_time = text.parse().ok().and_then(dttm),
            Field::Created => meta.created = time,
            Field::Revised => meta.modified = time,
        }
    }

    /// The time that `\yr`, `\mo`, `\dy`, `\hr` and `\min` made up; without an offset.
    fn info_time(&mut self) -> Option<RawTime> {
        let [year, month, day, hour, minute] = std::mem::take(&mut self.time);
        local_time(year, month, day, hour, minute)
    }

    fn finish_picture(&mut self) {
        let bytes = unhex(&std::mem::take(&mut self.picture));
        if !bytes.is_empty() && self.traces.images.len() < MAX_IMAGES {
            let image = image::describe(&bytes, None, self.limits);
            self.traces.images.push(image);
        }
    }
}
