//! The text of one WordprocessingML part (ECMA-376 part 1 §17): one paragraph a line, tables cell by cell, text boxes
//! after the paragraph they hang on. Inserted text counts, deleted text is kept apart; of alternatives, which repeat the
//! same text for older programs, the first.

use crate::extract::changes::Changes;
use crate::extract::docx::comments::who_and_when;
use crate::extract::docx::look::Fill;
use crate::extract::docx::look::Props;
use crate::extract::docx::look::Styles;
use crate::extract::docx::look::shading;
use crate::extract::docx::package::Relations;
use crate::extract::local_path;
use crate::extract::prose::Colour;
use crate::extract::prose::Look;
use crate::extract::prose::Prose;
use crate::extract::xml::Element;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use crate::model::RevisionKind;

/// Namespaces of the transitional and the strict flavour.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
const COMPATIBILITY: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const DRAWING: [&str; 2] = [
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
];
const MATH: [&str; 2] = [
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
];
const VML: &str = "urn:schemas-microsoft-com:vml";

/// What is open around the current place.
enum Open {
    Other,
    Text,
    Instruction,
    Paragraph(Box<Props>),
    Run(Box<Props>),
    /// Properties of the innermost paragraph, run or cell.
    ParagraphProps,
    RunProps,
    CellProps,
    TableProps,
    Table {
        shades: bool,
    },
    Cell(Option<Fill>),
    TextBox,
    Link,
    Inserted(Option<usize>),
    Deleted(Option<usize>),
    Alternatives {
        taken: bool,
    },
}

/// A complex field under way (ECMA-376 part 1 §17.16.18).
#[derive(Default)]
struct Field {
    instruction: String,
    is_link: bool,
}

/// What all parts of a document share.
pub(in crate::extract) struct Context<'a> {
    /// Where text goes.
    pub prose: &'a mut Prose,
    /// Where changes go.
    pub changes: &'a mut Changes,
    /// Names of the pictures met, in order.
    pub images: &'a mut Vec<String>,
    /// Local paths met.
    pub paths: &'a mut Vec<String>,
    /// The styles.
    pub styles: &'a Styles,
    /// What the page is painted with, where that is known.
    pub page: Option<Colour>,
}

struct Body<'a, 'b> {
    context: &'a mut Context<'b>,
    relations: &'a Relations,
    open: Vec<Open>,
    /// How many levels below something that is left out.
    skipped: usize,
    fields: Vec<Field>,
}

/// Reads a part; what breaks the rules of XML in it, if anything: what came before is there.
pub(in crate::extract) fn read(
    xml: &str,
    relations: &Relations,
    context: &mut Context<'_>,
) -> Result<(), String> {
    let mut body = Body {
        context,
        relations,
        open: Vec::new(),
        skipped: 0,
        fields: Vec::new(),
    };
    let end = walk(xml, &mut |node| match node {
        Node::Start(_) if body.skipped > 0 => body.skipped += 1,
        Node::End if body.skipped > 0 => body.skipped -= 1,
        Node::Start(element) => body.start(&element),
        Node::End => body.end(),
        Node::Text(text) => body.text(text),
    });
    while !body.open.is_empty() {
        body.end();
    }
    end
}

impl Body<'_, '_> {
    fn start(&mut self, element: &Element<'_>) {
        let open = if WORD.contains(&element.space) {
            self.word(element)
        } else if element.space == COMPATIBILITY {
            self.alternative(element.name)
        } else {
            self.picture(element);
            let is_math = MATH.contains(&element.space) && element.name == "t";
            Some(if is_math { Open::Text } else { Open::Other })
        };
        match open {
            Some(open) => self.open.push(open),
            None => self.skipped = 1,
        }
    }

