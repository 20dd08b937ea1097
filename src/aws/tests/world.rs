//! Well-formed replies of a service with one cluster.

use super::server::{Answer, Form, Server};

pub(super) const NO_BACKTRACKS: &str = "<DescribeDBClusterBacktracksResponse><DescribeDBClusterBacktracksResult>\
     <DBClusterBacktracks/></DescribeDBClusterBacktracksResult></DescribeDBClusterBacktracksResponse>";

/// True when the request names that action.
pub(super) fn is(form: &Form, action: &str) -> bool {
    form.get("Action").is_some_and(|named| named == action)
}

/// A server of the usual world that answers one action differently.
pub(super) async fn except(action: &'static str, answer: Answer) -> Server {
    Server::start(move |_, form| {
        if is(form, action) {
            answer.clone()
        } else {
            self::answer(form)
        }
    })
    .await
}

/// The reply to any of the actions that a look uses.
pub(super) fn answer(form: &Form) -> Answer {
    match form.get("Action").map(String::as_str) {
        Some("GetCallerIdentity") => Answer::ok(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><GetCallerIdentityResult>\
             <Arn>arn:aws:sts::123456789012:assumed-role/dba/ana</Arn><UserId>AID:ana</UserId>\
             <Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
        ),
        Some("DescribeDBClusters") => clusters("aurora-mysql", 86_400),
        Some("DescribeDBInstances") => Answer::ok(list(
            "DescribeDBInstances",
            "<DBInstances><DBInstance><DBInstanceIdentifier>Orders-1</DBInstanceIdentifier>\
             <DBInstanceStatus>available</DBInstanceStatus></DBInstance></DBInstances>",
        )),
        Some("DescribeDBClusterBacktracks") => Answer::ok(NO_BACKTRACKS),
        Some("DescribeDBClusterParameters") => Answer::ok(list(
            "DescribeDBClusterParameters",
            "<Parameters><Parameter><ParameterName>binlog_format</ParameterName>\
             <ParameterValue>OFF</ParameterValue></Parameter></Parameters>",
        )),
        Some("DescribeGlobalClusters") => Answer::ok(list("DescribeGlobalClusters", "<GlobalClusters/>")),
        Some("DescribeEvents") => Answer::ok(list(
            "DescribeEvents",
            "<Events>\
             <Event><Message>Database cluster engine major version has been upgraded.</Message>\
             <EventCategories><EventCategory>maintenance</EventCategory></EventCategories>\
             <Date>2026-11-18T03:00:00.000Z</Date></Event>\
             <Event><Message>Completed failover to DB instance: orders-1</Message>\
             <EventCategories><EventCategory>failover</EventCategory></EventCategories>\
             <Date>2026-11-19T03:00:00.000Z</Date></Event></Events>",
        )),
        Some("DescribeBlueGreenDeployments") => Answer::ok(list(
            "DescribeBlueGreenDeployments",
            "<BlueGreenDeployments><member><BlueGreenDeploymentName>to-8-4</BlueGreenDeploymentName>\
             <Source>arn:aws:rds:us-east-1:123456789012:cluster:orders--drill</Source><Status>AVAILABLE</Status>\
             </member></BlueGreenDeployments>",
        )),
        Some("DescribePendingMaintenanceActions") => Answer::ok(list(
            "DescribePendingMaintenanceActions",
            "<PendingMaintenanceActions><ResourcePendingMaintenanceActions><PendingMaintenanceActionDetails>\
             <PendingMaintenanceAction><Action>os-upgrade</Action><Description>New kernel</Description>\
             </PendingMaintenanceAction></PendingMaintenanceActionDetails></ResourcePendingMaintenanceActions>\
             </PendingMaintenanceActions>",
        )),
        other => Answer::error(400, "InvalidAction", &format!("{other:?}")),
    }
}

/// DescribeDBClusters of a cluster with one writer and one reader.
pub(super) fn clusters(engine: &str, window: i64) -> Answer {
    Answer::ok(list(
        "DescribeDBClusters",
        &format!("<DBClusters>{}</DBClusters>", cluster(engine, window)),
    ))
}

pub(super) fn cluster(engine: &str, window: i64) -> String {
    format!(
        "<DBCluster><DBClusterIdentifier>orders--drill</DBClusterIdentifier>\
         <DBClusterArn>arn:aws:rds:us-east-1:123456789012:cluster:orders--drill</DBClusterArn>\
         <DbClusterResourceId>cluster-ABC</DbClusterResourceId><Engine>{engine}</Engine>\
         <EngineVersion>8.0.mysql_aurora.3.08.0</EngineVersion><EngineMode>provisioned</EngineMode>\
         <Status>Available</Status><BacktrackWindow>{window}</BacktrackWindow>\
         <EarliestBacktrackTime>2026-11-19T02:00:00.123Z</EarliestBacktrackTime>\
         <DBClusterParameterGroup>orders-params</DBClusterParameterGroup>\
         <ServerlessV2ScalingConfiguration><MinCapacity>0.5</MinCapacity></ServerlessV2ScalingConfiguration>\
         <PendingModifiedValues/>\
         <DBClusterMembers>\
         <DBClusterMember><DBInstanceIdentifier>orders-1</DBInstanceIdentifier><IsClusterWriter>true</IsClusterWriter>\
         </DBClusterMember>\
         <DBClusterMember><DBInstanceIdentifier>orders-2</DBInstanceIdentifier><IsClusterWriter>false</IsClusterWriter>\
         </DBClusterMember></DBClusterMembers></DBCluster>"
    )
}

/// A reply of an action with its result.
pub(super) fn list(action: &str, result: &str) -> String {
    format!(
        "<{action}Response xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\"><{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>req-body</RequestId></ResponseMetadata></{action}Response>"
    )
}
