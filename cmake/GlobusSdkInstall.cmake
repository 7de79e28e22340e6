# SPDX-License-Identifier: Apache-2.0
# Install rules and the package config, so that find_package(globus_sdk) works in any prefix.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/globus_sdk")

install(TARGETS globus_sdk EXPORT globus_sdk_targets
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/globus_sdk"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")
install(EXPORT globus_sdk_targets NAMESPACE globus_sdk:: DESTINATION "${package_dir}")

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/globus_sdkConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/globus_sdkConfig.cmake"
                              INSTALL_DESTINATION "${package_dir}")
# before 1.0 a minor version may change the API, so a program asks for the minor version it knows
write_basic_package_version_file("${PROJECT_BINARY_DIR}/globus_sdkConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/globus_sdkConfig.cmake"
              "${PROJECT_BINARY_DIR}/globus_sdkConfigVersion.cmake" DESTINATION "${package_dir}")

if(TARGET globus-sandbox)
  install(TARGETS globus-sandbox RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
