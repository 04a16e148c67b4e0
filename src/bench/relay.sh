#!/usr/bin/env bash
# Measures facteur beside Postfix, Haraka, HAProxy (which only hands octets on) and no relay at all, on loopback, in one run. Prints
# Markdown tables.
#
# usage: src/bench/relay.sh [--rounds N] [--seconds S] [--only relays,ways,flags,secured]
#
# Root, because Postfix must be; nothing else may run on the machine meanwhile. What it starts listens on loopback, keeps its files
# below target/bench, and ends with it.
set -euo pipefail
cd "$(dirname "$0")/../.."

source src/bench/needs.sh
needs 'maven python3 postfix haproxy npm openssl' mvn python3 smtp-source smtp-sink haproxy npm openssl

mkdir -p target/bench
mvn -q package -DskipTests
if [ ! -x target/bench/haraka/node_modules/.bin/haraka ]; then
    npm install --silent --no-save --prefix target/bench/haraka Haraka@3.3.4 >&2 || echo "no Haraka: npm can't fetch it" >&2
fi
exec python3 -B src/bench/relay.py "$@"
