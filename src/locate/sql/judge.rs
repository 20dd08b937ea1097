//! How far one comparison reaches.

use super::comparison::{Comparison, split};
use super::cursor::Cursor;
use super::key::is_key;
use super::operand::{Operand, compare, operand};
use super::predicate::{Breadth, End, LONGEST_RANGE};
use super::token::{Kind, Token};

/// The breadth of a condition without AND, OR, XOR, and its end where it is half of a range.
pub fn judge<'a>(atom: Cursor<'a, '_>, tables: &[&[u8]]) -> (Breadth, Option<End<'a>>) {
    let Some((left, negated, comparison, right)) = split(atom) else {
        return (alone(&operand(atom)), None);
    };
    let (left, right_operand) = (operand(left), operand(right));
    let breadth = match comparison {
        Comparison::Equal | Comparison::Unequal | Comparison::Less | Comparison::More => {
            return sided(&left, comparison, &right_operand, right, tables);
        }
        Comparison::In => listed(&left, right, tables),
        Comparison::Between => ranged(&left, right),
        Comparison::Like => like(&left, &right_operand),
        // Live rows are often the ones where something is NULL, or is not.
        Comparison::Null | Comparison::Truth if left.is_constant() => Breadth::Everything,
        Comparison::Null | Comparison::Truth => return (Breadth::Wide, None),
        Comparison::Match => Breadth::Limited,
    };
    let breadth = match breadth {
        Breadth::Key | Breadth::Limited if negated => Breadth::Wide,
        Breadth::Nothing if negated => Breadth::Everything,
        Breadth::Nothing | Breadth::Key | Breadth::Limited | Breadth::Wide | Breadth::Everything => breadth,
    };
    (breadth, None)
}

fn alone(operand: &Operand<'_>) -> Breadth {
    match operand {
        Operand::Constant(constant) if constant.is_true() => Breadth::Everything,
        Operand::Constant(_) => Breadth::Nothing,
        Operand::Column { .. } | Operand::Rows | Operand::Mixed => Breadth::Wide,
        Operand::Given => Breadth::Everything,
    }
}

fn sided<'a>(
    left: &Operand<'a>,
    comparison: Comparison,
    right: &Operand<'a>,
    right_tokens: Cursor<'a, '_>,
    tables: &[&[u8]],
) -> (Breadth, Option<End<'a>>) {
    let whole = |truth: bool| {
        if truth {
            Breadth::Everything
        } else {
            Breadth::Nothing
        }
    };
    match (left, right) {
        (Operand::Constant(left), Operand::Constant(right)) => {
            let order = compare(left, right);
            let truth = order.is_some_and(|order| match comparison {
                Comparison::Equal => order.is_eq(),
                Comparison::Unequal => order.is_ne(),
                // `<=` and `>=` hold for equal sides too; the wider reading is the safe one.
                Comparison::Less => order.is_le(),
                Comparison::More => order.is_ge(),
                Comparison::In
                | Comparison::Between
                | Comparison::Like
                | Comparison::Null
                | Comparison::Truth
                | Comparison::Match => true,
            });
            (whole(truth), None)
        }
        (Operand::Constant(_) | Operand::Given, Operand::Constant(_) | Operand::Given) => {
            (Breadth::Everything, None)
        }
        (Operand::Column { path: one, .. }, Operand::Column { path: other, .. })
            if one.eq_ignore_ascii_case(other) =>
        {
            (
                if comparison == Comparison::Unequal {
                    Breadth::Nothing
                } else {
                    Breadth::Everything
                },
                None,
            )
        }
        (Operand::Column { name, .. }, value @ (Operand::Constant(_) | Operand::Given | Operand::Rows)) => {
            column_against(name, comparison, value, tables)
        }
        (value @ (Operand::Constant(_) | Operand::Given | Operand::Rows), Operand::Column { name, .. }) => {
            let turned = if comparison == Comparison::Less {
                Comparison::More
            } else if comparison == Comparison::More {
                Comparison::Less
            } else {
                comparison
            };
            column_against(name, turned, value, tables)
        }
        (Operand::Mixed, Operand::Constant(_) | Operand::Given)
        | (Operand::Constant(_) | Operand::Given, Operand::Mixed)
            if comparison == Comparison::Equal =>
        {
            // `(a, b) = (1, 2)`, `LOWER(name) = 'x'`; but `id * 0 = 0` names a column and excludes none.
            let multiplied = right_tokens.left().len() == 1
                && matches!(right, Operand::Constant(constant) if constant.number() == Some(0.0));
            (
                if multiplied {
                    Breadth::Wide
                } else {
                    Breadth::Limited
                },
                None,
            )
        }
        _ => (Breadth::Wide, None),
    }
}

