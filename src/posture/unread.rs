//! What to do about a Region that was not read.

use crate::domain::aws_cli::AwsCli;
use crate::domain::event::ReadFailureKind;
use crate::domain::posture::fleet::Reading;

/// The next step; none where it was read.
pub fn next(reading: &Reading) -> Option<String> {
    let failure = reading.unread.as_ref()?;
    let login = || AwsCli::login(reading.profile.as_deref());
    Some(match failure.kind {
        ReadFailureKind::Credentials if failure.never_had_any() && reading.profile.is_none() => format!(
            "give credentials by --profile NAME, by the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by `{}`; then the \
             same command again",
            login()
        ),
        ReadFailureKind::Credentials => format!(
            "`{}`, then the same command again; a Region that the account has not enabled refuses every login: leave {} out",
            login(),
            reading.region
        ),
        ReadFailureKind::Refused => format!(
            "ask for the permission rds:{} in {} (docs/iam.md, `Posture`), or use another --profile",
            failure.action, reading.region
        ),
        ReadFailureKind::NotFound | ReadFailureKind::Transport => {
            "check network, Region and endpoint, then the same command again".to_owned()
        }
    })
}
