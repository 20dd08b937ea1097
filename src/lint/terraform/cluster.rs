//! What Terraform says of one cluster, and the judgement of it.

use super::clone::Word;
use super::fact::outcomes;
use super::value::{Kind, Marks, Value};
use crate::domain::posture::{Fact, Setup, Verdict, Warning, Window};
use crate::lint::judgement::{Cause, Judgement, judge};
use crate::lint::regions::Regions;

/// The facts of one `aws_rds_cluster`, wherever they were read.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub(super) engine: Value,
    pub(super) engine_mode: Value,
    pub(super) engine_version: Value,
    pub(super) window: Value,
    pub(super) region: Value,
    pub(super) global_member: Fact<bool>,
    pub(super) replication: Fact<bool>,
    pub(super) binlog: Fact<bool>,
    pub(super) enhanced_binlog: Fact<bool>,
    /// A copy-on-write clone, or perhaps one.
    pub(super) clone: bool,
    /// Why AWS refuses a window that it would take otherwise.
    pub(super) refused: Option<String>,
    /// What could keep a window from being used, where it is not known whether it does.
    pub(super) doubts: Vec<String>,
    /// What is to be said of the facts that are no values here.
    pub(super) marks: Marks,
}

impl Cluster {
    /// The judgement, with the warnings that belong to the facts.
    pub(super) fn judge(&self) -> Judgement {
        let mut judged = self.whichever();
        let mut marks = self.marks;
        for value in [&self.engine, &self.engine_mode, &self.window] {
            marks = marks.with(value.marks);
        }
        // These two speak up only where they decide.
        if self.region.marks != Marks::default() || self.engine_version.marks != Marks::default() {
            let without = Self {
                region: Value::null(),
                engine_version: Value::null(),
                ..self.clone()
            };
            if without.whichever().verdict != judged.verdict {
                marks = marks.with(self.region.marks).with(self.engine_version.marks);
            }
        }
        if judged.verdict == Verdict::Ok {
            if let Some(refused) = &self.refused {
                judged.verdict = Verdict::Blocked;
                judged.causes = vec![Cause::Source];
                judged.reason.clone_from(refused);
            } else if !self.doubts.is_empty() {
                judged.verdict = Verdict::Unknown;
                judged.reason = self.doubts.join("; ");
            }
        }
        if marks.parameterised {
            warn(&mut judged, Warning::Parameterised);
        }
        let wrong = matches!(judged.verdict, Verdict::Disabled | Verdict::Invalid);
        if wrong && self.window.marks.parameterised {
            judged.causes.push(Cause::Default);
        }
        if marks.conditional {
            warn(&mut judged, Warning::Conditional);
        }
        if self.clone {
            warn(&mut judged, Warning::CloneDependsOnSource);
        }
        judged
    }

    /// Takes a doubt of the enhanced binary log.
    pub(super) fn doubt_log(&mut self, doubt: Option<String>) {
        let doubt = doubt.map(|why| {
            format!("whether enhanced binlog is on, which excludes Backtrack, is not known: {why}")
        });
        self.doubts.extend(doubt);
    }

    /// Takes what is said of it as a clone.
    pub(super) fn hear(&mut self, word: Word) {
        match word {
            Word::Nothing => {}
            Word::Refused(why) => self.refused = Some(why),
            Word::Doubted(why) => self.doubts.push(why),
        }
    }

