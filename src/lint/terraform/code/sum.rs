//! How many instances a block has: `count` and `for_each`.

use super::block::Block;
use super::world::World;
use crate::lint::terraform::eval::{By, Each, Scope, Sum, eval};
use crate::lint::terraform::value::{Kind, Marks, Value};
use hcl_edit::expr::Expression;
use std::rc::Rc;

/// More instances of one block than these are not told one by one.
const MOST: usize = 1024;
/// A longer key is none that stands in an address again and again.
const LONGEST_KEY: usize = 1024;

impl World {
    /// The instances of a resource or of a module's call, in one instance of the module that it stands in.
    pub(in crate::lint::terraform) fn sum(&self, number: usize, block: &Block) -> Rc<Sum> {
        if block.value("count").is_none() && block.value("for_each").is_none() {
            return Rc::new(Sum::one());
        }
        let instance = self.instance(number);
        let name = format!("{} {}", block.kind, block.labels.join("."));
        if let Some(known) = instance.sums.borrow().get(&name) {
            return known.clone().unwrap_or_else(|| {
                let why = format!("the number of {name} refers to itself");
                Rc::new(Sum::unknown(By::Count, why, Marks::default()))
            });
        }
        instance.sums.borrow_mut().insert(name.clone(), None);
        let sum = Rc::new(self.count_or_each(number, block));
        instance.sums.borrow_mut().insert(name, Some(Rc::clone(&sum)));
        sum
    }

    fn count_or_each(&self, number: usize, block: &Block) -> Sum {
        match (block.value("count"), block.value("for_each")) {
            (Some(count), None) => self.count(number, count),
            (None, Some(each)) => self.for_each(number, each),
            _ => Sum::refused(By::Count, "both `count` and `for_each` are given".to_owned()),
        }
    }

    fn count(&self, number: usize, count: &Expression) -> Sum {
        let value = match eval(self, count, Scope::new(number, &Each::One)) {
            Ok(value) => value,
            Err(fault) => return Sum::refused(By::Count, format!("the count: {fault}")),
        };
        if let Some(unknown) = value.why() {
            let why = format!("the count is not known: {}", unknown.why);
            return Sum::unknown(By::Count, why, value.marks);
        }
        let count = value
            .to_number()
            .and_then(|number| number.whole())
            .and_then(|count| usize::try_from(count).ok());
        let each = match count {
            Some(0) => vec![Each::Nothing("count is 0".to_owned())],
            Some(count) if count <= MOST => (0..count).map(Each::Index).collect(),
            Some(count) => vec![Each::Some(format!(
                "the count is {count}, and more than {MOST} are not told one by one"
            ))],
            None => {
                let why = format!("expected a whole number for the count, got {}", said(&value));
                return Sum::refused(By::Count, why);
            }
        };
        Sum {
            each,
            by: By::Count,
            marks: value.marks,
            refused: false,
        }
    }

    fn for_each(&self, number: usize, each: &Expression) -> Sum {
        let value = match eval(self, each, Scope::new(number, &Each::One)) {
            Ok(value) => value,
            Err(fault) => return Sum::refused(By::ForEach, format!("its for_each: {fault}")),
        };
        if let Some(unknown) = value.why() {
            let why = format!("its for_each is not known: {}", unknown.why);
            return Sum::unknown(By::ForEach, why, value.marks);
        }
        let long = match &value.kind {
            Kind::Map(map) => map.keys().any(|key| key.len() > LONGEST_KEY),
            Kind::Set(items) => items
                .iter()
                .any(|item| item.as_text().is_some_and(|key| key.len() > LONGEST_KEY)),
            _ => false,
        };
        if long {
            let why = format!("its for_each has a key of more than {LONGEST_KEY} bytes");
            return Sum::unknown(By::ForEach, why, value.marks);
        }
        let entries: Vec<Each> = match &value.kind {
            Kind::Map(map) => map
                .iter()
                .map(|(key, item)| Each::Entry(key.clone(), item.clone().marked(value.marks)))
                .collect(),
            Kind::Set(items) if items.iter().all(|item| item.as_text().is_some()) => items
                .iter()
                .filter_map(|item| Some(Each::Entry(item.as_text()?.to_owned(), item.clone())))
                .collect(),
            Kind::Set(_) => {
                let why = "expected texts in the set of its for_each, got others".to_owned();
                return Sum::refused(By::ForEach, why);
            }
            _ => {
                let why = format!("expected a map or a set for its for_each, got {}", value.sort());
                return Sum::refused(By::ForEach, why);
            }
        };
        let each = match entries.len() {
            0 => vec![Each::Nothing("for_each is empty".to_owned())],
            count if count > MOST => vec![Each::Some(format!(
                "its for_each has {count} elements, and more than {MOST} are not told one by one"
            ))],
            _ => entries,
        };
        Sum {
            each,
            by: By::ForEach,
            marks: value.marks,
            refused: false,
        }
    }
}

fn said(value: &Value) -> String {
    value
        .to_text()
        .map_or_else(|| value.sort().to_owned(), |text| text.to_string())
}
