# SPDX-License-Identifier: Apache-2.0
# Documents that are installed. A Debian package has its own places and forms for them: below the
# package's name, changelogs and man pages compressed, the licence named in `copyright`.
set(manual "${PROJECT_SOURCE_DIR}/docs/globus-sandbox.1")
set(manuals "${CMAKE_INSTALL_MANDIR}/man1")

if(NOT GLOBUS_SDK_DEBIAN)
  install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
                "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/docs/public-api.md"
          DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT development)
  if(TARGET globus-sandbox)
    install(FILES "${manual}" DESTINATION "${manuals}" COMPONENT sandbox)
  endif()
  return()
endif()

# compressed(FILE NAME): FILE, as NAME.gz in the build folder, the same bytes each time.
function(compressed file name)
  execute_process(COMMAND gzip -9nc "${file}" OUTPUT_FILE "${PROJECT_BINARY_DIR}/${name}.gz"
                  COMMAND_ERROR_IS_FATAL ANY)
  set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
endfunction()

set(debian "${PROJECT_SOURCE_DIR}/packaging/debian")
file(STRINGS "${debian}/changelog" newest LIMIT_COUNT 1)
if(NOT newest MATCHES "\\(${PROJECT_VERSION}-([0-9]+)\\)")
  message(FATAL_ERROR "packaging/debian/changelog does not begin with version ${PROJECT_VERSION}")
endif()
set(debian_revision ${CMAKE_MATCH_1})

compressed("${debian}/changelog" changelog.Debian)
compressed("${PROJECT_SOURCE_DIR}/CHANGELOG.md" changelog)
compressed("${manual}" globus-sandbox.1)

set(library_package "libglobus-sdk${soversion}")
set(development_package libglobus-sdk-dev)
set(postgres_package "libglobus-sdk-postgres${soversion}")
set(postgres_development_package libglobus-sdk-postgres-dev)
set(sandbox_package globus-sandbox)
set(sandbox_development_package libglobus-sandbox-dev)
foreach(component library development postgres postgres_development sandbox sandbox_development)
  install(FILES "${debian}/copyright" "${PROJECT_BINARY_DIR}/changelog.Debian.gz"
                "${PROJECT_BINARY_DIR}/changelog.gz"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${${component}_package}"
          COMPONENT ${component})
endforeach()
install(FILES "${PROJECT_SOURCE_DIR}/README.md" "${PROJECT_SOURCE_DIR}/docs/public-api.md"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${development_package}" COMPONENT development)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/examples"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/${development_package}" COMPONENT development
        FILES_MATCHING PATTERN "*.cpp" PATTERN "*.hpp" PATTERN "*.md" PATTERN "*.service"
        PATTERN "*.yaml")
install(FILES "${PROJECT_BINARY_DIR}/globus-sandbox.1.gz" DESTINATION "${manuals}"
        COMPONENT sandbox)
