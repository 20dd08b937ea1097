//! `lab serve` and `lab shop`: the lab for other clients, and its sample application for runbooks.

use std::net::SocketAddr;
use std::path::Path;

use tokio::signal::unix::{SignalKind, signal};

use super::args::{LabCommand, LabEngine, LabServeArgs, ShopCommand};
use super::failure::Failure;
use super::print;
use crate::lab::{Engine, Lab, LabOptions, Scenario, ScenarioError};

/// Runs one of them.
pub async fn lab(command: &LabCommand) -> Result<u8, Failure> {
    match command {
        LabCommand::Serve(args) => serve(args).await,
        LabCommand::Shop(command) => shop(*command).await,
    }
}

async fn serve(args: &LabServeArgs) -> Result<u8, Failure> {
    let listen: SocketAddr = args.listen.parse().map_err(|error| {
        Failure::usage(format!(
            "--listen: expected ADDRESS:PORT, got `{}`: {error}",
            args.listen
        ))
    })?;
    let mut scenario = match &args.scenario {
        None => Scenario::default(),
        Some(path) => Scenario::parse(&text(path)?).map_err(|error| wrong(path, &error))?,
    };
    if let Some(path) = &args.fleet {
        scenario = scenario
            .with_fleet(&text(path)?)
            .map_err(|error| wrong(path, &error))?;
    }
    // Listened for before the lab says that it is ready: whoever reads the line may stop it at once.
    let listen_for = |kind| {
        signal(kind).map_err(|error| Failure::bug(format!("a signal could not be listened for: {error}")))
    };
    let mut terminate = listen_for(SignalKind::terminate())?;
    let mut interrupt = listen_for(SignalKind::interrupt())?;
    let lab = Lab::start(LabOptions {
        listen,
        seed: args.seed,
        scenario,
        engine: match args.engine {
            LabEngine::Memory => Engine::Memory,
            LabEngine::Mariadb => Engine::Mariadb,
        },
    })
    .map_err(|error| Failure::usage(format!("the lab could not be started: {error}")))?;
    print::line(&lab.ready_line().to_string());
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    drop(lab);
    Ok(0)
}

fn text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{} could not be read: {error}", path.display())))
}

fn wrong(path: &Path, error: &ScenarioError) -> Failure {
    Failure::usage(format!("{}: {error}", path.display()))
}

/// What a runbook's command asks of the shop.
async fn shop(command: ShopCommand) -> Result<u8, Failure> {
    let lab = std::env::var("BACKTRACKCTL_LAB").map_err(|_| {
        Failure::usage("expected BACKTRACKCTL_LAB to name a lab; runbook commands receive it in a drill")
    })?;
    let (method, path) = match command {
        ShopCommand::Pause => (reqwest::Method::POST, "/shop/pause"),
        ShopCommand::Resume => (reqwest::Method::POST, "/shop/resume"),
        ShopCommand::IsPaused | ShopCommand::IsOpen => (reqwest::Method::GET, "/shop"),
        ShopCommand::Check => (reqwest::Method::GET, "/shop/check"),
    };
    let client = reqwest::Client::builder()
        .no_proxy()
        .timeout(std::time::Duration::from_secs(10))
        .build()
        .map_err(|error| Failure::bug(format!("no HTTP client: {error}")))?;
    let url = format!("{}{path}", lab.trim_end_matches('/'));
    let unreachable =
        |error: reqwest::Error| Failure::unreadable(format!("the shop at {url} did not answer: {error}"));
    let reply = client.request(method, &url).send().await.map_err(unreachable)?;
    let well = reply.status().is_success();
    let text = reply.text().await.map_err(unreachable)?;
    let body: serde_json::Value = serde_json::from_str(&text)
        .map_err(|error| Failure::unreadable(format!("the shop at {url} did not answer in JSON: {error}")))?;
    print::line(&body.to_string());
    let paused = body.get("paused").and_then(serde_json::Value::as_bool);
    let passed = match command {
        ShopCommand::Pause | ShopCommand::Resume | ShopCommand::Check => well,
        ShopCommand::IsPaused => paused == Some(true),
        ShopCommand::IsOpen => paused == Some(false),
    };
    Ok(u8::from(!passed))
}
