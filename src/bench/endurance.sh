#!/usr/bin/env bash
# Measures whether facteur stays as it is: an hour of steady load, while the upstream flaps, the configuration is reloaded every
# minute, and a queue of deferred letters comes due again. Prints a Markdown table and makes a picture; fails when a letter is lost
# or something grows.
#
# usage: src/bench/endurance.sh [--minutes M] [--share S] [--deferred N] [--png FILE] [--csv FILE]
#
# Nothing else may run on the machine meanwhile. What it starts listens on loopback, keeps its files below target/bench, and ends
# with it. An hour leaves 10 GB there, which are removed at the end unless something is wrong.
set -euo pipefail
cd "$(dirname "$0")/../.."

source src/bench/needs.sh
needs 'maven python3' mvn python3
/usr/bin/python3 -c 'import matplotlib' 2>/dev/null || needs python3-matplotlib matplotlib

mvn -q package -DskipTests
exec python3 -B src/bench/endurance.py "$@"
