#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Make the environment of one peer, once: what its suite pins, from PyPI or npm, in a folder of its
# own.
#
# usage: environment.sh python|node|browser FOLDER ENVIRONMENT
# FOLDER has requirements.txt, or package.json and package-lock.json. ENVIRONMENT is made again only
# when these change. A browser is Debian's: what is missing is installed, by root. Where it cannot be made because a registry is out of reach or a program is
# missing, the reason is left in ENVIRONMENT.skipped, for run.sh. Whatever else goes wrong (a wrong
# hash, versions that do not fit) is a failure.
set -euo pipefail
kind=$1 folder=$2 environment=$3

mkdir -p "$(dirname "$environment")"
exec 9>"$environment.lock"
flock 9
rm -f "$environment.skipped"
log=$environment.log

skip() {
  echo "$1" >"$environment.skipped"
  echo "skipped: $1"
  exit 0
}

case $kind in
  python)
    command -v python3 >/dev/null || skip "python3 is not installed"
    python3 -c 'import ensurepip, venv' 2>/dev/null || skip "python3-venv is not installed"
    pinned=("$folder/requirements.txt") tool=$(python3 -VV)
    ;;
  node)
    command -v node >/dev/null || skip "nodejs is not installed"
    command -v npm >/dev/null || skip "npm is not installed"
    pinned=("$folder/package.json" "$folder/package-lock.json") tool=$(node --version)
    ;;
  browser)
    command -v chromium >/dev/null && command -v chromedriver >/dev/null && exit 0
    [ "$(id -u)" -eq 0 ] || skip "chromium is not installed (scripts/install-deps.sh browser)"
    # where nobody answers that is to be known soon
    printf '%s;\n' 'Acquire::http::Timeout "20"' 'Acquire::Retries "0"' >"$environment.apt.conf"
    APT_CONFIG=$environment.apt.conf "$(dirname "$0")/../../scripts/install-deps.sh" browser \
      >"$log" 2>&1 || skip "chromium is not installed, and Debian's packages cannot be had"
    exit 0
    ;;
  *) echo "environment.sh: no kind '$kind'" >&2; exit 2 ;;
esac

wanted=$({ cat "${pinned[@]}"; echo "$tool $environment"; } | sha256sum | cut -d' ' -f1)
if [ "$(cat "$environment/stamp" 2>/dev/null)" = "$wanted" ]; then
  echo "$environment is as pinned"
  exit 0
fi

install_python() {
  python3 -m venv "$environment" &&
    "$environment/bin/python" -m pip install --disable-pip-version-check --no-input \
      --timeout 20 --retries 1 --require-hashes --only-binary :all: -r "$folder/requirements.txt"
}

install_node() {
  mkdir -p "$environment" && cp "${pinned[@]}" "$environment" &&
    (cd "$environment" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=http \
      --fetch-retries=1 --fetch-retry-mintimeout=1000 --fetch-timeout=20000)
}

# what pip and npm write when there is nobody to talk to
unreachable='NewConnectionError|ConnectTimeoutError|ReadTimeoutError|NameResolutionError|ProxyError'
unreachable+='|Connection refused|Connection aborted|SSLError|too many 50|ECONNREFUSED|ECONNRESET'
unreachable+='|ENOTFOUND|EAI_AGAIN|ETIMEDOUT'
unreachable+='|ERR_SOCKET_TIMEOUT|network timeout|UNABLE_TO_VERIFY|E50[0-9]'
# what they write when there is, but what came is not what is pinned
wrong='DO NOT MATCH THE HASHES|EINTEGRITY|ResolutionImpossible'

echo "making $environment ..."
rm -rf "$environment"
if "install_$kind" >"$log" 2>&1; then
  echo "$wanted" >"$environment/stamp"
  exit 0
fi
rm -rf "$environment"
if grep -qE "$unreachable" "$log" && ! grep -qE "$wrong" "$log"; then
  case $kind in
    python) skip "PyPI cannot be reached" ;;
    node) skip "the npm registry cannot be reached" ;;
  esac
fi
cat "$log" >&2
echo "environment.sh: $environment could not be made" >&2
exit 1
