//! What an ODT says about itself: `meta.xml` (OpenDocument part 3 §4.3), and the root save id in `settings.xml`.

use crate::extract::local_path;
use crate::extract::time::iso_date;
use crate::extract::xml::Element;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use crate::model::DocumentMeta;

/// Reads `meta.xml`; `paths` gets the local path of the template. The error says what breaks the rules of XML.
pub(in crate::extract) fn read(
    xml: &str,
    meta: &mut DocumentMeta,
    paths: &mut Vec<String>,
) -> Result<(), String> {
    let mut name = String::new();
    let mut value = String::new();
    walk(xml, &mut |node| match node {
        Node::Start(element) => {
            value.clear();
            name = match element.name {
                "user-defined" => element.attribute("name").unwrap_or_default(),
                name => name.into(),
            };
            attributes(&element, meta, paths);
        }
        Node::Text(text) => value.push_str(text),
        Node::End => {
            if !value.trim().is_empty() {
                field(&name, value.trim(), meta);
            }
            value.clear();
        }
    })
}

fn attributes(element: &Element<'_>, meta: &mut DocumentMeta, paths: &mut Vec<String>) {
    match element.name {
        "template" => {
            let href = element.attribute("href").unwrap_or_default();
            local_path::note(paths, &href);
            let filled = |value: String| (!value.is_empty()).then_some(value);
            let path = local_path::local_path(&href).or_else(|| filled(href));
            meta.template = path.or_else(|| element.attribute("title").and_then(filled));
        }
        "document-statistic" => {
            meta.num_pages = element.attribute("page-count").and_then(|n| n.parse().ok());
        }
        _ => {}
    }
}

fn field(name: &str, value: &str, meta: &mut DocumentMeta) {
    match name {
        "title" => meta.title = Some(value.into()),
        "initial-creator" => meta.author = Some(value.into()),
        "creator" => meta.last_modified_by = Some(value.into()),
        "generator" => meta.creator = Some(value.into()),
        "creation-date" => meta.created = iso_date(value),
        "date" => meta.modified = iso_date(value),
        "editing-cycles" => meta.num_saves = value.parse().ok(),
        // What a DOCX keeps as its company, after a conversion.
        "Company" => meta.company = Some(value.into()),
        _ => {}
    }
}

/// Takes the root save id, which LibreOffice writes as a decimal number.
pub(in crate::extract) fn settings(xml: &str, meta: &mut DocumentMeta) {
    let mut is_root = false;
    // A fault costs no more than the id.
    let _ = walk(xml, &mut |node| match node {
        Node::Start(element) => {
            is_root = element.attribute("name").is_some_and(|n| n == "RsidRoot");
        }
        Node::Text(text) if is_root => {
            meta.rsid_root = text.trim().parse().ok().filter(|&id| id != 0);
        }
        _ => is_root = false,
    });
}
