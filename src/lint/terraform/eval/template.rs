//! Text with `${…}` and `%{…}` in it.

use super::Evaluated;
use super::expression::eval;
use super::iterate::entries;
use super::scope::{Fault, Frame, Scope};
use super::text::{LONGEST, too_long};
use crate::lint::terraform::code::{Effort, World};
use crate::lint::terraform::value::{Marks, Value};
use hcl_edit::template::{Directive, Element, ForDirective, IfDirective, StringTemplate, Strip, Template};

/// A quoted template. One that is an interpolation and nothing else is the value itself, not its text.
pub(super) fn quoted(world: &World, template: &StringTemplate, at: Scope<'_>) -> Evaluated {
    let mut elements = template.iter();
    if let (Some(Element::Interpolation(only)), None) = (elements.next(), elements.next()) {
        return eval(world, &only.expr, at);
    }
    let mut written = Written::default();
    Ok(match written.elements(world, template.iter(), at)? {
        Some(unknown) => unknown,
        None => Value::text(&written.text).marked(written.marks),
    })
}

/// A template that is always text.
pub(super) fn text(world: &World, template: &Template, at: Scope<'_>) -> Evaluated {
    let mut written = Written::default();
    Ok(match written.elements(world, template.iter(), at)? {
        Some(unknown) => unknown,
        None => Value::text(&written.text).marked(written.marks),
    })
}

#[derive(Default)]
struct Written {
    text: String,
    marks: Marks,
    /// The next literal loses its leading space.
    strip_next: bool,
}

impl Written {
    /// Writes elements; gives back the value that is to blame where one is not known.
    fn elements<'a>(
        &mut self,
        world: &World,
        elements: impl Iterator<Item = &'a Element>,
        at: Scope<'_>,
    ) -> Result<Option<Value>, Fault> {
        for element in elements {
            if self.text.len() > LONGEST {
                return Ok(Some(too_long()));
            }
            let unknown = match element {
                Element::Literal(text) => {
                    let stripped = std::mem::take(&mut self.strip_next);
                    let text = text.value();
                    if world.effort.carry(text.len()).is_none() {
                        return Ok(Some(Effort::enough()));
                    }
                    self.text
                        .push_str(if stripped { text.trim_start() } else { text });
                    None
                }
                Element::Interpolation(interpolation) => {
                    let value = eval(world, &interpolation.expr, at)?;
                    self.marks = self.marks.with(value.marks);
                    if let Some(unknown) = value.why() {
                        return Ok(Some(Value::unknown(unknown.why.clone()).marked(self.marks)));
                    }
                    let Some(text) = value.to_text() else {
                        return Err(Fault::new(format!(
                            "expected something that is text, got {}",
                            value.sort()
                        )));
                    };
                    if world.effort.carry(text.len()).is_none() {
                        return Ok(Some(Effort::enough()));
                    }
                    self.strip(interpolation.strip);
                    self.text.push_str(&text);
                    None
                }
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(choice) => self.choice(world, choice, at)?,
                    Directive::For(iteration) => self.iteration(world, iteration, at)?,
                },
            };
            if unknown.is_some() {
                return Ok(unknown);
            }
        }
        Ok(None)
    }

    fn strip(&mut self, strip: Strip) {
        if matches!(strip, Strip::Start | Strip::Both) {
            let kept = self.text.trim_end().len();
            self.text.truncate(kept);
        }
        self.strip_next = matches!(strip, Strip::End | Strip::Both);
    }

    fn choice(&mut self, world: &World, choice: &IfDirective, at: Scope<'_>) -> Result<Option<Value>, Fault> {
        let condition = eval(world, &choice.if_expr.cond_expr, at)?;
        self.marks = self.marks.with(condition.marks);
        if condition.why().is_some() {
            return Ok(Some(condition));
        }
        self.strip(choice.if_expr.strip);
        let template = match condition.to_bool() {
            Some(true) => Some(&choice.if_expr.template),
            Some(false) => choice.else_expr.as_ref().map(|other| &other.template),
            None => {
                return Err(Fault::new(format!(
                    "expected a condition, got {}",
                    condition.sort()
                )));
            }
        };
        if let Some(template) = template
            && let Some(unknown) = self.elements(world, template.iter(), at)?
        {
            return Ok(Some(unknown));
        }
        self.strip(choice.endif_expr.strip);
        Ok(None)
    }

    fn iteration(
        &mut self,
        world: &World,
        iteration: &ForDirective,
        at: Scope<'_>,
    ) -> Result<Option<Value>, Fault> {
        let collection = eval(world, &iteration.for_expr.collection_expr, at)?;
        self.marks = self.marks.with(collection.marks);
        if collection.why().is_some() {
            return Ok(Some(collection));
        }
        if world.effort.carry(2 * collection.weight()).is_none() {
            return Ok(Some(Effort::enough()));
        }
        for (key, value) in entries(&collection)? {
            if world.effort.spend().is_none() {
                return Ok(Some(Effort::enough()));
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
            if let Some(unknown) = self.elements(world, iteration.for_expr.template.iter(), within)? {
                return Ok(Some(unknown));
            }
            self.strip(iteration.endfor_expr.strip);
        }
        Ok(None)
    }
}
