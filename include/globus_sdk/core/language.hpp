// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the compiler has to be told, said in one line rather than in hundreds: a header that does
// not exist ends the compilation there.

#if __cplusplus < 202002L
#error \
    "the Globus SDK needs C++20: compile with -std=c++20 (in CMake globus_sdk::globus_sdk asks for it)"
#include "globus_sdk/needs_cxx20"
#endif

#if !defined(__cpp_exceptions)
#error "the Globus SDK reports errors by exceptions: compile without -fno-exceptions"
#include "globus_sdk/needs_exceptions"
#endif
