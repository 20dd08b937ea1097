//! What a cluster is judged to be over everything that a deployment may decide.

use super::choice::World;
use super::condition::assume;
use super::expand::Expanded;
use super::neighbours::Neighbourhood;
use super::template::{Declared, Template};
use crate::domain::posture::Verdict;
use crate::lint::judgement::{Cause, Judgement};
use crate::lint::tree::Node;

/// Worlds that are tried for one cluster.
const WORLDS: usize = 128;

/// The verdict by what is written and by defaults; where those do not decide, the one that holds whatever is decided.
pub(super) fn decide<'t>(
    template: Template<'t>,
    expanded: &Expanded<'t>,
    resource: &Declared<'t>,
) -> Judgement {
    let mut world = World::default();
    // It is judged as it is when it is made.
    if let Some(condition) = resource.body.get("Condition").and_then(Node::text) {
        assume(template, condition, &mut world);
    }
    let mut left = WORLDS;
    over(template, expanded, resource, &world, &mut left)
}

fn over<'t>(
    template: Template<'t>,
    expanded: &Expanded<'t>,
    resource: &Declared<'t>,
    world: &World,
    left: &mut usize,
) -> Judgement {
    let here = Neighbourhood {
        template,
        expanded,
        world,
    };
    let leaf = here.judge(resource);
    let Some(choice) = leaf.open.filter(|_| leaf.judgement.verdict == Verdict::Unknown) else {
        return leaf.judgement;
    };
    if choice.answers() > *left || choice.answers() == 0 {
        return leaf.judgement;
    }
    *left -= choice.answers();
    let answers: Vec<(String, Judgement)> = choice
        .worlds(world)
        .into_iter()
        .map(|(name, world)| (name, over(template, expanded, resource, &world, left)))
        .collect();
    merged(leaf.judgement, &choice.what(), &answers)
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
