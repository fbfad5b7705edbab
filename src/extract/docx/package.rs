//! The package of a DOCX (ECMA-376 part 2): which part is what, and what a part leads to.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::archive::Archive;
use crate::extract::local_path;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use std::collections::BTreeMap;

/// An open package.
pub(in crate::extract) struct Package<'a> {
    archive: Archive<'a>,
    /// Lower-case part name without the leading slash → content type.
    types: BTreeMap<String, String>,
}

/// What a part leads to, by relationship id.
#[derive(Debug, Default)]
pub(in crate::extract) struct Relations {
    /// External hyperlinks: id → target.
    pub hyperlinks: BTreeMap<String, String>,
    /// Pictures in the package: id → part name.
    pub images: BTreeMap<String, String>,
    /// The template that the document hangs on.
    pub template: Option<String>,
    /// Local paths among the external targets, in order.
    pub paths: Vec<String>,
}

impl<'a> Package<'a> {
    /// Opens the archive and reads which part is what.
    ///
    /// # Errors
    /// `Damaged`, or `Bomb` when it holds too much.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut package = Self {
            archive: Archive::open(bytes, "DOCX", limits)?,
            types: BTreeMap::new(),
        };
        if let Some(types) = package.read("[Content_Types].xml")? {
            package.types = content_types(&types);
        }
        Ok(package)
    }

    /// Name of the main document part, if this is a text document.
    pub fn main(&self) -> Option<String> {
        let is_main = |t: &str| {
            let ours = t
                .starts_with("application/vnd.openxmlformats-officedocument.wordprocessingml.")
                || t.starts_with("application/vnd.ms-word.");
            ours && t.ends_with("main+xml")
        };
        let declared = self
            .types
            .iter()
            .find(|(_, t)| is_main(t))
            .map(|(name, _)| name.clone());
        let usual = "word/document.xml";
        declared.or_else(|| self.archive.has(usual).then(|| usual.into()))
    }

    /// Names of the parts whose content type ends in `suffix`, by number.
    pub fn of_type(&self, suffix: &str) -> Vec<String> {
        let mut names: Vec<_> = self
            .types
            .iter()
            .filter(|(_, t)| t.ends_with(suffix))
            .map(|(n, _)| n.clone())
            .collect();
        names.sort_by_key(|name| (name.len(), name.clone()));
        names
    }

    /// The first part whose content type ends in `suffix`, or the one of the usual name.
    pub fn first_of_type(&self, suffix: &str, usual: &str) -> String {
        self.of_type(suffix)
            .into_iter()
            .next()
            .unwrap_or_else(|| usual.into())
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.archive.has(name)
    }

    /// A part as text; `None` when there is none of this name.
    ///
    /// # Errors
    /// `Damaged`, `Encrypted`, or `Bomb` when it expands beyond the limits.
    pub fn read(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        self.archive.text(name)
    }

    /// A part's bytes; `None` when there is none of this name.
    ///
    /// # Errors
    /// As for [`Package::read`].
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.archive.bytes(name)
    }

    /// What a part leads to.
    ///
    /// # Errors
    /// As for [`Package::read`]; a fault in the XML ends the list early.
    pub fn relations(&mut self, part: &str) -> Result<Relations, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let mut relations = Relations::default();
        let Some(xml) = self.read(&format!("{folder}/_rels/{name}.rels"))? else {
            return Ok(relations);
        };
        let _ = walk(&xml, &mut |node| {
            if let Node::Start(element) = node
                && let (Some(kind), Some(id), Some(target)) = (
                    element.attribute("Type"),
                    element.attribute("Id"),
                    element.attribute("Target"),
                )
            {
                let is_external = element
                    .attribute("TargetMode")
                    .is_some_and(|m| m == "External");
                relations.add(folder, &kind, id, target, is_external);
            }
        });
        Ok(relations)
    }
}

impl Relations {
    fn add(&mut self, folder: &str, kind: &str, id: String, target: String, is_external: bool) {
        if is_external {
            local_path::note(&mut self.paths, &target);
        }
        match kind.rsplit('/').next() {
            Some("hyperlink") if is_external => drop(self.hyperlinks.insert(id, target)),
            Some("attachedTemplate") => {
                self.template = Some(local_path::local_path(&target).unwrap_or(target));
            }
            Some("image") if !is_external => {
                self.images.insert(id, resolve(folder, &target));
            }
            _ => {}
        }
    }
}

/// The part that `target` names, seen from `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

fn content_types(xml: &str) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    let _ = walk(xml, &mut |node| {
        if let Node::Start(element) = node
            && element.name == "Override"
            && let (Some(name), Some(kind)) = (
                element.attribute("PartName"),
                element.attribute("ContentType"),
            )
        {
            types.insert(name.trim_start_matches('/').to_lowercase(), kind);
        }
    });
    types
}
