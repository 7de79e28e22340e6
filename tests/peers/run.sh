#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Run one suite with a peer, or say why it is skipped.
#
# usage: run.sh NAME ENVIRONMENT COMMAND...
set -euo pipefail
name=$1 environment=$2
shift 2
if [ -f "$environment.skipped" ]; then
  echo "skipped: $name: $(cat "$environment.skipped")"
  exit 77
fi
exec "$@"
