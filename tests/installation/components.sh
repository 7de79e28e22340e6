#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What find_package says of versions and components that are there, and that are not.
#
# usage: components.sh PREFIX
. "$(dirname "$0")/common.sh"
make_work_folder
cp -r "$1" "$work/sdk"
chmod -R a+rwX "$work"
cd "$work"

cat >CMakeLists.txt <<'EOF'
cmake_minimum_required(VERSION 3.25)
project(asks LANGUAGES CXX)
find_package(globus_sdk ${ASKED})
message(STATUS "found=${globus_sdk_FOUND} sandbox=${globus_sdk_sandbox_FOUND} async=${globus_sdk_async_FOUND}")
if(TARGET globus_sdk::postgres)
  message(STATUS "has PostgreSQL's target")
endif()
if(TARGET globus_sdk::sandbox)
  message(STATUS "has the sandbox's target")
endif()
EOF
ask() {
  cmake -S . -B build -G Ninja -DCMAKE_PREFIX_PATH="$work/sdk" \
    -DCMAKE_CXX_COMPILER="${CXX:-c++}" "-DASKED=$1"
}
expect() { # ASKED TEXT
  local output
  output=$(ask "$1")
  grep -qF "$2" <<<"$output" || fail "'$1' does not give '$2': $output"
}

expect "0.1;REQUIRED" "found=1"
expect "0.1;REQUIRED" "async=TRUE"
expect "0.1.0;EXACT;REQUIRED" "found=1"
expect "REQUIRED;COMPONENTS;sandbox" "has the sandbox's target"
if ask REQUIRED | grep -q "has the sandbox's target"; then fail "a sandbox that nobody asked for"; fi
expect_failure "version: 0.1.0" ask "0.2;REQUIRED"
expect_failure "version: 0.1.0" ask "1.0;REQUIRED"
expect_failure "component 'wings' is none that there is; there are globus_sdk, async, postgres and sandbox" \
  ask "REQUIRED;COMPONENTS;wings"
expect "OPTIONAL_COMPONENTS;wings" "found=1"

if ask REQUIRED | grep -q "has PostgreSQL's target"; then fail "libpq is asked for, and nobody wants it"; fi
if find sdk -name globus_sdk_postgres_targets.cmake | grep -q .; then
  expect "REQUIRED;COMPONENTS;postgres" "has PostgreSQL's target"
  find sdk -name 'globus_sdk_postgres_targets*.cmake' -delete
fi
expect_failure "component 'postgres' is not installed here: it comes with libglobus-sdk-postgres-dev" \
  ask "REQUIRED;COMPONENTS;postgres"

# without the package of the sandbox's library
find sdk -name 'globus_sdk_sandbox_targets*.cmake' -delete
expect_failure "component 'sandbox' is not installed here: it comes with libglobus-sandbox-dev" \
  ask "REQUIRED;COMPONENTS;sandbox"
expect "REQUIRED;OPTIONAL_COMPONENTS;sandbox" "sandbox=FALSE"
