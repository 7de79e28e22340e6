#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What systemd says of the unit of the data service: whether it understands every line, and how much
# of the host the service could reach.
#
# usage: check_unit.sh
set -euo pipefail
unit=$(cd "$(dirname "$0")/../../.." && pwd)/examples/data_service/deploy/data-service.service
command -v systemd-analyze >/dev/null || {
  echo "skipped: systemd: systemd-analyze is not installed (package systemd)"
  exit 77
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The program is not installed here; everything else of the unit stays as it is.
program=$(command -v true)
sed "s#^ExecStart=.*#ExecStart=$program#" "$unit" >"$folder/data-service.service"

check() {
  local said status=0
  said=$(systemd-analyze verify "$1" 2>&1) || status=$?
  # It warns of a line that it does not know, and still says 0.
  [ "$status" -eq 0 ] && ! grep -q "$(basename "$1")" <<<"$said" && return
  echo "$said"
  return 1
}

check "$folder/data-service.service"

# A mistake is found: else this test would see none in the unit either.
sed 's/^ProtectSystem=/ProtectSytem=/' "$folder/data-service.service" >"$folder/wrong.service"
if check "$folder/wrong.service" >/dev/null; then
  echo "systemd-analyze did not find a line that is wrong" >&2
  exit 1
fi

# 10 is all of the host, in tenths: 100
systemd-analyze security --offline=true --no-pager --threshold=20 "$folder/data-service.service" \
  >"$folder/exposure" || { cat "$folder/exposure"; exit 1; }
tail -n 1 "$folder/exposure"

# The service needs 5 s to hand work back, and 10 s for renewals, after the time that it is given.
stop=$(sed -n 's/^Environment=DATA_SERVICE_STOP_SECONDS=//p' "$unit")
bound=$(sed -n 's/^TimeoutStopSec=\([0-9]*\)s$/\1/p' "$unit")
[ "$bound" -gt $((stop + 15)) ] || {
  echo "TimeoutStopSec is $bound s: systemd would kill the service before it has ended" >&2
  exit 1
}
