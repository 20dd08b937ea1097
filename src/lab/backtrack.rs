//! One backtrack of a cluster: a request, its steps in time, and what each onlooker sees of them.
//!
//! Nothing here changes by itself: every view is a function of the instant. Only the move of the data is a fact
//! to be noted, because it can fail.

use uuid::Uuid;

use super::moment::Moment;
use super::scenario::RewindPlan;

/// What becomes of an accepted backtrack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Proceeds,
    /// Ends `failed`; the data does not move.
    Fails,
    /// Applies for ever.
    Hangs,
}

/// Where a backtrack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BacktrackStatus {
    Pending,
    Applying,
    Completed,
    Failed,
}

impl BacktrackStatus {
    /// The word of AWS's documentation.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Applying => "applying",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }
}

/// The part that an instance plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Writer,
    Reader,
}

/// One record of DescribeDBClusterBacktracks, and the steps behind it.
#[derive(Clone, Debug)]
pub(crate) struct Backtrack {
    pub(crate) id: Uuid,
    /// The target as the caller gave it.
    pub(crate) requested: Moment,
    /// The consistent instant that the data really goes to.
    pub(crate) effective: Moment,
    pub(crate) created: Moment,
    /// Started by somebody else than the caller.
    pub(crate) foreign: bool,
    pub(crate) fate: Fate,
    plan: RewindPlan,
    moved: bool,
}

impl Backtrack {
    pub(crate) fn accepted(
        created: Moment,
        requested: Moment,
        effective: Moment,
        fate: Fate,
        plan: RewindPlan,
    ) -> Self {
        let id = Uuid::new_v4();
        Self {
            id,
            requested,
            effective,
            created,
            foreign: false,
            fate,
            plan,
            moved: false,
        }
    }

    fn at(&self, step_ms: u32) -> Moment {
        self.created.plus_ms(i64::from(step_ms))
    }

    /// The instant of a step that comes only when the backtrack does not hang.
    fn end_at(&self, step_ms: u32) -> Option<Moment> {
        match self.fate {
            Fate::Proceeds | Fate::Fails => Some(self.at(step_ms)),
            Fate::Hangs => None,
        }
    }

    /// When the data is to move, if it is to and has not.
    pub(crate) fn move_due(&self) -> Option<Moment> {
        match self.fate {
            Fate::Proceeds if !self.moved => Some(self.at(self.plan.moves_ms)),
            Fate::Proceeds | Fate::Fails | Fate::Hangs => None,
        }
    }

    pub(crate) fn note_moved(&mut self) {
        self.moved = true;
    }

    /// The data could not be moved after all.
    pub(crate) fn note_lost(&mut self) {
        self.fate = Fate::Fails;
    }

    /// The last instant of the history that was left, as the truth has it.
    pub(crate) fn moved_at(&self) -> Option<Moment> {
        self.moved.then(|| self.at(self.plan.moves_ms))
    }

    /// `BacktrackedFrom` as the record shows it at `now`.
    pub(crate) fn shown_from(&self, now: Moment) -> Option<Moment> {
        self.moved_at()
            .filter(|moved| moved.plus_ms(i64::from(self.plan.from_delay_ms)) <= now)
    }

    /// Whether the list has the record at `now`.
    pub(crate) fn visible(&self, now: Moment) -> bool {
        self.at(self.plan.visible_ms) <= now
    }

    pub(crate) fn status(&self, now: Moment) -> BacktrackStatus {
        if now < self.at(self.plan.applying_ms) {
            return BacktrackStatus::Pending;
        }
        match self.end_at(self.plan.completed_ms) {
            Some(end) if end <= now && self.fate == Fate::Fails => BacktrackStatus::Failed,
            Some(end) if end <= now => BacktrackStatus::Completed,
            Some(_) | None => BacktrackStatus::Applying,
        }
    }

    /// From acceptance until the cluster is free again: no other backtrack is taken.
    pub(crate) fn holds_cluster(&self, now: Moment) -> bool {
        let end = self.end_at(self.plan.cluster_ms.max(self.plan.completed_ms));
        self.created <= now && end.is_none_or(|end| now < end)
    }

