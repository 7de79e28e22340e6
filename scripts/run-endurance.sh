#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Run each test of a program by itself, all at the same time, and say what each found.
#
# usage: scripts/run-endurance.sh PROGRAM SECONDS
set -euo pipefail
program=$1 seconds=$2
cd "$(dirname "$0")/.."
source scripts/test-environment.sh
export ENDURANCE_SECONDS=$seconds

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
number=$("$program" --gtest_list_tests | grep -c '^ ')
pids=()
for ((i = 0; i < number; i++)); do
  GTEST_TOTAL_SHARDS=$number GTEST_SHARD_INDEX=$i "$program" --gtest_brief=0 >"$folder/$i" 2>&1 &
  pids+=($!)
done
status=0
for ((i = 0; i < number; i++)); do
  wait "${pids[i]}" || status=$?
  grep -vE '^(\[[-=]|\[ +PASSED|Note: |Running main|$)' "$folder/$i" || true
done
exit "$status"