fn column_against<'a>(
    name: &'a [u8],
    comparison: Comparison,
    value: &Operand<'a>,
    tables: &[&[u8]],
) -> (Breadth, Option<End<'a>>) {
    match comparison {
        Comparison::Equal if matches!(value, Operand::Rows) => (Breadth::Limited, None),
        Comparison::Equal if is_key(name, tables) => (Breadth::Key, None),
        Comparison::Equal => (Breadth::Limited, None),
        Comparison::Less | Comparison::More => {
            let at = if let Operand::Constant(constant) = value {
                constant.number()
            } else {
                None
            };
            (
                Breadth::Wide,
                Some(End {
                    column: name,
                    lower: comparison == Comparison::More,
                    at,
                }),
            )
        }
        Comparison::Unequal
        | Comparison::In
        | Comparison::Between
        | Comparison::Like
        | Comparison::Null
        | Comparison::Truth
        | Comparison::Match => (Breadth::Wide, None),
    }
}

fn listed(left: &Operand<'_>, mut right: Cursor<'_, '_>, tables: &[&[u8]]) -> Breadth {
    let Some(list) = right.group() else {
        return Breadth::Wide;
    };
    if list.any(&["SELECT", "WITH", "VALUES", "TABLE"]) {
        return Breadth::Wide;
    }
    // A list that holds the column itself, as in `id IN (id)`, excludes nothing.
    if list.left().iter().any(|token| matches!(token.kind, Kind::Name)) {
        return Breadth::Wide;
    }
    match left {
        Operand::Constant(_) | Operand::Given => Breadth::Everything,
        Operand::Column { name, .. } if list.left().len() == 1 && is_key(name, tables) => Breadth::Key,
        Operand::Column { name, .. } => {
            let itself = |token: &Token| token.text(list.sql).eq_ignore_ascii_case(name);
            if list.left().iter().any(itself) {
                Breadth::Wide
            } else {
                Breadth::Limited
            }
        }
        Operand::Mixed | Operand::Rows => Breadth::Limited,
    }
}

fn ranged(left: &Operand<'_>, right: Cursor<'_, '_>) -> Breadth {
    let from = right;
    let mut cursor = right;
    if !cursor.seek(&["AND"]) {
        return Breadth::Wide;
    }
    let low = operand(from.between(0, cursor.place()));
    cursor.step();
    let high = operand(cursor.remainder());
    if left.is_constant() {
        return Breadth::Everything;
    }
    match (low, high) {
        (Operand::Constant(low), Operand::Constant(high)) => match (low.number(), high.number()) {
            (Some(low), Some(high)) if high - low > LONGEST_RANGE => Breadth::Wide,
            (Some(_) | None, Some(_) | None) => Breadth::Limited,
        },
        (Operand::Constant(_) | Operand::Given, Operand::Constant(_) | Operand::Given) => Breadth::Limited,
        _ => Breadth::Wide,
    }
}

fn like(left: &Operand<'_>, right: &Operand<'_>) -> Breadth {
    if left.is_constant() {
        return Breadth::Everything;
    }
    let Operand::Constant(constant) = right else {
        return Breadth::Wide;
    };
    match constant.text() {
        Some(pattern) if pattern.iter().all(|byte| *byte == b'%') => Breadth::Everything,
        Some([b'%' | b'_' | b'.', ..]) | None => Breadth::Wide,
        Some(_) => Breadth::Limited,
    }
}
