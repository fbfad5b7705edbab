//! What a document says about itself: programs, times, lineage, revisions, hidden text, links, pictures, layout, contacts.

use crate::features::place;
use crate::features::whose;
use crate::model::{
    Digest, DocumentLink, DocumentMeta, EmbeddedImage, Exif, HiddenText, Layout, PagedText,
    RawDocument, Revision, RevisionKind, SourceInfo,
};
use crate::pipeline::inspect::Inspection;
use crate::pipeline::inspect::Section;
use crate::pipeline::inspect::written;

/// Lines of text shown of the document, and of each revision or hidden stretch.
const SHOWN_LINES: usize = 12;
/// Characters shown of one line of these.
const SHOWN_CHARS: usize = 160;
/// Revision ids shown: a document written over years has thousands.
const SHOWN_IDS: usize = 40;

/// Everything that was read of a document. Sections without facts are left out.
pub(in crate::pipeline::inspect) fn inspection(
    path: String,
    sha256: String,
    document: RawDocument,
) -> Inspection {
    let source = SourceInfo {
        path,
        sha256: Digest(sha256),
        kind: document.kind,
        engine: Some(document.engine.clone()),
    };
    let traces = &document.traces;
    let mut sections = vec![
        description(&document.meta, &document.text),
        tools(&document.meta, &traces.paths),
        times(&document.meta),
        lineage(&document.meta),
        revisions(&document.meta, &traces.revisions),
        hidden(&traces.hidden),
        links(&document.links),
        pictures(&traces.images),
    ];
    sections.extend(traces.layout.as_ref().map(layout));
    sections.push(contacts(&document, &source));
    sections.retain(|s| !s.facts.is_empty());
    Inspection {
        source,
        sections,
        warnings: document.warnings,
        text: Some(shown_lines(&document.text.text).join("\n")),
    }
}

fn shown_lines(text: &str) -> Vec<String> {
    text.lines()
        .filter(|l| !l.trim().is_empty())
        .take(SHOWN_LINES)
        .map(|l| l.chars().take(SHOWN_CHARS).collect())
        .collect()
}

fn description(meta: &DocumentMeta, text: &PagedText) -> Section {
    let mut section = Section::new("document");
    section.put("title", meta.title.clone());
    section.put("author", meta.author.clone());
    section.put("last modified by", meta.last_modified_by.clone());
    section.put("company", meta.company.clone());
    section.put("pages", meta.num_pages.map(|n| n.to_string()));
    section.put("words", [text.text.split_whitespace().count().to_string()]);
    section
}

fn tools(meta: &DocumentMeta, paths: &[String]) -> Section {
    let mut section = Section::new("tools");
    section.put("made with", meta.creator.clone());
    section.put("written by", meta.producer.clone());
    section.put("template", meta.template.clone());
    section.put("local paths", paths.iter().cloned());
    section
}

fn times(meta: &DocumentMeta) -> Section {
    let mut section = Section::new("times");
    section.put("created", meta.created.map(written));
    section.put("modified", meta.modified.map(written));
    section
}

fn lineage(meta: &DocumentMeta) -> Section {
    let mut section = Section::new("lineage");
    section.put("permanent id", meta.permanent_id.clone());
    section.put("changing id", meta.changing_id.clone());
    section.put("XMP document id", meta.xmp_document_id.clone());
    section.put("XMP original document id", meta.xmp_original_id.clone());
    section.put("XMP instance id", meta.xmp_instance_id.clone());
    section.put("derived from", meta.derived_from.iter().cloned());
    section.put(
        "root revision id",
        meta.rsid_root.map(|r| format!("{r:08X}")),
    );
    if !meta.rsids.is_empty() {
        let ids: Vec<String> = meta
            .rsids
            .iter()
            .take(SHOWN_IDS)
            .map(|r| format!("{r:08X}"))
            .collect();
        let rest = meta.rsids.len().saturating_sub(SHOWN_IDS);
        let more = if rest > 0 {
            format!(" and {rest} more")
        } else {
            String::new()
        };
        section.put("revision ids", [ids.join(" ") + &more]);
    }
    section
}

