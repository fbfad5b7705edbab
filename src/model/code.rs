//! One source file of a repository: its id, what kind of file it is, and the print of its code. Never its contents.

use crate::model::ObjectId;
use serde::{Deserialize, Serialize};

/// What kind of file it is, as far as its path, size, id and contents tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FileClass {
    /// Source code that someone of this repository may have written.
    Source,
    /// Copied from elsewhere on purpose: `vendor/`, `node_modules/`, minified bundles.
    Vendored,
    /// Written by a program: lock files, build output, generated code.
    Generated,
    /// Stands in a public project template.
    Scaffold,
    /// Licence texts and the like.
    Licence,
    /// Images, tables, documents, binaries: not code.
    Data,
    /// Too small to tell anything (a few lines).
    Tiny,
}

impl FileClass {
    /// The class in words, for a reader.
    pub fn name(self) -> &'static str {
        match self {
            FileClass::Source => "own source",
            FileClass::Vendored => "vendored",
            FileClass::Generated => "generated",
            FileClass::Scaffold => "scaffold",
            FileClass::Licence => "licence",
            FileClass::Data => "data and documents",
            FileClass::Tiny => "a few lines",
        }
    }
}

/// What told the class of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ClassReason {
    /// Its path or size.
    Path,
    /// Its first lines say that a program wrote it.
    Header,
    /// Its lines are longer than anybody writes them.
    LongLines,
}

impl ClassReason {
    /// The reason in words.
    pub fn name(self) -> &'static str {
        match self {
            ClassReason::Path => "by path and size",
            ClassReason::Header => "its first lines say that a program wrote it",
            ClassReason::LongLines => "its lines are longer than anybody writes them",
        }
    }
}

/// A programming language. Those behind [`Language::Other`] have no grammar and no name here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Language {
    C,
    Cpp,
    Java,
    Python,
    JavaScript,
    TypeScript,
    Tsx,
    Go,
    Rust,
    Ruby,
    Php,
    CSharp,
    Solidity,
    Kotlin,
    Swift,
    Shell,
    Scala,
    Dart,
    Lua,
    Perl,
    R,
    Julia,
    Haskell,
    ObjectiveC,
    Sql,
    Other,
}

impl Language {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        match self {
            Language::C => "C",
            Language::Cpp => "C++",
            Language::Java => "Java",
            Language::Python => "Python",
            Language::JavaScript => "JavaScript",
            Language::TypeScript => "TypeScript",
            Language::Tsx => "TSX",
            Language::Go => "Go",
            Language::Rust => "Rust",
            Language::Ruby => "Ruby",
            Language::Php => "PHP",
            Language::CSharp => "C#",
            Language::Solidity => "Solidity",
            Language::Kotlin => "Kotlin",
            Language::Swift => "Swift",
            Language::Shell => "shell",
            Language::Scala => "Scala",
            Language::Dart => "Dart",
            Language::Lua => "Lua",
            Language::Perl => "Perl",
            Language::R => "R",
            Language::Julia => "Julia",
            Language::Haskell => "Haskell",
            Language::ObjectiveC => "Objective-C",
            Language::Sql => "SQL",
            Language::Other => "other",
        }
    }
}

/// A fingerprint of normalised code and the lines it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CodeMark {
    /// Hash of the leaves; see `features::code::marks`.
    pub hash: u64,
    /// First line, 1-based.
    pub first: u32,
    /// Lines after the first one that it covers.
    pub more: u16,
}

/// The print of one file's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodePrint {
    /// Language, by name and contents.
    pub language: Language,
    /// No grammar could be used: words and signs were told apart by rules that fit many languages.
    pub lexical: bool,
    /// Leaves of the code, comments and imports left out.
    pub num_tokens: u32,
    /// Winnowed fingerprints of normalised leaves, in the order of the file.
    pub marks: Vec<CodeMark>,
    /// Winnowed fingerprints of the leaves as they are written, in the order of the file.
    pub raw: Vec<u32>,
    /// Habits of the hand; `None` where nothing is known of the language's habits.
    pub style: Option<crate::model::StylePrint>,
}

/// A file of a repository's tips, or an earlier version of one: a blob id with the path it stands at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeUnit {
    /// Git blob id.
    pub blob: ObjectId,
    /// Path inside the repository, `/`-separated, lossy UTF-8; the first in byte order where it stands more than once.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// What kind of file it is.
    pub class: FileClass,
    /// What told the class.
    pub reason: ClassReason,
    /// It stands at no tip any more: an earlier version.
    pub earlier: bool,
    /// The print of its code; `None` where the contents were not read or are no code.
    pub print: Option<CodePrint>,
}

impl CodeUnit {
    /// A file at a tip whose contents were not looked into.
    pub fn new(blob: ObjectId, path: String, size: u64, class: FileClass) -> Self {
        Self {
            blob,
            path,
            size,
            class,
            reason: ClassReason::Path,
            earlier: false,
            print: None,
        }
    }
}
