#!/usr/bin/env bash
# The reads of a rehearsal, as a careful shell script makes them with the AWS CLI. Arguments: endpoint, cluster, target.
set -euo pipefail
endpoint=$1 cluster=$2 target=$3
call() { aws --endpoint-url "$endpoint" --output json "$@"; }

call sts get-caller-identity >/dev/null
found=$(call rds describe-db-clusters --db-cluster-identifier "$cluster" \
    --query 'DBClusters[0].[Status,EarliestBacktrackTime,DBClusterParameterGroup]' --output text)
read -r status earliest group <<<"$found"
call rds describe-db-instances --filters "Name=db-cluster-id,Values=$cluster" >/dev/null
call rds describe-db-cluster-backtracks --db-cluster-identifier "$cluster" >/dev/null
call rds describe-db-cluster-parameters --db-cluster-parameter-group-name "$group" >/dev/null 2>&1 || true
call rds describe-events --source-type db-cluster --source-identifier "$cluster" --duration 20160 >/dev/null 2>&1 || true
call rds describe-blue-green-deployments >/dev/null 2>&1 || true
call rds describe-pending-maintenance-actions >/dev/null 2>&1 || true
[ "${status,,}" = available ]
[[ "$earliest" < "$target" ]]
