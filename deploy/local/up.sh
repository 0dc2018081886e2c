#!/usr/bin/env bash
# A whole cluster on this machine, as processes on loopback: PostgreSQL, three coordinators and some nodes. Runs a sweep on it.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
source "$(dirname "${BASH_SOURCE[0]}")/cluster.sh"

coordinators=3
nodes=3
slots=1
spec=$root/sweeps/quickstart.yaml
stay=

usage() {
    cat <<'HELP'
Usage: deploy/local/up.sh [--nodes N] [--slots N] [--state DIR] [--stay] [SPEC]

Starts PostgreSQL, three coordinators and N nodes on this machine, runs the sweep of SPEC on them, shows its results and stops
them. What was done is kept: the same command goes on from there.

  SPEC         the sweep's spec; sweeps/quickstart.yaml unless given
  --nodes N    nodes, 3 unless given
  --slots N    shuffles that each node runs at once, 1 unless given
  --state DIR  where journal, artifacts and logs are; $ADVFIT_CLUSTER, else .advfit/cluster in the repository
  --stay       leaves the cluster running; deploy/local/down.sh stops it
HELP
}

count() {
    [[ $2 =~ ^[1-9][0-9]{0,2}$ ]] || fail "$1 needs a number from 1 to 999 and got '$2'." 2
    printf '%s\n' "$2"
}

folder=$state
while [ $# -gt 0 ]; do
    case $1 in
        --nodes)
            nodes=$(count --nodes "${2:-}")
            shift
            ;;
        --slots)
            slots=$(count --slots "${2:-}")
            shift
            ;;
        --state)
            folder=${2:-}
            [ -n "$folder" ] || fail '--state needs a folder.' 2
            shift
            ;;
        --stay) stay=1 ;;
        -h | --help) usage && exit ;;
        -*) fail "There is no option $1; see deploy/local/up.sh --help." 2 ;;
        *) spec=$1 ;;
    esac
    shift
done
[ -f "$spec" ] || fail "$spec does not exist; name the spec of a sweep." 2

[ -d /proc/self ] || fail 'This script needs Linux.'
command -v dotnet >/dev/null 2>&1 \
    || fail 'The .NET 10 SDK is needed and dotnet was not found; get it from https://dotnet.microsoft.com/download/dotnet/10.0.'
[ "$(id -u)" != 0 ] || id postgres >/dev/null 2>&1 \
    || fail 'PostgreSQL does not run as root, and there is no user postgres; install it (Debian: apt-get install postgresql-15).'
postgres=$(postgres_programs)

umask 077
use_state "$folder"
mkdir -p "$logs" "$pids" "$state/artifacts"
command -v flock >/dev/null 2>&1 || fail 'flock is needed and was not found; install it (Debian: apt-get install util-linux).'
exec 8>"$state/lock"
flock --nonblock 8 || fail "Another up.sh works with $state; wait for it, or name another folder with --state."
! is_up || fail "A cluster runs with $state already; stop it by deploy/local/down.sh, or name another folder with --state."

rm -f "$(kept)"

