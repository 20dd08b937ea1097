//! The way to the database: endpoint, managed secret, token.

use super::server::{Answer, Server};
use super::{connection, impatient};
use crate::aws::settings::Settings;
use crate::aws::{Door, config};
use crate::ports::{Address, DatabaseDoor as _};

const ARN: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!cluster-1-AbCdEf";

/// DescribeDBClusters of one cluster, with more in it.
fn clusters(id: &str, more: &str) -> String {
    format!(
        "<DescribeDBClustersResponse><DescribeDBClustersResult><DBClusters><DBCluster>\
         <DBClusterIdentifier>{id}</DBClusterIdentifier>{more}</DBCluster></DBClusters></DescribeDBClustersResult>\
         <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DescribeDBClustersResponse>"
    )
}

/// RDS answers in XML, Secrets Manager in JSON: its requests carry no form.
async fn server(cluster: String, secret: Answer) -> Server {
    Server::start(move |_, form| {
        if form.contains_key("Action") {
            Answer::ok(cluster.clone())
        } else {
            secret.clone()
        }
    })
    .await
}

fn door(server: &Server) -> Door {
    Door::new(connection(&impatient(&server.url)), "orders".to_owned())
}

fn with_secret() -> String {
    let secret = format!("<MasterUserSecret><SecretArn>{ARN}</SecretArn></MasterUserSecret>");
    clusters("orders", &secret)
}

fn secret(string: &str) -> Answer {
    let body = serde_json::json!({"ARN": ARN, "SecretString": string});
    Answer::ok(body.to_string())
}

#[tokio::test]
async fn the_writer_endpoint_is_that_of_the_cluster_and_of_no_other() {
    let told = "<Endpoint>orders.cluster-x.rds.amazonaws.com</Endpoint><Port>3307</Port>";
    let server = server(clusters("orders", told), Answer::Close).await;
    let address = Address {
        host: "orders.cluster-x.rds.amazonaws.com".to_owned(),
        port: 3307,
    };
    assert_eq!(door(&server).writer().await, Ok(address));
    for other in [
        clusters("orders-2", told),
        clusters("orders", "<Port>3306</Port>"),
    ] {
        let server = self::server(other, Answer::Close).await;
        assert!(door(&server).writer().await.is_err());
    }
}

#[tokio::test]
async fn the_managed_secret_is_read_by_its_arn() {
    let server = server(
        with_secret(),
        secret(r#"{"username":"admin","password":"hunter2"}"#),
    )
    .await;
    let read = door(&server).managed_secret().await.unwrap();
    assert_eq!(read.expose(), "hunter2");
    let asked = server.seen().pop().unwrap();
    let head = asked.head.to_lowercase();
    assert!(head.contains("secretsmanager.getsecretvalue"), "{head}");
}

#[tokio::test]
async fn a_secret_that_is_none_is_refused_and_none_of_it_repeated() {
    for string in [
        "hunter2",
        r#"{"username":"hunter2"}"#,
        r#"{"password":["hunter2"]}"#,
    ] {
        let server = server(with_secret(), secret(string)).await;
        let why = door(&server).managed_secret().await.unwrap_err();
        assert!(why.contains(ARN) && !why.contains("hunter2"), "{why}");
    }
    let server = server(clusters("orders", ""), Answer::Close).await;
    let why = door(&server).managed_secret().await.unwrap_err();
    assert!(why.contains("manages no secret"), "{why}");
}

#[tokio::test]
async fn a_refusal_of_secrets_manager_is_told_in_its_own_words() {
    let refusal = r#"{"__type":"AccessDeniedException","Message":"not authorized to perform: secretsmanager:GetSecretValue"}"#;
    let server = server(with_secret(), Answer::status(400, refusal)).await;
    let why = door(&server).managed_secret().await.unwrap_err();
    assert!(why.contains("GetSecretValue: AccessDeniedException"), "{why}");
    assert!(why.contains("not authorized"), "{why}");
}

#[tokio::test]
async fn a_token_is_signed_for_one_host_and_user() {
    let settings = Settings {
        region: Some("eu-west-1".to_owned()),
        ..Settings::default()
    };
    let loader = aws_config::defaults(config::behavior())
        .empty_test_environment()
        .test_credentials();
    let config = config::live(loader, &settings).await.unwrap();
    let door = Door::new(connection(&config), "orders".to_owned());
    let address = Address {
        host: "db.example.com".to_owned(),
        port: 3306,
    };
    let token = door.token(&address, "me").await.unwrap();
    let token = token.expose();
    assert!(
        token.starts_with("db.example.com:3306/?Action=connect&DBUser=me"),
        "{token}"
    );
    for part in ["X-Amz-Signature=", "eu-west-1", "X-Amz-Expires=900"] {
        assert!(token.contains(part), "{token}");
    }
}
