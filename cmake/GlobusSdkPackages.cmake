# SPDX-License-Identifier: Apache-2.0
# Debian packages by CPack, as Debian's own are cut: what a program needs to run, what a program
# needs to be built, the tool, and what a test needs that has the tool in itself.
if(NOT GLOBUS_SDK_DEBIAN)
  return()
endif()
if(NOT BUILD_SHARED_LIBS OR NOT TARGET globus-sandbox OR NOT TARGET globus_sdk_postgres)
  message(FATAL_ERROR "the packages are of the shared libraries and the sandbox: use --preset package")
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME globus-sdk-cpp)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

set(CPACK_COMPONENTS_ALL library development postgres postgres_development sandbox
                         sandbox_development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${debian_revision})
file(STRINGS "${debian}/changelog" maintainer REGEX "^ -- " LIMIT_COUNT 1)
string(REGEX REPLACE "^ -- (.*>).*" "\\1" CPACK_DEBIAN_PACKAGE_MAINTAINER "${maintainer}")
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")  # each package has its own
# the headers of the Boost that the library was built with
set(boost_json_package "libboost-json${Boost_VERSION_MAJOR}.${Boost_VERSION_MINOR}-dev")
set(this_version "(= ${PROJECT_VERSION}-${debian_revision})")

# debian_package(COMPONENT SECTION SUMMARY DESCRIPTION [DEPENDS])
macro(debian_package component section summary description)
  string(TOUPPER ${component} upper)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${${component}_package})
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${section})
  set(CPACK_DEBIAN_${upper}_DESCRIPTION "${summary}\n${description}")
  set(CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS "${ARGN}")
endmacro()

set(about "globus-sdk-cpp has clients for the services of Globus with the names
of the Python SDK, which are safe to use from many threads, and blocking or
asynchronous.")
debian_package(library libs "C++ SDK for the Globus platform - library" "${about}
.
This package has the shared library.")
debian_package(development libdevel "C++ SDK for the Globus platform - development files" "${about}
.
This package has what is needed to build programs with it."
  "${library_package} ${this_version}, ${boost_json_package}")
debian_package(postgres libs "C++ SDK for the Globus platform - tokens in PostgreSQL" "${about}
.
This package has the shared library that keeps tokens in PostgreSQL, for
programs that run on many hosts."
  "${library_package} ${this_version}")
debian_package(postgres_development libdevel
  "C++ SDK for the Globus platform - development files for PostgreSQL" "${about}
.
This package has what is needed to build programs that keep tokens in
PostgreSQL."
  "${postgres_package} ${this_version}, ${development_package} ${this_version}")
debian_package(sandbox net "local Globus to develop and test against"
  "globus-sandbox is a server on loopback that behaves as Globus does on the
wire: OAuth2 with all grants, consents and signed id tokens, and a Transfer
whose collections are folders and whose tasks really move files.")
debian_package(sandbox_development libdevel "local Globus for tests, in their own process"
  "With this library a C++ test starts globus-sandbox in its own process, in one
line of code."
  "${development_package} ${this_version}, ${sandbox_package} ${this_version}, \
${boost_json_package}, libfmt-dev, libsqlite3-dev, libssl-dev")

# Debian has ldconfig run by a trigger; the maintainer scripts that CPack adds, and which call it too, do no
# harm
file(WRITE "${PROJECT_BINARY_DIR}/debian/triggers" "activate-noawait ldconfig\n")
file(WRITE "${PROJECT_BINARY_DIR}/debian/shlibs"
     "libglobus_sdk ${soversion} ${library_package} (>= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA "${PROJECT_BINARY_DIR}/debian/triggers"
                                               "${PROJECT_BINARY_DIR}/debian/shlibs")
file(WRITE "${PROJECT_BINARY_DIR}/debian/postgres/shlibs"
     "libglobus_sdk_postgres ${soversion} ${postgres_package} (>= ${PROJECT_VERSION})\n")
set(CPACK_DEBIAN_POSTGRES_PACKAGE_CONTROL_EXTRA "${PROJECT_BINARY_DIR}/debian/triggers"
                                                "${PROJECT_BINARY_DIR}/debian/postgres/shlibs")
# the SDK's library that it is linked with stands in this build
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${PROJECT_BINARY_DIR}")
set(CPACK_DEBIAN_POSTGRES_PACKAGE_MULTIARCH same)
set(CPACK_DEBIAN_POSTGRES_DEVELOPMENT_PACKAGE_MULTIARCH same)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_MULTIARCH same)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_MULTIARCH same)

include(CPack)
