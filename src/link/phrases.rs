//! To be written.
/// Phrases.
#[derive(Debug, Default)]
pub struct PhraseTable;
