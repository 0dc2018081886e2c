#!/usr/bin/env bash
# Builds the web app of reports and dashboard, dist/app.html, where it was never built or a source is newer than it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

app=dist/app.html

fail() {
    printf 'error: %s\n' "$1" >&2
    exit 4
}

is_current() {
    [ -f "$app" ] || return 1
    local newer
    newer=$(find . \( -name node_modules -o -name dist \) -prune -o -type f -newer "$app" -print -quit)
    [ -z "$newer" ]
}

is_current && exit

if ! command -v npm >/dev/null 2>&1; then
    [ -f "$app" ] || fail 'Reports and the dashboard need npm, once, to build the web app; install Node.js 18 or newer (https://nodejs.org). Everything in the terminal works without it.'
    echo 'note: The web app is older than its sources and npm, which could build it, was not found; the older one is used.' >&2
    exit
fi

[ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ] \
    || fail "The web app needs Node.js 18 or newer to be built and this is $(node --version); install it from https://nodejs.org. Everything in the terminal works without it."

echo 'Building the web app (npm downloads what it needs, about 50 MB) ...' >&2
log=$( { npm ci --no-audit --no-fund && npm run build; } 2>&1) || {
    printf '%s\n' "$log" | tail -n 20 >&2
    fail 'The web app could not be built; the messages above say why. Everything in the terminal works without it.'
}
