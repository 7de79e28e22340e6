#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Build a project that finds the SDK by find_package, and run its programs, as an ordinary user.
#
# usage: cmake_consumer.sh PREFIX
. "$(dirname "$0")/common.sh"
make_work_folder
cp -r "$1" "$work/sdk"
chmod -R a+rX "$work/sdk"

cd "$work"
as_user cmake -S consumer -B build -G Ninja -DCMAKE_PREFIX_PATH="$work/sdk" \
  -DCMAKE_CXX_COMPILER="${CXX:-c++}" >configure.log || { cat configure.log; exit 1; }
as_user cmake --build build
as_user cmake --build build --target run
