//! One declared cluster: its facts in one world, and its judgement there.

use super::choice::Choice;
use super::facts::{given, text, window};
use super::neighbours::{GLOBAL, Neighbourhood, REPLICA};
use super::scope::Scope;
use super::template::Declared;
use super::value::Value;
use crate::domain::posture::{Fact, Setup, Verdict, Warning, Window};
use crate::lint::judgement::{Cause, Judgement, judge};
use crate::lint::tree::Node;

/// Its type. DocumentDB and Neptune have types of their own.
pub(super) const KIND: &str = "AWS::RDS::DBCluster";
/// The window.
const WINDOW: &str = "BacktrackWindow";
/// The global database that it is a member of.
const GLOBAL_OF: &str = "GlobalClusterIdentifier";

/// A judgement in one world, and what was undecided there.
pub(super) struct Leaf {
    pub(super) judgement: Judgement,
    pub(super) open: Option<Choice>,
}

impl<'t> Neighbourhood<'_, 't> {
    /// Judges a cluster in this world.
    pub(super) fn judge(&self, resource: &Declared<'t>) -> Leaf {
        let (scope, properties) = self.properties(resource);
        let source = scope.property(&properties, "SourceDBClusterIdentifier");
        let setup = self.setup(resource, &scope, &properties, &source);
        let mut judgement = judge(&setup);
        self.trace(resource, &properties, &mut judgement);
        if self.copied(&properties, &source, &resource.loops) {
            judgement.warnings.push(Warning::CloneDependsOnSource);
            self.without_a_source(&source, &mut judgement);
        }
        if scope.parameterised.get() {
            judgement.warnings.push(Warning::Parameterised);
        }
        if scope.conditional.get() || resource.body.get("Condition").is_some() {
            judgement.warnings.push(Warning::Conditional);
        }
        judgement.warnings.sort();
        judgement.warnings.dedup();
        Leaf {
            judgement,
            open: scope.open.take(),
        }
    }

    /// What a judgement comes from that its facts do not show.
    fn trace(&self, resource: &Declared<'t>, properties: &Value<'t>, judgement: &mut Judgement) {
        let look = |name| {
            let scope = Scope::new(self.template, self.world, &resource.loops);
            (scope.property(properties, name), scope)
        };
        match judgement.verdict {
            Verdict::Disabled | Verdict::Invalid => {
                let (value, scope) = look(WINDOW);
                if scope.parameterised.get() {
                    judgement.causes.push(Cause::Default);
                }
                if matches!(value, Value::Null) {
                    "expected whole seconds, got no value (null)".clone_into(&mut judgement.reason);
                }
            }
            Verdict::Unknown => {
                // In the order in which they decide.
                let lacking = [WINDOW, "Engine", "EngineMode", GLOBAL_OF, REPLICA.1]
                    .map(look)
                    .into_iter()
                    .find(|(value, _)| matches!(value, Value::Given(_) | Value::Unknown(_)));
                judgement
                    .causes
                    .extend(lacking.and_then(|(_, scope)| scope.lacking.get()));
            }
            Verdict::Ok | Verdict::Blocked | Verdict::NotApplicable => {}
        }
    }

    fn setup(
        &self,
        resource: &Declared<'t>,
        scope: &Scope<'_, 't>,
        properties: &Value<'t>,
        source: &Value<'t>,
    ) -> Setup {
        let property = |name| scope.property(properties, name);
        // Whatever is noted here does not decide, or only beside what does.
        let aside = Scope::new(self.template, self.world, &resource.loops);
        let beside = |name| aside.property(properties, name);
        let engine = match text(property("Engine")) {
            Fact::Absent => self.inherited_engine(source, beside("SnapshotIdentifier")),
            fact @ (Fact::Known(_) | Fact::Unknown(_)) => fact,
        };
        let own = beside("DBClusterIdentifier").into_text().ok();
        let named = |name, others| match given(property(name)) {
            Fact::Known(true) => Fact::Known(true),
            otherwise @ (Fact::Known(false) | Fact::Absent | Fact::Unknown(_)) => {
                match self.named_by(others, resource, own.as_deref()) {
                    Fact::Absent => otherwise,
                    found @ (Fact::Known(_) | Fact::Unknown(_)) => found,
                }
            }
        };
        let group = beside("DBClusterParameterGroupName");
        let on = |name, off: &[&str]| match self.parameter(&group, name) {
            Fact::Known(value) => Fact::Known(!off.iter().any(|off| value.eq_ignore_ascii_case(off))),
            Fact::Absent => Fact::Absent,
            Fact::Unknown(why) => Fact::Unknown(why),
        };
        Setup {
            engine,
            engine_mode: text(property("EngineMode")),
            engine_version: text(beside("EngineVersion")),
            region: self.region(),
            window: window(property(WINDOW)),
            global_member: named(GLOBAL_OF, GLOBAL),
            replication: named(REPLICA.1, REPLICA),
            // YAML reads a bare OFF as false.
            binlog: on("binlog_format", &["OFF", "false", ""]),
            enhanced_binlog: on("aurora_enhanced_binlog", &["0", "OFF", "false", ""]),
            proven: false,
        }
    }

    fn region(&self) -> Option<String> {
        let assumed = self.world.refs.get("AWS::Region").map(String::as_str);
        assumed.or(self.template.region).map(str::to_owned)
    }

    /// Whether it is a copy-on-write clone.
    fn copied(&self, properties: &Value<'t>, source: &Value<'t>, loops: &[(String, String)]) -> bool {
        let aside = Scope::new(self.template, self.world, loops);
        let kind = aside.property(properties, "RestoreType").into_text();
        kind.is_ok_and(|kind| kind.eq_ignore_ascii_case("copy-on-write")) && !matches!(source, Value::Nothing)
    }

    /// A clone of a cluster without Backtrack is refused one.
    fn without_a_source(&self, source: &Value<'t>, judgement: &mut Judgement) {
        let Some(source) = self.source(source) else { return };
        let (scope, properties) = self.properties(source);
        let window = window(scope.property(&properties, WINDOW));
        let none = matches!(window, Fact::Absent | Fact::Known(Window::Seconds(0)));
        if judgement.verdict == Verdict::Ok && none {
            judgement.verdict = Verdict::Blocked;
            judgement.causes = vec![Cause::Source];
            judgement.reason = format!(
                "a window is given, and it cannot be used: a copy-on-write clone has Backtrack only where its source has it, \
                 and `{}` has none",
                source.id
            );
        }
    }
}

/// Where the window of a resource stands, else its logical id.
pub(super) fn place(resource: &Declared<'_>) -> std::ops::Range<usize> {
    let properties = resource.body.get("Properties");
    match properties.and_then(|properties| properties.entry(WINDOW)) {
        Some(entry) => entry.at.start..end(&entry.value).max(entry.at.end),
        None => resource.at.clone(),
    }
}

/// The end of a value that is a scalar; of others only the beginning is shown.
fn end(value: &Node) -> usize {
    if value.text().is_some() {
        value.at.end
    } else {
        value.at.start
    }
}
