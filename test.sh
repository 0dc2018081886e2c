#!/usr/bin/env bash
# Builds and runs all the tests that can be built here. With --full, crash tests at every write and at 100 random moments
# instead of a sample of them. Other arguments are passed on to `dotnet test`.
set -euo pipefail
if [ "${1:-}" = --full ]; then
    shift
    export ADVFIT_FULL_TESTS=1
fi
cd "$(dirname "${BASH_SOURCE[0]}")"

command -v dotnet >/dev/null 2>&1 || {
    echo 'error: The .NET 10 SDK is needed and `dotnet` was not found; get it from https://dotnet.microsoft.com/download/dotnet/10.0.' >&2
    exit 4
}

left_out=
leave_out() {
    left_out+="LEFT OUT: $1"$'\n'
    printf 'LEFT OUT: %s\n' "$1" >&2
}

solution=AdvFit.sln
restore() {
    log=$(dotnet restore "$1" --nologo --verbosity quiet 2>&1)
}
restore_without_pbm() {
    [[ $log == *Petabridge.Cmd* ]] || return 1
    export UsePetabridgeCmd=false
    restore AdvFit.sln && leave_out 'the palette of pbm; this machine'\''s package feeds lack Petabridge.Cmd.'
}
if ! restore AdvFit.sln && ! restore_without_pbm; then
    printf '%s\n' "$log" >&2
    solution=AdvFit.Local.slnf
    restore "$solution" || {
        printf '%s\nerror: The packages could not be restored; the messages above say why.\n' "$log" >&2
        exit 4
    }
    leave_out 'the projects of AdvFit.sln that are not in AdvFit.Local.slnf; this machine'\''s package feeds lack packages that they need.'
fi

# Some tests need what is not on every machine.
filters=()
missing=
if ! src/Web/build.sh; then
    missing='the web app, which was not built (see above)'
elif ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
    missing='Chromium, which is not in the PATH (Debian: apt-get install chromium)'
fi
if [ -n "$missing" ]; then
    filters+=('Category!=Browser')
    leave_out "the tests in the browser; they need $missing."
fi
kubectl=$(kubectl version --client 2>/dev/null | grep -oEm 1 'v1\.[0-9]+' | head -n 1 || true)
if [ -z "$kubectl" ] || [ "${kubectl#v1.}" -lt 27 ]; then
    filters+=('Category!=Kubectl')
    leave_out "the tests of the manifests for Kubernetes; they need kubectl 1.27 or newer in the PATH, and this machine has ${kubectl:-none}."
fi
if [ "$solution" = AdvFit.sln ]; then
    if ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
        filters+=('Category!=Cluster')
        leave_out 'the tests of whole clusters; they need PostgreSQL'\''s programs in /usr/lib/postgresql (Debian: apt-get install postgresql-15).'
    elif ! { ip netns add advfit-probe && ip netns delete advfit-probe; } >/dev/null 2>&1; then
        filters+=('Category!=Namespaces')
        leave_out 'the test of a cluster whose network is cut; it needs root and `ip netns` (Debian: apt-get install iproute2).'
    fi
fi
filter=()
if [ "${#filters[@]}" -gt 0 ] && [[ $* != *--filter* ]]; then
    filter=(--filter "$(IFS='&' && printf %s "${filters[*]}")")
fi

dotnet build "$solution" --no-restore --configuration Release --nologo --verbosity quiet
code=0
dotnet test "$solution" --no-build --configuration Release --nologo "${filter[@]}" "$@" || code=$?
printf %s "$left_out" >&2
exit "$code"
