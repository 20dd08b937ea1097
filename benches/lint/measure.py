"""Writes templates, lints them, prints a table: CPU time of the process and its threads, and wall time."""
import json
import os
import statistics
import sys
import time

program, folder, rounds = sys.argv[1], sys.argv[2], int(sys.argv[3])


def template(number):
    """A service's stack: a cluster with its instance and group, beside queues and functions."""
    resources = {
        "Group": {
            "Type": "AWS::RDS::DBClusterParameterGroup",
            "Properties": {"Family": "aurora-mysql8.0", "Description": "usual", "Parameters": {"binlog_format": "OFF"}},
        },
        "Cluster": {
            "Type": "AWS::RDS::DBCluster",
            "DeletionPolicy": "Snapshot",
            "Properties": {
                "Engine": "aurora-mysql",
                "EngineVersion": "8.0.mysql_aurora.3.08.0",
                "DBClusterParameterGroupName": {"Ref": "Group"},
                "BacktrackWindow": {"Fn::If": ["Prod", {"Ref": "Window"}, 3600 + number]},
                "StorageEncrypted": True,
            },
        },
        "Writer": {
            "Type": "AWS::RDS::DBInstance",
            "Properties": {"Engine": "aurora-mysql", "DBInstanceClass": "db.r6g.large", "DBClusterIdentifier": {"Ref": "Cluster"}},
        },
    }
    for each in range(12):
        resources[f"Queue{each}"] = {
            "Type": "AWS::SQS::Queue",
            "Properties": {"VisibilityTimeout": 30 + each, "Tags": [{"Key": "service", "Value": f"service-{number}"}]},
        }
        resources[f"Function{each}"] = {
            "Type": "AWS::Lambda::Function",
            "Properties": {
                "Runtime": "python3.13",
                "Handler": "app.main",
                "Code": {"ZipFile": "def main(event, context):\n    return event\n"},
                "Role": {"Fn::GetAtt": ["Role", "Arn"]},
            },
        }
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": f"Service {number}",
        "Parameters": {"Env": {"Type": "String", "Default": "dev"}, "Window": {"Type": "Number", "Default": 86400}},
        "Conditions": {"Prod": {"Fn::Equals": [{"Ref": "Env"}, "prod"]}},
        "Resources": resources,
    }


def yaml(value, indent=0):
    """Block YAML of it, with the tags that people write."""
    pad = "  " * indent
    if isinstance(value, dict):
        if list(value) == ["Ref"]:
            return f" !Ref {value['Ref']}\n"
        if list(value) == ["Fn::GetAtt"]:
            return f" !GetAtt {'.'.join(value['Fn::GetAtt'])}\n"
        if list(value) == ["Fn::If"]:
            return " !If\n" + "".join(f"{pad}-{yaml(item, indent + 1)}" for item in value["Fn::If"])
        return "\n" + "".join(f"{pad}{key}:{yaml(item, indent + 1)}" for key, item in value.items())
    if isinstance(value, list):
        if all(isinstance(item, dict) for item in value):
            return "\n" + "".join(f"{pad}- {json.dumps(item)}\n" for item in value)
        return f" {json.dumps(value)}\n"
    return f" {json.dumps(value)}\n"


def written(name, number):
    path = os.path.join(folder, name)
    os.makedirs(path, exist_ok=True)
    for each in range(number):
        ending = "json" if each % 4 == 0 else "yaml"
        file = os.path.join(path, f"service-{each:04}.{ending}")
        text = json.dumps(template(each), indent=2) if ending == "json" else yaml(template(each)).lstrip("\n")
        with open(file, "w", encoding="utf-8") as out:
            out.write(text)
    return path


def measured(arguments):
    """CPU and wall of one process in milliseconds, and its greatest memory in MiB."""
    began = time.perf_counter()
    pid = os.posix_spawn(program, [program, "lint", *arguments], os.environ,
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, used = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    assert os.waitstatus_to_exitcode(status) == 0, status
    return (used.ru_utime + used.ru_stime) * 1000, wall * 1000, used.ru_maxrss / 1024


one, many = written("one", 2), written("many", 1000)
size = sum(os.path.getsize(os.path.join(many, name)) for name in os.listdir(many)) / 1024
print(f"1,000 templates, {size:.0f} KiB, {rounds} rounds\n")
print("| what | CPU | wall | memory |\n| --- | --- | --- | --- |")
for what, arguments in [
    ("one template, JSON", [os.path.join(one, "service-0000.json")]),
    ("one template, YAML", [os.path.join(one, "service-0001.yaml")]),
    ("1,000 templates, a folder", [many]),
    ("1,000 templates, JSON lines", [many, "--output", "json"]),
]:
    runs = [measured(arguments) for _ in range(rounds)]
    cpu, wall, memory = (statistics.median(column) for column in zip(*runs))
    print(f"| {what} | {cpu:.1f} ms | {wall:.1f} ms | {memory:.0f} MiB |")
