#!/usr/bin/env bash
# Measures facteur beside Postfix, Haraka and no relay at all, on loopback, in one run. Prints Markdown tables.
#
# usage: src/bench/relay.sh [--rounds N] [--seconds S] [--only relays,ways,secured]
#
# Root, because Postfix must be; nothing else may run on the machine meanwhile. What it starts listens on loopback, keeps its files
# below target/bench, and ends with it.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing=()
for program in mvn python3 smtp-source smtp-sink npm openssl; do
    command -v "$program" >/dev/null || missing+=("$program")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "missing: ${missing[*]} (Debian: maven python3 postfix npm openssl)" >&2
    exit 69
fi

mkdir -p target/bench
mvn -q package -DskipTests
if [ ! -x target/bench/haraka/node_modules/.bin/haraka ]; then
    npm install --silent --no-save --prefix target/bench/haraka Haraka@3.3.4 >&2 || echo "no Haraka: npm can't fetch it" >&2
fi
exec python3 -B src/bench/relay.py "$@"
