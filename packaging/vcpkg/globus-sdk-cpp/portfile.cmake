# SPDX-License-Identifier: Apache-2.0
# The checkout that this port is in
get_filename_component(SOURCE_PATH "${CURRENT_PORT_DIR}/../../.." ABSOLUTE)

vcpkg_check_features(OUT_FEATURE_OPTIONS FEATURE_OPTIONS FEATURES
    postgres GLOBUS_SDK_BUILD_POSTGRES
    sandbox GLOBUS_SDK_BUILD_SANDBOX
)

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        ${FEATURE_OPTIONS}
        -DGLOBUS_SDK_BUILD_EXAMPLES=OFF
        -DGLOBUS_SDK_BUILD_TESTS=OFF
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME globus_sdk CONFIG_PATH lib/cmake/globus_sdk)
vcpkg_fixup_pkgconfig()
if("sandbox" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES globus-sandbox AUTO_CLEAN)
endif()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
file(INSTALL "${CURRENT_PORT_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
