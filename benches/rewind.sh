#!/usr/bin/env bash
# A rewind as a shell script makes it with the AWS CLI: the reads, pause, one call, polling, resume.
# Arguments: endpoint, cluster, target, the shop's URL.
set -euo pipefail
endpoint=$1 cluster=$2 target=$3
call() { aws --endpoint-url "$endpoint" --output text "$@"; }
shop() { python3 -c 'import sys, urllib.request as u
u.urlopen(u.Request(sys.argv[1] + "/_lab/shop", sys.argv[2].encode(), {"content-type": "application/json"})).read()' "$endpoint" "$1"; }

bash "$(dirname "$0")/rehearsal.sh" "$endpoint" "$cluster" "$target"
shop '{"paused": true}'
id=$(call rds backtrack-db-cluster --db-cluster-identifier "$cluster" --backtrack-to "$target" --query BacktrackIdentifier)
# AWS's own statuses come in more than one letter case.
until status=$(call rds describe-db-cluster-backtracks --db-cluster-identifier "$cluster" \
    --backtrack-identifier "$id" --query 'DBClusterBacktracks[0].Status') && [ "${status,,}" = completed ]; do sleep 1; done
until status=$(call rds describe-db-clusters --db-cluster-identifier "$cluster" --query 'DBClusters[0].Status') &&
    [ "${status,,}" = available ]; do sleep 1; done
shop '{"paused": false}'
