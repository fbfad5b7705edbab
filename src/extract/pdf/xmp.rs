//! XMP (ISO 16684-1): the ids that Adobe's and other programs keep over copies of a file, and, where the Info
//! dictionary lacks them, program and times. Only properties of the document itself are read, not those of the files
//! it was made from (`xmpMM:DerivedFrom`, `Ingredients`, `History`).

use crate::extract::time::iso_date;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use crate::model::DocumentMeta;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const MEDIA: &str = "http://ns.adobe.com/xap/1.0/mm/";
const BASIC: &str = "http://ns.adobe.com/xap/1.0/";
const PDF: &str = "http://ns.adobe.com/pdf/1.3/";

/// Adds what the packet says to `meta`; what `meta` already has stays.
///
/// # Errors
/// What breaks the rules of XML. What came before it has been added.
pub(in crate::extract) fn add(packet: &str, meta: &mut DocumentMeta) -> Result<(), String> {
    // Level of rdf:RDF, of the description inside it, of the property inside that.
    let (mut level, mut rdf) = (0, None);
    let mut property: Option<(String, String)> = None;
    let mut value = String::new();
    walk(
        packet.trim_start_matches('\u{feff}'),
        &mut |node| match node {
            Node::Start(element) => {
                level += 1;
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
            Node::Text(text) if property.is_some() && rdf.is_some_and(|r| level - r == 2) => {
                value.push_str(text)
            }
            Node::Text(_) => {}
            Node::End => {
                if rdf.is_some_and(|r| level - r == 2)
                    && let Some((space, name)) = property.take()
                {
                    set(&space, &name, &value, meta);
                }
                level -= 1;
            }
        },
    )
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
    fn ids_of_ingredients_are_not_the_documents() {
        let mut meta = DocumentMeta::default();
        let text = packet(
            "><mm:Pantry><rdf:Bag><rdf:li><rdf:Description mm:DocumentID='other'><mm:InstanceID>other</mm:InstanceID></rdf:Description>\
             </rdf:li></rdf:Bag></mm:Pantry><mm:DerivedFrom r:documentID='other'/>",
        );
        assert_eq!(add(&text, &mut meta), Ok(()));
        assert_eq!(meta, DocumentMeta::default());
    }
}
