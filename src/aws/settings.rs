//! How to reach the service, as asked on the command line; no secret among it.

/// What the command line says. What it leaves out comes from the standard chain of variables and profiles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `--profile`. Given here, its credentials are used alone: those of the environment would name another account.
    pub profile: Option<String>,
    /// `--region`.
    pub region: Option<String>,
    /// `--endpoint-url`, for every service; `AWS_ENDPOINT_URL_RDS` moves RDS alone.
    pub endpoint_url: Option<String>,
    /// URL of a lab: then nothing else of the above counts, and no variable or profile is read.
    pub lab: Option<String>,
    /// Version of the program, for the user agent that CloudTrail records.
    pub version: String,
}

/// Why no client could be built. Nothing has been sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The lab is not one.
    #[error("expected a lab on this machine, such as http://127.0.0.1:4566, got {url}: {why}")]
    NotALab {
        /// As given.
        url: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Neither `--region`, nor a variable, nor the profile names a Region.
    #[error("expected a Region from --region, AWS_REGION or the profile, got none")]
    NoRegion,
}
