// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iostream>
#include <map>
#include <string>

#include "support/load_records.hpp"

namespace globus_sdk_test {

/// How many records of a file were reproduced in a mode.
struct Count {
  int reproduced = 0;
  int delivered = 0;                     ///< of methods that there are
  std::map<std::string, int> not_yet{};  ///< of others, by name

  int missing() const {
    int sum = 0;
    for (const auto& [name, count] : not_yet) sum += count;
    return sum;
  }
};

/// Counts of all modes and files, for the line at the end.
inline std::map<std::string, std::map<std::string, Count>>& tally() {
  static std::map<std::string, std::map<std::string, Count>> counts;
  return counts;
}

/// What the names of counts of answers begin with.
inline constexpr const char* answers_of = "answers of ";

/// What a count is of.
inline std::string kind_of(const std::string& file) {
  return file.starts_with(answers_of) ? "answers" : "records";
}

inline std::string line_of(const Count& count, const std::string& what) {
  return std::to_string(count.reproduced) + " of " + std::to_string(count.delivered) + " " + what +
         " reproduced, " + std::to_string(count.missing()) + " not yet";
}

/// Prints a line for a mode and a file, and names what is not there yet the first time.
inline void report(const std::string& mode, const std::string& file, const Count& count) {
  const bool first = tally()[file].empty();
  tally()[file][mode] = count;
  std::cout << "[   wire   ] " << mode << ", " << file << ": " << line_of(count, kind_of(file))
            << "\n";
  if (!first || count.not_yet.empty()) return;
  std::cout << "[   wire   ] not yet in " << file << ":";
  for (const auto& [name, records] : count.not_yet) std::cout << " " << name << " " << records;
  std::cout << "\n";
}

}  // namespace globus_sdk_test
