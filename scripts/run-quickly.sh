#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Run one test program in parts side by side, and say one line when all pass. Most of its time is
# waiting, for tasks and time-outs.
#
# usage: scripts/run-quickly.sh PROGRAM PARTS
set -euo pipefail
program=$(realpath "$1") parts=$2
name=$(basename "$program")

cd "$(dirname "$0")/.."
source scripts/test-environment.sh
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

processes=()
for ((part = 0; part < parts; ++part)); do
  GTEST_TOTAL_SHARDS=$parts GTEST_SHARD_INDEX=$part timeout 900 "$program" >"$logs/$part" 2>&1 &
  processes+=($!)
done
failed=
for ((part = 0; part < parts; ++part)); do
  wait "${processes[$part]}" || failed+=" $part"
done
for part in $failed; do cat "$logs/$part"; done
[ -z "$failed" ] || { echo "$name: FAILED"; exit 1; }
echo "$name: all passed ($(cat "$logs"/* | awk '/^\[  PASSED  \]/ {n += $4} END {print n + 0}') tests)"
