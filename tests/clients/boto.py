"""boto3 drives a lab that knows nothing of it: what an RDS client may expect is what it gets.

Usage: boto.py ENDPOINT. The lab has the clusters `orders--drill` and `ledger--drill` (with a binary log), and pages of
20. Nothing here waits by sleeping: the lab's clock is moved instead.
"""

import datetime as dt
import json
import sys
import unittest
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.parsers import ResponseParserError

ENDPOINT = sys.argv.pop(1)
CLUSTER = "orders--drill"
WITH_BINLOG = "ledger--drill"
KEYS = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKID",
    "aws_secret_access_key": "SECRET",
    "endpoint_url": ENDPOINT,
}


def client(service="rds", attempts=1):
    retries = {"mode": "standard", "total_max_attempts": attempts}
    return boto3.client(service, config=Config(retries=retries), **KEYS)


def lab(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(ENDPOINT + path, data=data)) as reply:
        return json.load(reply)


def calls(action):
    return [call for call in lab("/_lab/calls") if call["action"] == action]


def world(cluster=CLUSTER):
    return next(each for each in lab("/_lab/world")["clusters"] if each["id"] == cluster)


def now():
    return dt.datetime.fromisoformat(lab("/_lab/world")["now"])


def settle():
    lab("/_lab/clock", {"advance_s": 15})


def minutes_ago(minutes):
    return (now() - dt.timedelta(minutes=minutes)).replace(microsecond=0)


