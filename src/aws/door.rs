//! What AWS knows of the way to a cluster's database: its writer endpoint, its managed secret, a token for the caller.
//! A secret passes through and is kept nowhere.

use async_trait::async_trait;
use aws_sdk_rds::auth_token::{AuthTokenGenerator, Config};
use aws_sdk_rds::types::DbCluster;

use super::bound;
use super::connection::Connection;
use super::failure::failure;
use crate::ports::{Address, DatabaseDoor, Secret};

const CLUSTERS: &str = "DescribeDBClusters";
const SECRET: &str = "GetSecretValue";
const PORT: u16 = 3306;

/// The way to one cluster's database.
pub struct Door {
    connection: Connection,
    cluster: String,
}

impl Door {
    /// Of one cluster, by its id.
    pub fn new(connection: Connection, cluster: String) -> Self {
        Self { connection, cluster }
    }

    async fn described(&self) -> Result<DbCluster, String> {
        let reply = self
            .connection
            .clients()
            .rds
            .describe_db_clusters()
            .db_cluster_identifier(&self.cluster)
            .send()
            .await
            .map_err(|error| failure(CLUSTERS, &error).to_string())?;
        let mut clusters = reply.db_clusters.unwrap_or_default();
        clusters.retain(|cluster| {
            let id = cluster.db_cluster_identifier.as_deref().unwrap_or_default();
            id.eq_ignore_ascii_case(&self.cluster)
        });
        clusters
            .pop()
            .ok_or_else(|| format!("{CLUSTERS} does not list {}", self.cluster))
    }

    async fn secret_id(&self) -> Result<String, String> {
        let secret = self.described().await?.master_user_secret;
        let arn = secret
            .and_then(|secret| secret.secret_arn)
            .filter(|arn| !arn.is_empty());
        arn.ok_or_else(|| {
            format!(
                "RDS manages no secret for {}: password = {{ env = … }}",
                self.cluster
            )
        })
    }
}

#[async_trait(?Send)]
impl DatabaseDoor for Door {
    async fn writer(&self) -> Result<Address, String> {
        let cluster = self.described().await?;
        let host = cluster
            .endpoint
            .map(|host| bound::name(&host))
            .unwrap_or_default();
        if host.is_empty() {
            return Err(format!("{CLUSTERS} tells no endpoint of {}", self.cluster));
        }
        let port = cluster
            .port
            .and_then(|port| u16::try_from(port).ok())
            .filter(|port| *port > 0);
        Ok(Address {
            host,
            port: port.unwrap_or(PORT),
        })
    }

    async fn managed_secret(&self) -> Result<Secret, String> {
        let id = self.secret_id().await?;
        let clients = self.connection.clients();
        let reply = clients
            .secrets
            .get_secret_value()
            .secret_id(&id)
            .send()
            .await
            .map_err(|error| failure(SECRET, &error).to_string())?;
        let text = reply.secret_string.unwrap_or_default();
        // No message repeats any of it.
        let whole: Option<serde_json::Value> = serde_json::from_str(&text).ok();
        let password = whole.as_ref().and_then(|whole| whole.get("password")?.as_str());
        password
            .map(|password| Secret::new(password.to_owned()))
            .ok_or_else(|| format!("expected JSON with a password in the secret {id}, got something else"))
    }

    async fn token(&self, address: &Address, user: &str) -> Result<Secret, String> {
        let config = Config::builder()
            .hostname(&address.host)
            .port(address.port.into())
            .username(user)
            .build()
            .map_err(|error| error.to_string())?;
        let signed = AuthTokenGenerator::new(config)
            .auth_token(&self.connection.clients().config)
            .await;
        signed
            .map(|token| Secret::new(token.as_str().to_owned()))
            .map_err(|error| format!("the token could not be signed: {error}"))
    }
}
