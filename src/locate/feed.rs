//! From physical lines to records, whatever the form of the log.
//!
//! The form is recognised by its first line and then kept: a log is written by one plugin. What fits no form
//! is skipped and counted, never guessed at.

use super::audit::{self, Miss, Plugin, Times};
use super::coverage::{Dialect, FileCoverage};
use super::error::Problem;
use super::export;
use super::general::{self, Sessions};
use super::line::Line;
use super::record::{Operation, Outline, Record, Text};
use super::slow::{self, Notes};

/// Takes records, each with the physical line that it begins on.
pub trait Sink {
    /// One event.
    fn record(&mut self, record: &Record<'_>, line: u64);

    /// Whether its outline is all that is wanted of an event: it is not handed on then.
    #[inline]
    fn passes(&mut self, _outline: &Outline<'_>) -> bool {
        false
    }
}

/// A statement of several lines is kept up to this length; the rest marks it as truncated.
const LONGEST_ENTRY: usize = 32 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Unknown,
    Audit,
    General,
    Slow,
}

/// An entry whose further lines may still come.
#[derive(Debug, Default)]
struct Entry {
    open: bool,
    line: u64,
    text: Vec<u8>,
    truncated: bool,
    /// The general log's header line.
    header: Vec<u8>,
}

/// Reads one file's lines.
#[derive(Debug)]
pub struct Feed {
    form: Form,
    times: Times,
    coverage: FileCoverage,
    sessions: Sessions,
    notes: Notes,
    entry: Entry,
    zoneless: bool,
    binary: bool,
}

impl Feed {
    /// A reader for one file; `zone` is for times that are local to the server.
    pub fn new(file: String, zone: Option<chrono_tz::Tz>) -> Self {
        Self {
            form: Form::Unknown,
            times: Times::in_zone(zone),
            coverage: FileCoverage {
                file,
                ..FileCoverage::default()
            },
            sessions: Sessions::default(),
            notes: Notes::default(),
            entry: Entry::default(),
            zoneless: false,
            binary: false,
        }
    }

    /// One physical line, without its line feed.
    #[inline]
    pub fn line(&mut self, line: &Line<'_>, sink: &mut impl Sink) {
        self.coverage.lines += 1;
        if self.form == Form::Audit && !self.coverage.exported {
            // By far the most common case.
            self.coverage.overlong += u64::from(line.overlong);
            if let Some(fields) = audit::parse(line, &mut self.times) {
                self.event(fields, sink);
                self.coverage.parsed += 1;
            } else if self.any_audit(line, sink).is_ok() {
                self.coverage.parsed += 1;
            } else {
                self.stray(line, sink);
            }
            return;
        }
        self.other(line, sink);
    }

    /// A line of a log that is not, or not yet, known as an audit log.
    #[inline(never)]
    fn other(&mut self, line: &Line<'_>, sink: &mut impl Sink) {
        let (line, overlong) = (line.trimmed(), line.overlong);
        self.coverage.overlong += u64::from(overlong);
        let parsed = if export::is_wrapped(line) && (self.coverage.exported || self.form == Form::Unknown) {
            self.exported(line, overlong, sink)
        } else {
            self.inner(line, overlong, sink)
        };
        self.count(parsed, line);
    }

    fn count(&mut self, parsed: bool, line: &[u8]) {
        if parsed {
            self.coverage.parsed += 1;
        } else {
            self.coverage.skipped += 1;
            self.binary |= line.contains(&0);
        }
    }

    /// An audit log's line that is none: behind NULs, or behind the time that CloudWatch puts before it.
    #[cold]
    fn stray(&mut self, line: &Line<'_>, sink: &mut impl Sink) {
        let (line, overlong) = (line.trimmed(), line.overlong);
        let start = line.iter().position(|byte| *byte != 0).unwrap_or(line.len());
        let inner = export::without_prefix(line.get(start..).unwrap_or_default());
        let parsed = inner.len() < line.len() && self.any_audit(&Line::new(inner, overlong), sink).is_ok();
        self.count(parsed, line);
    }

