//! One declared cluster: its facts in one world, and its judgement there.

use super::choice::Choice;
use super::copied::Copied;
use super::facts::{given, text, window};
use super::neighbours::{Neighbours, Relation, beside};
use super::scope::Scope;
use super::setting::{Notes, Setting};
use super::template::Declared;
use super::value::Value;
use crate::domain::posture::{Fact, Setup, Verdict, Warning};
use crate::lint::judgement::{Cause, Judgement, judge};
use crate::lint::tree::Node;

/// Its type. DocumentDB and Neptune have types of their own.
pub(super) const KIND: &str = "AWS::RDS::DBCluster";
/// The window.
pub(super) const WINDOW: &str = "BacktrackWindow";
/// The global database that it is a member of.
const GLOBAL_OF: &str = "GlobalClusterIdentifier";

/// A judgement in one world, and what was undecided there.
pub(super) struct Leaf {
    pub(super) judgement: Judgement,
    pub(super) open: Option<Choice>,
}

/// A cluster in one world.
pub(super) struct Cluster<'c, 't> {
    pub(super) setting: &'c Setting<'c, 't>,
    pub(super) neighbours: &'c Neighbours<'c, 't>,
    pub(super) resource: &'c Declared<'t>,
    properties: Value<'t>,
    /// Of everything that its verdict rests on.
    notes: Notes,
}

impl<'c, 't> Cluster<'c, 't> {
    pub(super) fn new(
        setting: &'c Setting<'c, 't>,
        neighbours: &'c Neighbours<'c, 't>,
        resource: &'c Declared<'t>,
    ) -> Self {
        let (properties, notes) = beside(setting, &resource.loops, |scope| scope.properties(resource));
        Self {
            setting,
            neighbours,
            resource,
            properties,
            notes,
        }
    }

    /// Judges it in this world.
    pub(super) fn judge(&self) -> Leaf {
        let (window, exact) = self.fact(|scope| window(scope, self.property(scope, WINDOW)));
        let setup = self.setup(window);
        let mut judgement = judge(&setup);
        if !exact {
            judgement.window_s = None;
        }
        self.doubt(&setup, &mut judgement);
        self.trace(&mut judgement);
        let copied = Copied::of(self);
        if copied.is_one {
            judgement.warnings.push(Warning::CloneDependsOnSource);
        }
        copied.weigh(self, &mut judgement);
        if self.notes.parameterised.get() {
            judgement.warnings.push(Warning::Parameterised);
        }
        if self.notes.conditional.get() || self.resource.body.get("Condition").is_some() {
            judgement.warnings.push(Warning::Conditional);
        }
        judgement.warnings.sort();
        judgement.warnings.dedup();
        let open = (judgement.verdict == Verdict::Unknown).then(|| self.notes.open.take());
        Leaf {
            judgement,
            open: open.flatten(),
        }
    }

    /// What a judgement comes from that its facts do not show.
    fn trace(&self, judgement: &mut Judgement) {
        let look = |name| {
            beside(self.setting, &self.resource.loops, |scope| {
                self.property(scope, name)
            })
        };
        match judgement.verdict {
            Verdict::Disabled | Verdict::Invalid => {
                let (value, notes) = look(WINDOW);
                if notes.parameterised.get() {
                    judgement.causes.push(Cause::Default);
                }
                if matches!(value, Value::Null) {
                    "expected whole seconds, got no value (null)".clone_into(&mut judgement.reason);
                }
            }
            Verdict::Unknown => {
                // In the order in which they decide.
                let lacking = [
                    WINDOW,
                    "Engine",
                    "EngineMode",
                    GLOBAL_OF,
                    Relation::Replica.property(),
                ]
                .map(look)
                .into_iter()
                .find(|(value, _)| matches!(value, Value::Partly(_) | Value::Unknown(_)));
                judgement
                    .causes
                    .extend(lacking.and_then(|(_, notes)| notes.lacking.get()));
            }
            Verdict::Ok | Verdict::Blocked | Verdict::NotApplicable => {}
        }
    }

