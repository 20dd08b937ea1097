//! What a run leaves behind is in its report, with the way to take it away.

use serde_json::json;

use super::scenery::plan;
use super::stories::completed;
use super::story::Story;
use super::{assert_says, assert_silent, reports};
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Done, Event};
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::question::Answer;
use crate::domain::runbook::PauseItem;
use crate::domain::safety_copy::{CopyKind, CopyPlan};

fn story(done: Option<Done>) -> Story {
    let mut plan = plan(Mode::Live);
    plan.runbook.pause = vec![PauseItem::copying(CopyPlan {
        kind: CopyKind::Clone,
        instance: None,
    })];
    let mut story = Story::open(plan);
    story.look().answer(1_000, Answer::Agreed);
    let (item, way) = (0, Way::Pause);
    story.tell(100, Event::Intended(Effect::Step { item, way }));
    if let Some(done) = done {
        story.tell(9_000, Event::StepDone { item, way, done });
    }
    story
}

#[test]
fn a_run_without_a_copy_leaves_nothing_behind() {
    let (markdown, value) = reports(&completed(Mode::Live));
    assert_silent(&markdown, &["Left behind"]);
    assert_eq!(value["left_behind"], json!([]));
}

#[test]
fn a_copy_whose_step_was_begun_may_exist() {
    let (markdown, value) = reports(&story(None));
    assert_eq!(value["left_behind"][0]["exists"], json!(false));
    assert_says(
        &markdown,
        &[
            "## Left behind",
            "**It may exist**",
            "aws rds modify-db-cluster --db-cluster-identifier orders-prod-before-20261120-023000-4f2a9c-1 \
             --no-deletion-protection",
            "taking safety clone",
        ],
    );
    assert_silent(&markdown, &["pause safety clone"]);
}

#[test]
fn a_copy_that_failed_half_way_says_how() {
    let mut story = story(Some(Done::Badly {
        how: "AWS could not make it: cloning-failed".to_owned(),
    }));
    story.step(0, Way::Resume).end(Outcome::Refused);
    let (markdown, value) = reports(&story);
    assert_eq!(
        value["left_behind"][0]["why"],
        json!("AWS could not make it: cloning-failed")
    );
    assert_says(
        &markdown,
        &["cloning-failed", "storage for each page that changes"],
    );
}

#[test]
fn a_copy_that_was_taken_says_so_and_one_that_was_left_out_is_an_override() {
    let well = Done::Well {
        how: "available".to_owned(),
    };
    let (markdown, value) = reports(&story(Some(well)));
    assert_eq!(value["left_behind"][0]["exists"], json!(true));
    assert_says(&markdown, &["It was seen to be available."]);

    let mut plan = plan(Mode::Live);
    plan.without_copy = true;
    plan.reason = Some("the window closes".to_owned());
    let (markdown, _) = reports(&Story::open(plan));
    assert_says(&markdown, &["no safety copy was taken", "the window closes"]);
}
