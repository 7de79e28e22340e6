#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What `make install` asks of a machine: no package that only tests need, no root where nothing is missing, and a
# clear word where something is. The system's package tools are stood in for.
#
# usage: dependencies.sh
. "$(dirname "$0")/common.sh"
make_work_folder
cp "$source_folder/scripts/install-deps.sh" "$work/"
mkdir "$work/tools" "$work/bare"
cat >"$work/tools/dpkg-query" <<'EOF'
#!/bin/sh
for package; do :; done
case " $MISSING " in *" $package "* | *" everything "*) exit 1 ;; esac
echo installed
EOF
for name in apt-get sudo; do
  printf '#!/bin/sh\necho "%s was called: $*"\nexit 1\n' "$name" >"$work/tools/$name"
done
for name in bash id; do ln -s "$(command -v "$name")" "$work/bare/$name"; done
chmod -R a+rx "$work"

# install_deps MISSING GROUP...: as a user who is not root and whom sudo refuses
install_deps() {
  as_user env "PATH=$work/tools:$PATH" "MISSING=$1" "$work/install-deps.sh" "${@:2}" </dev/null
}

wanted=$(install_deps everything install 2>/dev/null || true)
for package in libcurl4-openssl-dev libssl-dev libsqlite3-dev ninja-build; do
  [[ $wanted == *"$package"* ]] || fail "make install does not ask for $package: $wanted"
done
for package in libgtest-dev libgmock-dev libnghttp2-dev tinyproxy-bin python3-venv npm; do
  [[ $wanted != *"$package"* ]] || fail "make install asks for $package, which tests need"
  [[ $(install_deps "$package" build 2>/dev/null || true) == *"$package"* ]] ||
    [[ $package == npm ]] || fail "make test does not ask for $package"
done

[ -z "$(install_deps nothing install 2>&1)" ] || fail "does something where nothing is missing"
expect_failure "needs root. As root, run: apt-get install libssl-dev" install_deps libssl-dev install
expect_failure "call CMake yourself" install_deps libssl-dev install

# where there is no apt, CMake says what it does not find
output=$(as_user env "PATH=$work/bare" "$work/install-deps.sh" install 2>&1) || fail "without apt: $output"
[[ $output == *"README.md"* ]] || fail "without apt it says: $output"

commands=$(cd "$source_folder" && make -n install)
[[ $commands == *"install-deps.sh install"* && $commands != *"install-deps.sh build"* ]] ||
  fail "make install runs: $commands"
