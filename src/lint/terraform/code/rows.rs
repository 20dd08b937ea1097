//! From blocks to what is told of them.

use super::block::Block;
use super::cluster::facts;
use super::instance::Instance;
use super::relations::Relations;
use super::row::Row;
use super::suppression;
use super::world::World;
use crate::domain::posture::{Verdict, Warning};
use crate::lint::Judgement;
use crate::lint::terraform::cluster::{bare, warn};
use crate::lint::terraform::eval::{Each, Scope, Sum};
use crate::lint::terraform::fact::CLUSTER;
use crate::lint::terraform::value::Marks;
use hcl_edit::expr::{Expression, TraversalOperator};

/// Looks at every module that is called, so that all instances are there.
pub(super) fn unfold(world: &World, number: usize) {
    let instance = world.instance(number);
    for name in instance.module.calls.keys() {
        if let Some(children) = world.children(number, name)
            && let Ok(instances) = &children.instances
        {
            for child in instances {
                unfold(world, *child);
            }
        }
    }
}

/// More rows than these are not told of one root module.
pub(super) const MOST: usize = 10_000;
/// Bytes of addresses in all of them.
const LONGEST: usize = 16 << 20;

/// Whether there are more rows, or longer ones, than are told.
pub(super) fn full(world: &World, found: &[Row]) -> bool {
    found.len() > MOST || world.told.get() > LONGEST
}

/// The rows of an instance of a module, and of what it calls; at most one more than are told.
pub(super) fn rows(world: &World, relations: &Relations, number: usize, found: &mut Vec<Row>) {
    if full(world, found) {
        return;
    }
    let instance = world.instance(number);
    world.visited.borrow_mut().insert(instance.module.dir.clone());
    let clusters = instance.module.resources.iter();
    for block in clusters.filter(|block| block.label(0) == CLUSTER) {
        if full(world, found) {
            return;
        }
        clusters_of(world, relations, &instance, number, block, found);
    }
    let mut calls: Vec<&Block> = instance.module.calls.values().collect();
    calls.sort_by(|a, b| (&a.source.name, a.span.start).cmp(&(&b.source.name, b.span.start)));
    for block in calls {
        let Some(children) = world.children(number, block.label(0)) else {
            continue;
        };
        match &children.instances {
            Ok(instances) => {
                for child in instances {
                    rows(world, relations, *child, found);
                }
            }
            Err(why) => {
                for each in told(&instance, &children.sum.each) {
                    let judged = match nothing(&instance, each) {
                        Some(nothing) => bare(Verdict::NotApplicable, nothing),
                        None => bare(Verdict::Unknown, why.clone()),
                    };
                    let marks = marks(&instance, each, children.sum.marks);
                    found.push(Row::of(world, &instance, block, each, marked(judged, marks)));
                }
            }
        }
    }
}

fn clusters_of(
    world: &World,
    relations: &Relations,
    instance: &Instance,
    number: usize,
    block: &Block,
    found: &mut Vec<Row>,
) {
    let sum = world.sum(number, block);
    let suppressions = suppression::of(block);
    let ignored = ignores(block);
    for each in told(instance, &sum.each) {
        if full(world, found) {
            return;
        }
        let mut judged = match nothing(instance, each) {
            Some(nothing) => marked(
                bare(Verdict::NotApplicable, nothing),
                marks(instance, each, sum.marks),
            ),
            None => judge(world, relations, instance, block, Scope::new(number, each), &sum),
        };
        if ignored && judged.verdict != Verdict::NotApplicable {
            warn(&mut judged, Warning::IgnoreChanges);
        }
        if !suppressions.is_empty() {
            warn(&mut judged, Warning::Suppressed);
        }
        let mut row = Row::of(world, instance, block, each, judged);
        row.resource.suppressions.clone_from(&suppressions);
        found.push(row);
    }
}

fn judge(
    world: &World,
    relations: &Relations,
    instance: &Instance,
    block: &Block,
    at: Scope<'_>,
    sum: &Sum,
) -> Judgement {
    let mut cluster = facts(world, relations, block, at);
    cluster.marks = cluster.marks.with(marks(instance, at.each, sum.marks));
    let mut judged = cluster.judge();
    if let Each::Some(why) = at.each {
        judged.reason = format!("{}; {why}", judged.reason);
    }
    if instance.refused || sum.refused {
        judged.verdict = Verdict::Unknown;
        judged.reason = format!("Terraform refuses the number of instances: {}", judged.reason);
    }
    if let Some(file) = &instance.module.broken_override
        && judged.verdict != Verdict::Unknown
    {
        judged.verdict = Verdict::Unknown;
        judged.reason = format!(
            "{file} could not be read, and may override it; without it: {}",
            judged.reason
        );
    }
    judged
}

/// The instances that are told: of a module that there is none of, each block once.
fn told<'a>(instance: &Instance, each: &'a [Each]) -> &'a [Each] {
    if instance.nothing.is_some() {
        &each[..each.len().min(1)]
    } else {
        each
    }
}

/// Why there is no instance, if there is none.
fn nothing(instance: &Instance, each: &Each) -> Option<String> {
    match (&instance.nothing, each) {
        (Some(why), _) | (None, Each::Nothing(why)) => Some(why.clone()),
        (None, Each::One | Each::Index(_) | Each::Entry(..) | Each::Some(_)) => None,
    }
}

/// What is to be said of an instance's being there.
fn marks(instance: &Instance, each: &Each, sum: Marks) -> Marks {
    let unknown = Marks {
        parameterised: false,
        conditional: matches!(each, Each::Some(_)),
    };
    instance.marks.with(sum).with(unknown)
}

fn marked(mut judged: Judgement, marks: Marks) -> Judgement {
    if marks.parameterised {
        warn(&mut judged, Warning::Parameterised);
    }
    if marks.conditional {
        warn(&mut judged, Warning::Conditional);
    }
    judged
}

/// Whether the block has Terraform ignore changes of the window.
fn ignores(block: &Block) -> bool {
    let named = |expression: &Expression| match expression {
        Expression::Variable(name) => matches!(name.as_str(), "backtrack_window" | "all"),
        Expression::String(name) => matches!(name.as_str(), "backtrack_window" | "all" | "*"),
        Expression::Traversal(path) => {
            // `[self.backtrack_window]` is not Terraform's; `tags["a"]` is, and is no window.
            path.operators.iter().any(|operator| {
                matches!(operator.value(), TraversalOperator::GetAttr(name) if name.as_str() == "backtrack_window")
            })
        }
        _ => false,
    };
    block
        .within("lifecycle")
        .filter_map(|lifecycle| lifecycle.value("ignore_changes"))
        .any(|ignored| match ignored {
            Expression::Array(names) => names.iter().any(named),
            one => named(one),
        })
}
