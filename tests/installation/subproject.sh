#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Configure a project that has the SDK's sources below its own; with --build, build and install it.
# Configuring may use no network: it runs without one where the system lets us.
#
# usage: subproject.sh [--build]
. "$(dirname "$0")/common.sh"
make_work_folder
cd "$work"

without_network=()
[ "$(id -u)" -eq 0 ] && unshare=(unshare -n) || unshare=(unshare -rn)
"${unshare[@]}" true 2>/dev/null && without_network=("${unshare[@]}")

configure() { # HOW
  "${without_network[@]}" cmake -S "$here/subproject" -B "$1" -G Ninja -DHOW="$1" \
    -DGLOBUS_SDK="$source_folder" -DCMAKE_CXX_COMPILER="${CXX:-c++}" >"$1.log" 2>&1 || {
    cat "$1.log"
    fail "configuring by $1 failed"
  }
}
configure subdirectory
configure fetch
[ ! -e subdirectory/compile_commands.json ] || fail "compile_commands.json, for nobody"
[ -z "$(ctest --test-dir subdirectory -N 2>/dev/null | grep 'Test *#')" ] || fail "has tests"

[ "${1:-}" = --build ] || exit 0
cmake --build fetch
cmake --install fetch --prefix "$work/installed" >/dev/null
[ "$(cd installed && find . -type f)" = ./bin/list_files ] || fail "installs more than the user's"
