//! Text under way, for formats that write runs of text with a look (DOCX, ODT, RTF, HTML): what a reader sees, what he
//! does not, what links say, and how the lines are set.
//!
//! Text that the program that shows the file leaves out (marked as hidden, or a point and less) is kept apart. Text of
//! the colour of its ground is kept apart *and* stays in the text: a picture below it, which no style tells of, would
//! make it visible. Where the ground is not known nothing is called hidden.

use crate::model::DocumentLink;
use crate::model::HiddenText;
use crate::model::Hiding;
use crate::model::Layout;
use crate::model::PagedText;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Channels that differ by no more are one colour to the eye: a choice, 247 beside 255 can hardly be told from white.
const SAME_COLOUR: u8 = 8;

/// Size, in half points, that nobody reads: 1 pt.
const TINY: u16 = 2;

/// Stretches of hidden text kept of one document; résumés that have any have one to five.
const MAX_HIDDEN: usize = 500;

/// Links kept of one document, and characters of the text they stand under.
const MAX_LINKS: usize = 2000;
const MAX_LINK_TEXT: usize = 500;

/// A colour without transparency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Paper.
    pub const WHITE: Colour = Colour(255, 255, 255);
    /// Ink.
    pub const BLACK: Colour = Colour(0, 0, 0);

    /// From `FFFFFF`, `#ffffff` or `#fff`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.trim().trim_start_matches('#');
        let value = u32::from_str_radix(digits, 16).ok()?;
        let byte = |at: u32| (value >> at) as u8;
        let twice = |at: u32| ((value >> at) & 15) as u8 * 17;
        match digits.len() {
            6 => Some(Self(byte(16), byte(8), byte(0))),
            3 => Some(Self(twice(8), twice(4), twice(0))),
            _ => None,
        }
    }

    fn looks_like(self, other: Self) -> bool {
        let near = |a: u8, b: u8| a.abs_diff(b) <= SAME_COLOUR;
        near(self.0, other.0) && near(self.1, other.1) && near(self.2, other.2)
    }
}

/// What a run of text looks like. What is `None` is as the program likes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::extract) struct Look {
    /// Font by name.
    pub font: Option<Arc<str>>,
    /// Size in half points.
    pub half_points: Option<u16>,
    /// Colour of the letters.
    pub colour: Option<Colour>,
    /// What is painted under them; `None` where that cannot be told.
    pub ground: Option<Colour>,
    /// Marked as not to be shown.
    pub marked: bool,
    /// Left indent of the paragraph in twips.
    pub indent: i32,
}

impl Look {
    /// How it hides the text, if it does.
    fn hiding(&self) -> Option<Hiding> {
        if self.marked {
            Some(Hiding::Marked)
        } else if self.half_points.is_some_and(|size| size <= TINY) {
            Some(Hiding::Tiny)
        } else {
            let same = self
                .colour
                .zip(self.ground)
                .is_some_and(|(a, b)| a.looks_like(b));
            same.then_some(Hiding::SameColour)
        }
    }

    fn hash(&self) -> u64 {
        let font = self.font.as_deref().unwrap_or_default().to_lowercase();
        xxh3_64(format!("{font}\0{:?}\0{}", self.half_points, self.indent).as_bytes())
    }
}

/// The body, or something inside it that is read apart (a text box, a note).
#[derive(Debug, Default)]
struct Flow {
    text: String,
    /// What hangs on the paragraph under way and follows it.
    asides: Vec<String>,
    /// Look of the first letter of the paragraph under way.
    line: Option<u64>,
}

/// Text under way.
#[derive(Debug)]
pub(in crate::extract) struct Prose {
    flows: Vec<Flow>,
    hidden: Vec<HiddenText<PagedText>>,
    /// The stretch of hidden text that nothing visible has ended yet.
    hiding: Option<usize>,
    links: Vec<DocumentLink>,
    open_links: Vec<Option<usize>>,
    lines: Vec<u64>,
    fonts: BTreeMap<Arc<str>, u32>,
}

