//! What is missing in a plan or a state.

/// Resources that are listed without what a plan says of each.
#[derive(Debug, Default)]
pub(super) struct Faults {
    first: Option<String>,
    more: usize,
}

impl Faults {
    pub(super) fn add(&mut self, fault: String) {
        if self.first.is_some() {
            self.more += 1;
        } else {
            self.first = Some(fault);
        }
    }

    /// What of the read is usable; the fault is kept.
    pub(super) fn take<T: Default>(&mut self, read: Result<T, String>) -> T {
        read.unwrap_or_else(|fault| {
            self.add(fault);
            T::default()
        })
    }

    pub(super) fn message(&self) -> Option<String> {
        let first = self.first.as_ref()?;
        Some(match self.more {
            0 => first.clone(),
            more => format!("{first}, and the like {more} times more"),
        })
    }
}
