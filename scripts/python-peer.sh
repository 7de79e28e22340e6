#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Make a Python environment with pinned packages, unless it stands already. Where the packages are
# not to be had it says so and leaves none: who uses it skips what needs it.
#
# usage: scripts/python-peer.sh FOLDER REQUIREMENTS
set -euo pipefail
folder=$1 requirements=$2

cmp -s "$requirements" "$folder/made-from.txt" && exit 0
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
log=$folder.log
if python3 -m venv "$folder" >"$log" 2>&1 &&
  "$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps \
    -r "$requirements" >>"$log" 2>&1; then
  cp "$requirements" "$folder/made-from.txt"
else
  echo "bench: no environment with $requirements: $(tail -n 1 "$log")"
  rm -rf "$folder"
fi