/// What became of it.
#[derive(Debug)]
pub(in crate::extract) struct Written {
    /// What a reader sees, one paragraph a line.
    pub text: String,
    /// What he does not.
    pub hidden: Vec<HiddenText<PagedText>>,
    /// Links, in order of appearance.
    pub links: Vec<DocumentLink>,
    /// How the lines are set; `None` without any.
    pub layout: Option<Layout>,
}

impl Prose {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            flows: vec![Flow::default()],
            hidden: Vec::new(),
            hiding: None,
            links: Vec::new(),
            open_links: Vec::new(),
            lines: Vec::new(),
            fonts: BTreeMap::new(),
        }
    }

    fn flow(&mut self) -> &mut Flow {
        self.flows
            .last_mut()
            .expect("the first flow is never closed")
    }

    /// Text of one look.
    pub fn write(&mut self, text: &str, look: &Look) {
        if text.is_empty() {
            return;
        }
        let has_letters = text.chars().any(|c| !c.is_whitespace());
        let how = look.hiding();
        if let Some(how) = how {
            self.hide(how, text);
        } else if has_letters {
            self.hiding = None;
        }
        if !matches!(how, None | Some(Hiding::SameColour)) {
            return;
        }
        for link in self.open_links.iter().flatten() {
            let room = MAX_LINK_TEXT.saturating_sub(self.links[*link].text.len());
            self.links[*link].text.extend(text.chars().take(room));
        }
        let flow = self.flow();
        flow.text.push_str(text);
        if has_letters {
            flow.line.get_or_insert_with(|| look.hash());
            if let Some(font) = &look.font {
                *self.fonts.entry(font.clone()).or_default() += text.chars().count() as u32;
            }
        }
    }

    fn hide(&mut self, how: Hiding, text: &str) {
        let open = self.hiding.filter(|&at| self.hidden[at].how == how);
        if let Some(at) = open {
            self.hidden[at].text.text.push_str(text);
        } else if self.hidden.len() < MAX_HIDDEN && text.chars().any(char::is_alphanumeric) {
            self.hiding = Some(self.hidden.len());
            self.hidden.push(HiddenText {
                how,
                ordinary: None,
                page: None,
                text: PagedText::new(text, Vec::new()),
            });
        }
    }

    /// The paragraph ends; what hangs on it follows.
    pub fn end_paragraph(&mut self) {
        if let Some(at) = self.hiding {
            let text = &mut self.hidden[at].text.text;
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        let flow = self.flow();
        flow.text.push('\n');
        flow.text.extend(std::mem::take(&mut flow.asides));
        let line = flow.line.take();
        self.lines.extend(line);
    }

    /// Ends the paragraph if anything stands in it.
    pub fn end_line(&mut self) {
        let flow = self.flow();
        if !(flow.text.is_empty() || flow.text.ends_with('\n')) {
            self.end_paragraph();
        }
    }

    /// What follows, until it is closed, is read after the paragraph it hangs on.
    pub fn open_aside(&mut self) {
        self.flows.push(Flow::default());
    }

    /// Back to what surrounds it.
    pub fn close_aside(&mut self) {
        if self.flows.len() > 1 {
            self.end_line();
            let inner = self.flows.pop().unwrap_or_default();
            self.flow().asides.push(inner.text);
        }
    }

    /// Back to the body; what was read stands at the end of it, unless it is blank.
    pub fn close_part(&mut self) {
        while self.flows.len() > 2 {
            self.close_aside();
        }
        if self.flows.len() == 2 {
            let mut inner = self.flows.pop().unwrap_or_default();
            inner.text.extend(std::mem::take(&mut inner.asides));
            self.lines.extend(inner.line);
            if inner.text.chars().any(|c| !c.is_whitespace()) {
                self.flow().text.push_str(&inner.text);
            }
        }
        self.open_links.clear();
        self.hiding = None;
    }

    /// What follows, until it is closed, stands under a link; without a target it is none.
    pub fn open_link(&mut self, target: Option<String>) {
        let target = target.filter(|t| !t.is_empty() && self.links.len() < MAX_LINKS);
        self.open_links
            .push(target.as_ref().map(|_| self.links.len()));
        self.links.extend(target.map(|target| DocumentLink {
            target,
            text: String::new(),
            page: None,
        }));
    }

    /// The innermost link ends.
    pub fn close_link(&mut self) {
        self.open_links.pop();
    }

    /// All of it. Links that are open end.
    pub fn finish(mut self) -> Written {
        while self.flows.len() > 1 {
            self.close_aside();
        }
        let mut flow = self.flows.pop().unwrap_or_default();
        flow.text.extend(std::mem::take(&mut flow.asides));
        self.lines.extend(flow.line);
        for hidden in &mut self.hidden {
            let length = hidden.text.text.trim_end().len();
            hidden.text.text.truncate(length);
        }
        for link in &mut self.links {
            link.text = link.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        Written {
            text: flow.text,
            hidden: self.hidden,
            links: self.links,
            layout: layout(&self.lines, self.fonts),
        }
    }
}

fn layout(lines: &[u64], fonts: BTreeMap<Arc<str>, u32>) -> Option<Layout> {
    let bytes: Vec<u8> = lines.iter().flat_map(|l| l.to_le_bytes()).collect();
    let grid: BTreeSet<u64> = lines.iter().copied().collect();
    (!lines.is_empty()).then(|| Layout {
        hash: xxh3_64(&bytes),
        num_lines: lines.len() as u32,
        grid: grid.into_iter().collect(),
        fonts: fonts
            .into_iter()
            .map(|(font, n)| (font.to_string(), n))
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(colour: Colour, half_points: u16) -> Look {
        Look {
            colour: Some(colour),
            ground: Some(Colour::WHITE),
            half_points: Some(half_points),
            ..Look::default()
        }
    }

    #[test]
    fn hidden_text_is_kept_apart() {
        let (ink, white) = (look(Colour::BLACK, 22), look(Colour(250, 255, 252), 22));
        let mut prose = Prose::new();
        prose.write("seen", &ink);
        prose.write(" same", &white);
        prose.end_paragraph();
        prose.write("still", &white);
        prose.write("small", &look(Colour::BLACK, 2));
        prose.write(
            "on blue",
            &Look {
                ground: Some(Colour(0, 0, 200)),
                ..white.clone()
            },
        );
        prose.write(
            " on anything",
            &Look {
                ground: None,
                ..white
            },
        );
        let written = prose.finish();
        assert_eq!(written.text, "seen same\nstillon blue on anything");
        let hidden: Vec<_> = written
            .hidden
            .iter()
            .map(|h| (h.how, h.text.text.as_str()))
            .collect();
        assert_eq!(
            hidden,
            [
                (Hiding::SameColour, " same\nstill"),
                (Hiding::Tiny, "small")
            ]
        );
        assert_eq!(written.layout.unwrap().num_lines, 2);
    }

    #[test]
    fn asides_follow_their_paragraph_and_links_keep_their_text() {
        let plain = Look::default();
        let mut prose = Prose::new();
        prose.write("before ", &plain);
        prose.open_aside();
        prose.write("boxed", &plain);
        prose.end_paragraph();
        prose.close_aside();
        prose.open_link(Some("https://a.example".into()));
        prose.write("my\npage", &plain);
        prose.close_link();
        prose.end_paragraph();
        let written = prose.finish();
        assert_eq!(written.text, "before my\npage\nboxed\n");
        assert_eq!(written.links[0].text, "my page");
    }

    #[test]
    fn colours() {
        for (text, want) in [
            ("FFFFFF", Some(Colour::WHITE)),
            ("#fff", Some(Colour::WHITE)),
            ("#102030", Some(Colour(16, 32, 48))),
            ("auto", None),
            ("", None),
        ] {
            assert_eq!(Colour::from_hex(text), want, "{text}");
        }
    }
}
