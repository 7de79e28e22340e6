#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `pkg-config --static` names what a libcurl that is a static library needs, where that is on this machine, and
# nothing of it where it is not.
#
# usage: static_requirements.sh
. "$(dirname "$0")/common.sh"
make_work_folder
version=$(pkg-config --modversion libcurl)

# describe PACKAGE VERSION LIBRARIES PRIVATE: what pkg-config is to say of a library
describe() {
  cat >"$folder/described/$1.pc" <<EOF
Name: $1
Description: as if it were a static library
Version: $2
Libs: $3
Libs.private: $4
EOF
}

# libraries_with LIBRARY [--static]: what the SDK's file says where libcurl's says that it needs LIBRARY
libraries_with() {
  local folder=$work/$1
  mkdir -p "$folder/described"
  describe libcurl "$version" "-lcurl" "-l$1"
  # this machine may lack what the static libraries of these need
  describe libssl 3.0 "-lssl" ""
  describe libcrypto 3.0 "-lcrypto" ""
  describe sqlite3 3.34 "-lsqlite3" ""
  export PKG_CONFIG_PATH=$folder/described
  [ -d "$folder/build" ] || cmake -S "$source_folder" -B "$folder/build" -G Ninja \
    -DCMAKE_CXX_COMPILER="${CXX:-c++}" -DGLOBUS_SDK_BUILD_TESTS=OFF -DGLOBUS_SDK_BUILD_EXAMPLES=OFF \
    -DGLOBUS_SDK_BUILD_SANDBOX=OFF >"$folder.log" 2>&1 || { cat "$folder.log"; fail "configuring failed"; }
  PKG_CONFIG_PATH=$folder/build:$PKG_CONFIG_PATH pkg-config "${@:2}" --libs globus_sdk
}

[[ $(libraries_with nghttp2 --static) == *"-lcurl"*"-lnghttp2"* ]] ||
  fail "--static leaves out what libcurl needs: $(libraries_with nghttp2 --static)"
[[ $(libraries_with nghttp2) != *"-lnghttp2"* ]] || fail "without --static there is libcurl's own too"
[[ $(libraries_with is_nowhere --static) != *-lis_nowhere* ]] ||
  fail "--static names a library that is not there"
[[ $(libraries_with is_nowhere --static) == *"-lcurl"* ]] || fail "--static leaves out libcurl"
