//! Who listens to the narration.

use crate::domain::notice::Notice;

/// Renders notices. Cannot steer, and cannot fail: a view that cannot write stays silent.
pub trait View {
    /// Takes one notice.
    fn show(&self, notice: &Notice);
}
