#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Compile and link with what pkg-config says, and run, as an ordinary user.
#
# usage: pkg_config_consumer.sh PREFIX
. "$(dirname "$0")/common.sh"
make_work_folder
cp -r "$1" "$work/sdk"
chmod -R a+rX "$work/sdk"

cd "$work"
pc_file=$(find sdk -name globus_sdk.pc)
PKG_CONFIG_PATH=$work/$(dirname "$pc_file")
export PKG_CONFIG_PATH
[ "$(pkg-config --modversion globus_sdk)" = "$(sed -n 's/.*version = "\(.*\)".*/\1/p' \
  "$source_folder/include/globus_sdk/core/version.hpp")" ] || fail "another version"
libraries=$(pkg-config --variable=libdir globus_sdk)
compile=("${CXX:-c++}" -std=c++20)

# link_and_run NAME FLAG...: with the shared library, where the program is told by its environment
link_and_run() {
  local name=$1
  shift
  # shellcheck disable=SC2046  # words are what is wanted of pkg-config
  as_user "${compile[@]}" "$name.o" -o "$name" $(pkg-config --libs "$@" globus_sdk)
  as_user env LD_LIBRARY_PATH="$libraries" sdk/bin/globus-sandbox exec -- "./$name"
}

for name in list_files list_files_async; do
  # shellcheck disable=SC2046
  as_user "${compile[@]}" $(pkg-config --cflags globus_sdk) -c "consumer/$name.cpp" -o "$name.o" &
done
if pkg-config --exists globus_sdk_postgres; then
  # shellcheck disable=SC2046
  as_user "${compile[@]}" $(pkg-config --cflags globus_sdk_postgres) consumer/store_in_postgres.cpp \
    -o store_in_postgres $(pkg-config --libs globus_sdk_postgres) &
fi
# shellcheck disable=SC2046
as_user "${compile[@]}" $(pkg-config --cflags globus_sandbox globus_sdk) consumer/embedded_sandbox.cpp \
  -o embedded_sandbox $(pkg-config --libs globus_sandbox globus_sdk) &
wait

link_and_run list_files
link_and_run list_files --static
link_and_run list_files_async
# without any shared library, where the static ones of libcurl's are here
if grep -q '^Requires.private: .' "$pc_file"; then
  compile+=(-static)
  link_and_run list_files --static
else
  echo "$(basename "$0"): not linked with -static: the static libraries that libcurl needs are not here"
fi
as_user env LD_LIBRARY_PATH="$libraries" ./embedded_sandbox
if pkg-config --exists globus_sdk_postgres; then
  as_user env LD_LIBRARY_PATH="$libraries" ./store_in_postgres
  # only those who keep tokens there need its client
  linked=$(readelf -d list_files ./embedded_sandbox)
  if [[ $linked == *libpq* ]]; then fail "a program that has no PostgreSQL links libpq"; fi
fi
