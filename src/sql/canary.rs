//! Makes, hurts and removes the canary of a drill: the only writing by SQL, and all of it in the canary's own schema. No
//! run does this: a run reads, and ends sessions.

use super::server::Server;
use super::session::Session;
use super::trouble::Trouble;
use crate::domain::canary::{Canary, ROWS};

impl Server<'_> {
    /// Makes the schema and its table, and commits the rows. What was made of it when this fails is removed by
    /// [`Server::remove`].
    ///
    /// # Errors
    /// What stood in the way.
    pub async fn lay(&self, canary: &Canary) -> Result<(), String> {
        let mut session = self.open().await.map_err(|trouble| trouble.to_string())?;
        let laid = lay(&mut session, canary).await;
        session.close().await;
        laid.map_err(|trouble| trouble.to_string())
    }

    /// Loses every row of it.
    ///
    /// # Errors
    /// What stood in the way.
    pub async fn hurt(&self, canary: &Canary) -> Result<(), String> {
        let mut session = self.open().await.map_err(|trouble| trouble.to_string())?;
        let hurt = hurt(&mut session, canary).await;
        session.close().await;
        hurt.map_err(|trouble| trouble.to_string())
    }

    /// Removes the schema. Safe to repeat.
    ///
    /// # Errors
    /// What stood in the way: the schema may still be there.
    pub async fn remove(&self, canary: &Canary) -> Result<(), String> {
        let mut session = self.open().await.map_err(|trouble| trouble.to_string())?;
        let removed = session.run(&canary.remove()).await;
        session.close().await;
        removed.map_err(|trouble| trouble.to_string())
    }

    /// What earlier drills left, as far as this user may see it.
    ///
    /// # Errors
    /// What stood in the way.
    pub async fn canaries(&self) -> Result<Vec<Canary>, String> {
        let mut session = self.open().await.map_err(|trouble| trouble.to_string())?;
        let rows = session.rows("SHOW DATABASES").await;
        session.close().await;
        let rows = rows.map_err(|trouble| trouble.to_string())?;
        let names = rows.into_iter().flatten().flatten();
        Ok(names.filter_map(|name| Canary::named(&name)).collect())
    }
}

async fn lay(session: &mut Session, canary: &Canary) -> Result<(), Trouble> {
    session.run(&canary.create()).await?;
    session.run(&canary.table()).await?;
    transact(session, &canary.insert()).await?;
    expect(session, canary, ROWS).await
}

async fn hurt(session: &mut Session, canary: &Canary) -> Result<(), Trouble> {
    // A server may refuse exactly what this is for: a DELETE without WHERE.
    session.run("SET SESSION sql_safe_updates = 0").await?;
    transact(session, &canary.hurt()).await?;
    expect(session, canary, 0).await
}

/// Whatever the server's `autocommit` is.
async fn transact(session: &mut Session, sql: &str) -> Result<(), Trouble> {
    session.run("START TRANSACTION").await?;
    session.run(sql).await?;
    session.run("COMMIT").await
}

async fn expect(session: &mut Session, canary: &Canary, rows: u32) -> Result<(), Trouble> {
    let found = session.value(&canary.count()).await?.unwrap_or_default();
    if found == rows.to_string() {
        Ok(())
    } else {
        Err(Trouble::new(format!(
            "expected {rows} rows in {}, got {found}",
            canary.schema()
        )))
    }
}
