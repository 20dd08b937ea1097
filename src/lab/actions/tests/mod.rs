//! The API's answers without HTTP.

mod backtrack;
mod copies;
mod hostile;
mod lists;
mod logs;

use super::super::backtrack::Fate;
use super::super::moment::Moment;
use super::super::scenario::Scenario;
use super::super::wire::Query;
use super::super::world::World;
use super::answer;

pub(super) fn start() -> Moment {
    Moment::from_ms(1_715_956_080_000)
}

pub(super) fn world_of(toml: &str) -> World {
    World::new(Scenario::parse(toml).unwrap(), 7, start())
}

/// The reply's XML, or the error's code.
pub(super) fn ask(world: &mut World, form: &str) -> Result<String, String> {
    let query = Query::parse(format!("Version=2014-10-31&{form}").as_bytes());
    match answer(world, &query, Fate::Proceeds) {
        Ok(answer) => Ok(String::from_utf8(answer.document("r").render().unwrap()).unwrap()),
        Err(error) => Err(error.code.into_owned()),
    }
}

pub(super) fn backtrack(world: &mut World, more: &str) -> Result<String, String> {
    ask(
        world,
        &format!("Action=BacktrackDBCluster&DBClusterIdentifier=orders--drill&{more}"),
    )
}

pub(super) const TARGET: &str = "BacktrackTo=2024-05-17T14%3A20%3A00Z";

/// The text of the first element of this name.
pub(super) fn text<'a>(xml: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    rest.split_once(&format!("</{name}>")).map(|(text, _)| text)
}
