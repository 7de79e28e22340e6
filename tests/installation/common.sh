# SPDX-License-Identifier: Apache-2.0
# What the scripts of this folder share; they source it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_folder=$(cd "$here/../.." && pwd)

# settings of whoever runs this are no part of the test
for name in "${!GLOBUS_SDK_@}" "${!GLOBUS_SANDBOX_@}" DESTDIR PKG_CONFIG_PATH CMAKE_PREFIX_PATH; do
  unset "$name"
done

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# as_user COMMAND...: run it as an ordinary user; as root that is nobody, who owns nothing here.
as_user() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=nobody --regid=nogroup --clear-groups --inh-caps=-all \
      env HOME="$work" TMPDIR="$work" CCACHE_DISABLE=1 "$@"
  else
    env TMPDIR="$work" CCACHE_DISABLE=1 "$@"
  fi
}

# make_work_folder: $work is a folder for that user, with a copy of the consumers, gone at the end.
make_work_folder() {
  work=$(mktemp -d "${TMPDIR:-/tmp}/globus-sdk-installation-XXXXXX")
  trap 'rm -rf "$work"' EXIT
  cp -r "$here/consumer" "$work/consumer"
  chmod -R a+rX "$work"
  [ "$(id -u)" -ne 0 ] || chown nobody:nogroup "$work"
}

# expect_failure TEXT COMMAND...: the command fails, and says TEXT.
expect_failure() {
  local text=$1 output
  shift
  if output=$("$@" 2>&1); then fail "succeeded, and should not: $*"; fi
  # CMake breaks lines where it likes
  output=$(tr -s ' \n' ' ' <<<"$output")
  [[ $output == *"$text"* ]] || fail "does not say '$text': $output"
}
