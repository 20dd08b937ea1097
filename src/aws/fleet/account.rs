//! One account, by one profile: a way to each of its Regions.

use std::sync::Arc;

use aws_config::retry::RetryConfig;
use aws_config::{Region, SdkConfig};

use crate::aws::config;
use crate::aws::loopback::{self, LoopbackOnly};
use crate::aws::overhear::{Listener, Overhear};
use crate::aws::settings::{ConnectError, Settings};
use crate::aws::whole::Whole;

/// A list that is throttled is asked for again more often than a single read: much was read already.
const ATTEMPTS: u32 = 6;

/// An account. Cheap to clone.
#[derive(Clone)]
pub struct Fleet {
    pub(super) profile: Option<String>,
    pub(super) config: SdkConfig,
    pub(super) lab: bool,
    listener: Listener,
}

/// The clients of one Region.
pub(super) struct Clients {
    pub(super) rds: aws_sdk_rds::Client,
    /// None on a lab, which plays no CloudWatch.
    pub(super) cloudwatch: Option<aws_sdk_cloudwatch::Client>,
}

impl Fleet {
    /// Reads the configuration; sends nothing. `listener` hears of every reply's time.
    ///
    /// # Errors
    /// The lab's URL is not on the loopback, or no Region is known.
    pub async fn open(settings: &Settings, listener: Listener) -> Result<Self, ConnectError> {
        let config = match &settings.lab {
            Some(url) => config::lab(loopback::lab_endpoint(url)?, settings),
            None => config::live(aws_config::defaults(config::behavior()), settings).await?,
        };
        Ok(Self {
            profile: settings.profile.clone(),
            config: config
                .into_builder()
                .retry_config(RetryConfig::standard().with_max_attempts(ATTEMPTS))
                .build(),
            lab: settings.lab.is_some(),
            listener,
        })
    }

    /// The Region in force where none is named.
    pub fn region(&self) -> String {
        self.config.region().map(ToString::to_string).unwrap_or_default()
    }

    pub(super) fn clients(&self, region: &str) -> Clients {
        let config = self
            .config
            .to_builder()
            .region(Region::new(region.to_owned()))
            .build();
        let heard = Overhear::new(Arc::clone(&self.listener), Arc::default());
        let mut rds = aws_sdk_rds::config::Builder::from(&config)
            .interceptor(heard)
            .interceptor(Whole);
        if self.lab {
            rds = rds.interceptor(LoopbackOnly);
        }
        Clients {
            rds: aws_sdk_rds::Client::from_conf(rds.build()),
            cloudwatch: (!self.lab).then(|| aws_sdk_cloudwatch::Client::new(&config)),
        }
    }
}
