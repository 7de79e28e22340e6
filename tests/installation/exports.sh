#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the shared libraries export is the SDK's own, and nothing keeps it in memory for good.
#
# usage: exports.sh PREFIX
. "$(dirname "$0")/common.sh"
# look_at NAME FEWEST: the library, and how many symbols it exports at least
look_at() {
  local library exported
  library=$(find "$prefix" -name "$1.so.*" -type f)
  [ -n "$library" ] || fail "no shared library $1 in $prefix"
  [[ $(readelf -d "$library") =~ "[$1.so."[0-9.]+"]" ]] || fail "$1 has no soname"
  exported=$(nm -D --defined-only "$library")
  if grep -v globus_sdk <<<"$exported"; then fail "these are not the SDK's"; fi
  if grep -E ' u ' <<<"$exported"; then fail "these are unique symbols, with which it stays loaded"; fi
  [ "$(wc -l <<<"$exported")" -gt "$2" ] || fail "$1 exports hardly anything"
}
prefix=$1
look_at libglobus_sdk 100
look_at libglobus_sdk_postgres 20
if readelf -d "$(find "$prefix" -name 'libglobus_sdk.so.*' -type f)" | grep libpq; then
  fail "the SDK links libpq, which only globus_sdk::postgres may"
fi
