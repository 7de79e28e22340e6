// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "globus_sdk/async.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk_test {

using globus_sdk::Async;
using globus_sdk::Blocking;
using globus_sdk::Simulated;

template <class Mode> inline constexpr const char* mode_name = "Blocking";
template <> inline constexpr const char* mode_name<Async> = "Async";
template <> inline constexpr const char* mode_name<Simulated> = "Simulated";

/// For a suite that is run in every mode: `TYPED_TEST_SUITE(Suite, Modes, ModeNames)`.
using Modes = testing::Types<Blocking, Async, Simulated>;

/// Names the tests of a typed suite after their modes.
struct ModeNames {
  template <class Mode> static std::string GetName(int) { return mode_name<Mode>; }
};

}  // namespace globus_sdk_test
