//! Which Region is meant where a template names none, and which Regions have Backtrack by now.

/// What the command line says of Regions.
#[derive(Clone, Debug, Default)]
pub struct Regions {
    /// `--region`: where resources are whose template names no Region.
    pub named: Option<String>,
    /// Those that have Backtrack, whatever the list of the product says.
    pub with_backtrack: Vec<String>,
}

impl Regions {
    /// The Region that is meant where none is named.
    pub(super) fn named(&self) -> Option<&str> {
        self.named.as_deref()
    }

    /// True for a Region that the list does not decide any more.
    pub(super) fn have(&self, region: &str) -> bool {
        self.with_backtrack.iter().any(|known| known == region)
    }
}
