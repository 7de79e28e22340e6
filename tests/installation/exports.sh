#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What the shared library exports is the SDK's own, and nothing keeps it in memory for good.
#
# usage: exports.sh PREFIX
. "$(dirname "$0")/common.sh"
library=$(find "$1" -name 'libglobus_sdk.so.*' -type f)
[ -n "$library" ] || fail "no shared library in $1"

[[ $(readelf -d "$library") =~ "[libglobus_sdk.so."[0-9.]+"]" ]] || fail "no soname"
exported=$(nm -D --defined-only "$library")
if grep -v globus_sdk <<<"$exported"; then fail "these are not the SDK's"; fi
if grep -E ' u ' <<<"$exported"; then fail "these are unique symbols, with which it stays loaded"; fi
[ "$(wc -l <<<"$exported")" -gt 100 ] || fail "exports hardly anything"
