//! What reading a template gives, whatever its language.

use super::judgement::Judgement;
use std::ops::Range;

/// Where something stands in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The same in bytes of the file, for an excerpt.
    pub bytes: Range<usize>,
}

/// A rule of another tool that is switched off for a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Whose rule: `checkov`, `cfn-guard`, `cdk-nag`, ...
    pub tool: &'static str,
    /// The rule's id, as written.
    pub rule: String,
    /// The reason given with it.
    pub reason: Option<String>,
}

/// What a cluster is declared in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// A template of CloudFormation.
    CloudFormation,
    /// A module of Terraform, as it is written.
    Module,
    /// A plan of Terraform.
    Plan,
    /// A state of Terraform.
    State,
}

impl Language {
    /// What it calls the window.
    pub fn window(self) -> &'static str {
        match self {
            Self::CloudFormation => "BacktrackWindow",
            Self::Module | Self::Plan | Self::State => "backtrack_window",
        }
    }
}

/// One cluster that a file declares, or a part that could hold clusters and was not on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// The file, as it was named.
    pub file: String,
    /// CloudFormation's logical id; Terraform's address with module path and indexes.
    pub address: String,
    /// What it is declared in.
    pub language: Language,
    /// Where it, or its window, is declared.
    pub place: Option<Place>,
    /// What it is judged to be.
    pub judgement: Judgement,
    /// Rules of others that are switched off for it.
    pub suppressions: Vec<Suppression>,
}

/// A file that could not be read: never a pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The file, as it was named.
    pub file: String,
    /// Why, as a fragment with both values.
    pub message: String,
    /// Where reading stopped.
    pub place: Option<Place>,
}

/// Everything that was found, in the order of files and of what stands in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lint {
    /// Clusters.
    pub resources: Vec<Resource>,
    /// Files that could not be read.
    pub unreadable: Vec<Unreadable>,
}
