//! Readings side by side, each by a name. One that ends otherwise than by its result leaves its name: what it was to find is
//! not known, which is something else than not asked for.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;

use tokio::task::{Id, JoinSet};

use crate::domain::event::ReadFailure;
use crate::domain::known::Known;

/// What is under way.
pub(super) struct Named<T> {
    tasks: JoinSet<Result<T, ReadFailure>>,
    names: HashMap<Id, String>,
}

impl<T: Send + 'static> Named<T> {
    pub(super) fn new() -> Self {
        Self {
            tasks: JoinSet::new(),
            names: HashMap::new(),
        }
    }

    pub(super) fn spawn(
        &mut self,
        name: String,
        reading: impl Future<Output = Result<T, ReadFailure>> + Send + 'static,
    ) {
        let id = self.tasks.spawn(reading).id();
        self.names.insert(id, name);
    }

    /// All of them, once the last has ended.
    pub(super) async fn all(mut self) -> BTreeMap<String, Known<T>> {
        let mut read = BTreeMap::new();
        while let Some(joined) = self.tasks.join_next_with_id().await {
            let (id, value) = match joined {
                Ok((id, result)) => (id, known(result)),
                Err(error) => (
                    error.id(),
                    Known::Unknown(format!("a bug ended its reading: {error}")),
                ),
            };
            read.extend(self.names.remove(&id).map(|name| (name, value)));
        }
        read
    }
}

/// With AWS's own code, where there is one.
pub(super) fn known<T>(read: Result<T, ReadFailure>) -> Known<T> {
    match read {
        Ok(value) => Known::Known(value),
        Err(failure) => Known::Unknown(failure.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_reading_that_a_bug_ended_is_not_known_and_the_others_are() {
        let mut named = Named::new();
        named.spawn("well".to_owned(), async { Ok(1) });
        named.spawn("ill".to_owned(), async { panic!("nothing to read") });
        let read = named.all().await;
        assert_eq!(read["well"], Known::Known(1));
        assert!(
            matches!(&read["ill"], Known::Unknown(why) if why.contains("a bug ended its reading")),
            "{read:?}"
        );
    }
}