    /// What an element of the text opens; `None` leaves out what is in it.
    fn word(&mut self, element: &Element<'_>) -> Option<Open> {
        if matches!(
            self.open.last(),
            Some(Open::ParagraphProps | Open::RunProps | Open::CellProps | Open::TableProps)
        ) {
            self.property(element);
            return None;
        }
        let open = match element.name {
            "t" | "delText" => Open::Text,
            "p" => Open::Paragraph(Box::default()),
            "r" => Open::Run(Box::default()),
            "pPr" => Open::ParagraphProps,
            "rPr" => Open::RunProps,
            "tcPr" => Open::CellProps,
            "tblPr" => Open::TableProps,
            "tbl" => Open::Table { shades: false },
            "tc" => Open::Cell(None),
            "instrText" => Open::Instruction,
            "txbxContent" => {
                self.context.prose.open_aside();
                Open::TextBox
            }
            "ins" | "moveTo" => Open::Inserted(self.change(RevisionKind::Inserted, element)),
            "del" => Open::Deleted(self.change(RevisionKind::Deleted, element)),
            // Formatting holds no text; moved text stands where it was moved to.
            "sectPr" | "trPr" | "moveFrom" | "delInstrText" => return None,
            "hyperlink" => {
                let id = element.attribute("id");
                let target = id.and_then(|id| self.relations.hyperlinks.get(&id).cloned());
                self.context.prose.open_link(target);
                Open::Link
            }
            "fldSimple" => {
                let target = self.instruction(&element.attribute("instr").unwrap_or_default());
                self.context.prose.open_link(target);
                Open::Link
            }
            _ => {
                self.mark(element);
                Open::Other
            }
        };
        Some(open)
    }

    /// Elements that stand for a character, and the borders of fields.
    fn mark(&mut self, element: &Element<'_>) {
        match element.name {
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.push(" "),
            "fldChar" => self.field(element.attribute("fldCharType").as_deref()),
            _ => {}
        }
    }

    fn change(&mut self, kind: RevisionKind, element: &Element<'_>) -> Option<usize> {
        let (author, time) = who_and_when(element);
        self.context.changes.open(kind, author, time)
    }

    fn property(&mut self, element: &Element<'_>) {
        let is_run = matches!(self.open.last(), Some(Open::RunProps));
        for open in self.open.iter_mut().rev().skip(1) {
            match open {
                Open::Run(props) if is_run => return props.take_run(element),
                // The mark of the paragraph has properties like a run; they hold for no letter.
                Open::Paragraph(_) if is_run => return,
                Open::Paragraph(props) => return props.take_paragraph(element),
                Open::Cell(fill) if element.name == "shd" => {
                    *fill = shading(element);
                    return;
                }
                Open::Table { shades } if element.name == "tblStyle" => {
                    let style = element.attribute("val").unwrap_or_default();
                    *shades = self.context.styles.shades(&style);
                    return;
                }
                Open::Table { shades } if element.name == "shd" => {
                    *shades |= shading(element).is_some();
                    return;
                }
                Open::Run(_) | Open::Cell(_) | Open::Table { .. } | Open::TextBox => return,
                _ => {}
            }
        }
    }

    fn picture(&mut self, element: &Element<'_>) {
        match element.name {
            "blip" if DRAWING.contains(&element.space) => self.image(element, "embed"),
            "imagedata" if element.space == VML => self.image(element, "id"),
            "docPr" | "cNvPr" => {
                for name in ["descr", "title", "name"] {
                    let value = element.attribute(name).unwrap_or_default();
                    local_path::note(self.context.paths, &value);
                }
            }
            "hlinkClick" if DRAWING.contains(&element.space) => {
                let id = element.attribute("id");
                let target = id.and_then(|id| self.relations.hyperlinks.get(&id).cloned());
                self.context.prose.open_link(target);
                self.context.prose.close_link();
            }
            _ => {}
        }
    }

    fn image(&mut self, element: &Element<'_>, attribute: &str) {
        let id = element.attribute(attribute).unwrap_or_default();
        let part = self.relations.images.get(&id);
        let new = part.filter(|part| !self.context.images.contains(part));
        self.context.images.extend(new.cloned());
    }