random() {
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

# The first port from the given one on that nobody listens on.
free_port() {
    local port=$1
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        port=$((port + 1))
    done
    printf '%s\n' "$port"
}

build() {
    local log project
    if ! log=$(dotnet restore "$root/src/Coordinator" --nologo --verbosity quiet 2>&1) && [[ $log == *Petabridge* ]]; then
        note 'note: This machine'\''s package feeds lack Petabridge.Cmd; the coordinators are built without pbm.'
        export UsePetabridgeCmd=false
    fi
    for project in Coordinator GpuNode; do
        if ! log=$(dotnet build "$root/src/$project" --configuration Release --nologo --verbosity quiet --disable-build-servers 2>&1 8>&-); then
            printf '%s\n' "$log" >&2
            fail "src/$project could not be built; the messages above say why."
        fi
    done
    "$root/advfit" version >/dev/null 8>&- # Builds it where that is needed.
}

start_postgres() {
    local password
    if [ ! -f "$database/data/PG_VERSION" ]; then
        rm -rf "$database"
        mkdir -p "$database"
        random >"$database/password"
        [ "$(id -u)" != 0 ] || chown -R postgres: "$database"
        as_database_user "$postgres/initdb" --pgdata="$database/data" --username=advfit --pwfile="$database/password" \
            --auth=scram-sha-256 --data-checksums --encoding=UTF8 --locale=C.UTF-8 >"$logs/initdb.log" 2>&1 \
            || fail "PostgreSQL could not set up its folder; $logs/initdb.log says why."
    fi
    stop_postgres # One that outlived a crash of this script.
    database_port=$(free_port 15432)
    as_database_user "$postgres/pg_ctl" --pgdata="$database/data" --wait --timeout=60 \
        --options="-p $database_port -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start \
        </dev/null >>"$logs/postgresql.log" 2>&1 8>&- \
        || fail "PostgreSQL did not start; $logs/postgresql.log says why."
    password=$(cat "$database/password")
    connection="Host=127.0.0.1;Port=$database_port;Database=postgres;Username=advfit;Password=$password;Maximum Pool Size=25"
}

start_programs() {
    local i port=14053 http=18080 pbm=19110 seeds=() ports=()
    for ((i = 0; i < coordinators + nodes; i++)); do
        port=$(free_port "$port")
        ports+=("$port")
        [ "$i" -ge "$coordinators" ] || seeds+=("AdvFit__Cluster__SeedNodes__$i=akka.tcp://advfit@127.0.0.1:$port")
        port=$((port + 1))
    done
    https=()
    for ((i = 0; i < coordinators + nodes; i++)); do
        http=$(free_port "$http")
        https+=("$http")
        if [ "$i" -lt "$coordinators" ]; then
            pbm=$(free_port "$pbm")
            start_process "coordinator-$i" Coordinator "${seeds[@]}" AdvFit__Cluster__Port="${ports[i]}" \
                AdvFit__Journal__ConnectionString="$connection" AdvFit__Artifacts="$state/artifacts" \
                AdvFit__Http__Port="$http" AdvFit__Http__Token="$token" AdvFit__Pbm__Port="$pbm" 8>&-
            pbm=$((pbm + 1))
        else
            start_process "node-$((i - coordinators))" GpuNode "${seeds[@]}" AdvFit__Cluster__Port="${ports[i]}" \
                AdvFit__Artifacts="$state/artifacts" AdvFit__Http__Port="$http" AdvFit__Node__Slots="$slots" 8>&-
        fi
        http=$((http + 1))
    done
}

is_ready() {
    local line
    { exec 3<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
    printf 'GET /healthz/ready HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" >&3
    IFS= read -r -t 10 line <&3 || line=
    exec 3>&-
    [[ $line == HTTP/1.1\ 200* ]]
}

# All at once start in some seconds; a machine that is busy with other things may need longer.
wait_until_ready() {
    local i name other all deadline=$((SECONDS + 180))
    mapfile -t all < <(names coordinator && names node)
    for ((i = 0; i < ${#https[@]}; i++)); do
        name=coordinator-$i
        [ "$i" -lt "$coordinators" ] || name=node-$((i - coordinators))
        until is_ready "${https[i]}"; do
            for other in "${all[@]}"; do
                is_running "$other" || { tail -n 5 "$logs/$other.log" >&2 && fail "$other has ended; $logs/$other.log says why."; }
            done
            [ "$SECONDS" -lt "$deadline" ] || { tail -n 5 "$logs/$name.log" >&2 && fail "$name did not get ready; $logs/$name.log says why."; }
            sleep 0.2
        done
    done
}

token_file=$state/token
[ -s "$token_file" ] || random >"$token_file"
token=$(cat "$token_file")

note 'Building the coordinator, the node and advfit ...'
build
trap stop_cluster EXIT
trap 'exit 130' INT TERM
note "Starting PostgreSQL, $coordinators coordinators and $nodes nodes; their logs are in $logs ..."
start_postgres
start_programs
wait_until_ready
touch "$(kept)"
servers=$(printf ',http://127.0.0.1:%s' "${https[@]:0:coordinators}")
printf 'export ADVFIT_SERVER=%s\nexport ADVFIT_TOKEN=%s\n' "${servers#,}" "$token" >"$(client_settings)"

cat >&2 <<HELP
The cluster is ready. From another terminal:

  source $(client_settings)    # the addresses of the coordinators and their token
  ./advfit watch; ./advfit dashboard; ./advfit nodes; ./advfit list
  ./advfit pause; ./advfit resume; ./advfit cancel

HELP
if [ -n "$stay" ]; then
    note 'It stays when the sweep is done, or when you press Ctrl+C; deploy/local/down.sh stops it.'
    trap - EXIT
fi
# shellcheck source=/dev/null
source "$(client_settings)"
# That the cluster cannot be used is no end of the sweep, unless down.sh stopped it.
until "$root/advfit" run "$spec" 8>&-; do
    code=$?
    [ "$code" = 3 ] && [ -e "$(kept)" ] || exit "$code"
    note 'The sweep is followed again ...'
    sleep 5
done
