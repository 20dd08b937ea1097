//! A reply of 200 must be a whole document: the SDK's reader takes one that stops in the middle for a shorter list,
//! and an accepted backtrack that fell off its end for one that never was. Changes nothing, and tries nothing again.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::AfterDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

/// The reply does not end with what it began with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected an XML document with its end, got {bytes} bytes that stop before it")]
struct Torn {
    bytes: usize,
}

/// Turns a successful reply without its end into a failure.
#[derive(Debug)]
pub(super) struct Whole;

impl Intercept for Whole {
    fn name(&self) -> &'static str {
        "Whole"
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // What failed already keeps its own reason, which may be one to try again for.
        let read = context.output_or_error().is_ok();
        let body = context.response().body().bytes().unwrap_or_default();
        if read && !is_whole(body) {
            return Err(Torn { bytes: body.len() }.into());
        }
        Ok(())
    }
}

/// True when the document's last tag closes its first one.
fn is_whole(body: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(body) else {
        return false;
    };
    let opened = text.split('<').find(|tag| tag.starts_with(char::is_alphabetic));
    let Some(root) = opened.and_then(|tag| tag.split([' ', '>', '/', '\t', '\r', '\n']).next()) else {
        return false;
    };
    let closed = text.trim_end().strip_suffix('>').map(str::trim_end);
    closed.is_some_and(|text| text.ends_with(&format!("</{root}")))
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn a_document_is_whole_when_its_root_is_closed_at_its_end() {
        for whole in [
            "<a></a>",
            "<a x=\"1\"><b/></a>\n",
            "<?xml version=\"1.0\"?>\n<!-- c --><a><b></b></a >",
        ] {
            assert!(is_whole(whole.as_bytes()), "{whole}");
        }
        for torn in [
            "",
            "<a",
            "<a>",
            "<a><b></b>",
            "<a></a",
            "<html></a>",
            "no tag",
            "<ab></a>",
        ] {
            assert!(!is_whole(torn.as_bytes()), "{torn}");
        }
        assert!(!is_whole(b"<a>\xff</a>"));
    }
}
