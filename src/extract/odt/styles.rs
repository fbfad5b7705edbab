//! The styles of an ODT (OpenDocument part 3 §16), as far as they hide text or set lines, and the save ids in them:
//! LibreOffice marks what was typed in one session with `officeooo:rsid`, as Word does.

use crate::extract::prose::Colour;
use crate::extract::xml::Element;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Styles based on styles; LibreOffice's own stay below 8.
const MAX_CHAIN: usize = 32;

/// Ids kept of one file.
const MAX_RSIDS: usize = 20_000;

/// Properties of a style; what is `None` is inherited.
#[derive(Clone, Debug, Default)]
pub(in crate::extract) struct Props {
    /// Font by name.
    pub font: Option<Arc<str>>,
    /// Size in half points.
    pub half_points: Option<u16>,
    /// Colour of the letters.
    pub colour: Option<Colour>,
    /// What is painted under the letters, the paragraph or the cell; `Some(None)` is nothing.
    pub fill: Option<Option<Colour>>,
    /// Not shown.
    pub hidden: Option<bool>,
    /// Left indent in twips.
    pub indent: Option<i32>,
}

impl Props {
    /// What `above` sets wins.
    pub fn overlay(&mut self, above: &Props) {
        self.font = above.font.clone().or(self.font.take());
        self.half_points = above.half_points.or(self.half_points);
        self.colour = above.colour.or(self.colour);
        self.fill = above.fill.or(self.fill);
        self.hidden = above.hidden.or(self.hidden);
        self.indent = above.indent.or(self.indent);
    }

    /// `loext:opacity` is passed over: LibreOffice writes 0 % beside the automatic colour, which is seen.
    fn take(&mut self, element: &Element<'_>) {
        element.attributes(|space, name, value| match name {
            "font-name" | "font-family" => {
                self.font
                    .get_or_insert_with(|| value.trim_matches('\'').into());
            }
            "font-size" => self.half_points = half_points(value).or(self.half_points),
            "color" if space.contains("fo:") || space.contains("xsl-fo") => {
                self.colour = Colour::from_hex(value);
            }
            "background-color" => self.fill = Some(Colour::from_hex(value)),
            "display" => self.hidden = Some(value == "none"),
            "margin-left" => self.indent = twips(value),
            _ => {}
        });
    }
}

/// A length such as `10.5pt`, `0.25in`, `1.2cm` in twips.
pub(in crate::extract) fn twips(text: &str) -> Option<i32> {
    let unit = text
        .trim()
        .trim_start_matches(|c: char| c.is_ascii_digit() || "-+.".contains(c));
    let number: f64 = text.trim().strip_suffix(unit)?.parse().ok()?;
    let of_one = match unit {
        "pt" => 20.0,
        "in" => 1440.0,
        "cm" => 1440.0 / 2.54,
        "mm" => 144.0 / 2.54,
        "pc" => 240.0,
        "px" => 15.0,
        _ => return None,
    };
    Some((number * of_one).round() as i32)
}

fn half_points(text: &str) -> Option<u16> {
    twips(text).and_then(|t| u16::try_from(t / 10).ok())
}

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    props: Props,
}

/// The styles of a document, automatic and named.
#[derive(Debug, Default)]
pub(in crate::extract) struct Styles {
    /// (family, name) → style; the default of a family has no name.
    styles: BTreeMap<(String, String), Style>,
    /// What the pages are painted with, where they are painted.
    page: Option<Option<Colour>>,
    /// Something runs behind the text.
    has_background: bool,
    /// Save ids, without repetition.
    pub rsids: BTreeSet<u32>,
}

impl Styles {
    /// Takes the styles of one part; a fault ends them early.
    pub fn add(&mut self, xml: &str) {
        let mut open: Option<(String, String)> = None;
        let _ = walk(xml, &mut |node| {
            let Node::Start(element) = node else { return };
            let attribute = |name| element.attribute(name).unwrap_or_default();
            match element.name {
                "style" | "default-style" => {
                    let key = (attribute("family"), attribute("name"));
                    let style = self.styles.entry(key.clone()).or_default();
                    style.parent = element.attribute("parent-style-name");
                    open = Some(key);
                }
                "page-layout-properties" => self.add_page(&element),
                "body" | "master-styles" => open = None,
                name if name.ends_with("-properties") => self.add_props(open.as_ref(), &element),
                _ => {}
            }
        });
    }

    fn add_page(&mut self, element: &Element<'_>) {
        let colour = element
            .attribute("background-color")
            .filter(|c| c != "transparent");
        let fill = element.attribute("fill").filter(|f| f != "none");
        if colour.is_some() || fill.is_some() {
            let is_plain = matches!(fill.as_deref(), None | Some("solid"));
            self.page = Some(
                colour
                    .and_then(|c| Colour::from_hex(&c))
                    .filter(|_| is_plain),
            );
        }
    }

    fn add_props(&mut self, open: Option<&(String, String)>, element: &Element<'_>) {
        element.attributes(|_, name, value| {
            if matches!(name, "rsid" | "paragraph-rsid") && self.rsids.len() < MAX_RSIDS {
                let id = u32::from_str_radix(value, 16).ok().filter(|&id| id != 0);
                self.rsids.extend(id);
            }
            self.has_background |= name == "run-through" && value == "background";
        });
        let style = open.and_then(|key| self.styles.get_mut(key));
        if let Some(style) = style.filter(|_| element.name != "graphic-properties") {
            style.props.take(element);
        }
    }

    /// Everything that holds for one style: the family's default, what it is based on, itself.
    pub fn resolve(&self, family: &str, name: &str) -> Props {
        let find = |name: &str| self.styles.get(&(family.to_string(), name.to_string()));
        let next = |s: &&Style| s.parent.as_deref().and_then(find);
        let mut chain: Vec<_> = std::iter::successors(find(name), next)
            .take(MAX_CHAIN)
            .collect();
        chain.extend(find("").filter(|_| !name.is_empty()));
        let mut props = Props::default();
        for style in chain.into_iter().rev() {
            props.overlay(&style.props);
        }
        props
    }

    /// What lies under text that nothing else paints under.
    pub fn ground(&self) -> Option<Colour> {
        if self.has_background {
            return None;
        }
        self.page.unwrap_or(Some(Colour::WHITE))
    }
}
