//! One call of BacktrackDBCluster: what was intended, and what came back.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::domain::effect::Intent;
use crate::domain::event::Reply;

/// One call, as AWS saw it or may have seen it.
#[derive(Serialize)]
pub struct Request {
    /// When the intent was durable.
    pub intended: DateTime<Utc>,
    /// `BacktrackTo`.
    pub to: DateTime<Utc>,
    /// `Force`.
    pub force: bool,
    /// After this instant it was not to be sent.
    pub send_by: DateTime<Utc>,
    /// When the reply was recorded; none: none is recorded.
    pub replied: Option<DateTime<Utc>>,
    /// What kind of reply.
    pub reply: Answered,
    /// AWS's own code.
    pub code: Option<String>,
    /// AWS's own words, or what was seen instead of an answer.
    pub message: Option<String>,
    /// AWS's request id.
    #[expect(
        clippy::struct_field_names,
        reason = "AWS's own word for it, and the key in the JSON"
    )]
    pub request_id: Option<String>,
}

/// What kind of reply there was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// None is recorded: it may have been sent.
    NoReply,
    /// A readable 200.
    Accepted,
    /// A definite no.
    Rejected,
    /// It cannot be known whether AWS acted on it.
    Ambiguous,
    /// Nothing left the machine.
    NotSent,
}

impl Answered {
    /// The words of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoReply => "no reply is recorded: it may have been sent",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Ambiguous => "ambiguous: AWS may have acted on it",
            Self::NotSent => "nothing left the machine",
        }
    }
}

impl Request {
    pub fn new(intent: &Intent, at: DateTime<Utc>) -> Self {
        Self {
            intended: at,
            to: intent.to,
            force: intent.force,
            send_by: intent.send_by,
            replied: None,
            reply: Answered::NoReply,
            code: None,
            message: None,
            request_id: None,
        }
    }

    pub fn replied(&mut self, reply: &Reply, at: DateTime<Utc>) {
        self.replied = Some(at);
        match reply {
            Reply::Accepted { request_id, .. } => {
                self.reply = Answered::Accepted;
                self.request_id.clone_from(request_id);
            }
            Reply::Rejected {
                code,
                message,
                request_id,
                ..
            } => {
                self.reply = Answered::Rejected;
                self.code = Some(code.clone());
                self.message = Some(message.clone());
                self.request_id.clone_from(request_id);
            }
            Reply::Ambiguous { what, request_id } => {
                self.reply = Answered::Ambiguous;
                self.message = Some(what.clone());
                self.request_id.clone_from(request_id);
            }
            Reply::NotSent { why } => {
                self.reply = Answered::NotSent;
                self.message = Some(why.clone());
            }
        }
    }
}
