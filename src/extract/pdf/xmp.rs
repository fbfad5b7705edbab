//! XMP (ISO 16684-1): the ids that Adobe's and other programs keep over copies of a file, and, where the Info
//! dictionary lacks them, program and times. The ids of the files it was made from (`xmpMM:DerivedFrom`, `Ingredients`,
//! `History`, whose fields are those of resource references and events) are kept apart from its own.

use crate::extract::time::iso_date;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use crate::model::DocumentMeta;
use std::collections::BTreeSet;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const MEDIA: &str = "http://ns.adobe.com/xap/1.0/mm/";
const BASIC: &str = "http://ns.adobe.com/xap/1.0/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
const REFERENCE: &str = "http://ns.adobe.com/xap/1.0/sType/ResourceRef#";
const EVENT: &str = "http://ns.adobe.com/xap/1.0/sType/ResourceEvent#";

/// Most ids kept of the files it was made from. A history grows with every save.
const MAX_DERIVED: usize = 500;

/// Adds what the packet says to `meta`; what `meta` already has stays.
///
/// # Errors
/// What breaks the rules of XML. What came before it has been added.
pub(in crate::extract) fn add(packet: &str, meta: &mut DocumentMeta) -> Result<(), String> {
    // Level of rdf:RDF, of the description inside it, of the property inside that.
    let (mut level, mut rdf) = (0, None);
    let mut property: Option<(String, String)> = None;
    let mut value = String::new();
    let mut derived = Derived::default();
    let end = walk(
        packet.trim_start_matches('\u{feff}'),
        &mut |node| match node {
            Node::Start(element) => {
                level += 1;
                derived.start(element.space, element.name);
                element.attributes(|space, name, value| derived.set(space, name, value));
                let inside = rdf.map(|r| level - r);
                if element.space == RDF && element.name == "RDF" && rdf.is_none() {
                    rdf = Some(level);
                } else if inside == Some(1) && element.space == RDF && element.name == "Description"
                {
                    element.attributes(|space, name, value| set(space, name, value, meta));
                } else if inside == Some(2) {
                    property = Some((element.space.into(), element.name.into()));
                    value.clear();
                }
            }
            Node::Text(text) if derived.open.is_some() => derived.value.push_str(text),
            Node::Text(text) if property.is_some() && rdf.is_some_and(|r| level - r == 2) => {
                value.push_str(text)
            }
            Node::Text(_) => {}
            Node::End => {
                derived.end();
                if rdf.is_some_and(|r| level - r == 2)
                    && let Some((space, name)) = property.take()
                {
                    set(&space, &name, &value, meta);
                }
                level -= 1;
            }
        },
    );
    let own = meta.xmp_instance_id.as_deref();
    meta.derived_from.extend(
        derived
            .ids
            .into_iter()
            .filter(|id| Some(id.as_str()) != own),
    );
    end
}

/// Collects the ids of other files, which stand as attributes or as elements.
#[derive(Default)]
struct Derived {
    ids: BTreeSet<String>,
    open: Option<(String, String)>,
    value: String,
}

impl Derived {
    fn is_id(space: &str, name: &str) -> bool {
        (space == REFERENCE || space == EVENT)
            && ["instanceID", "documentID", "originalDocumentID"].contains(&name)
    }

    fn start(&mut self, space: &str, name: &str) {
        self.open = Self::is_id(space, name).then(|| (space.into(), name.into()));
        self.value.clear();
    }

    fn end(&mut self) {
        if let Some((space, name)) = self.open.take() {
            let value = std::mem::take(&mut self.value);
            self.set(&space, &name, &value);
        }
    }

    fn set(&mut self, space: &str, name: &str, value: &str) {
        let value = value.trim();
        if Self::is_id(space, name) && !value.is_empty() && self.ids.len() < MAX_DERIVED {
            self.ids.insert(value.into());
        }
    }
}

fn set(space: &str, name: &str, value: &str, meta: &mut DocumentMeta) {
    let value = value.trim();
    if value.is_empty() {
        return;
    }
    let field = match (space, name) {
        (MEDIA, "DocumentID") => &mut meta.xmp_document_id,
        (MEDIA, "OriginalDocumentID") => &mut meta.xmp_original_id,
        (MEDIA, "InstanceID") => &mut meta.xmp_instance_id,
        (BASIC, "CreatorTool") => &mut meta.creator,
        (PDF, "Producer") => &mut meta.producer,
        (BASIC, "CreateDate") => {
            meta.created = meta.created.or_else(|| iso_date(value));
            return;
        }
        (BASIC, "ModifyDate") => {
            meta.modified = meta.modified.or_else(|| iso_date(value));
            return;
        }
        _ => return,
    };
    field.get_or_insert_with(|| value.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packet(inside: &str) -> String {
        format!(
            "<?xpacket begin='\u{feff}' id='x'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{RDF}'>\
             <rdf:Description rdf:about='' xmlns:mm='{MEDIA}' xmlns:xmp='{BASIC}' xmlns:r='http://ns.adobe.com/xap/1.0/sType/ResourceRef#' \
             {inside}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
        )
    }

    #[test]
    fn reads_ids_from_attributes_and_elements() {
        let mut meta = DocumentMeta {
            created: iso_date("2020-01-01T00:00:00Z"),
            ..Default::default()
        };
        let text = packet(
            "mm:DocumentID='xmp.did:1'><mm:InstanceID> xmp.iid:2 </mm:InstanceID><xmp:CreateDate>2024-01-31T23:59:59+09:00</xmp:CreateDate>\
             <xmp:ModifyDate>2024-01-31T23:59:59+09:00</xmp:ModifyDate>",
        );
        assert_eq!(add(&text, &mut meta), Ok(()));
        assert_eq!(meta.xmp_document_id.as_deref(), Some("xmp.did:1"));
        assert_eq!(meta.xmp_instance_id.as_deref(), Some("xmp.iid:2"));
        assert_eq!(
            meta.created,
            iso_date("2020-01-01T00:00:00Z"),
            "the Info dictionary comes first"
        );
        assert_eq!(
            meta.modified.and_then(|m| m.offset).map(|o| o.minutes()),
            Some(540)
        );
    }

    #[test]
    fn ids_of_ingredients_are_kept_apart() {
        let mut meta = DocumentMeta::default();
        let text = packet(&format!(
            "mm:InstanceID='me' xmlns:e='{EVENT}'><mm:Pantry><rdf:Bag><rdf:li><rdf:Description mm:DocumentID='other'>\
             <mm:InstanceID>other</mm:InstanceID></rdf:Description></rdf:li></rdf:Bag></mm:Pantry>\
             <mm:DerivedFrom r:documentID='b' r:renditionClass='default'/><mm:History><rdf:Seq>\
             <rdf:li e:action='saved' e:instanceID='a'/><rdf:li e:instanceID='me'/>\
             <rdf:li rdf:parseType='Resource'><e:action>saved</e:action><e:instanceID>c</e:instanceID></rdf:li>\
             </rdf:Seq></mm:History>",
        ));
        assert_eq!(add(&text, &mut meta), Ok(()));
        assert_eq!(meta.derived_from, ["a", "b", "c"]);
        assert_eq!(meta.xmp_document_id, None);
        assert_eq!(meta.xmp_instance_id.as_deref(), Some("me"));
    }
}
