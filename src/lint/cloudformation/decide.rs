//! What a cluster is judged to be over everything that a deployment may decide.

use super::choice::{Choice, World};
use super::cluster::{Cluster, Leaf};
use super::condition::{Made, reads};
use super::effort::Effort;
use super::neighbours::{Neighbours, beside};
use super::setting::Setting;
use super::template::Declared;
use crate::domain::posture::Verdict;
use crate::lint::judgement::{Cause, Judgement};

/// Worlds that are tried for one cluster.
const WORLDS: usize = 128;

/// The verdict by what is written and by defaults; where those do not decide, the one that holds whatever is decided. A
/// world in which the cluster is not made does not count.
pub(super) fn decide<'t>(
    written: &Setting<'_, 't>,
    neighbours: &Neighbours<'_, 't>,
    resource: &Declared<'t>,
) -> Judgement {
    written.effort.begin();
    let trial = Trial {
        written,
        neighbours,
        resource,
    };
    let mut left = WORLDS;
    let ((made, condition), _) = beside(written, &resource.loops, |scope| {
        let named = resource.body.get("Condition").map(|node| scope.named(node));
        (scope.made(resource), named.and_then(Result::ok))
    });
    let judged = match made {
        Made::No => None,
        Made::Yes | Made::Open(_) => trial.over(written, &mut left),
    };
    // By its defaults it is not made: then they do not hold where it is.
    let judged = judged.or_else(|| {
        let Some(freed) = reads(written, condition.as_ref()?) else {
            return Some(unknown(Effort::why()));
        };
        let world = World {
            freed,
            ..World::default()
        };
        trial.over(&trial.setting(world), &mut left)
    });
    judged.unwrap_or_else(|| {
        // It is made in no world that was found, and judged as if it were.
        let mut made = World::default();
        if let Some(name) = condition {
            made.conditions.insert(name, true);
        }
        let setting = trial.setting(made);
        Cluster::new(&setting, neighbours, resource).judge().judgement
    })
}

/// One cluster, in worlds.
struct Trial<'w, 't> {
    written: &'w Setting<'w, 't>,
    neighbours: &'w Neighbours<'w, 't>,
    resource: &'w Declared<'t>,
}

impl<'w, 't> Trial<'w, 't> {
    fn setting(&self, world: World) -> Setting<'w, 't> {
        Setting::new(self.written.catalog, self.written.effort, world)
    }

    /// The judgement over one world and all that it parts into; none where it is made in none of them.
    fn over(&self, setting: &Setting<'_, 't>, left: &mut usize) -> Option<Judgement> {
        let (made, notes) = beside(setting, &self.resource.loops, |scope| scope.made(self.resource));
        let leaf = match (made, notes.open.take()) {
            (Made::No, _) => return None,
            (Made::Open(why), Some(choice)) => Leaf {
                judgement: unknown(why),
                open: Some(choice),
            },
            (Made::Yes | Made::Open(_), _) => Cluster::new(setting, self.neighbours, self.resource).judge(),
        };
        match leaf.open {
            None => Some(leaf.judgement),
            Some(choice) if choice.answers() <= *left => self.parted(setting, &choice, leaf.judgement, left),
            Some(_) => Some(Judgement {
                reason: format!(
                    "{}; what a deployment decides has more answers than the {WORLDS} that are tried",
                    leaf.judgement.reason
                ),
                ..leaf.judgement
            }),
        }
    }

    fn parted(
        &self,
        setting: &Setting<'_, 't>,
        choice: &Choice,
        undecided: Judgement,
        left: &mut usize,
    ) -> Option<Judgement> {
        *left -= choice.answers();
        let worlds = choice.worlds(&setting.world).into_iter();
        let judged = worlds.filter_map(|(name, world)| {
            let judgement = self.over(&self.setting(world), left)?;
            Some((name, judgement))
        });
        let answers: Vec<(String, Judgement)> = judged.collect();
        match answers.as_slice() {
            [] => None,
            [(_, only)] => Some(only.clone()),
            _ => Some(merged(undecided, &choice.what(), &answers)),
        }
    }
}

fn unknown(reason: String) -> Judgement {
    Judgement::bare(Verdict::Unknown, reason)
}

/// One judgement of several: their verdict where it is the same.
fn merged(undecided: Judgement, what: &str, answers: &[(String, Judgement)]) -> Judgement {
    let Some((_, first)) = answers.first() else {
        return undecided;
    };
    let mut warnings: Vec<_> = undecided
        .warnings
        .iter()
        .chain(answers.iter().flat_map(|(_, answer)| &answer.warnings))
        .copied()
        .collect();
    warnings.sort();
    warnings.dedup();
    if first.verdict != Verdict::Unknown && answers.iter().all(|(_, answer)| answer.verdict == first.verdict)
    {
        let same = answers
            .iter()
            .all(|(_, answer)| answer.window_s == first.window_s);
        return Judgement {
            verdict: first.verdict,
            window_s: first.window_s.filter(|_| same),
            warnings,
            reason: format!("whatever is chosen for {what}: {}", first.reason),
            // No default led to it.
            causes: first
                .causes
                .iter()
                .copied()
                .filter(|cause| *cause != Cause::Default)
                .collect(),
            remarks: first.remarks.clone(),
        };
    }
    // What is undecided for a deeper reason says that reason.
    if answers
        .iter()
        .all(|(_, answer)| answer.verdict == Verdict::Unknown)
    {
        return Judgement {
            warnings,
            ..first.clone()
        };
    }
    Judgement {
        verdict: Verdict::Unknown,
        window_s: None,
        warnings,
        reason: format!("it depends on {what}: {}", spread(answers)),
        causes: undecided.causes,
        remarks: undecided.remarks,
    }
}

/// Which answers lead to which verdict, in the order of the answers.
fn spread(answers: &[(String, Judgement)]) -> String {
    let mut verdicts: Vec<(Verdict, Vec<&str>)> = Vec::new();
    for (name, answer) in answers {
        match verdicts
            .iter_mut()
            .find(|(verdict, _)| *verdict == answer.verdict)
        {
            Some((_, names)) => names.push(name),
            None => verdicts.push((answer.verdict, vec![name])),
        }
    }
    let told = verdicts.iter().map(|(verdict, names)| {
        let shown = names.iter().take(4).copied().collect::<Vec<_>>().join(", ");
        let more = names.len().saturating_sub(4);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        format!("{} with {shown}{more}", verdict.as_str())
    });
    told.collect::<Vec<_>>().join("; ")
}
