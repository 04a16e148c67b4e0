#!/usr/bin/env bash
# Measures what a letter costs facteur as the queue gets deeper and the offices more, on loopback. Prints Markdown tables.
#
# usage: src/bench/growth.sh [--depths N,…] [--offices N,…] [--rounds N] [--seconds S]
#
# Root, because the sink gives its rights up; nothing else may run on the machine meanwhile. What it starts listens on loopback, keeps
# its files below target/bench, and ends with it. A million letters that wait take 2 GB there.
set -euo pipefail
cd "$(dirname "$0")/../.."

source src/bench/needs.sh
needs 'maven python3 default-jdk postfix openssl' mvn python3 java smtp-source smtp-sink openssl

mkdir -p target/bench
javac -d target/bench/source src/bench/Source.java
mvn -q package -DskipTests
exec python3 -B src/bench/growth.py "$@"
