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

solution=AdvFit.sln
left_out=
if ! log=$(dotnet restore AdvFit.sln --nologo --verbosity quiet 2>&1); then
    if dotnet restore AdvFit.Local.slnf --nologo --verbosity quiet; then
        solution=AdvFit.Local.slnf
        left_out='LEFT OUT: the projects of AdvFit.sln that are not in AdvFit.Local.slnf; this machine'\''s package feeds lack packages that they need.'
        printf '%s\n%s\n' "$log" "$left_out" >&2
    else
        echo 'error: The packages could not be restored; the messages above say why.' >&2
        exit 4
    fi
fi

# The tests in the browser need what is not on every machine.
filter=()
missing=
if ! src/Web/build.sh; then
    missing='the web app, which was not built (see above)'
elif ! command -v chromium >/dev/null 2>&1 && ! command -v chromium-browser >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
    missing='Chromium, which is not in the PATH (Debian: apt-get install chromium)'
fi
if [ -n "$missing" ]; then
    [[ $* == *--filter* ]] || filter=(--filter 'Category!=Browser')
    left_out="${left_out:+$left_out$'\n'}LEFT OUT: the tests in the browser; they need $missing."
    printf '%s\n' "LEFT OUT: the tests in the browser; they need $missing." >&2
fi

dotnet build "$solution" --no-restore --configuration Release --nologo --verbosity quiet
code=0
dotnet test "$solution" --no-build --configuration Release --nologo "${filter[@]}" "$@" || code=$?
if [ -n "$left_out" ]; then
    printf '%s\n' "$left_out" >&2
fi
exit "$code"
