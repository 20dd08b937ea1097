//! Where rows go. A reader that has left (a broken pipe) silences it; the run goes on.

use std::cell::RefCell;
use std::io::Write;

/// A writer that forgets its errors.
pub(super) struct Sink(RefCell<Option<Box<dyn Write>>>);

impl Sink {
    pub(super) fn new(out: Box<dyn Write>) -> Self {
        Self(RefCell::new(Some(out)))
    }

    /// Writes rows at once and flushes them. After the first error nothing is written any more.
    pub(super) fn rows<R: AsRef<str>>(&self, rows: &[R]) {
        let mut out = self.0.borrow_mut();
        let failed = out
            .as_mut()
            .is_some_and(|out| write_rows(out.as_mut(), rows).is_err());
        if failed {
            *out = None;
        }
    }
}

fn write_rows<R: AsRef<str>>(out: &mut dyn Write, rows: &[R]) -> std::io::Result<()> {
    // One write for all rows, so that another writer of the same terminal does not come between them.
    let text: String = rows.iter().flat_map(|row| [row.as_ref(), "\n"]).collect();
    out.write_all(text.as_bytes())?;
    out.flush()
}
