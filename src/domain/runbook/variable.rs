//! The variables that a runbook's commands receive, and their expansion in arguments and URLs.
//! Nothing else is expanded: `$HOME` and `~` stay as they are written.

/// A variable that every command of a runbook receives in its environment while its value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variable {
    /// The path of this program.
    Bin,
    /// The endpoint of the lab; unset in a live run.
    Lab,
    /// The run's id.
    Run,
    /// The cluster's id.
    Cluster,
    /// `live`, `rehearsal` or `drill`.
    Mode,
    /// The phase of the run.
    Phase,
    /// The instant that was asked for, RFC 3339 in UTC, whole seconds.
    Target,
    /// The instant that was reached, in the same form; known after the rewind only.
    Effective,
}

/// One part of a text in which variables are expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text that stays as it is.
    Text(&'t str),
    /// `$NAME` or `${NAME}` of a variable.
    Variable(Variable),
    /// A name that begins like a variable's and is none.
    Unknown(&'t str),
}

/// A variable is named where it has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a value for {variable}, got none: it is not set")]
pub struct Unset {
    /// The variable's name, without `$`.
    pub variable: String,
}

impl Variable {
    /// What every name begins with.
    pub const PREFIX: &'static str = "BACKTRACKCTL_";

    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Bin,
        Self::Lab,
        Self::Run,
        Self::Cluster,
        Self::Mode,
        Self::Phase,
        Self::Target,
        Self::Effective,
    ];

    /// The name in the environment, without `$`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bin => "BACKTRACKCTL_BIN",
            Self::Lab => "BACKTRACKCTL_LAB",
            Self::Run => "BACKTRACKCTL_RUN",
            Self::Cluster => "BACKTRACKCTL_CLUSTER",
            Self::Mode => "BACKTRACKCTL_MODE",
            Self::Phase => "BACKTRACKCTL_PHASE",
            Self::Target => "BACKTRACKCTL_TARGET",
            Self::Effective => "BACKTRACKCTL_EFFECTIVE",
        }
    }

    /// The variable of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.name() == name)
    }
}

/// Cuts a text into what stays and what is expanded. `$BACKTRACKCTL_…` and `${BACKTRACKCTL_…}` are
/// names; `${BACKTRACKCTL_…` that does not close right after the name is left to whoever reads it.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut plain = 0;
    let mut at = 0;
    while let Some(dollar) = text
        .get(at..)
        .and_then(|rest| rest.find('$'))
        .map(|offset| at + offset)
    {
        at = dollar + 1;
        if let Some((name, end)) = name_after(text, dollar) {
            found.extend(
                text.get(plain..dollar)
                    .filter(|text| !text.is_empty())
                    .map(Piece::Text),
            );
            found.push(Variable::named(name).map_or(Piece::Unknown(name), Piece::Variable));
            (plain, at) = (end, end);
        }
    }
    found.extend(text.get(plain..).filter(|text| !text.is_empty()).map(Piece::Text));
    found
}

/// The name after the `$` at `dollar`, and where the text goes on.
fn name_after(text: &str, dollar: usize) -> Option<(&str, usize)> {
    let rest = text.get(dollar + 1..)?;
    let (rest, braced) = rest
        .strip_prefix('{')
        .map_or((rest, false), |inner| (inner, true));
    if !rest.starts_with(Variable::PREFIX) {
        return None;
    }
    let length = rest
        .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at(length);
    match (braced, after.starts_with('}')) {
        (false, _) => Some((name, dollar + 1 + length)),
        (true, true) => Some((name, dollar + 3 + length)),
        (true, false) => None,
    }
}

/// Puts values in the place of variables.
///
/// # Errors
/// The name of the first variable that has no value.
pub fn expand(text: &str, value: impl Fn(Variable) -> Option<String>) -> Result<String, Unset> {
    let unset = |variable: &str| Unset {
        variable: variable.to_owned(),
    };
    let mut expanded = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => expanded.push_str(text),
            Piece::Variable(variable) => {
                expanded.push_str(&value(variable).ok_or_else(|| unset(variable.name()))?);
            }
            Piece::Unknown(name) => return Err(unset(name)),
        }
    }
    Ok(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> Result<String, Unset> {
        expand(text, |variable| match variable {
            Variable::Lab => None,
            Variable::Bin
            | Variable::Run
            | Variable::Cluster
            | Variable::Mode
            | Variable::Phase
            | Variable::Target
            | Variable::Effective => Some(format!("<{variable:?}>")),
        })
    }

    fn unset(variable: &str) -> Result<String, Unset> {
        Err(Unset {
            variable: variable.to_owned(),
        })
    }

    #[test]
    fn only_the_programs_own_variables_are_expanded() {
        for (text, expected) in [
            ("", ""),
            ("plain", "plain"),
            ("$BACKTRACKCTL_BIN", "<Bin>"),
            ("${BACKTRACKCTL_RUN}s", "<Run>s"),
            (
                "at=$BACKTRACKCTL_TARGET,é$BACKTRACKCTL_PHASE",
                "at=<Target>,é<Phase>",
            ),
            ("$$BACKTRACKCTL_MODE", "$<Mode>"),
            ("$HOME ~ `id` $(id) ${HOME} $", "$HOME ~ `id` $(id) ${HOME} $"),
            ("$BACKTRACKCTL", "$BACKTRACKCTL"),
            ("${BACKTRACKCTL_TARGET:-none}", "${BACKTRACKCTL_TARGET:-none}"),
            ("${BACKTRACKCTL_TARGET", "${BACKTRACKCTL_TARGET"),
        ] {
            assert_eq!(expanded(text), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_variable_without_a_value_is_named() {
        assert_eq!(expanded("a $BACKTRACKCTL_LAB b"), unset("BACKTRACKCTL_LAB"));
    }

    #[test]
    fn a_name_that_is_no_variable_is_named_and_never_cut_to_one_that_is() {
        assert_eq!(expanded("$BACKTRACKCTL_BINARY"), unset("BACKTRACKCTL_BINARY"));
        assert_eq!(expanded("${BACKTRACKCTL_}"), unset("BACKTRACKCTL_"));
    }

    #[test]
    fn every_variable_is_found_by_its_name() {
        for variable in Variable::ALL {
            assert_eq!(Variable::named(variable.name()), Some(variable));
        }
    }
}
