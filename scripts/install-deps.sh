#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Install the packages that the project needs and that are missing, and say which: on Debian 12 and 13, and
# on Ubuntu 24.04, whose names are here untested.
#
# usage: scripts/install-deps.sh [install] [build] [lint] [docs] [bench] [package] [browser] [postgres]
# (build alone when no group is named)
# This is the one list of the project's packages. Where nothing is missing it reaches no network and asks for no
# root; where there is no apt it leaves it to CMake to say what is missing.
set -euo pipefail

distribution=$(. /etc/os-release && echo "${ID:-} ${VERSION_CODENAME:-}")

# The project needs Boost 1.81. The packages without a version in their name are older on Debian 12, and on what
# is derived from it.
case $distribution in
  *bookworm) boost=1.81 ;;
  *) boost= ;;
esac
# Ubuntu's Chromium is a snap, with names of its own
case $distribution in
  ubuntu*) chromium=(chromium-browser chromium-chromedriver) ;;
  *) chromium=(chromium chromium-driver) ;;
esac

# what `make install` needs: to build the library and the sandbox, and nothing to test them
install_packages=(
  g++ cmake ninja-build
  libcurl4-openssl-dev libssl-dev libsqlite3-dev
  "libboost$boost-dev" "libboost-json$boost-dev" "libboost-system$boost-dev"
  libcli11-dev libfmt-dev
)
# what `make build`, `make test` and `make demo` need
build_packages=(
  "${install_packages[@]}"
  ccache pkg-config
  libgtest-dev libgmock-dev libnghttp2-dev tinyproxy-bin curl
  nginx  # a server for files, over HTTP/2 as well; where it starts on port 80 by itself: systemctl disable --now nginx
  python3-venv nodejs npm  # for the peers of tests/peers; python3 writes the calls of tests/wire as well
)
# what `make lint` and the presets with clang in their name need besides
lint_packages=(clang-19 clang-tidy-19 clang-format-19 libclang-rt-19-dev llvm-19)
# what `make docs` needs
docs_packages=(doxygen python3)
# what `make bench` and `make bench-instructions` need besides
bench_packages=(python3 python3-venv valgrind curl nginx openssl)
# what `make package` needs besides what `make install` does, and `make test-installation` besides the tests
package_packages=(dpkg-dev file gzip lintian libpq-dev)
# what tests of logins in a real browser need besides; they are skipped without it
browser_packages=("${chromium[@]}")
# what globus_sdk::postgres needs besides, and its tests; neither is built without the first
postgres_packages=(libpq-dev postgresql)

wanted=()
for group in "${@:-build}"; do
  case $group in
    install) wanted+=("${install_packages[@]}") ;;
    build) wanted+=("${build_packages[@]}") ;;
    lint) wanted+=("${lint_packages[@]}") ;;
    docs) wanted+=("${docs_packages[@]}") ;;
    bench) wanted+=("${bench_packages[@]}") ;;
    package) wanted+=("${package_packages[@]}") ;;
    browser) wanted+=("${browser_packages[@]}") ;;
    postgres) wanted+=("${postgres_packages[@]}") ;;
    *) echo "install-deps: no group named '$group' (install, build, lint, docs, bench, package, browser, postgres)" >&2; exit 2 ;;
  esac
done

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "install-deps: no apt here, so nothing is installed; README.md lists the libraries that CMake looks for"
  exit 0
fi

is_installed() {
  # packages of nodejs from elsewhere bring npm with them, and exclude Debian's
  case $1 in nodejs | npm) command -v "${1%js}" >/dev/null && return ;; esac
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${wanted[@]}"; do
  is_installed "$package" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "install-deps: missing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  # sudo may ask for a password where somebody is there to give it
  command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; } || {
    echo "install-deps: installing them needs root. As root, run: apt-get install ${missing[*]}" >&2
    echo "install-deps: or have the libraries elsewhere, and call CMake yourself: README.md, 'Use it in your project'" >&2
    exit 1
  }
  as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt_get() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1 || {
    tail -n 20 "$log" >&2
    echo "install-deps: apt-get $1 failed" >&2
    exit 1
  }
}
echo "install-deps: installing them with apt-get ..."
apt_get update
apt_get install --no-install-recommends "${missing[@]}"
echo "install-deps: installed ${#missing[@]} packages and what they depend on"
