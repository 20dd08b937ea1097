//! The database of one run, as the ports want it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use mysql_async::Opts;

use super::answer::{self, Kept};
use super::drain::drain;
use super::quiet::{Quiet, quiet};
use super::session::Session;
use super::trouble::Trouble;
use super::{ids, login, look, probe};
use crate::domain::database::{DatabaseLook, NextId};
use crate::domain::event::Done;
use crate::domain::known::Known;
use crate::domain::runbook::{Check, Database as Settings, Sql};
use crate::domain::search::{Said, Verdict};
use crate::ports::{Address, Database, DatabaseDoor, Sessions};

/// Reaches the writer of one cluster.
pub struct Server<'a> {
    settings: Settings,
    door: &'a dyn DatabaseDoor,
    /// Nothing leaves the loopback.
    drill: bool,
    /// By the key of the statement.
    recorded: BTreeMap<String, Kept>,
    /// Takes what is too long for a record: who is there, as a table. For the screen alone.
    aside: Box<dyn Fn(&str) + 'a>,
    /// Where it was last reached: a rewind keeps the endpoint.
    address: RefCell<Option<Address>>,
    /// Who was there when the table was shown last: it is not shown again for the same.
    shown: RefCell<String>,
    /// Whose sessions were ended by this process.
    ended: RefCell<BTreeSet<String>>,
}

impl<'a> Server<'a> {
    /// Connects to nothing yet.
    pub fn new(
        settings: Settings,
        door: &'a dyn DatabaseDoor,
        drill: bool,
        recorded: BTreeMap<String, Kept>,
        aside: Box<dyn Fn(&str) + 'a>,
    ) -> Self {
        Self {
            settings,
            door,
            drill,
            recorded,
            aside,
            address: RefCell::default(),
            shown: RefCell::default(),
            ended: RefCell::default(),
        }
    }

    /// Asks a statement now, to be compared with later.
    ///
    /// # Errors
    /// Why there is no whole answer.
    pub async fn record(&self, sql: &Sql, at: DateTime<Utc>) -> Result<Kept, String> {
        let rows = self.ask(sql).await.map_err(|trouble| trouble.to_string())?;
        Ok(Kept {
            digest: answer::digest(&rows),
            shown: answer::shown(&rows),
            at,
        })
    }

    async fn options(&self) -> Result<Opts, Trouble> {
        let known = self.address.borrow().clone();
        let address = match known {
            Some(address) => address,
            None => login::address(&self.settings, self.door).await?,
        };
        let options = login::options(&self.settings, &address, self.door, self.drill).await?;
        *self.address.borrow_mut() = Some(address);
        Ok(options)
    }

    pub(super) async fn open(&self) -> Result<Session, Trouble> {
        Session::open(self.options().await?).await
    }

    async fn ask(&self, sql: &Sql) -> Result<Vec<super::session::Texts>, Trouble> {
        let options = self.options().await?;
        probe::ask(&options, self.settings.schema.as_deref(), sql).await
    }

    async fn probe(&self, sql: &Sql) -> Done {
        match self.ask(sql).await {
            Err(trouble) => not_known(&trouble),
            Ok(rows) => answer::judge(
                &sql.expect,
                &rows,
                self.recorded.get(&answer::key(&self.settings, sql)),
            ),
        }
    }

    async fn quiet(&self, apart: Duration) -> Done {
        let ended = self.ended.borrow().clone();
        let seen = match self.open().await {
            Err(trouble) => Err(trouble),
            Ok(mut session) => {
                let seen = quiet(&mut session, &self.settings, apart, &ended).await;
                session.close().await;
                seen
            }
        };
        match seen {
            Err(trouble) => {
                self.show(&trouble.to_string(), None);
                not_known(&trouble)
            }
            Ok(Quiet::Yes(how)) => Done::Well { how },
            Ok(Quiet::No { how, table }) => {
                self.show(&how, table.as_deref());
                Done::Badly { how }
            }
        }
    }
}

impl Server<'_> {
    /// Says why it is not quiet, while it is waited for: at first, and when that changes.
    fn show(&self, how: &str, table: Option<&str>) {
        let gist = gist(how);
        if *self.shown.borrow() != gist {
            (self.aside)(&format!("not quiet: {how}"));
            if let Some(table) = table {
                (self.aside)(table);
            }
            *self.shown.borrow_mut() = gist;
        }
    }
}

/// Who is there, without what each does at the moment: `(Sleep for 3 s)` changes with every look.
fn gist(how: &str) -> String {
    let parts = how.split('(');
    parts
        .map(|part| part.split_once(')').map_or(part, |(_, rest)| rest))
        .collect()
}

/// Not known is never well. Nothing that a run does by SQL changes a row, so the cluster is as it was.
fn not_known(trouble: &Trouble) -> Done {
    Done::Badly {
        how: format!("not known: {trouble}"),
    }
}

#[async_trait(?Send)]
impl Database for Server<'_> {
    async fn look(&self, of: &[(&str, &Sql)]) -> Known<DatabaseLook> {
        let seen = match self.open().await {
            Err(trouble) => Err(trouble),
            Ok(mut session) => {
                let seen = look::look(&mut session, &self.settings, of).await;
                session.close().await;
                seen
            }
        };
        match seen {
            Ok(look) => Known::Known(look),
            Err(trouble) => Known::Unknown(trouble.to_string()),
        }
    }

    async fn check(&self, check: &Check) -> Done {
        match check {
            Check::Sql(sql) => self.probe(sql).await,
            Check::Quiet {
                apart_s,
                timeout_s: _,
            } => self.quiet(Duration::from_secs((*apart_s).into())).await,
            Check::Command(_) | Check::Http { .. } | Check::Question { .. } | Check::Copy => Done::Nobody,
        }
    }

    async fn ask(&self, sql: &Sql) -> Said {
        let (verdict, how) = match self.ask(sql).await {
            Err(trouble) => (Verdict::Stop, format!("not known: {trouble}")),
            Ok(rows) => {
                let kept = self.recorded.get(&answer::key(&self.settings, sql));
                match answer::judge(&sql.expect, &rows, kept) {
                    Done::Well { how } => (Verdict::Good, how),
                    Done::Badly { how } | Done::Unbegun { how } => (Verdict::Bad, how),
                    Done::Nobody => (Verdict::Stop, "not asked".to_owned()),
                }
            }
        };
        Said { verdict, how }
    }

    async fn next_ids(&self, of: &[NextId]) -> Known<Vec<NextId>> {
        let read = match self.open().await {
            Err(trouble) => Err(trouble),
            Ok(mut session) => {
                let read = ids::next(&mut session, of).await;
                session.close().await;
                read
            }
        };
        match read {
            Ok(ids) => Known::Known(ids),
            Err(trouble) => Known::Unknown(trouble.to_string()),
        }
    }
}

#[async_trait(?Send)]
impl Sessions for Server<'_> {
    async fn drain(&self) -> Done {
        let mut session = match self.open().await {
            Ok(session) => session,
            Err(trouble) => return not_known(&trouble),
        };
        let drained = drain(&mut session, &self.settings).await;
        session.close().await;
        match drained {
            Err(trouble) => not_known(&trouble),
            Ok(drained) => {
                self.ended.borrow_mut().extend(drained.who);
                let how = drained.how;
                if drained.well {
                    Done::Well { how }
                } else {
                    Done::Badly { how }
                }
            }
        }
    }
}