    /// Where only a condition keeps the window from being known, each outcome is judged: if all come to one verdict,
    /// the condition does not matter.
    fn whichever(&self) -> Judgement {
        let options = outcomes(&self.window);
        if options.iter().any(|window| window.why().is_some()) || options.len() < 2 {
            return judge(&self.setup(&self.window));
        }
        let mut judged: Vec<Judgement> = options.iter().map(|window| judge(&self.setup(window))).collect();
        let one = judged.iter().all(|each| each.verdict == judged[0].verdict);
        let why = self.window.why().map_or("", |unknown| &unknown.why);
        if !one {
            let outcomes: Vec<String> = options
                .iter()
                .zip(&judged)
                .map(|(window, each)| format!("{} with {}", each.verdict.as_str(), plain(window)))
                .collect();
            let mut judged = judge(&self.setup(&Value::unknown(format!("{why}: {}", outcomes.join(", ")))));
            warn(&mut judged, Warning::Conditional);
            return judged;
        }
        let rest = judged.split_off(1);
        let mut first = judged.swap_remove(0);
        for each in rest {
            if each.window_s != first.window_s {
                first.window_s = None;
            }
            each.warnings
                .into_iter()
                .for_each(|warning| warn(&mut first, warning));
        }
        first.reason = format!("whichever way it goes ({why}): {}", first.reason);
        warn(&mut first, Warning::Conditional);
        first
    }

    fn setup(&self, window: &Value) -> Setup {
        Setup {
            engine: text(&self.engine),
            engine_mode: text(&self.engine_mode),
            engine_version: text(&self.engine_version),
            region: self.region.as_text().map(ToOwned::to_owned),
            window: seconds(window),
            global_member: self.global_member.clone(),
            replication: self.replication.clone(),
            binlog: self.binlog.clone(),
            enhanced_binlog: self.enhanced_binlog.clone(),
            proven: false,
        }
    }
}

/// The Region as far as the list decides by it: nothing where a person says that it has Backtrack by now.
pub(super) fn listed(region: Value, regions: Option<&Regions>) -> Value {
    let have = |name: &str| regions.is_some_and(|regions| regions.have(name));
    if region.as_text().is_some_and(have) {
        Value::null()
    } else {
        region
    }
}

/// Adds a warning, in its place and once.
pub(super) fn warn(judgement: &mut Judgement, warning: Warning) {
    if let Err(at) = judgement.warnings.binary_search(&warning) {
        judgement.warnings.insert(at, warning);
    }
}

/// A judgement that no facts led to.
pub(super) fn bare(verdict: Verdict, reason: impl Into<String>) -> Judgement {
    Judgement::bare(verdict, reason)
}

/// A text fact; an empty text is what providers keep for one that is not given.
pub(super) fn text(value: &Value) -> Fact<String> {
    match &value.kind {
        Kind::Null => Fact::Absent,
        Kind::Unknown(unknown) => Fact::Unknown(unknown.why.clone()),
        _ => match value.to_text() {
            Some(text) if text.is_empty() => Fact::Absent,
            Some(text) => Fact::Known(text.to_string()),
            None => Fact::Unknown(format!("expected a text, got {}", value.sort())),
        },
    }
}

/// Whether a window is given and above 0, where that is known.
pub(super) fn asks(value: &Value) -> Option<bool> {
    let one = |value: &Value| match seconds(value) {
        Fact::Known(Window::Seconds(seconds)) => Some(seconds > 0),
        Fact::Absent => Some(false),
        Fact::Known(Window::Text(_)) | Fact::Unknown(_) => None,
    };
    let mut each = outcomes(value).iter().map(one);
    let first = each.next().flatten();
    each.all(|other| other == first).then_some(first).flatten()
}

/// A window, as the provider would take it.
fn seconds(value: &Value) -> Fact<Window> {
    match &value.kind {
        Kind::Null => Fact::Absent,
        Kind::Unknown(unknown) => Fact::Unknown(unknown.why.clone()),
        _ => Fact::Known(
            value
                .to_number()
                .and_then(|number| number.seconds())
                .map_or_else(|| Window::Text(plain(value)), Window::Seconds),
        ),
    }
}

/// A value as it is said in a message, cut where it is long.
fn plain(value: &Value) -> String {
    const LONGEST: usize = 60;
    let Some(text) = value.to_text() else {
        return value.sort().to_owned();
    };
    let mut plain: String = text.chars().take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        plain.push('…');
    }
    plain
}
