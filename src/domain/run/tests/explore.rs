//! A breadth-first walk over every node that the protocol reaches, and what was found on the way.

use std::collections::{HashMap, VecDeque};

use super::key::key;
use super::promises::{PROMISES, Step};
use super::protocol::{Move, Node};
use super::table::{Transitions, label};
use crate::domain::event::Event;
use crate::domain::phase::Phase;

/// The whole graph, without the nodes themselves.
pub struct Graph {
    /// By node: the node before it on a shortest path, and which of its moves led here; none for a beginning.
    pub parents: Vec<Option<(u32, u16)>>,
    /// By node: its phase.
    pub phases: Vec<Phase>,
    /// By node: nothing is left to do.
    pub closed: Vec<bool>,
    /// Moves, from and to.
    pub edges: Vec<(u32, u32)>,
    /// Phase, event, phase after.
    pub transitions: Transitions,
    /// Broken promises: name, node before, which of its moves.
    pub broken: Vec<(&'static str, u32, u16)>,
}

/// Walks from every beginning.
pub fn explore(beginnings: Vec<Node>) -> Graph {
    let mut graph = Graph {
        parents: Vec::new(),
        phases: Vec::new(),
        closed: Vec::new(),
        edges: Vec::new(),
        transitions: Transitions::new(),
        broken: Vec::new(),
    };
    let mut known: HashMap<Vec<u8>, u32> = HashMap::new();
    let mut queue = VecDeque::new();
    for node in beginnings {
        let number = graph.add(&node, None);
        known.insert(key(&node), number);
        queue.push_back((number, node));
    }
    while let Some((number, node)) = queue.pop_front() {
        for (which, Move { event, after }) in node.moves().into_iter().enumerate() {
            let which = u16::try_from(which).unwrap();
            graph.judge(number, which, &node, event.as_ref(), &after);
            let next = *known.entry(key(&after)).or_insert_with(|| {
                let next = graph.add(&after, Some((number, which)));
                queue.push_back((next, after));
                next
            });
            if next != number {
                graph.edges.push((number, next));
            }
        }
    }
    graph
}

impl Graph {
    fn add(&mut self, node: &Node, parent: Option<(u32, u16)>) -> u32 {
        self.parents.push(parent);
        self.phases.push(node.run.phase());
        self.closed.push(node.run.is_finished());
        u32::try_from(self.parents.len() - 1).unwrap()
    }

    fn judge(&mut self, number: u32, which: u16, before: &Node, event: Option<&Event>, after: &Node) {
        let step = Step { before, event, after };
        for (name, holds) in PROMISES {
            if !holds(&step) {
                self.broken.push((name, number, which));
            }
        }
        if let Some(event) = event {
            self.transitions
                .insert((before.run.phase(), label(event), after.run.phase()));
        }
    }

    /// The moves that lead to a node from its beginning.
    pub fn path(&self, mut number: u32) -> (u32, Vec<u16>) {
        let mut path = Vec::new();
        while let Some((parent, which)) = self.parents[number as usize] {
            path.push(which);
            number = parent;
        }
        path.reverse();
        (number, path)
    }

    /// Nodes from which no path reaches one where nothing is left to do.
    pub fn stranded(&self) -> Vec<u32> {
        let mut before: Vec<Vec<u32>> = vec![Vec::new(); self.parents.len()];
        for (from, to) in &self.edges {
            before[*to as usize].push(*from);
        }
        let mut reaches = self.closed.clone();
        let mut queue: Vec<u32> = (0..)
            .take(reaches.len())
            .filter(|number| reaches[*number as usize])
            .collect();
        while let Some(number) = queue.pop() {
            for from in &before[number as usize] {
                if !std::mem::replace(&mut reaches[*from as usize], true) {
                    queue.push(*from);
                }
            }
        }
        (0..)
            .take(reaches.len())
            .filter(|number| !reaches[*number as usize])
            .collect()
    }
}