    fn exported(&mut self, line: &[u8], overlong: bool, sink: &mut impl Sink) -> bool {
        let messages = export::messages(line);
        let mut parsed = false;
        for message in &messages {
            for inner in message.split(|byte| *byte == b'\n') {
                let inner = inner.strip_suffix(b"\r").unwrap_or(inner);
                parsed |= !inner.is_empty() && self.inner(inner, overlong, sink);
            }
            // A message ends with its entry.
            if self.form == Form::General || self.form == Form::Slow {
                self.close(sink);
            }
        }
        self.coverage.exported |= parsed;
        parsed
    }

    fn inner(&mut self, line: &[u8], overlong: bool, sink: &mut impl Sink) -> bool {
        match self.form {
            Form::Audit => self.any_audit(&Line::new(line, overlong), sink).is_ok(),
            Form::General => self.general(line, overlong, sink),
            Form::Slow => self.slow(line, overlong, sink),
            Form::Unknown => self.recognise(line, overlong, sink),
        }
    }

    fn recognise(&mut self, line: &[u8], overlong: bool, sink: &mut impl Sink) -> bool {
        let start = line.iter().position(|byte| *byte != 0).unwrap_or(line.len());
        let line = line.get(start..).unwrap_or_default();
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        for candidate in [line, export::without_prefix(line)] {
            match self.any_audit(&Line::new(candidate, overlong), sink) {
                Ok(()) => {
                    self.form = Form::Audit;
                    return true;
                }
                Err(Miss::Zoneless) => self.zoneless = true,
                Err(Miss::Foreign) => {}
            }
        }
        if general::header(line).is_some() {
            self.form = Form::General;
            return self.general(line, overlong, sink);
        }
        if slow::begins(line) {
            self.form = Form::Slow;
            return self.slow(line, overlong, sink);
        }
        let preamble = general::is_preamble(line);
        self.coverage.untimed += u64::from(preamble);
        preamble
    }

    /// An audit line that is unusual, or was found in an unusual place.
    #[inline(never)]
    fn any_audit(&mut self, line: &Line<'_>, sink: &mut impl Sink) -> Result<(), Miss> {
        let fields = audit::parse_any(line, &mut self.times)?;
        self.event(fields, sink);
        // A record without its end was seen, and not understood.
        if fields.whole { Ok(()) } else { Err(Miss::Foreign) }
    }

