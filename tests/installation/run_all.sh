#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Everything of this folder that needs more than the everyday build: the shared library, the Debian
# packages, and a project that compiles the SDK's sources itself.
#
# usage: run_all.sh BUILD_FOLDER    (configured with --preset package, built, packed)
. "$(dirname "$0")/common.sh"
build=$(cd "$1" && pwd)
tried=$build/installation

step() {
  echo "test-installation: $*"
  "$here/$1.sh" "${@:2}"
}
step stage "$build" "$tried/shared"
step exports "$tried/shared"
step cmake_consumer "$tried/shared"
step pkg_config_consumer "$tried/shared"
step components "$tried/shared"
step package "$build/packages" "$tried/root"
step cmake_consumer "$tried/root/usr"
step pkg_config_consumer "$tried/root/usr"
step subproject --build
echo "test-installation: all passed"
