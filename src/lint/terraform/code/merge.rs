//! Files that override: what they say of a block replaces what others said.

use super::block::Block;

/// Lays one block over another of the same header.
///
/// Arguments replace those of the same name. Nested blocks replace all of the same kind, but for `lifecycle` in a
/// resource and the whole of `terraform`, which are merged argument by argument.
pub(super) fn lay(over: Block, under: &mut Block) {
    let merged: &[&str] = match under.kind.as_str() {
        "resource" | "data" => &["lifecycle"],
        "terraform" => &["required_providers"],
        _ => &[],
    };
    under.attributes.extend(over.attributes);
    under.over.push(over.source);
    let mut replaced: Vec<String> = Vec::new();
    for block in over.blocks {
        if merged.contains(&block.kind.as_str()) {
            match under.blocks.iter_mut().find(|each| each.kind == block.kind) {
                Some(there) => there.attributes.extend(block.attributes),
                None => under.blocks.push(block),
            }
            continue;
        }
        // A dynamic block stands for blocks of its label.
        let kind = made(&block).to_owned();
        if !replaced.contains(&kind) {
            under.blocks.retain(|each| made(each) != kind);
            replaced.push(kind);
        }
        under.blocks.push(block);
    }
}

/// The kind of block that it is, or makes.
fn made(block: &Block) -> &str {
    if block.kind == "dynamic" {
        block.label(0)
    } else {
        &block.kind
    }
}
