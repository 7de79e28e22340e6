#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Run a test program with everything that it logs and throws to be seen, and look in that for every
# secret that its sandboxes had.
#
# usage: find_secrets.sh PROGRAM [ARGUMENT...]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GLOBUS_SDK_LOG=debug TESTS_TELL_WHAT_IS_THROWN=1
export GLOBUS_SANDBOX_SECRETS_FILE=$folder/secrets
status=0
"$@" >"$folder/output" 2>&1 || status=$?
if [ "$status" != 0 ]; then
  grep -a 'FAILED' "$folder/output" || true
  echo "secrets: the tests themselves failed ($status)"
  exit 1
fi

sort -u "$folder/secrets" >"$folder/all"
secrets=$(wc -l <"$folder/all")
logged=$(grep -ac '^globus_sdk ' "$folder/output" || true)
thrown=$(grep -ac '^thrown: ' "$folder/output" || true)
if [ "$secrets" -lt 1000 ] || [ "$logged" -lt 1000 ] || [ "$thrown" -lt 100 ]; then
  echo "secrets: too little to look at: $secrets secrets, $logged lines logged, $thrown errors"
  exit 1
fi

found=$(grep -acF --file="$folder/all" "$folder/output" || true)
if [ "$found" != 0 ]; then
  echo "secrets: found in $found lines, of which the first are (the secrets left out):"
  grep -aF --file="$folder/all" "$folder/output" | head -20 |
    perl -pe 'BEGIN { open(F, "<", shift); chomp(@s = <F>) } for my $s (@s) { s/\Q$s\E/<SECRET>/g }' "$folder/all" -
  exit 1
fi
echo "secrets: none of $secrets in $logged lines that were logged and $thrown errors that were thrown"
