//! The record of every API request that came in, in order: what a test holds a client to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::moment::Moment;

/// One API request.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Call {
    /// From 1.
    seq: usize,
    /// When it came, RFC 3339 with milliseconds.
    at: String,
    action: String,
    /// The Region of the signature; null for a request without one.
    region: Option<String>,
    /// The form's fields, flat, as sent.
    params: BTreeMap<String, String>,
    /// The lab acted on it: it was no error and no fault kept it from being processed.
    accepted: bool,
    /// A reply was given to the connection: false for a reset, and for a client that left before.
    replied: bool,
}

/// Names one call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallId(usize);

/// All calls since the start.
#[derive(Debug, Default)]
pub(crate) struct Calls(Vec<Call>);

impl Calls {
    /// Notes a request before anything is done about it.
    pub(crate) fn open(
        &mut self,
        at: Moment,
        action: &str,
        region: Option<&str>,
        params: BTreeMap<String, String>,
    ) -> CallId {
        let id = CallId(self.0.len());
        self.0.push(Call {
            seq: id.0 + 1,
            at: at.rfc3339_ms(),
            action: action.to_owned(),
            region: region.map(str::to_owned),
            params,
            accepted: false,
            replied: false,
        });
        id
    }

    pub(crate) fn note_accepted(&mut self, id: CallId) {
        if let Some(call) = self.0.get_mut(id.0) {
            call.accepted = true;
        }
    }

    pub(crate) fn note_replied(&mut self, id: CallId) {
        if let Some(call) = self.0.get_mut(id.0) {
            call.replied = true;
        }
    }

    pub(crate) fn all(&self) -> &[Call] {
        &self.0
    }
}
