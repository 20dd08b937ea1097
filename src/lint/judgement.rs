//! What a declared cluster is judged to be, and what it comes from where that decides what to do.

use crate::domain::posture::{self, Fact, Setup, Verdict, Warning};

/// The verdict, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The answer.
    pub verdict: Verdict,
    /// The window asked for, in seconds; none where none is given or it is not known.
    pub window_s: Option<i64>,
    /// What is to be known beside it, in order and once each.
    pub warnings: Vec<Warning>,
    /// Why, as a sentence without its full stop.
    pub reason: String,
    /// What it comes from, as far as that asks for a remedy of its own.
    pub causes: Vec<Cause>,
    /// What is to be said beside it that no warning stands for.
    pub remarks: Vec<Remark>,
}

/// What a deployment meets that has nothing to do with a rewind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remark {
    /// The engine `aurora`, which AWS creates no more.
    RetiredEngine,
    /// The file's first alias or merge key of YAML, by its line: CloudFormation takes none.
    Aliased(usize),
}

/// What a finding comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Another engine than Aurora MySQL.
    Engine,
    /// Serverless v1, multi-master.
    EngineMode,
    /// A version from before Backtrack was supported.
    EngineVersion,
    /// A member of a global database.
    Global,
    /// It replicates, or is replicated.
    Replication,
    /// Enhanced binlog is on.
    EnhancedBinlog,
    /// A Region without Backtrack.
    Region,
    /// A clone of a cluster without Backtrack.
    Source,
    /// The default of a parameter or variable gives the window.
    Default,
    /// A plan gives a window to a cluster that is there without one.
    Begun,
    /// A plan takes the window away from a cluster that is there; what it has, where that may be told.
    Ended(Option<i64>),
    /// It depends on the Region, which was not told.
    RegionNotTold,
    /// It depends on a parameter without a default.
    Parameter,
    /// A macro may change it.
    Macro,
}

/// What can be taken out of a setup, to see whether it is in the way.
type Without = fn(&mut Setup);

const OBSTACLES: [(Cause, Without); 7] = [
    (Cause::Engine, |setup| {
        setup.engine = Fact::Known("aurora-mysql".to_owned());
    }),
    (Cause::EngineMode, |setup| setup.engine_mode = Fact::Absent),
    (Cause::EngineVersion, |setup| setup.engine_version = Fact::Absent),
    (Cause::Global, |setup| setup.global_member = Fact::Absent),
    (Cause::Replication, |setup| setup.replication = Fact::Absent),
    (Cause::EnhancedBinlog, |setup| {
        setup.enhanced_binlog = Fact::Absent;
    }),
    (Cause::Region, |setup| setup.region = None),
];

/// Judges what is known of one cluster.
pub(super) fn judge(setup: &Setup) -> Judgement {
    let judged = posture::judge(setup);
    let causes = match judged.verdict {
        Verdict::Blocked | Verdict::Disabled => in_the_way(setup, &judged),
        Verdict::Ok | Verdict::Invalid | Verdict::NotApplicable | Verdict::Unknown => Vec::new(),
    };
    Judgement {
        verdict: judged.verdict,
        window_s: judged.window_s,
        warnings: judged.warnings,
        reason: judged.reason,
        causes,
        remarks: retired(setup).into_iter().collect(),
    }
}

/// MySQL 5.6, by an engine of its own.
fn retired(setup: &Setup) -> Option<Remark> {
    match &setup.engine {
        Fact::Known(engine) if engine.eq_ignore_ascii_case("aurora") => Some(Remark::RetiredEngine),
        Fact::Known(_) | Fact::Absent | Fact::Unknown(_) => None,
    }
}

/// What is in the way: without it the same cluster is judged otherwise.
fn in_the_way(setup: &Setup, judged: &posture::Judgement) -> Vec<Cause> {
    let without = |change: Without| {
        let mut setup = setup.clone();
        change(&mut setup);
        posture::judge(&setup)
    };
    let mut found = Vec::new();
    for (cause, change) in OBSTACLES {
        if without(change) != *judged {
            found.push(cause);
        }
    }
    found
}

impl Judgement {
    /// A judgement that no facts led to.
    pub(super) fn bare(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self {
            verdict,
            window_s: None,
            warnings: Vec::new(),
            reason: reason.into(),
            causes: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// True where it comes from this.
    pub(super) fn is_of(&self, cause: Cause) -> bool {
        self.causes.contains(&cause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::posture::Window;

    fn mysql(change: impl FnOnce(&mut Setup)) -> Vec<Cause> {
        let mut setup = Setup {
            engine: Fact::Known("aurora-mysql".to_owned()),
            window: Fact::Known(Window::Seconds(3600)),
            ..Setup::bare()
        };
        change(&mut setup);
        judge(&setup).causes
    }

    #[test]
    fn what_is_in_the_way_is_found_by_taking_it_out() {
        let text = |text: &str| Fact::Known(text.to_owned());
        assert_eq!(mysql(|_| ()), []);
        assert_eq!(mysql(|setup| setup.window = Fact::Absent), []);
        assert_eq!(
            mysql(|setup| setup.engine = text("aurora-postgresql")),
            [Cause::Engine]
        );
        assert_eq!(
            mysql(|setup| setup.engine_mode = text("serverless")),
            [Cause::EngineMode]
        );
        assert_eq!(
            mysql(|setup| setup.engine_version = text("8.0.mysql_aurora.3.02.0")),
            [Cause::EngineVersion]
        );
        assert_eq!(
            mysql(|setup| {
                setup.global_member = Fact::Known(true);
                setup.enhanced_binlog = Fact::Known(true);
                setup.replication = Fact::Known(true);
                setup.region = Some("eu-north-1".to_owned());
            }),
            [
                Cause::Global,
                Cause::Replication,
                Cause::EnhancedBinlog,
                Cause::Region
            ]
        );
    }
}
