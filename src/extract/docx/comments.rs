//! The comments of a DOCX (ECMA-376 part 1 §17.13.4): who wrote what beside the text.

use crate::extract::changes::Changes;
use crate::extract::time::iso_date;
use crate::extract::xml::Element;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use crate::model::RawTime;
use crate::model::RevisionKind;

/// Reads the comments part. The error says what breaks the rules of XML.
pub(in crate::extract) fn read(xml: &str, changes: &mut Changes) -> Result<(), String> {
    let mut open = None;
    let mut is_text = Vec::new();
    walk(xml, &mut |node| match node {
        Node::Start(element) => {
            if element.name == "comment" {
                let (author, time) = who_and_when(&element);
                open = changes.open(RevisionKind::Comment, author, time);
            }
            is_text.push(element.name == "t");
            if element.name == "p" {
                changes.interrupt();
            }
        }
        Node::Text(text) => {
            if let (Some(comment), Some(true)) = (open, is_text.last()) {
                changes.write(comment, text);
            }
        }
        Node::End => drop(is_text.pop()),
    })
}

/// Author and time of a change or comment. Word writes its local time with a `Z` behind it ([MS-DOCX] §2.5.4, dateUtc,
/// was added to say the true one), so no offset is taken from it.
pub(in crate::extract::docx) fn who_and_when(
    element: &Element<'_>,
) -> (Option<String>, Option<RawTime>) {
    let time = element.attribute("date").and_then(|d| iso_date(&d));
    let time = time.map(|t| RawTime {
        seconds: t.seconds,
        offset: None,
    });
    (element.attribute("author"), time)
}
