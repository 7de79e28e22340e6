#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Try the recipes with those of their tools that PyPI has: build the Conan package with Debian 12's libraries, and a
# program with it, and let rattler-build read conda-forge's recipe.
#
# usage: packaging/check.sh
# The tools come from PyPI, into build/packages. Where it cannot be reached this ends with 77 and says so.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$PWD/build/packages
export CONAN_HOME=$tools/conan_home

say() { echo "check-packages: $*"; }

if [ ! -x "$tools/bin/conan" ]; then
  python3 -m venv "$tools"
  "$tools/bin/pip" install -q --disable-pip-version-check -r packaging/requirements.txt || {
    say "skipped: PyPI does not give the tools"
    exit 77
  }
fi

say "conda-forge: rattler-build reads the recipe"
"$tools/bin/python" packaging/conda-forge/read_recipe.py

say "Conan: build the package and a program with it"
[ -f "$CONAN_HOME/profiles/default" ] || "$tools/bin/conan" profile detect >/dev/null
"$tools/bin/conan" create packaging/conan --profile:all packaging/conan/debian12.profile \
  -c "tools.cmake.cmake_layout:test_folder=$tools/test_package"
say "all passed"
