//! A document of an applicant as the profile keeps it: masked text, signature, metadata, links.

use crate::model::{Fingerprints, MaskedText, RawTime, Signature, SourceInfo, Traces};
use serde::{Deserialize, Serialize};

/// One document, masked by its own applicant's name, contacts and places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The file it was read from.
    pub source: SourceInfo,
    /// Its text, masked.
    pub text: MaskedText,
    /// MinHash of its shingles.
    pub signature: Signature,
    /// Winnowed five-word phrases of its text.
    pub fingerprints: Fingerprints,
    /// What the file says about itself.
    pub meta: DocumentMeta,
    /// Link targets, in order of appearance.
    pub links: Vec<DocumentLink>,
    /// Earlier revisions, hidden text, images, layout.
    pub traces: Traces<MaskedText>,
}

/// A link of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentLink {
    /// The target as written in the file.
    pub target: String,
    /// The visible text it stands under, masked in a profile; empty where the format does not tell.
    pub text: String,
    /// 1-based page, where the format has pages.
    pub page: Option<u32>,
}

/// What a file keeps about itself. Absent where the format or the file has nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentMeta {
    /// Title as recorded.
    pub title: Option<String>,
    /// Author (PDF Info `Author`, DOCX `dc:creator`) as recorded.
    pub author: Option<String>,
    /// Who saved it last (DOCX `cp:lastModifiedBy`).
    pub last_modified_by: Option<String>,
    /// Company (DOCX app properties).
    pub company: Option<String>,
    /// The program it was written in (PDF `Creator`, DOCX `Application`).
    pub creator: Option<String>,
    /// The program that wrote the file (PDF `Producer`).
    pub producer: Option<String>,
    /// Creation time with its offset as recorded.
    pub created: Option<RawTime>,
    /// Modification time with its offset as recorded.
    pub modified: Option<RawTime>,
    /// PDF `/ID[0]` (kept over saves), hex.
    pub permanent_id: Option<String>,
    /// PDF `/ID[1]` (changes with each save), hex.
    pub changing_id: Option<String>,
    /// XMP `xmpMM:DocumentID`.
    pub xmp_document_id: Option<String>,
    /// XMP `xmpMM:OriginalDocumentID`.
    pub xmp_original_id: Option<String>,
    /// XMP `xmpMM:InstanceID`.
    pub xmp_instance_id: Option<String>,
    /// Ids of the files it was made from: XMP `xmpMM:History` instances, `xmpMM:DerivedFrom`, `xmpMM:Ingredients`; sorted.
    pub derived_from: Vec<String>,
    /// DOCX `w:rsidRoot`, RTF `\\rsidroot`.
    pub rsid_root: Option<u32>,
    /// DOCX `w:rsid`, RTF `\\rsidtbl` values, sorted, without repetition.
    pub rsids: Vec<u32>,
    /// Number of pages, where the format has pages.
    pub num_pages: Option<u32>,
    /// Template it was made from (DOCX attached template, ODT `meta:template`), as recorded.
    pub template: Option<String>,
    /// Number of times it was saved, as the program counted (DOCX `cp:revision`, ODT `meta:editing-cycles`).
    pub num_saves: Option<u32>,
    /// Number of incremental revisions of a PDF (1 = saved once).
    pub num_revisions: Option<u32>,
}
