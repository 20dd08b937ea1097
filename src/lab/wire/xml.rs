//! XML as the Query protocol writes it: elements with text or with children, one namespace on the root.

use std::borrow::Cow;
use std::fmt::Display;
use std::io;

use quick_xml::Writer;
use quick_xml::events::BytesText;

/// Which service speaks. It decides the namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Rds,
    Sts,
}

impl Protocol {
    fn namespace(self) -> &'static str {
        match self {
            Self::Rds => "http://rds.amazonaws.com/doc/2014-10-31/",
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
        }
    }
}

/// One element, built from the inside out.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    name: Cow<'static, str>,
    namespace: Option<&'static str>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    Children(Vec<Element>),
}

impl Element {
    pub(crate) fn new(name: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            namespace: None,
            content: Content::Children(Vec::new()),
        }
    }

    /// The root of a document.
    pub(crate) fn root(name: impl Into<Cow<'static, str>>, protocol: Protocol) -> Self {
        Self {
            namespace: Some(protocol.namespace()),
            ..Self::new(name)
        }
    }

    fn leaf(name: &'static str, text: String) -> Self {
        // A client's own words come back in errors; XML has no way to write control characters.
        let text = if text.chars().any(is_forbidden) {
            text.replace(is_forbidden, "\u{FFFD}")
        } else {
            text
        };
        Self {
            name: Cow::Borrowed(name),
            namespace: None,
            content: Content::Text(text),
        }
    }

    /// Adds a child. An element has either text or children.
    pub(crate) fn child(mut self, child: Self) -> Self {
        match &mut self.content {
            Content::Children(children) => children.push(child),
            Content::Text(_) => self.content = Content::Children(vec![child]),
        }
        self
    }

    /// Adds each of `children`.
    pub(crate) fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Adds a child with text.
    pub(crate) fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.child(Self::leaf(name, text.into()))
    }

    /// Adds a child with text when there is one; AWS leaves out what is not known.
    pub(crate) fn optional(self, name: &'static str, text: Option<impl Into<String>>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// Adds a child with a number or a truth value.
    pub(crate) fn value(self, name: &'static str, value: impl Display + Copy) -> Self {
        self.text(name, value.to_string())
    }

    /// Adds a list: `name` with an `item` for each text.
    pub(crate) fn list(
        self,
        name: &'static str,
        item: &'static str,
        texts: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.child(Self::new(name).children(texts.into_iter().map(|text| Self::leaf(item, text.into()))))
    }

    /// The document as bytes.
    pub(crate) fn render(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let mut start = writer.create_element(self.name.as_ref());
        if let Some(namespace) = self.namespace {
            start = start.with_attribute(("xmlns", namespace));
        }
        match &self.content {
            Content::Text(text) => start.write_text_content(BytesText::new(text)).map(drop),
            Content::Children(children) => start
                .write_inner_content(|writer| children.iter().try_for_each(|child| child.write(writer)))
                .map(drop),
        }
    }
}

/// Characters that XML 1.0 cannot hold, not even escaped.
fn is_forbidden(c: char) -> bool {
    (c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::{Element, Protocol};

    #[test]
    fn text_is_escaped_and_the_root_has_the_namespace() {
        let document = Element::root("R", Protocol::Rds)
            .text("A", "1 < 2 & 3\u{0}")
            .optional("B", None::<String>)
            .list("L", "member", ["x", "y"])
            .child(Element::new("E"));
        let text = String::from_utf8(document.render().unwrap()).unwrap();
        assert_eq!(
            text,
            "<R xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><A>1 &lt; 2 &amp; 3\u{FFFD}</A>\
             <L><member>x</member><member>y</member></L><E></E></R>"
        );
    }
}
