//! The grammars, each behind a cargo feature, and what each kind of node means for a print.

use crate::model::Language;
use crate::model::hash_text;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a node of a syntax tree is to a print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features::code) enum Role {
    /// It and everything in it is left out: comments, imports.
    Drop,
    /// A leaf of this class; names and literals share one each.
    Leaf(u32),
    /// A part of a string; parts that follow each other are one leaf.
    Text,
    /// A leaf that counts as it is written: words of a shell.
    AsWritten,
}

/// The class of every name.
pub(in crate::features::code) const NAME: u32 = 1;
/// The class of every number.
pub(in crate::features::code) const NUMBER: u32 = 2;
/// The class of every string.
pub(in crate::features::code) const TEXT: u32 = 3;

/// A language that can be parsed.
pub(in crate::features::code) struct Grammar {
    /// For the parser.
    pub language: tree_sitter::Language,
    /// By the number of a node's kind.
    pub roles: Vec<Role>,
}

/// A language, and what gives its grammar.
type Parser = (Language, fn() -> tree_sitter::Language);

/// Every grammar that was built in.
static GRAMMARS: LazyLock<BTreeMap<Language, Grammar>> = LazyLock::new(|| {
    let parsers: &[Parser] = &[
        #[cfg(feature = "lang-c")]
        (Language::C, || tree_sitter_c::LANGUAGE.into()),
        #[cfg(feature = "lang-cpp")]
        (Language::Cpp, || tree_sitter_cpp::LANGUAGE.into()),
        #[cfg(feature = "lang-java")]
        (Language::Java, || tree_sitter_java::LANGUAGE.into()),
        #[cfg(feature = "lang-python")]
        (Language::Python, || tree_sitter_python::LANGUAGE.into()),
        #[cfg(feature = "lang-javascript")]
        (Language::JavaScript, || {
            tree_sitter_javascript::LANGUAGE.into()
        }),
        #[cfg(feature = "lang-typescript")]
        (Language::TypeScript, || {
            tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into()
        }),
        #[cfg(feature = "lang-typescript")]
        (Language::Tsx, || {
            tree_sitter_typescript::LANGUAGE_TSX.into()
        }),
        #[cfg(feature = "lang-go")]
        (Language::Go, || tree_sitter_go::LANGUAGE.into()),
        #[cfg(feature = "lang-rust")]
        (Language::Rust, || tree_sitter_rust::LANGUAGE.into()),
        #[cfg(feature = "lang-ruby")]
        (Language::Ruby, || tree_sitter_ruby::LANGUAGE.into()),
        #[cfg(feature = "lang-php")]
        (Language::Php, || tree_sitter_php::LANGUAGE_PHP.into()),
        #[cfg(feature = "lang-csharp")]
        (Language::CSharp, || tree_sitter_c_sharp::LANGUAGE.into()),
        #[cfg(feature = "lang-solidity")]
        (Language::Solidity, || tree_sitter_solidity::LANGUAGE.into()),
        #[cfg(feature = "lang-kotlin")]
        (Language::Kotlin, || tree_sitter_kotlin_ng::LANGUAGE.into()),
        #[cfg(feature = "lang-swift")]
        (Language::Swift, || tree_sitter_swift::LANGUAGE.into()),
        #[cfg(feature = "lang-shell")]
        (Language::Shell, || tree_sitter_bash::LANGUAGE.into()),
    ];
    let grammar = |&(language, parser): &(Language, fn() -> tree_sitter::Language)| {
        let parser = parser();
        let roles = (0..parser.node_kind_count() as u16)
            .map(|id| {
                let kind = parser.node_kind_for_id(id).unwrap_or_default();
                role(language, kind, parser.node_kind_is_named(id))
            })
            .collect();
        (
            language,
            Grammar {
                language: parser,
                roles,
            },
        )
    };
    parsers.iter().map(grammar).collect()
});

/// The grammar of a language, if it was built in.
pub(in crate::features::code) fn of(language: Language) -> Option<&'static Grammar> {
    GRAMMARS.get(&language)
}

/// How many grammars were built in.
pub fn num_grammars() -> usize {
    GRAMMARS.len()
}

/// Nodes that bring in other files: everybody who uses a library writes them alike.
const IMPORTS: [&str; 20] = [
    "import_statement",
    "import_from_statement",
    "future_import_statement",
    "import_declaration",
    "import_directive",
    "import_header",
    "import_list",
    "import",
    "package_declaration",
    "package_header",
    "package_clause",
    "use_declaration",
    "extern_crate_declaration",
    "namespace_use_declaration",
    "using_directive",
    "using_declaration",
    "preproc_include",
    "pragma_directive",
    "php_tag",
    "shebang",
];

/// The class of a word or sign that is the same whatever is done: keywords, operators, kinds of nodes.
pub(in crate::features::code) fn class_of(word: &str) -> u32 {
    // The lowest values are those of names, numbers and strings.
    (hash_text(word) as u32) | 0x8000_0000
}

fn role(language: Language, kind: &str, is_named: bool) -> Role {
    if !is_named {
        let is_quote = !kind.is_empty() && kind.trim_matches(['"', '\'', '`']).is_empty();
        return if is_quote {
            Role::Text
        } else {
            Role::Leaf(class_of(kind))
        };
    }
    let has = |word: &str| kind.contains(word);
    let ends = |word: &str| kind.ends_with(word);
    if has("comment") || has("hash_bang") || IMPORTS.contains(&kind) {
        Role::Drop
    } else if language == Language::Shell && kind == "word" {
        Role::AsWritten
    } else if has("string")
        || has("char")
        || has("escape")
        || has("heredoc")
        || has("regex")
        || ends("text")
    {
        Role::Text
    } else if has("integer")
        || has("float")
        || has("number")
        || has("decimal")
        || has("hex")
        || [
            "int_literal",
            "real_literal",
            "long_literal",
            "bin_literal",
            "oct_literal",
        ]
        .contains(&kind)
    {
        Role::Leaf(NUMBER)
    } else if has("identifier")
        || ["name", "constant", "simple_symbol", "variable_name"].contains(&kind)
    {
        Role::Leaf(NAME)
    } else {
        Role::Leaf(class_of(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_strings_and_words_have_their_role() {
        for (kind, is_named, expected) in [
            ("type_identifier", true, Role::Leaf(NAME)),
            ("decimal_integer_literal", true, Role::Leaf(NUMBER)),
            ("string_fragment", true, Role::Text),
            ("\"\"\"", false, Role::Text),
            ("line_comment", true, Role::Drop),
            ("import_statement", true, Role::Drop),
            ("import", false, Role::Leaf(class_of("import"))),
            ("while", false, Role::Leaf(class_of("while"))),
        ] {
            assert_eq!(role(Language::Java, kind, is_named), expected, "{kind}");
        }
        assert_eq!(role(Language::Shell, "word", true), Role::AsWritten);
    }
}
