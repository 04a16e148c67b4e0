#!/usr/bin/env bash
# Measures facteur beside Postfix, Haraka, HAProxy (which only hands octets on) and no relay at all, on loopback, in one run; or beside
# another build of itself, Postfix and no relay, with what each uses per letter. Prints Markdown tables.
#
# usage: src/bench/relay.sh [--rounds N] [--seconds S] [--only relays,ways,flags,secured]
#        src/bench/relay.sh --against PROGRAM [--program PROGRAM] [--quick] [--rounds N] [--seconds S] [--only start,cases,ways,load]
#
# PROGRAM is another build's bin/facteur; with --program this build is measured as it lies there, instead of being built first.
# Root, because Postfix must be; nothing else may run on the machine meanwhile. What it starts listens on loopback, keeps its files
# below target/bench, and ends with it.
set -euo pipefail
cd "$(dirname "$0")/../.."

source src/bench/needs.sh
needs 'maven python3 default-jdk postfix openssl' mvn python3 java javac smtp-source smtp-sink openssl

mkdir -p target/bench
javac -d target/bench/source src/bench/Source.java
[[ " $* " == *' --program'* ]] || mvn -q package -DskipTests
if [[ " $* " != *' --against'* ]]; then
    needs 'haproxy npm' haproxy npm
    if [ ! -x target/bench/haraka/node_modules/.bin/haraka ]; then
        npm install --silent --no-save --prefix target/bench/haraka Haraka@3.3.4 >&2 || echo "no Haraka: npm can't fetch it" >&2
    fi
fi
exec python3 -B src/bench/relay.py "$@"
