//! Writing XML: quick-xml escapes; what XML 1.0 cannot hold at all becomes U+FFFD.

use crate::report::clean;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};

/// A writer of indented XML.
pub(in crate::report::export) type Xml<'o> = Writer<&'o mut dyn Write>;

/// A document with its declaration; the last line ends.
pub(in crate::report::export) fn document(
    out: &mut dyn Write,
    write: impl FnOnce(&mut Xml<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    write(&mut xml)?;
    xml.into_inner().write_all(b"\n")
}

/// An element with text.
pub(in crate::report::export) fn text(
    xml: &mut Xml<'_>,
    name: &str,
    attributes: &[(&str, &str)],
    value: &str,
) -> io::Result<()> {
    let value = allowed(value);
    let element = xml
        .create_element(name)
        .with_attributes(attributes.iter().copied());
    element.write_text_content(BytesText::new(&value))?;
    Ok(())
}

/// One line without the characters that XML 1.0 excludes (production 2, `Char`); control characters are pictures already.
pub(in crate::report::export) fn allowed(value: &str) -> String {
    clean::line(value).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A number that every reader takes: never an exponent without digits, never `inf`.
pub(in crate::report::export) fn number(x: f64) -> String {
    if x.is_finite() {
        x.to_string()
    } else {
        "0".into()
    }
}
