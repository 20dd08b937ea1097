//! What hangs on who runs Terraform.

/// What is to be said of a value beside what it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// It comes from the default of a variable of the root module.
    pub(super) parameterised: bool,
    /// A condition that such a default decides, or that is not known, chose it.
    pub(super) conditional: bool,
}

impl Marks {
    /// What holds of either.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            parameterised: self.parameterised || other.parameterised,
            conditional: self.conditional || other.conditional,
        }
    }
}
