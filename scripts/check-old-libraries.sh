#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Build with the oldest libcurl and SQLite that the project takes (Debian 11's: 7.74 and 3.34), and run the tests that
# depend on them. Nothing is installed: the packages are unpacked in the build folder.
#
# usage: scripts/check-old-libraries.sh [JOBS]
# Ends with 77, and says why, where apt does not give the packages.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${1:-$(nproc)}
build=$PWD/build/old-libraries
apt=$build/apt root=$build/root
libraries=$root/usr/lib/$(gcc -print-multiarch)

skip() {
  echo "check-old-libraries: skipped: $*"
  exit 77
}

if [ ! -e "$libraries/libcurl.so" ]; then
  command -v apt-get >/dev/null || skip "no apt here"
  mirror=$(sed -n 's/^URIs: *\(http[^ ]*\/debian\)\/*$/\1/p' /etc/apt/sources.list.d/*.sources 2>/dev/null | head -n 1)
  mkdir -p "$apt"/{lists/partial,cache/archives/partial,packages}
  : >"$apt/status"
  signed="signed-by=/usr/share/keyrings/debian-archive-keyring.gpg"
  {
    echo "deb [$signed] ${mirror:-http://deb.debian.org/debian} bullseye main"
    echo "deb [$signed] ${mirror:-http://deb.debian.org/debian}-security bullseye-security main"
  } >"$apt/sources.list"
  own_apt=(apt-get -q -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=-
           -o "Dir::State=$apt" -o "Dir::State::status=$apt/status" -o "Dir::Cache=$apt/cache")
  "${own_apt[@]}" update >"$apt/log" 2>&1 || skip "no Debian 11 at ${mirror:-deb.debian.org}"
  (cd "$apt/packages" && "${own_apt[@]}" download libcurl4 libcurl4-openssl-dev libssl1.1 \
    libldap-2.4-2 libsqlite3-0 libsqlite3-dev >>"$apt/log" 2>&1) || skip "Debian 11's packages are not to be had"
  for package in "$apt"/packages/*.deb; do dpkg-deb -x "$package" "$root"; done
fi

cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O1 -g1" \
  -DGLOBUS_SDK_FAST_LINK=ON "-DCMAKE_PREFIX_PATH=$root/usr"
programs=(unit_tests transport_tests token_storage_tests sandbox_tests)
cmake --build "$build" -j "$jobs" --target "${programs[@]}"
# what these libraries need themselves is found by this alone
export LD_LIBRARY_PATH=$libraries
ldd "$build/tests/transport_tests" | grep -F "$libraries/libcurl.so" >/dev/null ||
  { echo "check-old-libraries: the tests have another libcurl" >&2; exit 1; }
for program in "${programs[@]}"; do
  echo "check-old-libraries: $program"
  "$build/tests/$program" --gtest_brief=1
done
echo "check-old-libraries: all passed"
