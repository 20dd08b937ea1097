//! Names, tags, and what is left behind.

use proptest::prelude::*;

use super::*;
use crate::domain::aws_cli::AwsCli;
use crate::domain::fixture;
use crate::domain::plan::Access;

fn copy(cluster: &str, kind: CopyKind, instance: Option<&str>) -> SafetyCopy {
    let plan = CopyPlan {
        kind,
        instance: instance.map(str::to_owned),
    };
    SafetyCopy::of(cluster, &RunId::new(fixture::BEGIN, 1), 1, plan)
}

#[test]
fn a_copy_is_named_after_cluster_run_and_hop() {
    let id = |cluster| copy(cluster, CopyKind::Clone, None).id;
    assert_eq!(id("Orders"), "orders-before-20261120-023108-000001-1");
    assert_eq!(
        id("orders--drill"),
        "orders--drill-before-20261120-023108-000001-1"
    );
    let long = format!("a{}", "b".repeat(62));
    assert_eq!(
        id(&long),
        format!("a{}-before-20261120-023108-000001-1", "b".repeat(28))
    );
    // The cut falls behind a hyphen, and before a lab's mark.
    let hyphen = format!("a{}-{}", "b".repeat(27), "c".repeat(20));
    assert_eq!(
        id(&hyphen),
        format!("a{}-before-20261120-023108-000001-1", "b".repeat(27))
    );
    let mark = format!("a{}--drill", "b".repeat(40));
    assert_eq!(
        id(&mark),
        format!("a{}--before-20261120-023108-000001-1", "b".repeat(27))
    );
}

#[test]
fn only_what_is_tagged_with_run_and_source_is_ours() {
    let copy = copy("orders", CopyKind::Clone, None);
    let tags = copy.tags(fixture::BEGIN);
    let told = |skip: &str| {
        let tags: Vec<_> = tags.iter().filter(|(key, _)| *key != skip).collect();
        copy.is_marked_by(tags.iter().map(|(key, value)| (*key, value.as_str())))
    };
    assert!(told("") && told(TAG_WHAT) && told(TAG_MADE_AT));
    assert!(!told(TAG_RUN) && !told(TAG_SOURCE));
    assert!(!copy.is_marked_by([(TAG_RUN, "20261120-023108-000002"), (TAG_SOURCE, "orders")]));
}

#[test]
fn what_is_left_behind_goes_again_by_its_commands_protection_first() {
    let access = Access {
        region: Some("eu-west-1".to_owned()),
        ..Access::default()
    };
    let aws = AwsCli::new(&access, None);
    let left = copy("orders", CopyKind::Clone, Some("db.r6g.large"))
        .left_behind(&aws)
        .unwrap();
    let id = "orders-before-20261120-023108-000001-1";
    assert_eq!(
        left.remove,
        [
            format!(
                "aws rds modify-db-cluster --db-cluster-identifier {id} --no-deletion-protection \
                 --apply-immediately --region eu-west-1"
            ),
            format!("aws rds delete-db-instance --db-instance-identifier {id}-1 --region eu-west-1"),
            format!(
                "aws rds delete-db-cluster --db-cluster-identifier {id} --skip-final-snapshot --region eu-west-1"
            ),
        ]
    );
    assert!(!left.exists && left.cost.contains("instance"));
    let left = copy("orders", CopyKind::Snapshot, None)
        .left_behind(&aws)
        .unwrap();
    assert_eq!(left.remove.len(), 1);
    assert!(left.remove[0].contains("delete-db-cluster-snapshot"));
}

#[test]
fn what_was_noted_decides_what_is_listed_and_what_there_is_to_take_away() {
    let aws = AwsCli::new(&Access::default(), None);
    let seen = |status: &str| Part::Seen {
        status: status.to_owned(),
    };
    let left = |whole: Part, instance: Part| {
        let mut copy = copy("orders", CopyKind::Clone, Some("db.r6g.large"));
        copy.noted = Some(Noted { whole, instance });
        copy.left_behind(&aws)
    };
    assert_eq!(left(Part::Unasked, Part::Unasked), None, "nothing was asked for");

    let asked = left(Part::Asked, Part::Unasked).unwrap();
    assert!(!asked.exists && asked.remove.len() == 2, "{asked:?}");

    let bare = left(seen("available"), Part::Unasked).unwrap();
    assert!(bare.exists && bare.remove.len() == 2, "{bare:?}");
    assert_eq!(bare.last_seen.as_deref(), Some("available"));
    assert_eq!(bare.instance.as_deref(), Some("no instance was made"));
    assert!(!bare.cost.contains("instance"), "{}", bare.cost);

    let lost = left(seen("available"), Part::Asked).unwrap();
    assert_eq!(lost.remove.len(), 3);
    assert!(lost.instance.unwrap().ends_with("-1-1 may exist"));

    let begun = left(seen("available"), seen("creating")).unwrap();
    assert!(begun.remove[1].contains("delete-db-instance") && begun.cost.contains("instance"));
    assert!(begun.instance.unwrap().ends_with("last seen `creating`"));
}

proptest! {
    #[test]
    fn every_name_is_one_that_rds_takes_and_a_lab_keeps_its_mark(
        cluster in "[a-z][a-z0-9]{0,20}(-[a-z0-9]{1,20}){0,2}", mark: bool, hop in 1_u32..100_000
    ) {
        let cluster = if mark { cluster + "--x" } else { cluster };
        let cluster = &cluster[..cluster.len().min(63)];
        let cluster = cluster.trim_end_matches('-');
        let id = name(cluster, &RunId::new(fixture::BEGIN, 7), hop);
        prop_assert!(id.len() <= LONGEST, "{}", id);
        prop_assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        prop_assert!(id.starts_with(|first: char| first.is_ascii_lowercase()) && !id.ends_with('-'));
        prop_assert_eq!(id.contains("--"), cluster.contains("--"), "{} {}", cluster, id);
    }
}
