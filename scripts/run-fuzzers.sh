#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Run each fuzz target for some time, and say what came of it; or keep what they found worth keeping.
#
# usage: scripts/run-fuzzers.sh BUILD_FOLDER SECONDS [NAME...]
#        scripts/run-fuzzers.sh --keep BUILD_FOLDER [NAME...]
# A run starts from tests/fuzz/corpus/NAME and from what earlier runs found (BUILD_FOLDER/corpus/NAME). Inputs that
# break something are left in BUILD_FOLDER/findings. --keep copies to tests/fuzz/corpus what reaches code that
# nothing there does.
set -euo pipefail
keep=
if [ "${1:-}" = --keep ]; then
  keep=1
  shift
fi
build=$1
shift
seconds=60
if [ -z "$keep" ]; then
  seconds=$1
  shift
fi
corpora=$(dirname "$0")/../tests/fuzz/corpus

names=("$@")
if [ ${#names[@]} -eq 0 ]; then
  for target in "$build"/tests/fuzz/*_fuzz; do
    names+=("$(basename "$target" _fuzz)")
  done
fi

status=0
for name in "${names[@]}"; do
  target=$build/tests/fuzz/${name}_fuzz
  kept=$corpora/$name found=$build/corpus/$name log=$build/fuzz-$name.log
  mkdir -p "$kept" "$found" "$build/findings"
  if [ -n "$keep" ]; then
    "$target" -merge=1 "$kept" "$found" >"$log" 2>&1 || { tail -n 20 "$log"; exit 1; }
    echo "fuzz: $name: $(find "$kept" -type f | wc -l) inputs are kept"
    continue
  fi
  dictionary=()
  if [ -f "$corpora/../$name.dict" ]; then dictionary=("-dict=$corpora/../$name.dict"); fi
  if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -close_fd_mask=1 \
    -artifact_prefix="$build/findings/$name-" "${dictionary[@]}" "$found" "$kept" >"$log" 2>&1; then
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    covered=$(grep -oE 'cov: [0-9]+' "$log" | tail -n 1)
    echo "fuzz: $name: nothing found in $runs runs over $seconds s (${covered#cov: } edges of the code reached)"
  else
    echo "fuzz: $name: FAILED; the input is in $build/findings, and this is the end of $log:"
    grep -vE '^(#|NEW_FUNC)' "$log" | tail -n 40
    status=1
  fi
done
exit "$status"
