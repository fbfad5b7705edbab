//! The text of one WordprocessingML part (ECMA-376 part 1 §17): one paragraph a line, tables cell by cell, text boxes
//! after the paragraph they hang on. Inserted text counts, deleted text does not; of alternatives, which repeat the
//! same text for older programs, the first.

use crate::extract::xml::Element;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use std::collections::BTreeMap;

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

/// What is open around the current place.
enum Open {
    Other,
    Text,
    Instruction,
    Paragraph,
    TextBox,
    Alternatives { taken: bool },
}

/// A stretch of text under way: the body, or a text box inside it.
#[derive(Default)]
struct Flow {
    text: String,
    boxes: Vec<String>,
}

struct Body<'a> {
    targets: &'a BTreeMap<String, String>,
    open: Vec<Open>,
    /// How many levels below something that is left out.
    skipped: usize,
    flows: Vec<Flow>,
    instruction: String,
    links: Vec<String>,
}

/// Text and link targets of a part, and what breaks the rules of XML in it, if anything: what came before is there.
pub(in crate::extract) fn read(
    xml: &str,
    targets: &BTreeMap<String, String>,
) -> (String, Vec<String>, Result<(), String>) {
    let mut body = Body {
        targets,
        open: Vec::new(),
        skipped: 0,
        flows: vec![Flow::default()],
        instruction: String::new(),
        links: Vec::new(),
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
    (
        body.flows.pop().map(|f| f.text).unwrap_or_default(),
        body.links,
        end,
    )
}

impl Body<'_> {
    fn start(&mut self, element: &Element<'_>) {
        let open = if WORD.contains(&element.space) {
            self.word(element)
        } else if element.space == COMPATIBILITY {
            self.alternative(element.name)
        } else if DRAWING.contains(&element.space) && element.name == "hlinkClick" {
            self.link(element);
            Some(Open::Other)
        } else if MATH.contains(&element.space) && element.name == "t" {
            Some(Open::Text)
        } else {
            Some(Open::Other)
        };
        match open {
            Some(open) => self.open.push(open),
            None => self.skipped = 1,
        }
    }

    /// What an element of the text opens; `None` leaves it out.
    fn word(&mut self, element: &Element<'_>) -> Option<Open> {
        match element.name {
            "t" => return Some(Open::Text),
            "p" => return Some(Open::Paragraph),
            "instrText" => return Some(Open::Instruction),
            "txbxContent" => {
                self.flows.push(Flow::default());
                return Some(Open::TextBox);
            }
            // Formatting holds no text, but tab stops that are called like tabs.
            "pPr" | "rPr" | "sectPr" | "tblPr" | "trPr" | "tcPr" | "del" | "moveFrom"
            | "delText" | "delInstrText" => return None,
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.push(" "),
            "hyperlink" => self.link(element),
            "fldSimple" => self.instruction = element.attribute("instr").unwrap_or_default(),
            _ => {}
        }
        if element.name == "fldChar" || element.name == "fldSimple" {
            self.field();
        }
        Some(Open::Other)
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
            Some(Open::Paragraph) => {
                self.push("\n");
                if let Some(flow) = self.flows.last_mut() {
                    flow.text.extend(std::mem::take(&mut flow.boxes));
                }
            }
            Some(Open::TextBox) => {
                let inner = self.flows.pop().unwrap_or_default();
                if let Some(outer) = self.flows.last_mut() {
                    outer.boxes.push(inner.text);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.open.last() {
            Some(Open::Text) => self.push(text),
            Some(Open::Instruction) => self.instruction.push_str(text),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(flow) = self.flows.last_mut() {
            flow.text.push_str(text);
        }
    }

    fn link(&mut self, element: &Element<'_>) {
        self.links.extend(
            element
                .attribute("id")
                .and_then(|id| self.targets.get(&id).cloned()),
        );
    }

    /// A field's instruction is complete: `HYPERLINK "target"` is a link (ECMA-376 part 1 §17.16.5.25).
    fn field(&mut self) {
        let instruction = std::mem::take(&mut self.instruction);
        if let Some(rest) = instruction.trim_start().strip_prefix("HYPERLINK")
            && let Some(target) = rest
                .trim_start()
                .strip_prefix('"')
                .and_then(|r| r.split('"').next())
            && !target.is_empty()
        {
            self.links.push(target.into());
        }
    }
}
