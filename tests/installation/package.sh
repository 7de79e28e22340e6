#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Look at the Debian packages as lintian and dpkg do, and unpack them into a root of their own.
#
# usage: package.sh FOLDER_OF_PACKAGES ROOT
. "$(dirname "$0")/common.sh"
packages=$1 root=$2

names=$(for package in "$packages"/*.deb; do dpkg-deb -f "$package" Package; done | sort | xargs)
[[ $names =~ ^"globus-sandbox libglobus-sandbox-dev libglobus-sdk-dev libglobus-sdk-postgres-dev libglobus-sdk-postgres"[0-9.]+" libglobus-sdk"[0-9.]+$ ]] ||
  fail "not the packages that there should be: $names"

# by root lintian does not want to be run; its work needs a folder
lintian --allow-root --fail-on error --tag-display-limit 0 "$packages"/*.deb ||
  fail "lintian found errors"

# field PACKAGE NAME: a field of a package's control file
field() { dpkg-deb -f "$packages/$1"_*.deb "$2"; }
expect_dependency() { # PACKAGE PATTERN
  [[ $(field "$1" Depends) =~ $2 ]] || fail "$1 does not depend on $2: $(field "$1" Depends)"
}
library=$(xargs -n 1 <<<"$names" | grep -x 'libglobus-sdk[0-9.]*')
for needed in 'libboost-json1\.[0-9]+\.0' libc6 libcurl4 libssl3 'libstdc\+\+6'; do
  expect_dependency "$library" "$needed"
done
for needed in 'libfmt[0-9]+' libsqlite3-0 libssl3; do expect_dependency globus-sandbox "$needed"; done
postgres=$(xargs -n 1 <<<"$names" | grep -x 'libglobus-sdk-postgres[0-9.]*')
for needed in libpq5 "$library \\(= "; do expect_dependency "$postgres" "$needed"; done
for package in "$library" libglobus-sdk-dev globus-sandbox; do
  [[ $(field "$package" Depends) != *libpq* ]] || fail "$package needs libpq"
done
expect_dependency libglobus-sdk-postgres-dev "$postgres \\(= "
expect_dependency libglobus-sdk-dev "$library \(= "
expect_dependency libglobus-sandbox-dev "libglobus-sdk-dev \(= "
dpkg-deb -I "$packages/$library"_*.deb shlibs | grep -q "$library" || fail "no shlibs in $library"

rm -rf "$root"
mkdir -p "$root"
for package in "$packages"/*.deb; do
  dpkg-deb -x "$package" "$root"
  name=$(dpkg-deb -f "$package" Package)
  for document in copyright changelog.Debian.gz; do
    [ -f "$root/usr/share/doc/$name/$document" ] || fail "$name has no $document"
  done
done
MANPATH=$root/usr/share/man man -w globus-sandbox >/dev/null 2>&1 ||
  [ -f "$root/usr/share/man/man1/globus-sandbox.1.gz" ] || fail "no man page"