class Lab(unittest.TestCase):
    def setUp(self):
        lab("/_lab/faults", [])
        settle()
        self.rds = client()

    def refused(self, code, status, call, **arguments):
        with self.assertRaises(ClientError) as raised:
            call(**arguments)
        reply = raised.exception.response
        self.assertEqual((reply["Error"]["Code"], reply["ResponseMetadata"]["HTTPStatusCode"]), (code, status))
        self.assertTrue(reply["Error"]["Message"])
        self.assertTrue(reply["ResponseMetadata"]["RequestId"])
        return raised.exception

    def backtrack(self, to=None, cluster=CLUSTER, **more):
        to = to or minutes_ago(5)
        return self.rds.backtrack_db_cluster(DBClusterIdentifier=cluster, BacktrackTo=to, **more)

    def records(self, **more):
        return self.rds.describe_db_cluster_backtracks(DBClusterIdentifier=CLUSTER, **more)["DBClusterBacktracks"]

    # Reads

    def test_the_caller_is_somebody(self):
        caller = client("sts").get_caller_identity()
        self.assertRegex(caller["Arn"], r"^arn:aws:sts::\d{12}:assumed-role/")
        self.assertIn(caller["Account"], caller["Arn"])

    def test_all_clusters_are_listed_and_one_is_found_in_any_letters(self):
        every = self.rds.describe_db_clusters()["DBClusters"]
        self.assertEqual({each["DBClusterIdentifier"] for each in every}, {CLUSTER, WITH_BINLOG})
        for name in (CLUSTER, CLUSTER.upper(), every[0]["DBClusterArn"]):
            found = self.rds.describe_db_clusters(DBClusterIdentifier=name)["DBClusters"]
            self.assertEqual(len(found), 1, name)

    def test_a_cluster_says_what_can_be_reached(self):
        cluster = self.rds.describe_db_clusters(DBClusterIdentifier=CLUSTER)["DBClusters"][0]
        self.assertEqual((cluster["Engine"], cluster["EngineMode"]), ("aurora-mysql", "provisioned"))
        self.assertEqual((cluster["Status"], cluster["BacktrackWindow"]), ("available", 86400))
        age = now() - cluster["EarliestBacktrackTime"]
        self.assertAlmostEqual(age.total_seconds(), 86400, delta=30)
        writers = [each for each in cluster["DBClusterMembers"] if each["IsClusterWriter"]]
        self.assertEqual(len(writers), 1)

    def test_what_is_not_there_is_not_found(self):
        nowhere = {"DBClusterIdentifier": "nowhere--drill"}
        self.refused("DBClusterNotFoundFault", 404, self.rds.describe_db_clusters, **nowhere)
        self.refused("DBClusterNotFoundFault", 404, self.rds.describe_db_cluster_backtracks, **nowhere)
        nobody = {"DBInstanceIdentifier": "nobody--drill"}
        self.refused("DBInstanceNotFound", 404, self.rds.describe_db_instances, **nobody)
        error = self.refused(
            "DBClusterBacktrackNotFoundFault",
            404,
            self.rds.describe_db_cluster_backtracks,
            DBClusterIdentifier=CLUSTER,
            BacktrackIdentifier="00000000-0000-0000-0000-000000000000",
        )
        self.assertIsInstance(error, self.rds.exceptions.DBClusterBacktrackNotFoundFault)

    def test_members_are_instances(self):
        mine = [{"Name": "db-cluster-id", "Values": [CLUSTER]}]
        instances = self.rds.describe_db_instances(Filters=mine)["DBInstances"]
        self.assertEqual(len(instances), 2)
        for each in instances:
            self.assertEqual((each["DBClusterIdentifier"], each["DBInstanceStatus"]), (CLUSTER, "available"))

    def test_parameters_say_whether_there_is_a_binary_log(self):
        for cluster, expected in ((CLUSTER, "OFF"), (WITH_BINLOG, "ROW")):
            described = self.rds.describe_db_clusters(DBClusterIdentifier=cluster)["DBClusters"][0]
            pages = self.rds.get_paginator("describe_db_cluster_parameters").paginate(
                DBClusterParameterGroupName=described["DBClusterParameterGroup"]
            )
            found = {each["ParameterName"]: each.get("ParameterValue") for page in pages for each in page["Parameters"]}
            self.assertEqual(found["binlog_format"], expected)

    def test_an_unknown_action_is_named(self):
        error = self.refused("InvalidAction", 400, self.rds.describe_db_proxies)
        self.assertIn("DescribeDBProxies", str(error))

    # Backtracks

    def test_a_backtrack_goes_from_pending_to_completed(self):
        to = minutes_ago(7)
        answer = self.backtrack(to)
        self.assertEqual((answer["Status"].lower(), answer["BacktrackTo"]), ("pending", to))
        self.assertNotIn("BacktrackedFrom", answer)
        early = self.rds.describe_db_clusters(DBClusterIdentifier=CLUSTER)["DBClusters"][0]
        self.assertEqual(early["Status"], "available", "still so: an early `available` proves nothing")
        settle()
        (record,) = self.records(BacktrackIdentifier=answer["BacktrackIdentifier"])
        self.assertEqual(record["Status"].lower(), "completed")
        self.assertGreaterEqual(record["BacktrackedFrom"], record["BacktrackRequestCreationTime"])
        self.assertGreater(record["BacktrackedFrom"], record["BacktrackTo"])

    def test_the_waiter_waits_for_the_cluster(self):
        answer = self.backtrack()
        lab("/_lab/clock", {"advance_s": 1})
        busy = self.rds.describe_db_clusters(DBClusterIdentifier=CLUSTER)["DBClusters"][0]
        self.assertEqual(busy["Status"], "backtracking")
        waiter = self.rds.get_waiter("db_cluster_available")
        waiter.wait(DBClusterIdentifier=CLUSTER, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
        (record,) = self.records(BacktrackIdentifier=answer["BacktrackIdentifier"])
        self.assertEqual(record["Status"].lower(), "completed")

    def test_many_records_come_in_pages_and_each_once(self):
        made = []
        for _ in range(45):
            made.append(self.backtrack()["BacktrackIdentifier"])
            settle()
        paginator = self.rds.get_paginator("describe_db_cluster_backtracks")
        pages = list(paginator.paginate(DBClusterIdentifier=CLUSTER, PaginationConfig={"PageSize": 20}))
        self.assertGreater(len(pages), 2)
        found = [each["BacktrackIdentifier"] for page in pages for each in page["DBClusterBacktracks"]]
        self.assertEqual(len(found), len(set(found)))
        self.assertLessEqual(set(made), set(found))
        too_few = {"DBClusterIdentifier": CLUSTER, "MaxRecords": 19}
        self.refused("InvalidParameterValue", 400, self.rds.describe_db_cluster_backtracks, **too_few)

    def test_records_are_filtered_by_status(self):
        answer = self.backtrack()
        settle()
        named = [{"Name": "db-cluster-backtrack-id", "Values": [answer["BacktrackIdentifier"]]}]
        self.assertEqual(len(self.records(Filters=named)), 1)
        failed = [{"Name": "db-cluster-backtrack-status", "Values": ["failed"]}]
        self.assertNotIn(answer["BacktrackIdentifier"], [each["BacktrackIdentifier"] for each in self.records(Filters=failed)])

    def test_a_target_out_of_the_window_is_refused(self):
        early = now() - dt.timedelta(days=3)
        self.refused("InvalidParameterValue", 400, self.backtrack, to=early)
        later = now() + dt.timedelta(hours=1)
        self.refused("InvalidParameterValue", 400, self.backtrack, to=later)
        self.assertEqual([call for call in calls("BacktrackDBCluster")[-2:] if call["accepted"]], [])

    def test_use_earliest_turns_a_refusal_into_another_rewind(self):
        early = now() - dt.timedelta(days=3)
        earliest = dt.datetime.fromisoformat(world()["earliest"])
        self.backtrack(early, UseEarliestTimeOnPointInTimeUnavailable=True)
        settle()
        head = dt.datetime.fromisoformat(world()["head"])
        gone_back = now() - head
        self.assertGreater(head, earliest - dt.timedelta(seconds=1))
        self.assertLess(gone_back, dt.timedelta(days=1, minutes=1), "not three days")
        inside = minutes_ago(3)
        answer = self.backtrack(inside, UseEarliestTimeOnPointInTimeUnavailable=True)
        self.assertEqual(answer["BacktrackTo"], inside, "in the window it changes nothing")

    def test_two_at_once_are_one(self):
        self.backtrack()
        self.refused("InvalidDBClusterStateFault", 400, self.backtrack)

    def test_a_binary_log_takes_force(self):
        self.refused("InvalidParameterCombination", 400, self.backtrack, cluster=WITH_BINLOG)
        answer = self.backtrack(cluster=WITH_BINLOG, Force=True)
        self.assertEqual(answer["DBClusterIdentifier"], WITH_BINLOG)

    def test_members_restart_and_say_so(self):
        self.backtrack()
        settle()
        events = self.rds.describe_events(SourceType="db-instance", Duration=60)["Events"]
        messages = {each["Message"] for each in events}
        self.assertLessEqual({"DB instance shutdown", "DB instance restarted"}, messages)

    # Copies

    def clone(self, name="copy--1", **more):
        arguments = {"RestoreType": "copy-on-write", "UseLatestRestorableTime": True, **more}
        return self.rds.restore_db_cluster_to_point_in_time(
            DBClusterIdentifier=name, SourceDBClusterIdentifier=CLUSTER, **arguments
        )["DBCluster"]

    def test_a_clone_is_made_asked_and_removed(self):
        groups = {"DBClusterParameterGroupName": f"{CLUSTER}-parameters", "DBSubnetGroupName": "drill"}
        tags = [{"Key": "run", "Value": "r1"}]
        made = self.clone(DeletionProtection=True, VpcSecurityGroupIds=["sg-1"], Tags=tags, **groups)
        self.assertEqual((made["Status"], made["TagList"], made["DBClusterMembers"]), ("creating", tags, []))
        self.assertEqual(made["DBSubnetGroup"], "drill")
        named = {"DBClusterIdentifier": "copy--1"}
        self.rds.get_waiter("db_cluster_available").wait(**named, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
        instance = {"DBInstanceIdentifier": "copy--1-1"}
        self.rds.create_db_instance(DBInstanceClass="db.r6g.large", Engine="aurora-mysql", **instance, **named)
        self.rds.get_waiter("db_instance_available").wait(**instance, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
        self.assertEqual(world("copy--1")["clone_of"], CLUSTER)

        delete = {"SkipFinalSnapshot": True, **named}
        self.refused("InvalidParameterCombination", 400, self.rds.delete_db_cluster, **delete)
        self.rds.modify_db_cluster(DeletionProtection=False, ApplyImmediately=True, **named)
        self.refused("InvalidDBClusterStateFault", 400, self.rds.delete_db_cluster, **delete)
        self.rds.delete_db_instance(**instance)
        self.assertEqual(self.rds.delete_db_cluster(**delete)["DBCluster"]["Status"], "deleting")
        settle()
        self.refused("DBClusterNotFoundFault", 404, self.rds.describe_db_clusters, **named)

    def test_no_clone_shows_the_past(self):
        early = {"UseLatestRestorableTime": False, "RestoreToTime": minutes_ago(5)}
        self.refused("InvalidParameterCombination", 400, self.clone, **early)

    def test_a_snapshot_is_taken_and_removed(self):
        named = {"DBClusterSnapshotIdentifier": "before--1"}
        made = self.rds.create_db_cluster_snapshot(DBClusterIdentifier=CLUSTER, **named)["DBClusterSnapshot"]
        self.assertEqual((made["Status"], made["DBClusterIdentifier"]), ("creating", CLUSTER))
        again = self.rds.create_db_cluster_snapshot
        self.refused("DBClusterSnapshotAlreadyExistsFault", 400, again, DBClusterIdentifier=CLUSTER, **named)
        wait = self.rds.get_waiter("db_cluster_snapshot_available")
        wait.wait(**named, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
        (seen,) = self.rds.describe_db_cluster_snapshots(**named)["DBClusterSnapshots"]
        self.assertEqual((seen["Status"], seen["PercentProgress"]), ("available", 100))
        self.rds.delete_db_cluster_snapshot(**named)
        missing = self.refused("DBClusterSnapshotNotFoundFault", 404, self.rds.describe_db_cluster_snapshots, **named)
        self.assertIsInstance(missing, self.rds.exceptions.DBClusterSnapshotNotFoundFault)

    # Faults

    def test_a_throttled_read_is_asked_again(self):
        lab("/_lab/faults", [{"action": "DescribeDBClusters", "nth": 1, "fault": "throttle"}])
        before = len(calls("DescribeDBClusters"))
        self.assertTrue(client(attempts=3).describe_db_clusters()["DBClusters"])
        self.assertEqual(len(calls("DescribeDBClusters")) - before, 2)
        lab("/_lab/faults", [{"action": "DescribeDBClusters", "nth": 1, "fault": "throttle"}])
        self.refused("Throttling", 400, self.rds.describe_db_clusters)

    def test_an_ordinary_client_sends_again_when_the_reply_is_lost(self):
        """The reason why the program sends this one call without retries."""
        lab("/_lab/faults", [{"action": "BacktrackDBCluster", "nth": 1, "fault": "reset_after"}])
        before = len(calls("BacktrackDBCluster"))
        self.rds = client(attempts=3)
        self.refused("InvalidDBClusterStateFault", 400, self.backtrack)
        sent = calls("BacktrackDBCluster")[before:]
        self.assertEqual([(call["accepted"], call["replied"]) for call in sent], [(True, False), (False, True)])

    def test_errors_on_order_have_the_shape_of_errors(self):
        ended = [{"action": "DescribeDBClusters", "nth": 1, "fault": "expired_token"}]
        lab("/_lab/faults", ended)
        self.refused("ExpiredToken", 403, self.rds.describe_db_clusters)
        down = [{"action": "DescribeDBClusters", "nth": 1, "fault": "error", "status": 503, "code": "ServiceUnavailable"}]
        lab("/_lab/faults", down)
        self.refused("ServiceUnavailable", 503, self.rds.describe_db_clusters)
        cut = [{"action": "DescribeDBClusters", "nth": 1, "fault": "malformed"}]
        lab("/_lab/faults", cut)
        with self.assertRaises(ResponseParserError):
            self.rds.describe_db_clusters()


if __name__ == "__main__":
    unittest.main()
