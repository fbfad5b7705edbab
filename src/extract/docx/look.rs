//! How runs and paragraphs look: direct formatting and styles (ECMA-376 part 1 §17.3, §17.7), as far as it hides text
//! or sets lines. Table styles are looked at only for whether they shade anything.

use crate::extract::prose::Colour;
use crate::extract::xml::Element;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Styles based on styles; Word's own stay below 11.
const MAX_CHAIN: usize = 32;

/// What is painted under text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Fill {
    /// A colour.
    Colour(Colour),
    /// A pattern, or something that is not followed.
    Unknown,
}

/// Properties of a run or paragraph; what is `None` is inherited.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Props {
    /// Name of the style.
    pub style: Option<String>,
    /// Font for Latin text.
    pub font: Option<Arc<str>>,
    /// Size in half points.
    pub half_points: Option<u16>,
    /// Colour of the letters; `Some(None)` is automatic, which always differs from the ground.
    pub colour: Option<Option<Colour>>,
    /// Shading or highlighting of the run.
    pub fill: Option<Fill>,
    /// Shading of the paragraph.
    pub ground: Option<Fill>,
    /// Hidden text.
    pub vanish: Option<bool>,
    /// Left indent in twips.
    pub indent: Option<i32>,
}

impl Props {
    /// What `above` sets wins.
    pub fn overlay(&mut self, above: &Props) {
        fn put<T: Clone>(to: &mut Option<T>, from: &Option<T>) {
            if from.is_some() {
                to.clone_from(from);
            }
        }
        put(&mut self.font, &above.font);
        put(&mut self.half_points, &above.half_points);
        put(&mut self.colour, &above.colour);
        put(&mut self.fill, &above.fill);
        put(&mut self.ground, &above.ground);
        put(&mut self.vanish, &above.vanish);
        put(&mut self.indent, &above.indent);
    }

    /// One child of `w:rPr`.
    pub fn take_run(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val");
        match element.name {
            "rStyle" => self.style = value(),
            "rFonts" => {
                let font = ["ascii", "hAnsi", "asciiTheme"]
                    .iter()
                    .find_map(|n| element.attribute(n));
                self.font = font.map(Arc::from).or(self.font.take());
            }
            "sz" => self.half_points = value().and_then(|v| v.parse().ok()),
            "color" => self.colour = value().map(|v| Colour::from_hex(&v)),
            "vanish" => self.vanish = Some(is_on(value())),
            "shd" => self.fill = shading(element).or(self.fill),
            "highlight" => self.fill = value().and_then(|v| highlight(&v)).or(self.fill),
            _ => {}
        }
    }

    /// One child of `w:pPr`.
    pub fn take_paragraph(&mut self, element: &Element<'_>) {
        match element.name {
            "pStyle" => self.style = element.attribute("val"),
            "shd" => self.ground = shading(element),
            "ind" => {
                let left = element
                    .attribute("left")
                    .or_else(|| element.attribute("start"));
                self.indent = left.and_then(|v| v.parse().ok());
            }
            _ => {}
        }
    }
}

/// A switch without a value is on (ECMA-376 part 1 §17.17.4).
fn is_on(value: Option<String>) -> bool {
    !matches!(value.as_deref(), Some("0" | "false" | "off"))
}

/// What `w:shd` paints; `None` where it paints nothing.
pub(in crate::extract) fn shading(element: &Element<'_>) -> Option<Fill> {
    let colour = |name| element.attribute(name).and_then(|v| Colour::from_hex(&v));
    match element.attribute("val").as_deref() {
        None | Some("clear" | "nil") => colour("fill").map(Fill::Colour),
        Some("solid") => Some(colour("color").map_or(Fill::Unknown, Fill::Colour)),
        Some(_) => Some(Fill::Unknown),
    }
}

/// The sixteen colours of a marker (ECMA-376 part 1 §17.18.40).
fn highlight(name: &str) -> Option<Fill> {
    let colour = match name {
        "black" => Colour::BLACK,
        "white" => Colour::WHITE,
        "yellow" => Colour(255, 255, 0),
        "lightGray" => Colour(192, 192, 192),
        "none" => return None,
        _ => return Some(Fill::Unknown),
    };
    Some(Fill::Colour(colour))
}

/// A style.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    props: Props,
    shades: bool,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(in crate::extract) struct Styles {
    defaults: Props,
    /// Style of paragraphs that name none.
    paragraph: Option<String>,
    styles: BTreeMap<String, Style>,
}

impl Styles {
    /// Reads `word/styles.xml`; a fault ends it early.
    pub fn read(xml: &str) -> Self {
        let mut styles = Self::default();
        let mut id: Option<String> = None;
        let mut inside: Vec<String> = Vec::new();
        let _ = walk(xml, &mut |node| match node {
            Node::Start(element) => {
                match element.name {
                    "style" => id = styles.begin(&element),
                    "docDefaults" => id = None,
                    name => {
                        let parent = inside.last().map(String::as_str).unwrap_or_default();
                        styles.take(id.as_deref(), parent, name, &element);
                    }
                }
                inside.push(element.name.into());
            }
            Node::End => drop(inside.pop()),
            Node::Text(_) => {}
        });
        styles
    }

    fn begin(&mut self, element: &Element<'_>) -> Option<String> {
        let id = element.attribute("styleId")?;
        let is = |name: &str, value: &str| element.attribute(name).is_some_and(|v| v == value);
        if is("type", "paragraph") && is_on(element.attribute("default").or(Some("0".into()))) {
            self.paragraph = Some(id.clone());
        }
        self.styles.insert(id.clone(), Style::default());
        Some(id)
    }

    fn take(&mut self, id: Option<&str>, parent: &str, name: &str, element: &Element<'_>) {
        let style = id.and_then(|id| self.styles.get_mut(id));
        let props = match style {
            Some(style) => {
                style.shades |= name == "shd" && shading(element).is_some();
                if parent == "style" && name == "basedOn" {
                    style.based_on = element.attribute("val");
                }
                &mut style.props
            }
            None if id.is_none() => &mut self.defaults,
            None => return,
        };
        match parent {
            "rPr" => props.take_run(element),
            "pPr" => props.take_paragraph(element),
            _ => {}
        }
    }

    /// Looks up a chain of styles, the one that everything is based on first. A chain that bites its tail is cut.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> Vec<&'a Style> {
        let next = |s: &&'a Style| s.based_on.as_deref().and_then(|id| self.styles.get(id));
        let first = id.and_then(|id| self.styles.get(id));
        let mut chain: Vec<_> = std::iter::successors(first, next).take(MAX_CHAIN).collect();
        chain.reverse();
        chain
    }

    /// Everything that holds for a run: defaults, the paragraph's style, the run's style, the run itself.
    pub fn resolve(&self, paragraph: &Props, run: &Props) -> Props {
        let mut props = self.defaults.clone();
        let of_paragraph = paragraph.style.as_deref().or(self.paragraph.as_deref());
        for style in self.chain(of_paragraph) {
            props.overlay(&style.props);
        }
        props.overlay(paragraph);
        for style in self.chain(run.style.as_deref()) {
            props.overlay(&style.props);
        }
        props.overlay(run);
        props
    }

    /// Whether a table style paints under any of its cells.
    pub fn shades(&self, id: &str) -> bool {
        self.chain(Some(id)).iter().any(|s| s.shades)
    }
}
