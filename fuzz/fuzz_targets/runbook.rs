//! Any text as a runbook: read, or refused with faults that lie in the text and in its order.
#![no_main]

use backtrackctl::runbook::{digest, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    assert_eq!(digest(text).len(), 64);
    let refused = match parse(text, "r.toml") {
        Ok(runbook) => {
            assert!(!runbook.name.trim().is_empty());
            return;
        }
        Err(refused) => refused,
    };
    assert!(!refused.faults().is_empty());
    let lines = text.split('\n').count();
    let mut last = 0;
    for fault in refused.faults() {
        assert!((1..=lines).contains(&fault.line), "{fault:?}");
        assert!(fault.column >= 1 && fault.span.start >= last, "{fault:?}");
        assert!(
            fault.span.start <= fault.span.end && fault.span.end <= text.len(),
            "{fault:?}"
        );
        last = fault.span.start;
    }
    for width in [20, 80] {
        let shown = refused.render(false, width);
        let rings = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
        assert!(!shown.contains(rings), "{shown:?}");
    }
});
