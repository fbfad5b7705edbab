//! Tokens of a page to text, links, metadata and hidden text.

use crate::extract::html::style;
use crate::extract::local_path;
use crate::extract::prose::Colour;
use crate::extract::prose::Look;
use crate::extract::prose::Prose;
use crate::extract::prose::Written;
use crate::extract::time::iso_date;
use crate::model::DocumentMeta;
use crate::model::PagedText;
use crate::model::Traces;
use html5ever::tokenizer::Tag;
use html5ever::tokenizer::TagKind;
use html5ever::tokenizer::Token;
use html5ever::tokenizer::TokenSink;
use html5ever::tokenizer::TokenSinkResult;
use html5ever::tokenizer::states::RawKind;
use std::cell::RefCell;

/// Elements inside elements; deeper ones are read without their styles.
const MAX_DEPTH: usize = 1000;

/// Elements that have no end (HTML Living Standard §13.1.2).
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements whose content is no text of the page.
const LEFT_OUT: &[&str] = &[
    "script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "audio",
    "video", "noembed", "noframes",
];

/// What a page gave.
pub(in crate::extract) struct Read {
    /// Text, links, hidden text, layout.
    pub written: Written,
    /// What the head says.
    pub meta: DocumentMeta,
    /// Local paths.
    pub traces: Traces<PagedText>,
    /// What could not be followed.
    pub warnings: Vec<String>,
}

/// An open element.
struct Open {
    name: String,
    look: Look,
    is_link: bool,
    is_left_out: bool,
}

struct State {
    prose: Prose,
    open: Vec<Open>,
    is_deep: bool,
    /// White space stands before, so that more of it says nothing.
    after_space: bool,
    title: String,
    sheet: String,
    meta: DocumentMeta,
    paths: Vec<String>,
    /// A style sheet paints something.
    paints: bool,
}

/// The sink of the tokens.
pub(in crate::extract) struct Page(RefCell<State>);

impl Default for Page {
    fn default() -> Self {
        Self(RefCell::new(State {
            prose: Prose::new(),
            open: Vec::new(),
            is_deep: false,
            after_space: true,
            title: String::new(),
            sheet: String::new(),
            meta: DocumentMeta::default(),
            paths: Vec::new(),
            paints: false,
        }))
    }
}

impl Page {
    /// All of it.
    pub fn finish(self) -> Read {
        let mut state = self.0.into_inner();
        while !state.open.is_empty() {
            state.close();
        }
        let title = state.title.split_whitespace().collect::<Vec<_>>().join(" ");
        state.meta.title = (!title.is_empty()).then_some(title);
        let warning =
            format!("elements are nested deeper than {MAX_DEPTH}: styles there are not known");
        Read {
            written: state.prose.finish(),
            meta: state.meta,
            traces: Traces {
                paths: state.paths,
                ..Traces::default()
            },
            warnings: Vec::from_iter(state.is_deep.then_some(warning)),
        }
    }
}

impl TokenSink for Page {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return state.start(&tag),
            Token::TagToken(tag) => state.end(&tag.name),
            Token::CharacterTokens(text) => state.text(&text),
            Token::CommentToken(comment) => state.comment(&comment),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag.attrs.iter().find(|a| &*a.name.local == name);
    found.map(|a| a.value.to_string())
}

/// Elements that a starting one ends, and where the search for them stops (§13.1.2.4, optional tags).
fn ended_by(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "table"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl", "table"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "option" => (&["option"], &["select"]),
        _ if BLOCKS.contains(&name) => (&["p"], &["td", "th", "table", "li", "div", "body"]),
        _ => (&[], &[]),
    }
}

impl State {
    fn start(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let (ended, stops) = ended_by(name);
        let at = self
            .open
            .iter()
            .rposition(|o| ended.contains(&o.name.as_str()) || stops.contains(&o.name.as_str()));
        if let Some(at) = at.filter(|&at| ended.contains(&self.open[at].name.as_str())) {
            self.close_down_to(at);
        }
        if BLOCKS.contains(&name) {
            self.end_line();
        }
        self.mark(name, tag);
        if VOID.contains(&name) || tag.self_closing && !LEFT_OUT.contains(&name) {
            return TokenSinkResult::Continue;
        }
        self.push(name, tag);
        match name {
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "iframe" | "noembed" | "noframes" | "xmp" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            _ => TokenSinkResult::Continue,
        }
    }

