//! One cluster of a fleet as DescribeDBClusters tells it, without the keys that are to be missing.

use super::super::identity::{arn, host};
use super::super::moment::Moment;
use super::super::wire::Element;
use super::entry::Entry;

/// An element of which some keys are left out.
struct Telling<'a> {
    element: Element,
    omit: &'a [String],
}

impl Telling<'_> {
    fn child(self, name: &str, child: Element) -> Self {
        if self.omit.iter().any(|omitted| omitted == name) {
            return self;
        }
        Self {
            element: self.element.child(child),
            ..self
        }
    }

    fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        if self.omit.iter().any(|omitted| omitted == name) {
            return self;
        }
        Self {
            element: self.element.text(name, text),
            ..self
        }
    }

    fn optional(self, name: &'static str, text: Option<impl Into<String>>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }
}

/// The whole element.
pub(super) fn element(entry: &Entry, started: Moment) -> Element {
    let (id, region) = (entry.id.as_str(), entry.region.as_str());
    let telling = Telling {
        element: Element::new("DBCluster"),
        omit: &entry.omit,
    };
    telling
        .text("AllocatedStorage", "1")
        .text("BackupRetentionPeriod", "7")
        .text("DBClusterIdentifier", id)
        .text("DBClusterParameterGroup", entry.parameter_group.as_str())
        .text("DBSubnetGroup", "default")
        .text("Status", entry.status.as_str())
        .text("Endpoint", host(id, "cluster-fleet", region))
        .text("MultiAZ", "true")
        .text("MasterUsername", "admin")
        .text("StorageEncrypted", "true")
        .text("IAMDatabaseAuthenticationEnabled", "false")
        .text("DeletionProtection", "true")
        .text("CopyTagsToSnapshot", "true")
        .text("Engine", entry.engine.as_str())
        .text("EngineVersion", entry.engine_version.as_str())
        .text("EngineMode", entry.engine_mode.as_str())
        .text(
            "DbClusterResourceId",
            format!("cluster-{}", id.to_ascii_uppercase()),
        )
        .text("DBClusterArn", arn(region, "cluster", id))
        .text("ClusterCreateTime", entry.created.of(started).rfc3339_ms())
        .optional(
            "EarliestBacktrackTime",
            entry.earliest.map(|at| at.of(started).rfc3339_ms()),
        )
        .optional(
            "BacktrackWindow",
            entry.window_s.map(|seconds| seconds.to_string()),
        )
        .optional(
            "BacktrackConsumedChangeRecords",
            entry.change_records.map(|records| records.to_string()),
        )
        .optional("KmsKeyId", entry.kms_key.as_deref())
        .optional("CloneGroupId", entry.clone_group.as_deref())
        .optional("GlobalClusterIdentifier", entry.global_cluster.as_deref())
        .optional("ReplicationSourceIdentifier", entry.replication_source.as_deref())
        .child(
            "ReadReplicaIdentifiers",
            texts(
                "ReadReplicaIdentifiers",
                "ReadReplicaIdentifier",
                &entry.read_replicas,
            ),
        )
        .child("VpcSecurityGroups", security_groups(entry))
        .child("DBClusterMembers", members(entry))
        .child("TagList", tags(entry))
        .element
}

fn texts(name: &'static str, item: &'static str, texts: &[String]) -> Element {
    texts
        .iter()
        .fold(Element::new(name), |list, text| list.text(item, text.as_str()))
}

fn security_groups(entry: &Entry) -> Element {
    let groups = entry.security_groups.iter().map(|id| {
        Element::new("VpcSecurityGroupMembership")
            .text("VpcSecurityGroupId", id.as_str())
            .text("Status", "active")
    });
    Element::new("VpcSecurityGroups").children(groups)
}

fn members(entry: &Entry) -> Element {
    let members = entry.members();
    let members = members.iter().enumerate().map(|(number, id)| {
        Element::new("DBClusterMember")
            .text("DBInstanceIdentifier", id.as_str())
            .value("IsClusterWriter", entry.writer && number == 0)
            .text("DBClusterParameterGroupStatus", "in-sync")
            .value("PromotionTier", 1)
    });
    Element::new("DBClusterMembers").children(members)
}

fn tags(entry: &Entry) -> Element {
    let tags = entry.tags.iter().map(|(key, value)| {
        Element::new("Tag")
            .text("Key", key.as_str())
            .text("Value", value.as_str())
    });
    Element::new("TagList").children(tags)
}
