//! What a DOCX says about itself: core properties (ECMA-376 part 2 §11), application properties (part 1 §22.2) and the
//! revision save ids of its settings (part 1 §17.15.1.72), which mark the editing sessions its text went through.

use crate::extract::time::iso_date;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use crate::model::DocumentMeta;
use std::collections::BTreeSet;

/// Ids kept of one file. Word itself writes some hundreds; a thesis has some thousands.
const MAX_RSIDS: usize = 20_000;

/// Core properties. The error says what breaks the rules of XML.
pub(in crate::extract) fn core(xml: &str, meta: &mut DocumentMeta) -> Result<(), String> {
    fields(xml, &mut |name, value| match name {
        "creator" => meta.author = Some(value.into()),
        "lastModifiedBy" => meta.last_modified_by = Some(value.into()),
        "title" => meta.title = Some(value.into()),
        "created" => meta.created = iso_date(value),
        "modified" => meta.modified = iso_date(value),
        "revision" => meta.num_saves = value.parse().ok(),
        _ => {}
    })
}

/// Application properties.
pub(in crate::extract) fn app(xml: &str, meta: &mut DocumentMeta) -> Result<(), String> {
    fields(xml, &mut |name, value| match name {
        "Application" => meta.creator = Some(value.into()),
        "Company" => meta.company = Some(value.into()),
        "Template" => meta.template = Some(value.into()),
        _ => {}
    })
}

/// Calls `each` with name and trimmed text of every child of the root that has any.
fn fields(xml: &str, each: &mut dyn FnMut(&str, &str)) -> Result<(), String> {
    let mut level = 0;
    let mut name = String::new();
    let mut value = String::new();
    walk(xml, &mut |node| match node {
        Node::Start(element) => {
            level += 1;
            if level == 2 {
                name = element.name.into();
                value.clear();
            }
        }
        Node::Text(text) if level == 2 => value.push_str(text),
        Node::Text(_) => {}
        Node::End => {
            if level == 2 && !value.trim().is_empty() {
                each(&name, value.trim());
            }
            level -= 1;
        }
    })
}

/// Revision save ids.
pub(in crate::extract) fn settings(xml: &str, meta: &mut DocumentMeta) -> Result<(), String> {
    let mut rsids = BTreeSet::new();
    let end = walk(xml, &mut |node| {
        let Node::Start(element) = node else { return };
        let id = |e: &crate::extract::xml::Element<'_>| {
            e.attribute("val")
                .and_then(|v| u32::from_str_radix(v.trim(), 16).ok())
                .filter(|&id| id != 0)
        };
        match element.name {
            "rsidRoot" => meta.rsid_root = id(&element),
            "rsid" if rsids.len() < MAX_RSIDS => rsids.extend(id(&element)),
            _ => {}
        }
    });
    meta.rsids = rsids.into_iter().collect();
    end
}