    fn push(&mut self, name: &str, tag: &Tag) {
        if self.open.len() >= MAX_DEPTH {
            self.is_deep = true;
            return;
        }
        let parent = self.open.last();
        let mut look = parent.map(|o| o.look.clone()).unwrap_or_else(|| Look {
            ground: Some(Colour::WHITE),
            ..Look::default()
        });
        let is_left_out = parent.is_some_and(|o| o.is_left_out) || LEFT_OUT.contains(&name);
        look.marked |= attribute(tag, "hidden").is_some();
        if self.paints && name == "body" {
            look.ground = None;
        }
        if let Some(ground) = attribute(tag, "bgcolor") {
            look.ground = style::colour(&ground.to_ascii_lowercase());
        }
        if attribute(tag, "background").is_some() {
            look.ground = None;
        }
        if name == "font" {
            look.font = attribute(tag, "face")
                .map(|f| style::family(&f))
                .or(look.font);
            let colour = attribute(tag, "color").map(|c| style::colour(&c.to_ascii_lowercase()));
            look.colour = colour.unwrap_or(look.colour);
        }
        if let Some(inline) = attribute(tag, "style") {
            style::inline(&inline, &mut look);
        }
        let is_link = name == "a" && !is_left_out;
        if is_link {
            let target = attribute(tag, "href").filter(|h| !h.starts_with('#'));
            local_path::note(&mut self.paths, target.as_deref().unwrap_or_default());
            self.prose.open_link(target);
        }
        self.open.push(Open {
            name: name.into(),
            look,
            is_link,
            is_left_out,
        });
    }

    /// Elements that stand for something by themselves.
    fn mark(&mut self, name: &str, tag: &Tag) {
        match name {
            "br" => {
                self.prose.end_paragraph();
                self.after_space = true;
            }
            "img" => {
                let source = attribute(tag, "src").unwrap_or_default();
                local_path::note(&mut self.paths, &source);
            }
            "meta" => self.meta(tag),
            // A sheet that is not here may paint anything.
            "link" => {
                self.paints |=
                    attribute(tag, "rel").is_some_and(|r| r.eq_ignore_ascii_case("stylesheet"))
            }
            _ => {}
        }
    }

    fn meta(&mut self, tag: &Tag) {
        let name = attribute(tag, "name")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let Some(value) = attribute(tag, "content").filter(|c| !c.trim().is_empty()) else {
            return;
        };
        let meta = &mut self.meta;
        match name.as_str() {
            "author" => meta.author = Some(value),
            "generator" => meta.creator = Some(value),
            "company" => meta.company = Some(value),
            "template" => {
                local_path::note(&mut self.paths, &value);
                meta.template = Some(value);
            }
            "created" | "dcterms.created" => meta.created = iso_date(&value),
            "changed" | "dcterms.modified" => meta.modified = iso_date(&value),
            "changedby" => meta.last_modified_by = Some(value),
            _ => {}
        }
    }

    /// Word writes its properties into a comment that only its own browser reads.
    fn comment(&mut self, comment: &str) {
        let value = |name: &str| {
            let (_, rest) = comment.split_once(&format!("<o:{name}>"))?;
            let value = rest.split('<').next()?.trim();
            (!value.is_empty()).then(|| value.to_string())
        };
        let meta = &mut self.meta;
        meta.author = value("Author").or(meta.author.take());
        meta.last_modified_by = value("LastAuthor").or(meta.last_modified_by.take());
        meta.company = value("Company").or(meta.company.take());
        meta.template = value("Template").or(meta.template.take());
        meta.num_saves = value("Revision")
            .and_then(|r| r.parse().ok())
            .or(meta.num_saves);
        meta.created = value("Created").and_then(|d| iso_date(&d)).or(meta.created);
        meta.modified = value("LastSaved")
            .and_then(|d| iso_date(&d))
            .or(meta.modified);
    }

    fn end(&mut self, name: &str) {
        // `</p>` without a beginning, or one that another block has ended, is nothing here.
        let Some(at) = self.open.iter().rposition(|o| o.name == name) else {
            return;
        };
        let is_cell = |o: &Open| matches!(o.name.as_str(), "td" | "th" | "table");
        let crosses = self.open[at + 1..].iter().any(is_cell);
        if !crosses || matches!(name, "table" | "tr" | "td" | "th" | "body" | "html") {
            self.close_down_to(at);
        }
    }

    fn close_down_to(&mut self, at: usize) {
        while self.open.len() > at {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(element) = self.open.pop() else {
            return;
        };
        if element.is_link {
            self.prose.close_link();
        }
        if BLOCKS.contains(&element.name.as_str()) {
            self.end_line();
        }
        if element.name == "style" {
            self.paints |= style::paints(&std::mem::take(&mut self.sheet));
        }
    }

    fn end_line(&mut self) {
        self.prose.end_line();
        self.after_space = true;
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else {
            return self.write(text, &Look::default());
        };
        match open.name.as_str() {
            "title" => self.title.push_str(text),
            "style" => self.sheet.push_str(text),
            _ if open.is_left_out => {}
            _ => {
                let look = open.look.clone();
                self.write(text, &look);
            }
        }
    }

    /// White space is one blank, and none at the start of a line, unless it was set beforehand.
    fn write(&mut self, text: &str, look: &Look) {
        if self.open.iter().rev().any(|o| o.name == "pre") {
            self.after_space = text.ends_with('\n');
            return self.prose.write(text, look);
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
            if !(is_space && self.after_space) {
                out.push(if is_space { ' ' } else { c });
            }
            self.after_space = is_space;
        }
        self.prose.write(&out, look);
    }
}
