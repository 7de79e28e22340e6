#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Install a build folder, then move what was installed to another place.
#
# usage: stage.sh BUILD_FOLDER PREFIX
. "$(dirname "$0")/common.sh"
build=$1 prefix=$2

rm -rf "$prefix" "$prefix.before"
mkdir -p "$(dirname "$prefix")"
cmake --install "$build" --prefix "$prefix.before" >/dev/null
mv "$prefix.before" "$prefix"

# nothing that was installed, but for the code itself, knows where it was made
if grep -rIl -e "$prefix" -e "$source_folder" "$prefix"; then
  fail "these files know where they were built or installed first"
fi
programs=$(find "$prefix" -type f \( -path '*/bin/*' -o -name '*.so*' \))
for file in $programs; do
  if readelf -d "$file" | grep -E 'R(UN)?PATH'; then fail "$file has a path to libraries in it"; fi
done
