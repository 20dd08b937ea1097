//! A template, from its text to what is judged of it.

use std::ops::Range;

use super::catalog::Catalog;
use super::choice::World;
use super::cluster::{KIND, place};
use super::decide::decide;
use super::effort::Effort;
use super::expand::{Closed, Expanded};
use super::neighbours::Neighbours;
use super::setting::Setting;
use super::template::{Declared, Template};
use super::transform::{self, Macro};
use super::{opaque, suppression};
use crate::domain::posture::{Verdict, Warning};
use crate::lint::judgement::{Cause, Judgement, Remark};
use crate::lint::lines::Lines;
use crate::lint::regions::Regions;
use crate::lint::resource::{Language, Lint, Resource, Unreadable};
use crate::lint::tree::{Documents, Fault, Node, json, yaml};

/// True for bytes that may be a template, whatever else is wrong with them.
pub(in crate::lint) fn looks_like_one(bytes: &[u8]) -> bool {
    let has = |word: &str| memchr::memmem::find(bytes, word.as_bytes()).is_some();
    ["Resources", "AWS::", "AWSTemplateFormatVersion"]
        .into_iter()
        .any(has)
}

/// What a text declares; none where it is no template. `base` bytes of the file stand before the text.
pub(in crate::lint) fn read(
    file: &str,
    text: &str,
    base: usize,
    regions: Option<&Regions>,
) -> Result<Option<Lint>, Box<Unreadable>> {
    let lines = Lines::new(text, base);
    let broken = |message: String, at: Range<usize>| {
        Box::new(Unreadable {
            file: file.to_owned(),
            message,
            place: Some(lines.place(at)),
        })
    };
    let documents = documents(file, text, &lines).map_err(|fault| broken(fault.message, fault.at))?;
    let Documents { trees, aliased } = &documents;
    let found: Vec<&Node> = trees
        .iter()
        .filter(|document| Template::of(document, regions).is_some())
        .collect();
    let root = match found.as_slice() {
        [] => return Ok(None),
        [only] if trees.len() == 1 => only,
        [_] | [_, ..] => {
            let second = trees.get(1).map_or(0..0, |second| second.at.clone());
            let message = format!("expected one document, got {}", trees.len());
            return Err(broken(message, second.start..second.start));
        }
    };
    let Some(template) = Template::of(root, regions) else {
        return Ok(None);
    };
    if let Some((message, at)) = template.fault() {
        return Err(broken(message, at));
    }
    let reading = Reading {
        file,
        text,
        lines: &lines,
        template,
        aliased: aliased.clone().map(|at| lines.place(at).line),
    };
    Ok(Some(reading.lint()))
}

/// JSON where it begins like it, else YAML.
fn documents(file: &str, text: &str, lines: &Lines<'_>) -> Result<Documents, Fault> {
    if !text.trim_start().starts_with(['{', '[']) {
        return yaml(text, lines);
    }
    match json(text) {
        Ok(tree) => Ok(Documents {
            trees: vec![tree],
            aliased: None,
        }),
        // YAML in braces begins like JSON; a file that is named JSON is to be JSON.
        Err(fault)
            if std::path::Path::new(file)
                .extension()
                .is_some_and(|name| name == "json") =>
        {
            Err(fault)
        }
        Err(fault) => yaml(text, lines).map_err(|_| fault),
    }
}

struct Reading<'r, 't> {
    file: &'r str,
    text: &'r str,
    lines: &'r Lines<'r>,
    template: Template<'t>,
    /// The line of the first alias or merge key.
    aliased: Option<usize>,
}

impl<'t> Reading<'_, 't> {
    fn lint(&self) -> Lint {
        let (catalog, effort) = (Catalog::of(self.template), Effort::new());
        let written = Setting::new(&catalog, &effort, World::default());
        let expanded = Expanded::of(&written);
        let neighbours = Neighbours::of(&written, &expanded);
        let rewriting = transform::unknown(self.template);
        let mut lint = Lint::default();
        for resource in &expanded.resources {
            if resource.kind == KIND {
                let judgement = decide(&written, &neighbours, resource);
                let changing = rewriting.as_ref().filter(|found| !found.includes);
                let changing = changing.or(expanded.rewriting.as_ref());
                lint.resources.push(self.cluster(resource, judgement, changing));
            } else if let Some(why) = opaque::of(resource) {
                lint.resources.push(self.closed(&Closed {
                    id: resource.id.clone(),
                    at: resource.at.clone(),
                    why,
                }));
            }
        }
        lint.resources
            .extend(expanded.closed.iter().map(|closed| self.closed(closed)));
        let declares = !lint.resources.is_empty();
        lint.resources.extend(
            rewriting
                .filter(|found| found.includes || !declares)
                .map(|found| {
                    self.closed(&Closed {
                        id: "Transform".to_owned(),
                        at: found.at,
                        why: format!("`{}` may bring resources that are not in this file", found.name),
                    })
                }),
        );
        lint.resources
            .sort_by_key(|resource| resource.place.as_ref().map(|place| place.bytes.start));
        lint
    }

    fn cluster(
        &self,
        resource: &Declared<'t>,
        mut judgement: Judgement,
        changing: Option<&Macro>,
    ) -> Resource {
        if let Some(changing) = changing {
            judgement.reason = format!(
                "macro `{}` may change it, and add others; as it is written: {}, {}",
                changing.name,
                judgement.verdict.as_str(),
                judgement.reason
            );
            judgement.verdict = Verdict::Unknown;
            judgement.causes = vec![Cause::Macro];
        }
        judgement.remarks.extend(self.aliased.map(Remark::Aliased));
        let suppressions = suppression::of(self.template, resource, self.text);
        if !suppressions.is_empty() {
            judgement.warnings.push(Warning::Suppressed);
            judgement.warnings.sort();
        }
        Resource {
            file: self.file.to_owned(),
            address: resource.id.clone(),
            language: Language::CloudFormation,
            place: Some(self.lines.place(place(resource))),
            judgement,
            suppressions,
        }
    }

    /// A part that may hold clusters and cannot be looked into.
    fn closed(&self, closed: &Closed) -> Resource {
        Resource {
            file: self.file.to_owned(),
            address: closed.id.clone(),
            language: Language::CloudFormation,
            place: Some(self.lines.place(closed.at.clone())),
            judgement: Judgement::bare(Verdict::Unknown, &closed.why),
            suppressions: Vec::new(),
        }
    }
}
