# SPDX-License-Identifier: Apache-2.0
# globus_sdk::postgres, a library of its own: whoever keeps no tokens in PostgreSQL links no libpq.
if(NOT GLOBUS_SDK_BUILD_POSTGRES)
  return()
endif()
if(GLOBUS_SDK_BUILD_POSTGRES STREQUAL "AUTO")
  find_package(PostgreSQL 12 QUIET)
else()
  find_package(PostgreSQL 12 REQUIRED)
endif()
if(NOT PostgreSQL_FOUND)
  message(STATUS "globus_sdk::postgres is not built: there is no libpq (scripts/install-deps.sh postgres)")
  return()
endif()

file(GLOB_RECURSE postgres_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/postgres/*.cpp")
add_library(globus_sdk_postgres ${postgres_sources})
target_link_libraries(globus_sdk_postgres PUBLIC globus_sdk PRIVATE PostgreSQL::PostgreSQL)
target_include_directories(globus_sdk_postgres PRIVATE "${PROJECT_SOURCE_DIR}/src")
set_target_properties(
  globus_sdk_postgres PROPERTIES EXPORT_NAME postgres POSITION_INDEPENDENT_CODE ON
                                 VERSION ${PROJECT_VERSION} SOVERSION ${soversion})
globus_sdk_own_code(globus_sdk_postgres)
globus_sdk_limit_exports(globus_sdk_postgres)
add_library(globus_sdk::postgres ALIAS globus_sdk_postgres)
