//! The text of one part of an ODT (OpenDocument part 3 §5 to §7): one paragraph a line, tables cell by cell, text boxes
//! and notes after the paragraph they hang on. What tracked changes removed stands apart in the file, and here.

use crate::extract::changes::Changes;
use crate::extract::local_path;
use crate::extract::odt::styles::Styles;
use crate::extract::prose::Colour;
use crate::extract::prose::Look;
use crate::extract::prose::Prose;
use crate::extract::time::iso_date;
use crate::extract::xml::Element;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use crate::model::RevisionKind;
use std::collections::BTreeMap;

/// Which text is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Part {
    /// The headers of `styles.xml`.
    Headers,
    /// The body of `content.xml`.
    Body,
    /// The footers of `styles.xml`.
    Footers,
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
}

/// What is open around the current place.
enum Open {
    Other,
    Wanted,
    Paragraph(Look),
    Span(Look),
    Ground(Option<Option<Colour>>),
    Aside,
    Link,
    /// A changed region or a comment: what stands in it is no text of the document.
    Region(Region),
    Creator,
    Date,
}

/// A tracked change as it is declared, or a comment.
#[derive(Clone, Default)]
struct Region {
    kind: Option<RevisionKind>,
    id: String,
    author: String,
    date: String,
    text: String,
}

struct Content<'a, 'b> {
    context: &'a mut Context<'b>,
    part: Part,
    open: Vec<Open>,
    skipped: usize,
    /// Insertions by id, and those that are open.
    insertions: BTreeMap<String, usize>,
    inserting: Vec<usize>,
}

/// Reads the text of a part; what breaks the rules of XML in it, if anything: what came before is there.
pub(in crate::extract) fn read(
    xml: &str,
    part: Part,
    context: &mut Context<'_>,
) -> Result<(), String> {
    let mut content = Content {
        context,
        part,
        open: Vec::new(),
        skipped: 0,
        insertions: BTreeMap::new(),
        inserting: Vec::new(),
    };
    let end = walk(xml, &mut |node| match node {
        Node::Start(_) if content.skipped > 0 => content.skipped += 1,
        Node::End if content.skipped > 0 => content.skipped -= 1,
        Node::Start(element) => match content.start(&element) {
            Some(open) => content.open.push(open),
            None => content.skipped = 1,
        },
        Node::End => content.end(),
        Node::Text(_) if content.skipped > 0 => {}
        Node::Text(text) => content.text(text),
    });
    while !content.open.is_empty() {
        content.end();
    }
    if xml.is_empty() { Ok(()) } else { end }
}

impl Content<'_, '_> {
    /// What an element opens; `None` leaves out what is in it.
    fn start(&mut self, element: &Element<'_>) -> Option<Open> {
        let wanted = match self.part {
            Part::Headers => element.name.starts_with("header") && element.space.contains("style"),
            Part::Footers => element.name.starts_with("footer") && element.space.contains("style"),
            Part::Body => element.name == "text" && element.space.contains("office"),
        };
        if wanted && !element.name.ends_with("style") {
            return Some(Open::Wanted);
        }
        if !self.open.iter().any(|o| matches!(o, Open::Wanted)) {
            return Some(Open::Other);
        }
        let style = |name| element.attribute(name).unwrap_or_default();
        let open = match element.name {
            "p" | "h" if element.space.contains("text") => {
                Open::Paragraph(self.paragraph(&style("style-name")))
            }
            "span" => Open::Span(self.span(&style("style-name"))),
            "table" | "table-row" | "table-cell" => {
                let props = self
                    .context
                    .styles
                    .resolve(element.name, &style("style-name"));
                Open::Ground(props.fill)
            }
            "text-box" => {
                self.context.prose.open_aside();
                Open::Aside
            }
            "note-body" => {
                self.context.prose.open_aside();
                Open::Aside
            }
            "a" if element.space.contains("text") || element.space.contains("draw") => {
                let target = style("href");
                local_path::note(self.context.paths, &target);
                self.context.prose.open_link(Some(target));
                Open::Link
            }
            "changed-region" => Open::Region(Region {
                id: style("id"),
                ..Region::default()
            }),
            "annotation" => Open::Region(Region {
                kind: Some(RevisionKind::Comment),
                ..Region::default()
            }),
            "creator" => Open::Creator,
            "date" if element.space.contains("purl.org") => Open::Date,
            "sequence-decls"
            | "forms"
            | "note-citation"
            | "ruby-text"
            | "event-listeners"
            | "table-of-content-source"
            | "object"
            | "plugin"
            | "desc"
            | "title" => return None,
            _ => {
                self.mark(element);
                Open::Other
            }
        };
        Some(open)
    }