    fn alternative(&mut self, name: &str) -> Option<Open> {
        let taken = match self.open.last_mut() {
            Some(Open::Alternatives { taken }) if name == "Choice" || name == "Fallback" => {
                std::mem::replace(taken, true)
            }
            _ => false,
        };
        match name {
            "AlternateContent" => Some(Open::Alternatives { taken: false }),
            _ if taken => None,
            _ => Some(Open::Other),
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph(_)) => {
                self.context.prose.end_paragraph();
                self.context.changes.interrupt();
            }
            Some(Open::TextBox) => self.context.prose.close_aside(),
            Some(Open::Link) => self.context.prose.close_link(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last() {
            Some(Open::Text) => self.push(text),
            Some(Open::Instruction) => {
                if let Some(field) = self.fields.last_mut() {
                    field.instruction.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        let mut inserted = None;
        for open in self.open.iter().rev() {
            match open {
                Open::Deleted(change) => {
                    if let Some(change) = change {
                        self.context.changes.write(*change, text);
                    }
                    return;
                }
                Open::Inserted(change) => inserted = inserted.or(*change),
                _ => {}
            }
        }
        match inserted {
            Some(change) => self.context.changes.write(change, text),
            None => self.context.changes.interrupt(),
        }
        let look = self.look();
        self.context.prose.write(text, &look);
    }

    /// The look of the run that is open.
    fn look(&self) -> Look {
        let (mut run, mut paragraph) = (None, None);
        for open in self.open.iter().rev() {
            match open {
                Open::Run(props) if run.is_none() && paragraph.is_none() => run = Some(props),
                Open::Paragraph(props) if paragraph.is_none() => paragraph = Some(props),
                _ => {}
            }
        }
        let none = Props::default();
        let run = run.map_or(&none, |p| p);
        let paragraph = paragraph.map_or(&none, |p| p);
        let props = self.context.styles.resolve(paragraph, run);
        let ground = match props.fill.or(props.ground) {
            Some(Fill::Colour(colour)) => Some(colour),
            Some(Fill::Unknown) => None,
            None => self.ground(),
        };
        Look {
            font: props.font,
            half_points: props.half_points,
            colour: props.colour.flatten(),
            ground,
            marked: props.vanish == Some(true),
            indent: props.indent.unwrap_or(0),
        }
    }

    /// What is painted under a paragraph that paints nothing itself.
    fn ground(&self) -> Option<Colour> {
        for open in self.open.iter().rev() {
            match open {
                Open::Cell(Some(Fill::Colour(colour))) => return Some(*colour),
                Open::Cell(Some(Fill::Unknown)) | Open::Table { shades: true } => return None,
                // A box may have a fill, or lie on a picture or another box.
                Open::TextBox => return None,
                _ => {}
            }
        }
        self.context.page
    }

    /// The border of a complex field.
    fn field(&mut self, border: Option<&str>) {
        match border {
            Some("begin") => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(mut field) = self.fields.pop() {
                    let target = self.instruction(&field.instruction);
                    field.is_link = true;
                    self.context.prose.open_link(target);
                    self.fields.push(field);
                }
            }
            Some("end") => match self.fields.pop() {
                Some(field) if field.is_link => self.context.prose.close_link(),
                // A field without a result is a link without a text.
                Some(field) => {
                    let target = self.instruction(&field.instruction);
                    self.context.prose.open_link(target);
                    self.context.prose.close_link();
                }
                None => {}
            },
            _ => {}
        }
    }

    /// The target of a complete instruction: `HYPERLINK "target"` is a link (ECMA-376 part 1 §17.16.5.25). Others name
    /// files, which leaves paths behind.
    fn instruction(&mut self, instruction: &str) -> Option<String> {
        let quoted = || instruction.split('"').skip(1).step_by(2);
        for value in quoted() {
            local_path::note(self.context.paths, &value.replace("\\\\", "\\"));
        }
        let rest = instruction.trim_start().strip_prefix("HYPERLINK")?;
        let target = rest.trim_start().strip_prefix('"')?.split('"').next()?;
        (!target.is_empty()).then(|| target.into())
    }
}
