//! What the cluster's parameter group says of binary logging. Static parameters: a changed value may still wait for a reboot.

use aws_sdk_rds::Client;
use aws_sdk_rds::types::Parameter;

use crate::aws::bound;
use crate::aws::failure::nonsense;
use crate::aws::lists::{self, PARAMETERS, Which};
use crate::aws::pages;
use crate::domain::event::ReadFailure;

const FORMAT: &str = "binlog_format";
const ENHANCED: &str = "aurora_enhanced_binlog";

/// Both, each known for itself.
pub(super) struct Binlog {
    pub(super) format: Result<String, ReadFailure>,
    /// `aurora_enhanced_binlog` = 1.
    pub(super) enhanced: Result<bool, ReadFailure>,
}

/// Reads both at once.
pub(super) async fn binlog(rds: &Client, group: Option<&str>) -> Binlog {
    match read(rds, group).await {
        Ok((group, parameters)) => Binlog {
            format: format(group, &parameters),
            enhanced: enhanced(group, &parameters),
        },
        Err(failure) => Binlog {
            format: Err(failure.clone()),
            enhanced: Err(failure),
        },
    }
}

async fn read<'a>(rds: &Client, group: Option<&'a str>) -> Result<(&'a str, Vec<Parameter>), ReadFailure> {
    let group =
        group.ok_or_else(|| nonsense(PARAMETERS, "the cluster names no parameter group".to_owned()))?;
    let both = Which::Named(&[FORMAT, ENHANCED]);
    let parameters = pages::all(PARAMETERS, |marker| lists::parameters(rds, group, both, marker)).await?;
    Ok((group, parameters))
}

fn named<'a>(parameters: &'a [Parameter], name: &str) -> Option<&'a Parameter> {
    let mut all = parameters.iter();
    all.find(|parameter| parameter.parameter_name.as_deref() == Some(name))
}

fn format(group: &str, parameters: &[Parameter]) -> Result<String, ReadFailure> {
    named(parameters, FORMAT)
        .and_then(Parameter::parameter_value)
        .map(bound::name)
        .ok_or_else(|| nonsense(PARAMETERS, format!("{group} says nothing of {FORMAT}")))
}

/// Engine versions without enhanced binlog have no such parameter: where the group tells of its neighbour and not of it, it is
/// off. So it is where it has no value: the default.
fn enhanced(group: &str, parameters: &[Parameter]) -> Result<bool, ReadFailure> {
    match (named(parameters, ENHANCED), named(parameters, FORMAT)) {
        (Some(parameter), _) => {
            let on = |value: &str| value == "1" || value.eq_ignore_ascii_case("on");
            Ok(parameter.parameter_value().is_some_and(on))
        }
        (None, Some(_)) => Ok(false),
        (None, None) => Err(nonsense(
            PARAMETERS,
            format!("{group} says nothing of {ENHANCED}"),
        )),
    }
}
