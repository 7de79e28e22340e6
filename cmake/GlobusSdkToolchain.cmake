# SPDX-License-Identifier: Apache-2.0
# How the project compiles its own code: cache, linker, warnings, sanitizers. Nothing here reaches
# the code of a project that uses the library.

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)

# ccache where it is installed, if the user chose no launcher. Paths below the source folder are made
# relative, so that two checkouts share what they have in common.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER AND PROJECT_IS_TOP_LEVEL)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=true
      CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE_PROGRAM}")
endif()

# ccache can keep what was compiled with a precompiled header only if the preprocessor's output shows it
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND PROJECT_IS_TOP_LEVEL AND NOT
                                         CMAKE_DISABLE_PRECOMPILE_HEADERS)
  add_compile_options(-fpch-preprocess)
endif()

# g++ spends a tenth of its time on tidying its memory up, which is gone with it a moment later
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND PROJECT_IS_TOP_LEVEL)
  add_compile_options(--param=ggc-min-heapsize=400000)
endif()

if(GLOBUS_SDK_FAST_LINK)
  find_program(LLD_PROGRAM ld.lld)
  find_program(GOLD_PROGRAM ld.gold)
  if(LLD_PROGRAM)
    add_link_options(-fuse-ld=lld)
  elseif(GOLD_PROGRAM)
    add_link_options(-fuse-ld=gold)
  endif()
endif()

if(GLOBUS_SDK_SANITIZERS)
  add_compile_options(-fsanitize=${GLOBUS_SDK_SANITIZERS} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${GLOBUS_SDK_SANITIZERS})
  if(GLOBUS_SDK_SANITIZERS MATCHES "thread")
    # ThreadSanitizer does not know fences: Asio's would look like races
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-Wno-tsan)
    endif()
  endif()
endif()

# globus_sdk_own_code(TARGET): TARGET is code of this project and is held to its warnings.
function(globus_sdk_own_code target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                                           -Wnon-virtual-dtor)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # false alarms of g++ 12 in the standard library's and Boost's inlined code
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-maybe-uninitialized
                                             -Wno-dangling-pointer -Wno-mismatched-new-delete)
  else()
    # clang reports what libstdc++ 12 itself uses inside std::stable_sort
    target_compile_options(${target} PRIVATE -Wno-deprecated-declarations)
  endif()
  if(GLOBUS_SDK_WARNINGS_AS_ERRORS)
    target_compile_options(${target} PRIVATE -Werror)
  endif()
endfunction()

# globus_sdk_limit_exports(TARGET): TARGET, if it is a shared library of the SDK, exports what is named for the SDK
# and nothing else. Where g++ would make symbols of it that pin a library in memory for good, it makes
# ordinary ones, so that a plugin with the SDK in it can be unloaded.
function(globus_sdk_limit_exports target)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "SHARED_LIBRARY")
    set(exports "${PROJECT_SOURCE_DIR}/src/globus_sdk.map")
    target_link_options(${target} PRIVATE "LINKER:--version-script=${exports}")
    set_target_properties(${target} PROPERTIES LINK_DEPENDS "${exports}")
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fno-gnu-unique)
  endif()
endfunction()
