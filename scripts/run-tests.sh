#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Run every test of a build folder and say at the end what came of it.
#
# usage: scripts/run-tests.sh BUILD_FOLDER JOBS
set -euo pipefail
build=$1 jobs=$2
cd "$(dirname "$0")/.."

source scripts/test-environment.sh

status=0
# most of the tests' time is waiting, for tasks and time-outs
ctest --test-dir "$build" -j "$((jobs * 3))" --output-on-failure --no-tests=error || status=$?

# what the programs counted: tests, and requests compared with the wire records
log=$build/Testing/Temporary/LastTest.log
grep -hE '(records|answers) reproduced|different calls over' "$log" | sort -u || true
passed=$(awk '/^\[  PASSED  \]/ {n += $4} END {print n + 0}' "$log")
passed=$((passed + $(awk '/^Ran [0-9]+ tests? in / {n += $2} END {print n + 0}' "$log")))
skipped=$(awk '/^\[  SKIPPED \] [0-9]+ test/ {n += $4} END {print n + 0}' "$log")
# suites with others' programs that could not be had
mapfile -t without_peers < <(grep -hE '^skipped: [a-z_]+: ' "$log" | sort -u)
for suite in "${without_peers[@]}"; do echo "$suite"; done
if [ "$status" -eq 0 ]; then
  echo "make test: all passed ($passed tests, $skipped skipped; ${#without_peers[@]} suites skipped)"
else
  # once more at the end, where it is found
  echo "make test: what failed said:"
  awk -f scripts/failed-tests.awk "$log"
  echo "make test: FAILED ($passed tests passed; everything that the suites said is above)"
fi
exit "$status"
