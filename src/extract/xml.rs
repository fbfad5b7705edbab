//! What the document readers need of XML: elements with their namespace, attributes, text.
//!
//! `quick-xml` reads no external entity and expands none that a file declares; neither does this walk, so entity
//! expansion cannot happen. Nesting is limited, and what came before a fault in the file has been visited.

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::BytesStart;
use quick_xml::events::Event;
use quick_xml::name::NamespaceResolver;
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

/// Elements inside elements. Word's own files stay below 100; each level costs memory.
const MAX_DEPTH: usize = 1024;

/// What a walk meets.
pub(in crate::extract) enum Node<'a> {
    /// An element begins. Empty elements begin and end.
    Start(Element<'a>),
    /// The innermost open element ends.
    End,
    /// Text, entities resolved; one stretch may come in several pieces.
    Text(&'a str),
}

/// An element that begins.
pub(in crate::extract) struct Element<'a> {
    /// URI of its namespace; empty where it has none.
    pub space: &'a str,
    /// Its name without the prefix.
    pub name: &'a str,
    start: &'a BytesStart<'a>,
    resolver: &'a NamespaceResolver,
}

impl Element<'_> {
    /// The value of the first attribute of this name, whatever its namespace.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().as_ref() == name)?;
        found
            .normalized_value(XmlVersion::Implicit1_0)
            .ok()
            .map(|v| v.into_owned())
    }

    /// Calls `each` with namespace, name and value of every attribute.
    pub fn attributes(&self, mut each: impl FnMut(&str, &str, &str)) {
        for attribute in self.start.attributes().with_checks(false).flatten() {
            let (space, name) = self.resolver.resolve_attribute(attribute.key);
            if let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) {
                each(uri(&space), name.as_ref(), &value);
            }
        }
    }
}

/// Walks through `xml`, calling `visit` at every node. Comments, instructions and document type are passed over.
///
/// # Errors
/// What breaks the rules of XML, in words. Everything before it has been visited.
pub(in crate::extract) fn walk(xml: &str, visit: &mut dyn FnMut(Node<'_>)) -> Result<(), String> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(format!("elements are nested deeper than {MAX_DEPTH}"));
                }
                let resolver = reader.resolver();
                let (space, name) = resolver.resolve_element(start.name());
                visit(Node::Start(Element {
                    space: uri(&space),
                    name: name.as_ref(),
                    start: &start,
                    resolver,
                }));
            }
            Event::End(_) => {
                depth -= 1;
                visit(Node::End);
            }
            Event::Text(text) => visit(Node::Text(&text.xml10_content())),
            Event::CData(text) => visit(Node::Text(&text.xml10_content())),
            Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                Ok(Some(c)) => visit(Node::Text(c.encode_utf8(&mut [0; 4]))),
                _ => visit(Node::Text(
                    resolve_predefined_entity(&entity).unwrap_or_default(),
                )),
            },
            Event::Eof if depth > 0 => return Err("it ends inside an element".into()),
            Event::Eof => return Ok(()),
            // `expand_empty_elements` leaves no `Empty`.
            Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

fn uri<'a>(space: &ResolveResult<'a>) -> &'a str {
    match space {
        ResolveResult::Bound(namespace) => namespace.into_inner(),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trace(xml: &str) -> (String, Result<(), String>) {
        let mut out = String::new();
        let end = walk(xml, &mut |node| match node {
            Node::Start(e) => {
                out += &format!("<{}|{}", e.space, e.name);
                e.attributes(|space, name, value| {
                    if name == "c" {
                        out += &format!(" {space}|{name}={value}")
                    }
                });
                out.push('>');
            }
            Node::End => out += "</>",
            Node::Text(t) => out += t,
        });
        (out, end)
    }

    #[test]
    fn resolves_namespaces_and_entities() {
        let (out, end) = trace(
            r#"<a xmlns="u" xmlns:p="v"><p:b p:c="1 &amp; 2"/>x &lt; y &#65;<![CDATA[<&]]></a>"#,
        );
        assert_eq!(end, Ok(()));
        assert_eq!(out, "<u|a><v|b v|c=1 & 2></>x < y A<&</>");
    }

    #[test]
    fn declared_entities_are_not_expanded() {
        let (out, end) = trace("<!DOCTYPE a [<!ENTITY l 'laugh'><!ENTITY m '&l;&l;'>]><a>&m;!</a>");
        assert_eq!((out.as_str(), end), ("<|a>!</>", Ok(())));
    }

    #[test]
    fn faults_come_after_what_was_good() {
        assert_eq!(trace("<a>good<b>").0, "<|a>good<|b>");
        assert!(trace("<a>good<b>").1.is_err());
        assert!(
            trace(&"<a>".repeat(2000))
                .1
                .unwrap_err()
                .contains("nested deeper")
        );
    }
}