    /// Elements that stand for characters, pictures, and the borders of changes.
    fn mark(&mut self, element: &Element<'_>) {
        let value = |name| element.attribute(name);
        match element.name {
            // No line has room for more.
            "s" => {
                let count = value("c").and_then(|c| c.parse().ok()).unwrap_or(1usize);
                self.push(&" ".repeat(count.min(1000)));
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "image" => {
                let name = value("href").unwrap_or_default();
                local_path::note(self.context.paths, &name);
                if !self.context.images.contains(&name) {
                    self.context.images.push(name);
                }
            }
            "insertion" => self.set_kind(RevisionKind::Inserted),
            "deletion" => self.set_kind(RevisionKind::Deleted),
            "change-start" => {
                let id = value("change-id").unwrap_or_default();
                self.inserting.extend(self.insertions.get(&id));
            }
            "change-end" => drop(self.inserting.pop()),
            "hidden-text" | "hidden-paragraph" => {
                let hidden = value("string-value").unwrap_or_default();
                let look = Look {
                    marked: true,
                    ..self.look()
                };
                self.context.prose.write(&hidden, &look);
            }
            _ => {}
        }
    }

    fn set_kind(&mut self, kind: RevisionKind) {
        if let Some(region) = self.region() {
            region.kind = Some(kind);
        }
    }

    fn region(&mut self) -> Option<&mut Region> {
        self.open.iter_mut().rev().find_map(|open| match open {
            Open::Region(region) => Some(region),
            _ => None,
        })
    }

    fn paragraph(&self, style: &str) -> Look {
        let props = self.context.styles.resolve("paragraph", style);
        let ground = match props.fill {
            Some(Some(colour)) => Some(colour),
            _ => self.ground(),
        };
        Look {
            font: props.font,
            half_points: props.half_points,
            colour: props.colour,
            ground,
            marked: props.hidden == Some(true),
            indent: props.indent.unwrap_or(0),
        }
    }

    fn span(&self, style: &str) -> Look {
        let (mut look, props) = (self.look(), self.context.styles.resolve("text", style));
        look.font = props.font.or(look.font);
        look.half_points = props.half_points.or(look.half_points);
        look.colour = props.colour.or(look.colour);
        look.ground = props.fill.flatten().or(look.ground);
        look.marked = props.hidden.unwrap_or(look.marked);
        look
    }

    fn look(&self) -> Look {
        let open = self.open.iter().rev();
        let look = open.filter_map(|o| match o {
            Open::Paragraph(look) | Open::Span(look) => Some(look.clone()),
            _ => None,
        });
        look.into_iter().next().unwrap_or_default()
    }

    /// What is painted under a paragraph that paints nothing itself.
    fn ground(&self) -> Option<Colour> {
        for open in self.open.iter().rev() {
            match open {
                Open::Ground(Some(Some(colour))) => return Some(*colour),
                // A box may have a fill, or lie on a picture or another box.
                Open::Aside => return None,
                _ => {}
            }
        }
        self.context.styles.ground()
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph(_)) => {
                if let Some(region) = self.region() {
                    region.text.push('\n');
                } else {
                    self.context.prose.end_paragraph();
                    self.context.changes.interrupt();
                }
            }
            Some(Open::Aside) => self.context.prose.close_aside(),
            Some(Open::Link) => self.context.prose.close_link(),
            Some(Open::Region(region)) => self.finish(&region),
            _ => {}
        }
    }

    /// A declared change or a comment is complete.
    fn finish(&mut self, region: &Region) {
        let Some(kind) = region.kind else { return };
        let author = Some(region.author.clone());
        let change = self
            .context
            .changes
            .open(kind, author, iso_date(&region.date));
        let Some(change) = change else { return };
        match kind {
            RevisionKind::Inserted => drop(self.insertions.insert(region.id.clone(), change)),
            _ => {
                self.context.changes.interrupt();
                self.context.changes.write(change, region.text.trim_end());
                self.context.changes.interrupt();
            }
        }
    }

    fn text(&mut self, text: &str) {
        let last = self.open.last();
        let (is_creator, is_date) = (
            matches!(last, Some(Open::Creator)),
            matches!(last, Some(Open::Date)),
        );
        if let Some(region) = self.region() {
            match (is_creator, is_date) {
                (true, _) => region.author.push_str(text),
                (_, true) => region.date.push_str(text),
                _ if !text.trim().is_empty() => region.text.push_str(text),
                _ => {}
            }
            return;
        }
        self.push(text);
    }

    /// Text inside a paragraph; what stands between paragraphs is white space of the file.
    fn push(&mut self, text: &str) {
        if let Some(region) = self.region() {
            return region.text.push_str(text);
        }
        if !self.open.iter().any(|o| matches!(o, Open::Paragraph(_))) {
            return;
        }
        match self.inserting.last() {
            Some(change) => self.context.changes.write(*change, text),
            None => self.context.changes.interrupt(),
        }
        let look = self.look();
        self.context.prose.write(text, &look);
    }
}
