//! Links between the documents lead somewhere.

use std::path::Path;

use regex::Regex;

use super::{documents, root, text};

/// The anchors of a document, as a forge makes them from its headings.
fn anchors(document: &str) -> Vec<String> {
    let headings = document.lines().filter(|line| line.starts_with('#'));
    let anchor = |line: &str| {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let kept = title
            .chars()
            .filter(|each| each.is_alphanumeric() || matches!(each, ' ' | '-' | '_'));
        kept.map(|each| if each == ' ' { '-' } else { each }).collect()
    };
    headings.map(anchor).collect()
}

/// What is wrong with a link, if anything.
fn fault(from: &Path, target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
    let path = if file.is_empty() {
        from.to_owned()
    } else {
        from.parent().unwrap().join(file)
    };
    if !path.exists() {
        return Some("there is no such file".to_owned());
    }
    let found = anchor.is_empty() || anchors(&text(&path)).iter().any(|each| each == anchor);
    (!found).then(|| format!("there is no heading #{anchor}"))
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let link = Regex::new(r"\[[^\]]*\]\(([^)\s]+)\)").unwrap();
    let mut faults = Vec::new();
    for document in documents() {
        for found in link.captures_iter(&text(&document)) {
            if let Some(why) = fault(&document, &found[1]) {
                let shown = document.strip_prefix(root()).unwrap().display().to_string();
                faults.push(format!("{shown}: {}: {why}", &found[1]));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
