//! Questions of one yes or no.

use super::interview::{Interview, Word, word};
use crate::domain::aws_cli::AwsCli;
use crate::domain::question::Answer;
use crate::ui::line::{Line, Paint};

/// Go on without members that are not back?
pub(super) fn members(interview: &mut Interview<'_>, missing: &[String]) -> Option<Answer> {
    let facts = vec![
        interview.brief.cluster(),
        Line::fact("not back", Paint::Bad, &missing.join(", ")),
        Line::fact(
            "lost",
            Paint::Plain,
            "no data; connections to these members fail until they are back",
        ),
        Line::fact(
            "possible",
            Paint::Plain,
            "at any time; they may still come back by themselves",
        ),
        Line::fact(
            "no",
            Paint::Plain,
            "the run goes no further without them; the application stays paused",
        ),
    ];
    interview.head(&format!("Go on without {}?", missing.join(", ")), facts);
    Some(if interview.yes()? {
        Answer::Agreed
    } else {
        Answer::Declined
    })
}

/// Credentials ended: a login elsewhere, then Enter. The one question where Enter goes on: it says that something was
/// done, and the next read proves it.
pub(super) fn login(interview: &mut Interview<'_>, why: &str) -> Option<Answer> {
    let facts = vec![
        interview.brief.cluster(),
        Line::fact("AWS says", Paint::Warn, why),
        Line::fact(
            "lost",
            Paint::Plain,
            "nothing by waiting: what AWS has begun goes on by itself",
        ),
        Line::fact("possible", Paint::Plain, "at any time"),
        Line::fact(
            "no",
            Paint::Plain,
            "the run is left as it is; backtrackctl recover continues it",
        ),
        Line::at(2).text("In another terminal:"),
        Line::paste(
            4,
            Paint::Strong,
            &AwsCli::login(interview.brief.profile.as_deref()),
        ),
        Line::at(2).text("Then press Enter here, or type no."),
    ];
    interview.head("Log in again", facts);
    for _ in 0..super::interview::TRIES {
        match word(&interview.hear("Enter or no")?) {
            Word::Yes | Word::Empty => return Some(Answer::Agreed),
            Word::No => return Some(Answer::Declined),
            Word::Other => {
                interview.say(&[Line::at(2).paint(Paint::Warn, "Please press Enter, or type no.")]);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::domain::question::{Answer, Question};
    use crate::ui::operator::testing::{answer, rewound, seen};

    #[test]
    fn missing_members_are_named() {
        let question = Question::Members {
            missing: vec!["shop-prod-2".to_owned(), "shop-prod-3".to_owned()],
        };
        insta::assert_snapshot!(seen(&question, &rewound(), &["yes"]), @r#"
        LIVE  Go on without shop-prod-2, shop-prod-3? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          not back    shop-prod-2, shop-prod-3
          lost        no data; connections to these members fail until they are back
          possible    at any time; they may still come back by themselves
          no          the run goes no further without them; the application stays paused
          yes or no> yes
        "#);
        assert_eq!(answer(&question, &rewound(), &["yes"]), Answer::Agreed);
    }

    #[test]
    fn a_login_is_awaited() {
        let question = Question::Login {
            why: "ExpiredToken: the token has expired".to_owned(),
        };
        insta::assert_snapshot!(seen(&question, &rewound(), &[""]), @r#"
        LIVE  Log in again ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          AWS says    ExpiredToken: the token has expired
          lost        nothing by waiting: what AWS has begun goes on by itself
          possible    at any time
          no          the run is left as it is; backtrackctl recover continues it
          In another terminal:
            aws sso login
          Then press Enter here, or type no.
          Enter or no>
        "#);
        assert_eq!(answer(&question, &rewound(), &["no"]), Answer::Declined);
        let mut brief = rewound();
        brief.profile = Some("prod".to_owned());
        let text = seen(&question, &brief, &[""]);
        assert!(text.contains("aws sso login --profile prod"), "{text}");
    }
}
