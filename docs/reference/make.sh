#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Make the reference in build/docs, from nothing. Fails when Doxygen has a warning, or a link leads
# nowhere, or a client lacks its page.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PYTHONDONTWRITEBYTECODE=1

rm -rf build/docs
version=$(sed -nE 's/.*version = "([0-9.]+)".*/\1/p' include/globus_sdk/core/version.hpp)
docs/reference/prepare.py build/docs/input
GLOBUS_SDK_VERSION=$version doxygen docs/reference/Doxyfile 2> >(sed "s|$PWD/build/docs/input/||" >&2)
# a page is called TransferClient, not "TransferClient Class Reference"
sed -i -E '/^<title>|<div class="title">/s/ (Class|Struct) (Template )?Reference//' build/docs/html/*.html
docs/reference/check_links.py build/docs/html
docs/reference/check_clients.py build/docs/html
echo "docs: build/docs/html/index.html"
