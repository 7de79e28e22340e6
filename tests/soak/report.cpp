// SPDX-License-Identifier: Apache-2.0
#include "soak/report.hpp"

#include <features.h>
#include <malloc.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <numeric>

namespace soak {

namespace json = boost::json;

namespace {

double percentile(std::vector<double> values, double share) {
  std::ranges::sort(values);
  const auto place =
      static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)));
  return values[place];
}

double megabytes_of_heap() {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 33)
  const struct mallinfo2 memory = mallinfo2();
  return static_cast<double>(memory.uordblks + memory.hblkhd) / (1 << 20);
#else
  return 0;
#endif
}

}  // namespace

Holdings Holdings::now() {
  const std::filesystem::directory_iterator open("/proc/self/fd");
  Holdings holdings;
  holdings.descriptors = static_cast<int>(std::distance(begin(open), end(open)));
  holdings.allocated_megabytes = megabytes_of_heap();
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kilobytes = 0;
    if (word == "VmRSS:" && status >> kilobytes) holdings.resident_megabytes = kilobytes / 1024;
    if (word == "Threads:") status >> holdings.threads;
  }
  return holdings;
}

void Report::count(const std::string& trouble, const std::string& kind, const Ending& ending) {
  ++calls_;
  ++ends_of_troubles_[trouble][ending.row()];
  ++kinds_[kind];
}

void Report::add_stop(Stage stage, std::chrono::duration<double, std::milli> took) {
  stops_[stage].push_back(took.count());
}

std::uint64_t Report::calls_with(const std::string& trouble) const {
  const auto found = ends_of_troubles_.find(trouble);
  if (found == ends_of_troubles_.end()) return 0;
  return std::accumulate(found->second.begin(), found->second.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& end) { return sum + end.second; });
}

double Report::longest_stop_milliseconds() const {
  double longest = 0;
  for (const auto& [stage, times] : stops_) longest = std::max(longest, std::ranges::max(times));
  return longest;
}

void Report::print() const {
  std::cout << "calls by what went wrong with their first request, and by how they ended:\n";
  for (const auto& [trouble, ends] : ends_of_troubles_) {
    for (const auto& [end, count] : ends) {
      std::cout << "  " << std::left << std::setw(32) << trouble << std::setw(34) << end
                << std::right << std::setw(8) << count << '\n';
    }
  }
  std::cout << "calls by kind:\n";
  for (const auto& [kind, count] : kinds_) {
    std::cout << "  " << std::left << std::setw(66) << kind << std::right << std::setw(8) << count
              << '\n';
  }
  std::cout << "from a stop to the end of the call, in milliseconds:\n"
            << std::fixed << std::setprecision(2);
  for (const auto& [stage, times] : stops_) {
    std::cout << "  " << std::left << std::setw(32) << name_of(stage) << std::right << std::setw(6)
              << times.size() << " stops, p50 " << percentile(times, 0.5) << ", p99 "
              << percentile(times, 0.99) << ", longest " << std::ranges::max(times) << '\n';
  }
  std::cout << "what the process holds:\n";
  for (const Holdings& one : holdings_) {
    std::cout << "  after " << std::setw(8) << one.calls << " calls: " << one.resident_megabytes
              << " MB, " << one.allocated_megabytes << " MB of them allocated, " << one.descriptors
              << " descriptors, " << one.threads << " threads\n";
  }
  std::cout << std::flush;
}

json::object Report::json() const {
  json::object ends;
  for (const auto& [trouble, counts] : ends_of_troubles_) {
    json::object& row = ends[trouble].emplace_object();
    for (const auto& [end, count] : counts) row[end] = count;
  }
  json::object kinds;
  for (const auto& [kind, count] : kinds_) kinds[kind] = count;
  json::object stops;
  for (const auto& [stage, times] : stops_) {
    stops[name_of(stage)] = {{"stops", times.size()},
                             {"p50", percentile(times, 0.5)},
                             {"p99", percentile(times, 0.99)},
                             {"longest", std::ranges::max(times)}};
  }
  json::array holdings;
  for (const Holdings& one : holdings_) {
    holdings.push_back({{"calls", one.calls},
                        {"resident_megabytes", one.resident_megabytes},
                        {"allocated_megabytes", one.allocated_megabytes},
                        {"descriptors", one.descriptors},
                        {"threads", one.threads}});
  }
  return {{"calls", calls_},
          {"ends_by_fault", std::move(ends)},
          {"calls_by_kind", std::move(kinds)},
          {"milliseconds_from_stop_to_end", std::move(stops)},
          {"holdings", std::move(holdings)}};
}

void keep_report(const std::string& member, const json::object& document) {
  const char* const path = std::getenv("SOAK_REPORT");
  if (path == nullptr) return;
  json::object whole;
  if (std::ifstream before(path); before) {
    const std::string text{std::istreambuf_iterator<char>(before), {}};
    if (!text.empty()) whole = json::parse(text).as_object();
  }
  whole[member] = document;
  std::ofstream(path) << json::serialize(whole) << '\n';
}

std::uint64_t number_of(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace soak
