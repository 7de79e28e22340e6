#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Check the layout of the code (clang-format) and what clang-tidy says of it.
#
# usage: scripts/lint.sh [--fix] [FILE...]
# With files, those among them that are C++ are checked; with none, all of the project's.
# --fix lays the files out and changes nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."

fix=
if [ "${1:-}" = --fix ]; then
  fix=1
  shift
fi

all_files() { git ls-files --cached --others --exclude-standard; }
mapfile -t files < <(if [ $# -gt 0 ]; then printf '%s\n' "$@"; else all_files; fi |
  grep -E '\.(cpp|hpp)$' | while read -r file; do [ ! -f "$file" ] || echo "$file"; done)
if [ ${#files[@]} -eq 0 ]; then
  echo "lint: no C++ among the files"
  exit 0
fi

if [ -n "$fix" ]; then
  clang-format-19 -i "${files[@]}"
  echo "lint: laid out ${#files[@]} files"
  exit 0
fi

status=0
clang-format-19 --dry-run --Werror "${files[@]}" || {
  echo "lint: 'make format' lays these out" >&2
  status=1
}

# A header is read through the sources that include it, the one beside it first of all. What was clean is not read again until the text that the
# compiler sees changes, or the checks do.
lint_source() {
  local source=$1 seen
  seen=$(clang++-19 -std=c++20 -Iinclude -Isrc -I. -Itests -E "$source" 2>/dev/null |
    cat - .clang-tidy | sha256sum | cut -d' ' -f1)
  if [ -f "build/lint/clean/$seen" ]; then return 0; fi
  clang-tidy-19 -p build/lint --quiet --warnings-as-errors='*' "$source" \
    2> >(grep -vE '^[0-9]+ warnings? (generated|treated)' >&2) || return 1
  touch "build/lint/clean/$seen"
}
export -f lint_source

mapfile -t sources < <(printf '%s\n' "${files[@]}" | sed -E 's|^include/globus_sdk/|src/|; s|\.hpp$|.cpp|' |
  sort -u | while read -r source; do [ ! -f "$source" ] || echo "$source"; done)
if [ ${#sources[@]} -gt 0 ]; then
  cmake --preset lint >/dev/null
  mkdir -p build/lint/clean
  printf '%s\0' "${sources[@]}" |
    xargs -0 -P "$(nproc)" -n 1 bash -c 'lint_source "$0"' || status=1
fi

if [ "$status" -eq 0 ]; then
  echo "lint: ${#files[@]} files are clean"
else
  echo "lint: FAILED"
fi
exit "$status"
