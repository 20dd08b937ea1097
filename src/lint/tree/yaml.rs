//! YAML with the place of every part: CloudFormation's tags in their long form, aliases and merge keys followed.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::json::twice;
use super::node::{DEPTH, Entry, Fault, Kind, Node, PARTS};
use super::yaml_frame::{Frame, Open, long_form, tagged};
use crate::lint::lines::Lines;

/// What a text holds.
#[derive(Debug)]
pub(in crate::lint) struct Documents {
    /// A tree for each of them.
    pub(in crate::lint) trees: Vec<Node>,
    /// The first alias or merge key.
    pub(in crate::lint) aliased: Option<Range<usize>>,
}

/// Reads the documents of a YAML text.
pub(in crate::lint) fn yaml(text: &str, lines: &Lines<'_>) -> Result<Documents, Fault> {
    let mut building = Building {
        text,
        lines,
        frames: Vec::new(),
        anchors: HashMap::new(),
        parts: 0,
        trees: Vec::new(),
        aliased: None,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|error| building.scanned(&error))?;
        building.take(event, span)?;
    }
    Ok(Documents {
        trees: building.trees,
        aliased: building.aliased,
    })
}

struct Building<'t> {
    text: &'t str,
    lines: &'t Lines<'t>,
    frames: Vec<Frame>,
    /// By the parser's number: the part, and how many parts it is.
    anchors: HashMap<usize, (Node, usize)>,
    parts: usize,
    trees: Vec<Node>,
    aliased: Option<Range<usize>>,
}

impl Building<'_> {
    fn scanned(&self, error: &ScanError) -> Fault {
        let mark = error.marker();
        let at = self.lines.byte(mark.line(), mark.col());
        Fault::new(format!("not YAML: {}", error.info()), at..at)
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let start = self.lines.byte(span.start.line(), span.start.col());
        let end = self.lines.byte(span.end.line(), span.end.col());
        start..end.max(start)
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(_) => {
                self.anchors.clear();
                Ok(())
            }
            Event::Alias(anchor) => {
                let at = self.bytes(span);
                self.aliased.get_or_insert_with(|| at.clone());
                let Some((node, parts)) = self.anchors.get(&anchor) else {
                    return Err(Fault::new(
                        "expected an alias of something before it, got one of what it is in",
                        at,
                    ));
                };
                // Counted before it is copied: an alias of aliases of aliases grows without bound.
                let parts = *parts;
                if self.parts + parts > PARTS {
                    return Err(too_many(at));
                }
                let node = node.clone();
                self.counted(parts, &at)?;
                self.put(node, false)
            }
            Event::Scalar(text, style, anchor, tag) => {
                let at = self.bytes(span);
                self.counted(1, &at)?;
                let tag = tag.as_deref();
                let plain = style == ScalarStyle::Plain && !tag.is_some_and(is_text);
                let merge = plain && text == "<<";
                let null = plain && matches!(&*text, "" | "~" | "null" | "Null" | "NULL");
                let kind = if null && tag.is_none() {
                    Kind::Null
                } else {
                    Kind::Scalar {
                        text: text.into(),
                        plain,
                    }
                };
                let node = tagged(Node { kind, at }, tag.and_then(long_form));
                self.anchor(anchor, &node)?;
                self.put(node, merge)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(Open::List(Vec::new()), anchor, tag.as_deref(), span)
            }
            Event::MappingStart(anchor, tag) => self.open(Open::map(), anchor, tag.as_deref(), span),
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
        }
    }

    fn open(&mut self, open: Open, anchor: usize, tag: Option<&Tag>, span: Span) -> Result<(), Fault> {
        let at = self.bytes(span);
        self.counted(1, &at)?;
        if self.frames.len() >= DEPTH {
            return Err(Fault::new(
                format!("expected at most {DEPTH} levels, got more"),
                at,
            ));
        }
        self.frames.push(Frame {
            open,
            start: at.start,
            anchor,
            short: tag.and_then(long_form),
        });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Result<(), Fault> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let end = self.bytes(span).end;
        let node = Node {
            kind: frame.open.close(),
            at: frame.start..end.max(frame.start),
        };
        let node = tagged(node, frame.short);
        self.anchor(frame.anchor, &node)?;
        self.put(node, false)
    }

    /// Keeps what an anchor names. It is a copy, and counted like any: anchors within anchors grow without bound.
    fn anchor(&mut self, anchor: usize, node: &Node) -> Result<(), Fault> {
        // The parser's numbers begin with 1; 0 is none.
        if anchor > 0 {
            let parts = node.parts();
            self.counted(parts, &node.at)?;
            self.anchors.insert(anchor, (node.clone(), parts));
        }
        Ok(())
    }

    fn counted(&mut self, parts: usize, at: &Range<usize>) -> Result<(), Fault> {
        self.parts += parts;
        if self.parts > PARTS {
            return Err(too_many(at.clone()));
        }
        Ok(())
    }

    /// Puts a finished part where it belongs. `merge`: it is a plain `<<`.
    fn put(&mut self, node: Node, merge: bool) -> Result<(), Fault> {
        let text = self.text;
        let Some(frame) = self.frames.last_mut() else {
            self.trees.push(node);
            return Ok(());
        };
        match &mut frame.open {
            Open::List(items) => items.push(node),
            Open::Map {
                growing,
                key: waiting,
                merged,
            } => match waiting.take() {
                None => *waiting = Some(key(node, merge)?),
                Some((_, at, true)) => {
                    self.aliased.get_or_insert_with(|| at.clone());
                    merged.extend(brought(node, at)?);
                }
                Some((key, at, false)) => {
                    if let Some(earlier) = growing.earlier(&key) {
                        return Err(twice(text, &key, &earlier, at));
                    }
                    growing.push(Entry { key, at, value: node });
                }
            },
        }
        Ok(())
    }
}

fn too_many(at: Range<usize>) -> Fault {
    Fault::new(
        format!("expected at most {PARTS} parts with anchors kept and aliases followed, got more"),
        at,
    )
}

fn is_text(tag: &Tag) -> bool {
    (tag.is_yaml_core_schema() && tag.suffix == "str") || (tag.handle == "!" && tag.suffix.is_empty())
}

fn key(node: Node, merge: bool) -> Result<(Rc<str>, Range<usize>, bool), Fault> {
    match node.kind {
        Kind::Scalar { text, .. } => Ok((text, node.at, merge)),
        Kind::Null => Ok(("null".into(), node.at, false)),
        Kind::List(_) | Kind::Map(_) => Err(Fault::new("expected a text as key, got a list or map", node.at)),
    }
}

/// What a merge key brings: the entries of a map, or of several.
fn brought(node: Node, at: Range<usize>) -> Result<Vec<Entry>, Fault> {
    match node.kind {
        Kind::Map(entries) => Ok(entries),
        Kind::List(items) => {
            let maps = items.into_iter().map(|item| brought(item, at.clone()));
            maps.collect::<Result<Vec<_>, _>>()
                .map(|maps| maps.into_iter().flatten().collect())
        }
        Kind::Null | Kind::Scalar { .. } => Err(Fault::new(
            "expected a map behind the merge key `<<`, got none",
            at,
        )),
    }
}
