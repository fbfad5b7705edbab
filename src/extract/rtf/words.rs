//! What the control words of RTF mean, as far as text, metadata and traces need them.

use crate::extract::rtf::codepage;
use crate::extract::rtf::group::Chars;
use crate::extract::rtf::group::Closing;
use crate::extract::rtf::group::Field;
use crate::extract::rtf::group::Paragraph;
use crate::extract::rtf::group::Target;
use crate::extract::rtf::reader::Reader;

/// Ids kept of one file.
const MAX_RSIDS: usize = 20_000;

impl Reader<'_> {
    /// One control word; `starred` when it begins a destination that readers may not know.
    pub(in crate::extract::rtf) fn word(&mut self, name: &str, value: Option<i32>, starred: bool) {
        if self.group().target == Target::Skip {
            return;
        }
        if self.destination(name) || starred {
            // A destination that is not known is left out, as the specification asks for.
            if starred && !is_known(name) {
                self.group().target = Target::Skip;
            }
            return;
        }
        let number = value.unwrap_or(0);
        match self.group().target {
            Target::Fonts => self.font_word(name, number),
            Target::Colours => self.colour_word(name, number),
            Target::SaveIds => self.save_id(name, value),
            Target::Info => self.info_word(name, number),
            Target::Time(_) => self.time_word(name, number),
            Target::Picture | Target::Frame => {}
            _ => self.text_word(name, value),
        }
    }

    /// Opens a destination; false when the word is none.
    fn destination(&mut self, name: &str) -> bool {
        let (target, closing) = match name {
            "fonttbl" => (Target::Fonts, Closing::Nothing),
            "colortbl" => (Target::Colours, Closing::Nothing),
            "revtbl" => (Target::Authors, Closing::Nothing),
            "rsidtbl" => (Target::SaveIds, Closing::Nothing),
            "info" => (Target::Info, Closing::Nothing),
            "shpinst" => (Target::Frame, Closing::Nothing),
            "shppict" => (self.group().target, Closing::Nothing),
            "pict" => (Target::Picture, Closing::Picture),
            "fldinst" => (Target::Instruction, Closing::Instruction),
            "annotation" => {
                self.aside.clear();
                (Target::Comment, Closing::Comment)
            }
            "creatim" => (Target::Time(Field::Created), Closing::Field(Field::Created)),
            "revtim" => (Target::Time(Field::Revised), Closing::Field(Field::Revised)),
            "field" => {
                self.open_field();
                (self.group().target, Closing::WholeField)
            }
            "fldrslt" => {
                let target = self.link_target();
                self.prose.open_link(target);
                (self.group().target, Closing::Link)
            }
            "shptxt" | "footnote" | "header" | "headerl" | "headerr" | "headerf" | "footer"
            | "footerl" | "footerr" | "footerf" => {
                self.prose.open_aside();
                self.group().in_box |= name == "shptxt";
                (Target::Body, Closing::Aside)
            }
            // Styles are written out again where they hold; bullets and numbers are no text in other formats either.
            "stylesheet" | "listtext" | "pntext" | "nonshppict" | "shprslt" | "objdata"
            | "printim" | "buptim" | "bkmkstart" | "bkmkend" | "xe" | "tc" | "sn" => {
                (Target::Skip, Closing::Nothing)
            }
            "background" => {
                self.has_background = true;
                (Target::Skip, Closing::Nothing)
            }
            _ => match field(name) {
                Some(field) if field == Field::CommentDate => {
                    (Target::Field(field), Closing::Field(field))
                }
                Some(field) => {
                    self.aside.clear();
                    (Target::Field(field), Closing::Field(field))
                }
                None => return false,
            },
        };
        let group = self.group();
        group.target = target;
        group.closing = closing;
        true
    }

    fn font_word(&mut self, name: &str, number: i32) {
        match name {
            "f" => self.font = number,
            "fcharset" => {
                let font = self.fonts.entry(self.font).or_default();
                font.encoding = codepage::of_charset(number);
                font.is_symbol = number == 2;
            }
            // A second name for readers without the font.
            "falt" => self.group().target = Target::Skip,
            "u" => self.unicode(number),
            _ => {}
        }
    }

    fn colour_word(&mut self, name: &str, number: i32) {
        let channel = ["red", "green", "blue"].iter().position(|c| *c == name);
        if let Some(channel) = channel {
            self.colour[channel] = u8::try_from(number).ok();
        }
    }

    fn save_id(&mut self, name: &str, value: Option<i32>) {
        let id = value
            .and_then(|v| u32::try_from(v).ok())
            .filter(|&id| id != 0);
        match name {
            "rsidroot" => self.meta.rsid_root = id,
            "rsid" if self.meta.rsids.len() < MAX_RSIDS => self.meta.rsids.extend(id),
            _ => {}
        }
    }

    fn info_word(&mut self, name: &str, number: i32) {
        match name {
            "version" => self.meta.num_saves = u32::try_from(number).ok(),
            "nofpages" => self.meta.num_pages = u32::try_from(number).ok(),
            _ => {}
        }
    }

    fn time_word(&mut self, name: &str, number: i32) {
        let field = ["yr", "mo", "dy", "hr", "min"]
            .iter()
            .position(|f| *f == name);
        if let Some(field) = field {
            self.time[field] = i16::try_from(number).unwrap_or(-1);
        }
    }

    fn text_word(&mut self, name: &str, value: Option<i32>) {
        let number = value.unwrap_or(0);
        match name {
            "par" | "sect" | "page" | "column" | "cell" | "nestcell" => self.end_paragraph(),
            "line" | "softline" => self.write("\n"),
            "tab" => self.write("\t"),
            "u" => self.unicode(number),
            "uc" => self.group().fallback = usize::try_from(number).unwrap_or(1).min(10),
            "ansicpg" => self.encoding = codepage::of_page(number),
            "mac" => self.encoding = codepage::of_page(10000),
            "deff" => self.default_font = number,
            "plain" => self.group().chars = Chars::plain(self.default_font),
            "pard" => self.group().paragraph = Paragraph::default(),
            "li" => self.group().paragraph.indent = number,
            "cbpat" => self.group().paragraph.ground = number,
            "intbl" => self.group().paragraph.in_table = true,
            "clcbpat" | "clshdng" | "trcbpat" => self.shades_cells |= number != 0,
            _ => match sign(name) {
                Some(sign) => self.write(sign),
                None => self.look_word(name, value),
            },
        }
    }

    fn look_word(&mut self, name: &str, value: Option<i32>) {
        let (number, is_on) = (value.unwrap_or(0), value != Some(0));
        let chars = &mut self.group().chars;
        match name {
            "f" => chars.font = number,
            "fs" => chars.half_points = u16::try_from(value.unwrap_or(24)).unwrap_or(24),
            "cf" => chars.colour = number,
            "cb" | "chcbpat" | "highlight" => chars.ground = number,
            "v" => chars.hidden = is_on,
            "deleted" => chars.deleted = is_on,
            "revised" => chars.inserted = is_on,
            "revauth" | "revauthdel" => chars.author = number,
            "revdttm" | "revdttmdel" => chars.time = number,
            _ => {}
        }
    }
}

/// Whether a starred destination is looked into.
fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 6] = [
        "revtbl",
        "rsidtbl",
        "shpinst",
        "shppict",
        "fldinst",
        "annotation",
    ];
    KNOWN.contains(&name) || field(name).is_some() || name == "footnote"
}

/// Destinations whose text is one value.
fn field(name: &str) -> Option<Field> {
    Some(match name {
        "title" => Field::Title,
        "author" => Field::Author,
        "operator" => Field::Operator,
        "company" => Field::Company,
        "generator" => Field::Generator,
        "template" => Field::Template,
        "atnauthor" => Field::CommentAuthor,
        "atndate" => Field::CommentDate,
        _ => return None,
    })
}

/// Words that stand for a sign.
fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        "emdash" => "—",
        "endash" => "–",
        "bullet" => "•",
        "lquote" => "‘",
        "rquote" => "’",
        "ldblquote" => "“",
        "rdblquote" => "”",
        "emspace" | "enspace" | "qmspace" => " ",
        _ => return None,
    })
}
