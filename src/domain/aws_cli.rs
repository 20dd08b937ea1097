//! Commands of the AWS CLI as a person can paste them into a shell: to the same account, Region and endpoint, and with
//! nothing in them that the shell would take for more than a value. Words only: nothing is called.

use super::identity::Identity;
use super::plan::Access;
use super::shell::word;

/// The way to the service of one run, as options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwsCli {
    options: String,
}

impl AwsCli {
    /// The settings that were given, and what is known of the service that answered.
    pub fn new(access: &Access, identity: Option<&Identity>) -> Self {
        let region = match identity {
            Some(identity) => Some(&identity.region),
            None => access.region.as_ref(),
        };
        // One that only the environment names shows in where the calls went; AWS's own needs no naming.
        let foreign = identity
            .map(|identity| &identity.endpoint)
            .filter(|endpoint| !endpoint.contains(".amazonaws.com"));
        let endpoint = access.lab.as_ref().or(access.endpoint_url.as_ref()).or(foreign);
        let given = [
            ("--profile", access.profile.as_ref()),
            ("--region", region),
            ("--endpoint-url", endpoint),
        ];
        let mut options = String::new();
        for (option, value) in given {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                options.extend([" ", option, " ", &word(value)]);
            }
        }
        Self { options }
    }

    /// `aws rds COMMAND`, whose values went through [`word`].
    pub fn rds(&self, command: &str) -> String {
        format!("aws rds {command}{}", self.options)
    }

    /// The command that shows what AWS recorded of a cluster's backtracks, or of one of them.
    pub fn backtracks(&self, cluster: &str, id: Option<&str>) -> String {
        let one = id.map(|id| format!(" --backtrack-identifier {}", word(id)));
        self.rds(&format!(
            "describe-db-cluster-backtracks --db-cluster-identifier {}{}",
            word(cluster),
            one.unwrap_or_default()
        ))
    }

    /// The command that shows who asks.
    pub fn whoami(&self) -> String {
        format!("aws sts get-caller-identity{}", self.options)
    }

    /// The command that logs in anew.
    pub fn login(profile: Option<&str>) -> String {
        let option = profile.map(|profile| format!(" --profile {}", word(profile)));
        format!("aws sso login{}", option.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture;

    fn access(profile: Option<&str>, endpoint: Option<&str>, lab: Option<&str>) -> Access {
        Access {
            profile: profile.map(str::to_owned),
            region: Some("eu-west-1".to_owned()),
            endpoint_url: endpoint.map(str::to_owned),
            lab: lab.map(str::to_owned),
        }
    }

    #[test]
    fn a_command_goes_where_the_run_went() {
        let known = fixture::identity();
        let rds = |access: &Access, identity: Option<&Identity>| AwsCli::new(access, identity).rds("x");
        let plain = access(None, None, None);
        assert_eq!(rds(&plain, Some(&known)), "aws rds x --region eu-west-1");
        assert_eq!(
            rds(&access(Some("on call"), None, None), None),
            "aws rds x --profile 'on call' --region eu-west-1"
        );
        // An endpoint that was given, also where it is one of AWS.
        let vpce = "https://vpce-1.rds.eu-west-1.vpce.amazonaws.com";
        assert_eq!(
            rds(&access(None, Some(vpce), None), Some(&known)),
            format!("aws rds x --region eu-west-1 --endpoint-url {vpce}")
        );
        assert_eq!(
            rds(&access(None, None, Some("http://127.0.0.1:9")), Some(&known)),
            "aws rds x --region eu-west-1 --endpoint-url http://127.0.0.1:9"
        );
        let mut elsewhere = known;
        elsewhere.endpoint = "http://127.0.0.1:8".to_owned();
        assert_eq!(
            rds(&plain, Some(&elsewhere)),
            "aws rds x --region eu-west-1 --endpoint-url http://127.0.0.1:8"
        );
        elsewhere.endpoint = String::new();
        assert_eq!(rds(&plain, Some(&elsewhere)), "aws rds x --region eu-west-1");
    }
}