    /// Whether the cluster's status is `backtracking`.
    pub(crate) fn closes_cluster(&self, now: Moment) -> bool {
        self.closed_until(self.plan.cluster_ms, now)
    }

    /// Whether an instance's status is `backtracking`.
    pub(crate) fn closes_member(&self, role: Role, now: Moment) -> bool {
        let step_ms = match role {
            Role::Writer => self.plan.writer_ms,
            Role::Reader => self.plan.readers_ms,
        };
        self.closed_until(step_ms, now)
    }

    fn closed_until(&self, step_ms: u32, now: Moment) -> bool {
        self.at(self.plan.backtracking_ms) <= now && self.end_at(step_ms).is_none_or(|end| now < end)
    }

    /// When an instance stops, and when it is back.
    pub(crate) fn outage(&self, role: Role) -> (Moment, Option<Moment>) {
        let step_ms = match role {
            Role::Writer => self.plan.writer_ms,
            Role::Reader => self.plan.readers_ms,
        };
        (self.at(self.plan.backtracking_ms), self.end_at(step_ms))
    }

    /// When nothing more will change.
    pub(crate) fn settled(&self, now: Moment) -> bool {
        let last = self
            .plan
            .readers_ms
            .max(self.plan.writer_ms)
            .max(self.plan.cluster_ms);
        self.end_at(last.max(self.plan.completed_ms))
            .is_some_and(|end| end <= now)
            && self.move_due().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::{Backtrack, BacktrackStatus, Fate, Moment, RewindPlan, Role};

    fn start() -> Moment {
        Moment::from_ms(1_700_000_000_000)
    }

    fn backtrack(fate: Fate) -> Backtrack {
        Backtrack::accepted(
            start(),
            start().plus_s(-60),
            start().plus_s(-60),
            fate,
            RewindPlan::default(),
        )
    }

    #[test]
    fn the_steps_come_in_the_order_in_which_aws_shows_them() {
        let mut record = backtrack(Fate::Proceeds);
        let seen = |record: &Backtrack, ms: i64| {
            let now = start().plus_ms(ms);
            (
                record.visible(now),
                record.status(now),
                record.closes_cluster(now),
                record.closes_member(Role::Writer, now),
                record.closes_member(Role::Reader, now),
                record.shown_from(now).is_some(),
            )
        };
        assert_eq!(
            seen(&record, 0),
            (false, BacktrackStatus::Pending, false, false, false, false)
        );
        assert_eq!(
            seen(&record, 320),
            (true, BacktrackStatus::Pending, false, false, false, false)
        );
        assert_eq!(
            seen(&record, 700),
            (true, BacktrackStatus::Applying, true, true, true, false)
        );
        record.note_moved();
        assert_eq!(
            seen(&record, 1_300),
            (true, BacktrackStatus::Applying, true, true, true, true)
        );
        assert_eq!(
            seen(&record, 2_600),
            (true, BacktrackStatus::Completed, true, true, true, true)
        );
        assert_eq!(
            seen(&record, 3_100),
            (true, BacktrackStatus::Completed, false, true, true, true)
        );
        assert_eq!(
            seen(&record, 3_400),
            (true, BacktrackStatus::Completed, false, false, true, true)
        );
        assert_eq!(
            seen(&record, 3_900),
            (true, BacktrackStatus::Completed, false, false, false, true)
        );
        assert!(record.settled(start().plus_ms(3_900)));
    }

    #[test]
    fn one_that_fails_never_moves_and_one_that_hangs_never_ends() {
        let year = start().plus_s(365 * 86_400);
        let failed = backtrack(Fate::Fails);
        assert_eq!(failed.move_due(), None);
        assert_eq!(failed.status(year), BacktrackStatus::Failed);
        assert!(!failed.closes_cluster(year));
        let hung = backtrack(Fate::Hangs);
        assert_eq!(hung.move_due(), None);
        assert_eq!(hung.status(year), BacktrackStatus::Applying);
        assert!(hung.closes_cluster(year) && hung.holds_cluster(year) && !hung.settled(year));
    }
}
