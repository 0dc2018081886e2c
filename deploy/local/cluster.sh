#!/usr/bin/env bash
# What up.sh and down.sh have in common: where things are, and how processes and PostgreSQL are started and stopped.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
state=${ADVFIT_CLUSTER:-$root/.advfit/cluster}

fail() {
    printf 'error: %s\n' "$1" >&2
    exit "${2:-4}"
}

note() {
    printf '%s\n' "$1" >&2
}

use_state() {
    mkdir -p "$1"
    state=$(cd "$1" && pwd -P)
    logs=$state/logs
    pids=$state/pids
    database=$state/postgresql
    if [ "$(id -u)" = 0 ]; then
        # PostgreSQL refuses to run as root, and the user that it runs as need not reach the state folder.
        database=$(getent passwd postgres | cut -d : -f 6)/advfit-$(printf %s "$state" | cksum | cut -d ' ' -f 1)
    fi
}

# Exports the server's address and its token.
client_settings() {
    printf '%s\n' "$state/client.env"
}

as_database_user() {
    if [ "$(id -u)" = 0 ]; then
        (cd / && runuser -u postgres -- "$@")
    else
        "$@"
    fi
}

# Folder of PostgreSQL's programs, of the newest version that is installed.
postgres_programs() {
    local newest
    newest=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    if [ -n "$newest" ] && [ -x "$newest/initdb" ]; then
        printf '%s\n' "$newest"
    elif command -v initdb >/dev/null 2>&1; then
        dirname "$(command -v initdb)"
    else
        fail 'PostgreSQL is needed and initdb was not found; install it (Debian: apt-get install postgresql-15).'
    fi
}

# start_process NAME PROGRAM [VARIABLE=VALUE ..]: in a session of its own, so that Ctrl+C here is none there. What ends while the
# cluster is to be kept is started again.
start_process() {
    local name=$1 program=$2
    shift 2
    : >"$pids/$name"
    (
        trap '' HUP # This terminal may be closed before the cluster is stopped.
        for ((starts = 1; ; starts++)); do
            env "$@" setsid dotnet "$root/src/$program/bin/Release/net10.0/AdvFit.$program.dll" &
            printf '%s\n' "$!" >"$pids/$name"
            [ "$starts" = 1 ] || [ -e "$(kept)" ] || kill "$!" # It is stopped just now.
            wait "$!" || true # The log says how it ended.
            sleep 1
            [ -e "$(kept)" ] || exit 0
            printf '%s is started again.\n' "$name"
        done
    ) </dev/null >"$logs/$name.log" 2>&1 &
    until [ -s "$pids/$name" ]; do
        sleep 0.1
    done
    disown
}

# There while what dies is to be started again.
kept() {
    printf '%s\n' "$state/kept"
}

# A process of that name, and not another that has got its number since. Before it is a dotnet it is a copy of this script.
is_running() {
    local pid
    pid=$(cat "$pids/$1" 2>/dev/null) && tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -Eq 'AdvFit\.(Coordinator|GpuNode)\.dll|up\.sh'
}

signal() {
    if is_running "$2"; then
        kill "-$1" "$(cat "$pids/$2")" 2>/dev/null || true
    fi
}

names() {
    local file
    for file in "$pids/$1"-*; do
        [ ! -f "$file" ] || basename "$file"
    done
}

is_up() {
    local name
    for name in $(names coordinator) $(names node); do
        ! is_running "$name" || return 0
    done
    return 1
}

# Ends all processes of a kind, in good order within the given seconds.
stop_processes() {
    local kind=$1 patience=$2 name deadline
    for name in $(names "$kind"); do
        signal TERM "$name"
    done
    deadline=$((SECONDS + patience))
    for name in $(names "$kind"); do
        while is_running "$name"; do
            if [ "$SECONDS" -ge "$deadline" ]; then
                note "note: $name did not stop in time and was killed; $logs/$name.log may say why."
                signal KILL "$name"
            fi
            sleep 0.2
        done
        rm -f "$pids/$name"
    done
}

stop_postgres() {
    [ -d "$database/data" ] || return 0
    local programs
    programs=$(postgres_programs)
    if as_database_user "$programs/pg_ctl" --pgdata="$database/data" status >/dev/null 2>&1; then
        as_database_user "$programs/pg_ctl" --pgdata="$database/data" --mode=fast stop >/dev/null
    fi
}

# Nodes first, which hand their work back to coordinators; those next, which record it in the database.
stop_cluster() {
    trap 'note "Killing what still runs."; for name in $(names coordinator) $(names node); do signal KILL "$name"; done' INT
    rm -f "$(kept)"
    if is_up; then
        note 'Stopping the cluster; nodes finish the stages that they run (Ctrl+C kills them) ...'
    fi
    stop_processes node 630
    stop_processes coordinator 60
    stop_postgres
    trap - INT
}
