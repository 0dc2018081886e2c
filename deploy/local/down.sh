#!/usr/bin/env bash
# Stops the cluster that up.sh --stay has left, or what a crash of up.sh has left.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

folder=$state
remove=
while [ $# -gt 0 ]; do
    case $1 in
        --state)
            folder=${2:-}
            [ -n "$folder" ] || fail '--state needs a folder.' 2
            shift
            ;;
        --remove) remove=1 ;;
        -h | --help)
            cat <<'HELP'
Usage: deploy/local/down.sh [--state DIR] [--remove]

  --state DIR  as for up.sh
  --remove     also removes the journal, the artifacts and the logs
HELP
            exit
            ;;
        *) fail "There is no option $1; see deploy/local/down.sh --help." 2 ;;
    esac
    shift
done

[ -d "$folder/pids" ] || fail "There is no cluster in $folder; nothing to stop." 2
use_state "$folder"
stop_cluster
rm -f "$(client_settings)"
[ -z "$remove" ] || rm -rf "$database" "$state"