fn revisions(meta: &DocumentMeta, all: &[Revision<PagedText>]) -> Section {
    let mut section = Section::new("revisions");
    section.put(
        "states in the file",
        meta.num_revisions.map(|n| n.to_string()),
    );
    section.put("times saved", meta.num_saves.map(|n| n.to_string()));
    for revision in all {
        let kind = match revision.kind {
            RevisionKind::Saved(n) => format!("state {n}, before a later save"),
            RevisionKind::Deleted => "removed by a tracked change".into(),
            RevisionKind::Inserted => "put in by a tracked change".into(),
            RevisionKind::Comment => "comment".into(),
        };
        let mut values = Vec::new();
        values.extend(revision.author.as_ref().map(|a| format!("by {a}")));
        values.extend(revision.time.map(|t| format!("at {}", written(t))));
        values.extend(
            revision
                .fields
                .iter()
                .map(|(field, value)| format!("{field} was: {value}")),
        );
        values.extend(
            shown_lines(&revision.text.text)
                .into_iter()
                .map(|l| format!("text: {l}")),
        );
        if values.is_empty() {
            values.push("nothing that the present state does not have".into());
        }
        section.put(kind, values);
    }
    section
}

fn hidden(all: &[HiddenText<PagedText>]) -> Section {
    let mut section = Section::new("hidden text");
    for stretch in all {
        let page = stretch
            .page
            .map_or(String::new(), |p| format!(", page {p}"));
        let ordinary = stretch
            .ordinary
            .map_or(String::new(), |o| format!(" (ordinary: {o:?})"));
        section.put(
            format!("{:?}{page}{ordinary}", stretch.how),
            shown_lines(&stretch.text.text),
        );
    }
    section
}

fn links(all: &[DocumentLink]) -> Section {
    let mut section = Section::new("links");
    let shown = |link: &DocumentLink| {
        let page = link.page.map_or(String::new(), |p| format!(" (page {p})"));
        match link.text.trim() {
            "" => format!("{}{page}", link.target),
            text => format!("{text} → {}{page}", link.target),
        }
    };
    section.put("targets", all.iter().map(shown));
    section
}

fn pictures(all: &[EmbeddedImage]) -> Section {
    let mut section = Section::new("pictures");
    for (i, image) in all.iter().enumerate() {
        let page = image.page.map_or(String::new(), |p| format!(", page {p}"));
        section.put(format!("picture {}{page}", i + 1), picture(image));
    }
    section
}

fn picture(image: &EmbeddedImage) -> Vec<String> {
    let mut values = vec![match image.width {
        0 => format!("{} bytes, not decoded", image.num_bytes),
        width => format!(
            "{width} × {} pixels, {} bytes, entropy {:.1} bits: {}",
            image.height,
            image.num_bytes,
            image.entropy,
            if image.may_be_photo() {
                "may be a photo"
            } else {
                "no photo by size, shape, entropy or detail"
            }
        ),
    }];
    values.push(format!("sha256 {}", image.sha256));
    values.extend(image.views.first().map(|view| {
        let words: Vec<String> = view.whole.0.iter().map(|w| format!("{w:016x}")).collect();
        format!("perceptual hash {}", words.concat())
    }));
    values.extend(image.generator.as_ref().map(|g| format!("made by {g}")));
    values.extend(image.exif.iter().flat_map(exif));
    values
}

fn exif(exif: &Exif) -> Vec<String> {
    let said = |name: &str, value: &Option<String>| value.as_ref().map(|v| format!("{name} {v}"));
    [
        said("camera", &exif.camera),
        said("serial number", &exif.serial),
        exif.taken.map(|t| format!("taken {}", written(t))),
        said("software", &exif.software),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn layout(layout: &Layout) -> Section {
    let mut section = Section::new("layout");
    let font = |(name, num): &(String, u32)| format!("{name}: {num} characters");
    section.put("fonts", layout.fonts.iter().map(font));
    section.put("lines", [layout.num_lines.to_string()]);
    section.put(
        "settings of type, size and place",
        [layout.grid.len().to_string()],
    );
    section.put("hash", [format!("{:016x}", layout.hash)]);
    section
}

/// Contact details as a scan would read them, with the claimed place in the heading for numbers without a country code.
fn contacts(document: &RawDocument, source: &SourceInfo) -> Section {
    let claim = place::claim_in_heading(&document.text).map(|(claim, _)| claim);
    let zones = place::zones(claim.as_deref(), None);
    let region = place::region(&zones);
    let mut found =
        whose::from_document(&document.text, &document.links, source, region.as_deref());
    found.sort_by(|a, b| (a.kind, &a.value, a.role).cmp(&(b.kind, &b.value, b.role)));
    found.dedup_by(|a, b| (a.kind, &a.value, a.role) == (b.kind, &b.value, b.role));
    let mut section = Section::new("contacts and claims");
    section.put("place in the heading", claim);
    section.put(
        "identifiers",
        found
            .iter()
            .map(|i| format!("{:?} {} ({:?})", i.kind, i.value, i.role).to_lowercase()),
    );
    section
}
