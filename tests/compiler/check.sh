#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What users must not write does not compile, and the compiler's first error says why.
#
# usage: check.sh CASE.cpp COMPILER [FLAG...]
# The case compiles by itself. Each of its lines `//! NUMBER [FLAG...] => TEXT` is a mistake: with
# -DMISTAKE=NUMBER and the flags it does not, and the first error, or a note to it, has the text.
set -euo pipefail

case=$1
shift
compile() { "$@" -Wall -Wextra -Werror -Wno-unused -Wunused-result -fsyntax-only "$case" 2>&1; }

fail() {
  echo "$(basename "$case"): $*" >&2
  exit 1
}

output=$(compile "$@" -std=c++20) || fail "does not compile: $output"

mistakes=0
while read -r number rest; do
  flags=${rest%%=>*} text=${rest#*=> }
  # shellcheck disable=SC2086 # several flags are several words
  if output=$(compile "$@" -std=c++20 "-DMISTAKE=$number" $flags); then
    fail "mistake $number compiles"
  fi
  first=$(grep -E 'error: |note: ' <<<"$output" | head -3)
  [[ $first == *"$text"* ]] || fail "mistake $number does not say '$text' at once: $output"
  mistakes=$((mistakes + 1))
done < <(sed -n 's|^//! ||p' "$case")
[ "$mistakes" -gt 0 ] || fail "has no mistakes"
echo "$(basename "$case"): $mistakes mistakes are refused"
