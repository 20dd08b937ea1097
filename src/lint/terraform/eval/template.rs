//! Text with `${…}` and `%{…}` in it.

use super::Evaluated;
use super::expression::eval;
use super::iterate::entries;
use super::scope::{Fault, Frame, Scope};
use super::text::{LONGEST, too_long};
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::value::{Kind, Marks, Value};
use hcl_edit::template::{Directive, Element, ForDirective, IfDirective, StringTemplate, Strip, Template};
use std::rc::Rc;

/// A quoted template. One that is an interpolation and nothing else is the value itself, not its text.
pub(super) fn quoted(world: &World, template: &StringTemplate, at: Scope<'_>) -> Evaluated {
    let mut elements = template.iter();
    if let (Some(Element::Interpolation(only)), None) = (elements.next(), elements.next()) {
        return eval(world, &only.expr, at);
    }
    let mut written = Written::default();
    written.elements(world, template.iter(), at)?;
    Ok(written.value())
}

/// A template that is always text.
pub(super) fn text(world: &World, template: &Template, at: Scope<'_>) -> Evaluated {
    let mut written = Written::default();
    written.elements(world, template.iter(), at)?;
    Ok(written.value())
}

#[derive(Default)]
struct Written {
    /// The text so far, or what follows the last part that is not known.
    text: String,
    /// What stands between the last part that is not known and the one before it.
    before: String,
    /// The parts that are not known.
    unknown: Vec<Value>,
    marks: Marks,
    /// The next literal loses its leading space.
    strip_next: bool,
}

impl Written {
    fn value(self) -> Value {
        let Some(why) = self.unknown.first().and_then(Value::why) else {
            return Value::text(&self.text).marked(self.marks);
        };
        let mut value = Value::made_of(why.why.as_str(), &self.unknown);
        // An ARN ends in the identifier, whatever of its account and Region is not known.
        let last = self.unknown.last().filter(|_| self.text.is_empty());
        if let Kind::Unknown(unknown) = &mut value.kind
            && let Some(unknown) = Rc::get_mut(unknown)
            && !self.text.is_empty()
        {
            unknown.tail = Some(Rc::from(self.text));
        }
        let origin = last
            .filter(|_| self.before.ends_with("cluster:"))
            .and_then(|last| last.origin.clone());
        value.named(origin).marked(self.marks)
    }

    /// Takes a part that is not known.
    fn doubt(&mut self, value: Value) {
        self.marks = self.marks.with(value.marks);
        self.before = std::mem::take(&mut self.text);
        self.unknown.push(value);
    }

    /// Takes a text; one that is too long, or too much, is not known.
    fn push(&mut self, world: &World, text: &str) {
        if self.text.len() + text.len() > LONGEST {
            self.doubt(too_long());
        } else if world.effort.carry(text.len()).is_none() {
            self.doubt(Effort::enough());
        } else {
            self.text.push_str(text);
        }
    }

    fn elements<'a>(
        &mut self,
        world: &World,
        elements: impl Iterator<Item = &'a Element>,
        at: Scope<'_>,
    ) -> Result<(), Fault> {
        for element in elements {
            match element {
                Element::Literal(text) => {
                    let stripped = std::mem::take(&mut self.strip_next);
                    let text = text.value();
                    self.push(world, if stripped { text.trim_start() } else { text });
                }
                Element::Interpolation(interpolation) => {
                    let value = eval(world, &interpolation.expr, at)?;
                    self.marks = self.marks.with(value.marks);
                    self.strip(interpolation.strip);
                    if value.why().is_some() {
                        self.doubt(value);
                        continue;
                    }
                    if world.effort.carry(value.weight()).is_none() {
                        self.doubt(Effort::enough());
                        continue;
                    }
                    let Some(text) = value.to_text() else {
                        return Err(Fault::new(format!(
                            "expected something that is text, got {}",
                            value.sort()
                        )));
                    };
                    self.push(world, &text);
                }
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(choice) => self.choice(world, choice, at)?,
                    Directive::For(iteration) => self.iteration(world, iteration, at)?,
                },
            }
        }
        Ok(())
    }

    fn strip(&mut self, strip: Strip) {
        if matches!(strip, Strip::Start | Strip::Both) {
            let kept = self.text.trim_end().len();
            self.text.truncate(kept);
        }
        self.strip_next = matches!(strip, Strip::End | Strip::Both);
    }

    fn choice(&mut self, world: &World, choice: &IfDirective, at: Scope<'_>) -> Result<(), Fault> {
        let condition = eval(world, &choice.if_expr.cond_expr, at)?;
        self.marks = self.marks.with(condition.marks);
        self.strip(choice.if_expr.strip);
        let (this, that) = (
            Some(&choice.if_expr.template),
            choice.else_expr.as_ref().map(|other| &other.template),
        );
        if condition.why().is_some() {
            // What either side would say tells which resources have a say.
            for template in [this, that].into_iter().flatten() {
                let mut side = Self::default();
                side.elements(world, template.iter(), at)?;
                self.unknown.extend(side.unknown);
            }
            self.unknown.insert(0, condition);
            self.before.clear();
            self.text.clear();
            return Ok(());
        }
        let template = match condition.to_bool() {
            Some(true) => this,
            Some(false) => that,
            None => {
                return Err(Fault::new(format!(
                    "expected a condition, got {}",
                    condition.sort()
                )));
            }
        };
        if let Some(template) = template {
            self.elements(world, template.iter(), at)?;
        }
        self.strip(choice.endif_expr.strip);
        Ok(())
    }

    fn iteration(&mut self, world: &World, iteration: &ForDirective, at: Scope<'_>) -> Result<(), Fault> {
        let collection = eval(world, &iteration.for_expr.collection_expr, at)?;
        self.marks = self.marks.with(collection.marks);
        if collection.why().is_some() {
            self.doubt(collection);
            return Ok(());
        }
        if world.effort.carry(2 * collection.weight()).is_none() {
            self.doubt(Effort::enough());
            return Ok(());
        }
        for (key, value) in entries(&collection)? {
            if world.effort.spend().is_none() {
                self.doubt(Effort::enough());
                return Ok(());
            }
            let key_name = iteration
                .for_expr
                .key_var
                .as_ref()
                .map(|name| name.value().as_str());
            let outer = Frame {
                name: key_name.unwrap_or_default(),
                value: key,
                outer: at.names,
            };
            let inner = Frame {
                name: iteration.for_expr.value_var.value().as_str(),
                value,
                outer: Some(&outer),
            };
            let within = Scope {
                names: Some(&inner),
                ..at
            };
            self.strip(iteration.for_expr.strip);
            self.elements(world, iteration.for_expr.template.iter(), within)?;
            self.strip(iteration.endfor_expr.strip);
        }
        Ok(())
    }
}