    /// A property of it.
    pub(super) fn property(&self, scope: &Scope<'_, 't>, name: &str) -> Value<'t> {
        scope.property(&self.properties, name)
    }

    /// What the verdict rests on: everything that is noted counts.
    pub(super) fn fact<T>(&self, ask: impl FnOnce(&Scope<'_, 't>) -> T) -> T {
        let (fact, notes) = beside(self.setting, &self.resource.loops, ask);
        self.notes.take(&notes);
        fact
    }

    /// What the verdict rests on only where `matters` says so.
    pub(super) fn aside<T>(
        &self,
        matters: impl FnOnce(&T) -> bool,
        ask: impl FnOnce(&Scope<'_, 't>) -> T,
    ) -> T {
        let (fact, notes) = beside(self.setting, &self.resource.loops, ask);
        if matters(&fact) {
            self.notes.take(&notes);
        }
        fact
    }

    fn setup(&self, window: Fact<crate::domain::posture::Window>) -> Setup {
        let engine = self.fact(|scope| match text(self.property(scope, "Engine")) {
            Fact::Absent => {
                let source = self.property(scope, "SourceDBClusterIdentifier");
                let snapshot = self.property(scope, "SnapshotIdentifier");
                self.neighbours.inherited_engine(scope, &source, snapshot)
            }
            fact @ (Fact::Known(_) | Fact::Unknown(_)) => fact,
        });
        Setup {
            engine,
            engine_mode: self.fact(|scope| text(self.property(scope, "EngineMode"))),
            global_member: self.related(Relation::Global, GLOBAL_OF),
            replication: self.related(Relation::Replica, Relation::Replica.property()),
            window,
            region: self.region(),
            engine_version: self.aside(|_| false, |scope| text(self.property(scope, "EngineVersion"))),
            // YAML reads a bare OFF as false.
            binlog: self.group("binlog_format", &["OFF", "false", ""], |_| false),
            enhanced_binlog: self.group("aurora_enhanced_binlog", &["0", "OFF", "false", ""], |fact| {
                *fact == Fact::Known(true)
            }),
            proven: false,
        }
    }

    /// Whether a property of its own, or another resource, ties it to another cluster.
    fn related(&self, relation: Relation, property: &str) -> Fact<bool> {
        let own = self.fact(|scope| given(self.property(scope, property)));
        if own == Fact::Known(true) {
            return own;
        }
        let other = self.aside(
            |fact| matches!(fact, Fact::Known(true) | Fact::Unknown(_)),
            |scope| {
                let (name, _) = beside(self.setting, &self.resource.loops, |scope| {
                    self.property(scope, "DBClusterIdentifier")
                });
                self.neighbours.named_by(scope, relation, self.resource, &name)
            },
        );
        match other {
            Fact::Absent => own,
            found @ (Fact::Known(_) | Fact::Unknown(_)) => found,
        }
    }

    /// Whether a parameter of its group is set to something else than off.
    fn group(&self, name: &str, off: &[&str], matters: impl FnOnce(&Fact<bool>) -> bool) -> Fact<bool> {
        self.aside(matters, |scope| {
            let group = self.property(scope, "DBClusterParameterGroupName");
            match self.neighbours.parameter(scope, &group, name) {
                Fact::Known(value) => Fact::Known(!off.iter().any(|off| value.eq_ignore_ascii_case(off))),
                Fact::Absent => Fact::Absent,
                Fact::Unknown(why) => Fact::Unknown(why),
            }
        })
    }

    fn region(&self) -> Option<String> {
        let (region, _) = beside(self.setting, &[], |scope| scope.reference("AWS::Region"));
        let regions = self.setting.catalog.template.regions;
        let have = |name: &String| regions.is_some_and(|regions| regions.have(name));
        region.into_text().ok().filter(|name| !have(name))
    }

    /// What may still prevent a rewind makes a verdict unknown that is good without it.
    fn doubt(&self, setup: &Setup, judgement: &mut Judgement) {
        if judgement.verdict != Verdict::Ok {
            return;
        }
        if let Fact::Unknown(why) = &setup.enhanced_binlog {
            self.group("aurora_enhanced_binlog", &[], |_| true);
            judgement.verdict = Verdict::Unknown;
            judgement.reason = format!("whether enhanced binlog is on is not known: {why}");
            return;
        }
        if let Fact::Unknown(why) = &setup.engine_version {
            let (_, notes) = beside(self.setting, &self.resource.loops, |scope| {
                self.property(scope, "EngineVersion")
            });
            // One that nothing can be said of is taken for one that AWS still creates.
            if notes.has_open() {
                self.notes.take(&notes);
                judgement.verdict = Verdict::Unknown;
                judgement.reason = format!("the engine version is not known: {why}");
            }
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
