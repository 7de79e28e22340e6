// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "soak/judge.hpp"

namespace soak {

/// What a process has of the system's.
struct Holdings {
  std::uint64_t calls = 0;  ///< that had ended by then
  int descriptors = 0;
  int threads = 0;
  double resident_megabytes = 0;
  double allocated_megabytes = 0;  ///< of those; 0 where the C library does not say

  static Holdings now();
};

/// Counts the calls by what went wrong and how they ended.
class Report {
 public:
  void count(const std::string& trouble, const std::string& kind, const Ending& ending);
  void add_stop(Stage stage, std::chrono::duration<double, std::milli> took);
  void add(const Holdings& holdings) { holdings_.push_back(holdings); }

  const std::vector<Holdings>& holdings() const { return holdings_; }
  std::uint64_t calls() const { return calls_; }
  std::uint64_t calls_with(const std::string& trouble) const;
  double longest_stop_milliseconds() const;

  void print() const;
  boost::json::object json() const;

 private:
  std::uint64_t calls_ = 0;
  std::map<std::string, std::map<std::string, std::uint64_t>> ends_of_troubles_{};
  std::map<std::string, std::uint64_t> kinds_{};
  std::map<Stage, std::vector<double>> stops_{};  // milliseconds
  std::vector<Holdings> holdings_{};
};

/// Writes a document as a member of the file that SOAK_REPORT names, where it names one.
void keep_report(const std::string& member, const boost::json::object& document);

/// The number that a variable of the environment has.
std::uint64_t number_of(const char* variable, std::uint64_t otherwise);

}  // namespace soak