    #[expect(
        clippy::inline_always,
        reason = "the fields stay in registers where it is inlined"
    )]
    #[inline(always)]
    fn event(&mut self, fields: audit::Fields<'_>, sink: &mut impl Sink) {
        self.coverage.saw(fields.time_us);
        if self.coverage.dialect.is_none() || fields.plugin == Plugin::RdsMySql {
            self.coverage.dialect = Some(match fields.plugin {
                Plugin::Aurora => Dialect::AuroraAudit,
                Plugin::MariaDb => Dialect::MariadbAudit,
                Plugin::RdsMySql => Dialect::RdsMysqlAudit,
            });
        }
        if !sink.passes(&fields.outline()) {
            sink.record(&fields.record(), self.coverage.lines);
        }
    }

    fn general(&mut self, line: &[u8], overlong: bool, sink: &mut impl Sink) -> bool {
        let Some(header) = general::header(line) else {
            if general::is_preamble(line) {
                self.coverage.untimed += 1;
                self.close(sink);
                return true;
            }
            return self.more(line, overlong);
        };
        self.close(sink);
        self.coverage.dialect = Some(Dialect::General);
        self.coverage.saw(header.time_us);
        let length = line.len() - header.argument.len();
        self.entry = Entry {
            open: true,
            line: self.coverage.lines,
            text: header.argument.to_vec(),
            truncated: overlong,
            header: line.get(..length).unwrap_or_default().to_vec(),
        };
        true
    }

    fn slow(&mut self, line: &[u8], overlong: bool, sink: &mut impl Sink) -> bool {
        if slow::begins(line) && !self.entry.text.is_empty() {
            self.close(sink);
        }
        if slow::begins(line) && line.starts_with(b"# Time: ") {
            self.notes = Notes::default();
        }
        if self.entry.text.is_empty() {
            if self.notes.comment(line) {
                self.coverage.dialect = Some(Dialect::Slow);
                return true;
            }
            if let Some(set) = slow::set_timestamp(line) {
                self.notes.set_us = Some(set);
                return true;
            }
            if let Some(schema) = line.strip_prefix(b"use ") {
                self.notes.schema = schema.trim_ascii().strip_suffix(b";").unwrap_or(schema).to_vec();
                return true;
            }
            if general::is_preamble(line) {
                self.coverage.untimed += 1;
                return true;
            }
            if !self.notes.begun {
                return false;
            }
            self.entry = Entry {
                open: true,
                line: self.coverage.lines,
                truncated: overlong,
                ..Entry::default()
            };
            self.entry.text.extend_from_slice(line);
            return true;
        }
        if general::is_preamble(line) {
            self.close(sink);
            self.coverage.untimed += 1;
            return true;
        }
        self.more(line, overlong)
    }

    /// A further line of the open entry.
    fn more(&mut self, line: &[u8], overlong: bool) -> bool {
        if !self.entry.open {
            return false;
        }
        if self.entry.text.len() + line.len() < LONGEST_ENTRY {
            self.entry.text.push(b'\n');
            self.entry.text.extend_from_slice(line);
            self.entry.truncated |= overlong;
        } else {
            self.entry.truncated = true;
        }
        true
    }

    /// Hands on the open entry.
    fn close(&mut self, sink: &mut impl Sink) {
        let entry = std::mem::take(&mut self.entry);
        if !entry.open {
            return;
        }
        if self.form == Form::Slow {
            let notes = std::mem::take(&mut self.notes);
            // Entries of the same second share one `# Time:`.
            self.notes.logged_us = notes.logged_us;
            let Some(time_us) = notes.start_us() else {
                self.coverage.untimed += 1;
                return;
            };
            self.coverage.saw(time_us);
            let record = Record {
                time_us,
                server: b"",
                user: &notes.user,
                host: &notes.host,
                connection: notes.connection,
                query_id: 0,
                operation: Operation::Query,
                schema: &notes.schema,
                text: Text::Plain(&entry.text),
                retcode: None,
                truncated: entry.truncated,
                single: false,
                sampled: true,
            };
            sink.record(&record, entry.line);
        } else if let Some(mut header) = general::header(&entry.header) {
            header.argument = &entry.text;
            let before = self.sessions.of(header.connection);
            self.sessions.learn(&header);
            let session = if header.command == b"Quit" {
                before
            } else {
                self.sessions.of(header.connection)
            };
            let record = Record {
                time_us: header.time_us,
                server: b"",
                user: &session.user,
                host: &session.host,
                connection: header.connection,
                query_id: 0,
                operation: general::operation(header.command),
                schema: &session.schema,
                text: Text::Plain(&entry.text),
                retcode: None,
                truncated: entry.truncated,
                single: false,
                sampled: false,
            };
            sink.record(&record, entry.line);
        }
    }

    /// The end of the file: `cut` when its last line has no line feed, `failure` when reading stopped early.
    pub fn finish(mut self, cut: bool, failure: Option<String>, sink: &mut impl Sink) -> FileCoverage {
        self.entry.truncated |= failure.is_some();
        self.close(sink);
        self.coverage.cut = cut;
        self.coverage.problem = if let Some(message) = failure {
            Some(Problem::Unreadable { message })
        } else if self.zoneless && self.coverage.dialect.is_none() {
            Some(Problem::ZoneNeeded)
        } else if self.coverage.dialect.is_none() && self.coverage.skipped > 0 {
            Some(Problem::Unrecognised { binary: self.binary })
        } else {
            None
        };
        self.coverage
    }
}
