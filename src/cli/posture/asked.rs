//! What is asked for, from the command line's words to Regions, profiles, an instant and a policy.

use chrono::{DateTime, Utc};

use crate::aws::Settings;
use crate::cli::args::{Global, Output, PostureArgs};
use crate::cli::failure::Failure;
use crate::domain::posture::fleet::Policy;
use crate::domain::time_text::{Reading, TimeText};
use crate::posture;

/// What is asked for.
pub struct Asked {
    /// How to reach each profile.
    pub settings: Vec<Settings>,
    /// Regions; empty: the one in force.
    pub regions: Vec<String>,
    /// The instant that is taken for now.
    pub as_of: Option<DateTime<Utc>>,
    /// What is required.
    pub policy: Policy,
}

/// Reads it.
pub fn asked(global: &Global, args: &PostureArgs) -> Result<Asked, Failure> {
    if let (Some(format), Output::Json) = (args.format, global.output) {
        return Err(Failure::usage(format!(
            "expected --output json or --format {}, got both: one of them is written to stdout",
            format.as_str()
        )));
    }
    let regions = regions(args)?;
    if global.lab.is_some() && !args.profiles.is_empty() {
        return Err(Failure::usage(
            "expected --profiles without --lab: a lab has one account and reads no profile",
        ));
    }
    let profiles: Vec<Option<String>> = match args.profiles.as_slice() {
        [] => vec![global.profile.clone()],
        several => several.iter().cloned().map(Some).collect(),
    };
    let settings = profiles.into_iter().map(|profile| Settings {
        profile,
        // Where Regions are named, none has to be in force.
        region: regions.first().cloned().or_else(|| global.region.clone()),
        endpoint_url: global.endpoint_url.clone(),
        lab: global
            .lab
            .as_ref()
            .map(|url| url.trim_end_matches('/').to_owned()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    });
    Ok(Asked {
        settings: settings.collect(),
        as_of: args.as_of.as_deref().map(instant).transpose()?,
        policy: Policy {
            with_backtrack: args.backtrack_regions.clone(),
            ..policy(args)?
        },
        regions,
    })
}

fn regions(args: &PostureArgs) -> Result<Vec<String>, Failure> {
    let mut regions: Vec<String> = Vec::new();
    for region in &args.regions {
        let region = region.trim();
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if !region.contains('-') || !region.chars().all(plain) {
            return Err(Failure::usage(format!(
                "--regions: expected names such as us-east-1,eu-west-1, got `{region}`"
            )));
        }
        if !regions.iter().any(|known| known == region) {
            regions.push(region.to_owned());
        }
    }
    Ok(regions)
}

fn instant(typed: &str) -> Result<DateTime<Utc>, Failure> {
    let read = TimeText::parse(typed, None).map_err(|error| Failure::usage(format!("--as-of: {error}")))?;
    match read.reading() {
        Reading::Instant { at } | Reading::Epoch { at, .. } => Ok(*at),
        Reading::BeforeStatement { .. }
        | Reading::Ago { .. }
        | Reading::BareClock { .. }
        | Reading::Earliest
        | Reading::Origin
        | Reading::BeforeLocated { .. }
        | Reading::Mark { .. } => Err(Failure::usage(format!(
            "--as-of: expected an instant such as 2026-11-20T02:14:05Z, got `{typed}`"
        ))),
    }
}

fn policy(args: &PostureArgs) -> Result<Policy, Failure> {
    let Some(path) = &args.policy else {
        return Ok(Policy::default());
    };
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::usage(format!("{name} could not be read: {error}")))?;
    posture::parse(&text, &name).map_err(|faults| {
        let lines = faults.lines();
        Failure::usage(faults.to_string()).details(lines.iter().map(String::as_str))
    })
}
