// SPDX-License-Identifier: Apache-2.0
#pragma once

// Checks of the compiler and its options. Each gives one line of error instead of hundreds: the
// header that it includes does not exist, so the compilation ends there.

#if __cplusplus < 202002L
#error \
    "the Globus SDK needs C++20: compile with -std=c++20 (in CMake globus_sdk::globus_sdk asks for it)"
#include "globus_sdk/needs_cxx20"
#endif

#if !defined(__cpp_exceptions)
#error "the Globus SDK reports errors by exceptions: compile without -fno-exceptions"
#include "globus_sdk/needs_exceptions"
#endif
