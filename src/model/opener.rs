//! Something in a repository that may run when somebody opens or installs it.

use crate::model::Provenance;
use serde::{Deserialize, Serialize};

/// What would run, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OpenerKind {
    /// An editor's task that starts when the folder is opened.
    EditorTask,
    /// An install script that downloads or decodes something and runs it.
    InstallScript,
    /// A container's or shell's set-up that downloads and runs something when the folder is opened.
    SetUp,
    /// Code that is decoded from text and then run.
    EncodedCode,
    /// Code that stands far to the right of what an editor shows.
    HiddenCode,
}

impl OpenerKind {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            OpenerKind::EditorTask => "an editor task that starts when the folder is opened",
            OpenerKind::InstallScript => "an install script that downloads or decodes what it runs",
            OpenerKind::SetUp => "a set-up command that downloads what it runs",
            OpenerKind::EncodedCode => "code that is decoded from text and then run",
            OpenerKind::HiddenCode => "code far to the right of what an editor shows",
        }
    }
}

/// One such place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Opener {
    /// What it is.
    pub kind: OpenerKind,
    /// Where it stands.
    pub at: Provenance,
}
