# SPDX-License-Identifier: Apache-2.0
# What is installed, in components that a package each may be made of: library, development, postgres,
# postgres_development, sandbox, sandbox_development. Everything finds the rest by where it stands itself, so that an installed tree
# may be moved.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/globus_sdk")
set(header_rules FILES_MATCHING PATTERN "*.hpp")
set(postgres_headers "globus_sdk/postgres")

# ---- the library ------------------------------------------------------------------------------
install(TARGETS globus_sdk globus_sdk_async EXPORT globus_sdk_targets
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT library
                NAMELINK_COMPONENT development
        INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/globus_sdk"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development ${header_rules}
        PATTERN "${postgres_headers}" EXCLUDE)
install(EXPORT globus_sdk_targets NAMESPACE globus_sdk:: DESTINATION "${package_dir}"
        COMPONENT development)

# ---- tokens in PostgreSQL ---------------------------------------------------------------------
if(TARGET globus_sdk_postgres)
  install(TARGETS globus_sdk_postgres EXPORT globus_sdk_postgres_targets
          ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT postgres_development
          LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT postgres
                  NAMELINK_COMPONENT postgres_development
          INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/${postgres_headers}"
          DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/globus_sdk" COMPONENT postgres_development
          ${header_rules})
  install(EXPORT globus_sdk_postgres_targets NAMESPACE globus_sdk:: DESTINATION "${package_dir}"
          COMPONENT postgres_development)
endif()

# ---- the sandbox ------------------------------------------------------------------------------
if(TARGET globus-sandbox)
  install(TARGETS globus-sandbox EXPORT globus_sdk_sandbox_targets
          RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT sandbox)
  install(TARGETS globus_sandbox EXPORT globus_sdk_sandbox_targets
          ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT sandbox_development
          INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(FILES "${PROJECT_SOURCE_DIR}/sandbox/sandbox.hpp"
          DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/globus_sandbox" COMPONENT sandbox_development)
  install(EXPORT globus_sdk_sandbox_targets NAMESPACE globus_sdk:: DESTINATION "${package_dir}"
          COMPONENT sandbox_development)
endif()

# ---- find_package -----------------------------------------------------------------------------
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/globus_sdkConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/globus_sdkConfig.cmake"
                              INSTALL_DESTINATION "${package_dir}")
# before 1.0 a minor version may change the API, so a program asks for the minor version it knows
write_basic_package_version_file("${PROJECT_BINARY_DIR}/globus_sdkConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/globus_sdkConfig.cmake"
              "${PROJECT_BINARY_DIR}/globus_sdkConfigVersion.cmake"
        DESTINATION "${package_dir}" COMPONENT development)

# globus_sdk_static_requirements(VARIABLE): the packages whose own libraries --static has to add, so
# that a program can be linked without any shared library (-static). None where these libraries are
# not here: Debian's libcurl-dev does not bring what its libcurl.a needs, and whoever links the SDK
# alone statically has no use for it.
function(globus_sdk_static_requirements variable)
  set(${variable} "" PARENT_SCOPE)
  find_package(PkgConfig QUIET)
  if(NOT PkgConfig_FOUND)
    return()
  endif()
  set(requirements libcurl libssl libcrypto sqlite3)
  pkg_check_modules(globus_sdk_static QUIET ${requirements})
  if(NOT globus_sdk_static_FOUND OR NOT globus_sdk_static_libcurl_VERSION VERSION_EQUAL
                                    CURL_VERSION_STRING)
    return()
  endif()
  include(CheckCXXSourceCompiles)
  set(CMAKE_REQUIRED_QUIET ON)
  set(CMAKE_REQUIRED_LINK_OPTIONS ${globus_sdk_static_STATIC_LDFLAGS})
  check_cxx_source_compiles("int main() {}" GLOBUS_SDK_STATIC_LIBRARIES_ARE_HERE)
  if(GLOBUS_SDK_STATIC_LIBRARIES_ARE_HERE)
    list(JOIN requirements ", " requirements)
    set(${variable} "${requirements}" PARENT_SCOPE)
  endif()
endfunction()

# ---- pkg-config -------------------------------------------------------------------------------
set(pkg_config_dir "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(pkg_config_prefix "${CMAKE_INSTALL_PREFIX}")
  set(pkg_config_libdir "${CMAKE_INSTALL_LIBDIR}")
else()
  file(RELATIVE_PATH up "/${pkg_config_dir}" "/")
  string(REGEX REPLACE "/$" "" up "${up}")
  set(pkg_config_prefix "\${pcfiledir}/${up}")
  set(pkg_config_libdir "\${prefix}/${CMAKE_INSTALL_LIBDIR}")
endif()
# What a program has to link besides. The static library names it without --static too: there is no
# other.
set(needed_libraries "-lcurl -lssl -lcrypto -lsqlite3")
if(CMAKE_DL_LIBS)
  string(APPEND needed_libraries " -l${CMAKE_DL_LIBS}")
endif()
set(pkg_config_libs "")
set(pkg_config_private_libs "")
set(pkg_config_private_requirements "")
if(BUILD_SHARED_LIBS)
  set(pkg_config_private_libs "${needed_libraries}")
else()
  set(pkg_config_libs " ${needed_libraries}")
  globus_sdk_static_requirements(pkg_config_private_requirements)
endif()
configure_file("${PROJECT_SOURCE_DIR}/cmake/globus_sdk.pc.in" globus_sdk.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/globus_sdk.pc" DESTINATION "${pkg_config_dir}"
        COMPONENT development)
if(TARGET globus_sdk_postgres)
  set(postgres_libs "")
  if(NOT BUILD_SHARED_LIBS)
    set(postgres_libs " -lpq")
  endif()
  configure_file("${PROJECT_SOURCE_DIR}/cmake/globus_sdk_postgres.pc.in" globus_sdk_postgres.pc
                 @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/globus_sdk_postgres.pc" DESTINATION "${pkg_config_dir}"
          COMPONENT postgres_development)
endif()
if(TARGET globus-sandbox)
  configure_file("${PROJECT_SOURCE_DIR}/cmake/globus_sandbox.pc.in" globus_sandbox.pc @ONLY)
  install(FILES "${PROJECT_BINARY_DIR}/globus_sandbox.pc" DESTINATION "${pkg_config_dir}"
          COMPONENT sandbox_development)
endif()

# ---- documents, and packages ------------------------------------------------------------------
include(GlobusSdkDocuments)
include(GlobusSdkPackages)
