// SPDX-License-Identifier: Apache-2.0
// Prints, after all tests, how many of the recorded calls were reproduced.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "wire/tally.hpp"

namespace globus_sdk_test {
namespace {

/// Environment variables that would change what clients send.
void forget_settings() {
  std::vector<std::string> names;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string variable(*entry);
    if (variable.starts_with("GLOBUS_SDK_"))
      names.push_back(variable.substr(0, variable.find('=')));
  }
  for (const std::string& name : names) unsetenv(name.c_str());
}

class WireTotal : public testing::Environment {
 public:
  void SetUp() override { forget_settings(); }

  void TearDown() override {
    std::map<std::string, std::map<std::string, Count>> totals;
    for (const auto& [file, modes] : tally()) {
      for (const auto& [mode, count] : modes) {
        Count& total = totals[kind_of(file)][mode];
        total.reproduced += count.reproduced;
        total.delivered += count.delivered;
        total.not_yet[file] += count.missing();
      }
    }
    for (const auto& [what, modes] : totals) {
      for (const auto& [mode, total] : modes)
        std::cout << "[   wire   ] total, " << mode << ": " << line_of(total, what) << "\n";
    }
  }
};

[[maybe_unused]] const testing::Environment* const total =
    testing::AddGlobalTestEnvironment(new WireTotal);

}  // namespace
}  // namespace globus_sdk_test
