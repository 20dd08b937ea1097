//! A page of Markdown, block by block.

use super::inline::Inline;

/// Blocks with one empty line between them.
#[derive(Default)]
pub struct Page(String);

impl Page {
    /// The title, with which the page begins.
    pub fn title(&mut self, words: &Inline) {
        self.block(&format!("# {}", words.as_str()));
    }

    /// Begins a section.
    pub fn section(&mut self, words: &'static str) {
        self.block(&format!("## {words}"));
    }

    /// Begins a part of a section.
    pub fn part(&mut self, words: &Inline) {
        self.block(&format!("### {}", words.as_str()));
    }

    /// One paragraph.
    pub fn paragraph(&mut self, words: &Inline) {
        self.block(words.as_str());
    }

    /// A list.
    pub fn list(&mut self, items: &[Inline]) {
        let lines: Vec<String> = items.iter().map(|item| format!("- {}", item.as_str())).collect();
        self.block(&lines.join("\n"));
    }

    /// A table. An empty cell stays empty, and a missing one too.
    pub fn table<const WIDTH: usize>(&mut self, head: [&'static str; WIDTH], rows: &[[Inline; WIDTH]]) {
        let head = head.map(Inline::fixed);
        let rule = format!("|{}", " --- |".repeat(WIDTH));
        let lines: Vec<String> = std::iter::once(row(&head))
            .chain(std::iter::once(rule))
            .chain(rows.iter().map(row))
            .collect();
        self.block(&lines.join("\n"));
    }

    /// A table of two columns that names facts.
    pub fn facts(&mut self, rows: &[(&'static str, Inline)]) {
        let rows: Vec<[Inline; 2]> = rows
            .iter()
            .map(|(name, value)| [Inline::fixed(name), value.clone()])
            .collect();
        self.table(["Fact", "Value"], &rows);
    }

    /// The Markdown, ending with a line end.
    pub fn finish(mut self) -> String {
        self.0.push('\n');
        self.0
    }

    fn block(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push_str("\n\n");
        }
        self.0.push_str(text);
    }
}

fn row<const WIDTH: usize>(cells: &[Inline; WIDTH]) -> String {
    let cells: Vec<&str> = cells.iter().map(Inline::as_str).collect();
    format!("| {} |", cells.join(" | "))
}
