// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/resource.h>

#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace globus_bench {

/// What one side did. Every client prints one as JSON, and `bench/run.py` compares them.
struct Figures {
  std::size_t calls = 0;
  double seconds = 0;             ///< by the clock
  double cpu_seconds = 0;         ///< of this process alone, user and system
  double resident_kilobytes = 0;  ///< at the end
  double peak_kilobytes = 0;      ///< since the program began
  double answered_at = 0;         ///< the monotonic clock at the end, in seconds
  std::string answer{};           ///< what the calls read, so that it can be checked
};

/// The monotonic clock, in seconds.
double monotonic_seconds();

/// CPU time of user and system.
double cpu_seconds_of(const rusage& usage);

/// Runs `work`, which makes `calls` calls and returns what it read.
Figures measure(std::size_t calls, const std::function<std::string()>& work);

/// Runs `work` on several threads and gives what the first of them read.
std::string on_threads(std::size_t threads, const std::function<std::string()>& work);

void print(const Figures& figures);

/// The program's second and further arguments.
struct Arguments {
  std::string mode{};
  std::string url{};
  std::size_t calls = 1;
};
Arguments read_arguments(int count, char** values);

inline constexpr const char* token = "AgBenchToken4yN2vQx8Lk0pRw6sTz1uHj3cVb5nMg7dFa9eXi2oKy4";
inline constexpr const char* short_task = "short-1a-5b7e-4a90-8c11-0e6f2d4b7a35";
inline constexpr const char* whole_task = "whole-1a-5b7e-4a90-8c11-0e6f2d4b7a35";
inline constexpr const char* collection_id = "2c9e1d0f-7a44-4d6b-b8d5-93f1a7c60e21";
/// Whose listing is that of the small files.
inline constexpr const char* files_collection_id = "f11e5d0f-7a44-4d6b-b8d5-93f1a7c60e21";
inline constexpr std::size_t threads = 8;
inline constexpr std::size_t in_flight = 64;
inline constexpr std::size_t io_threads = 2;

}  // namespace globus_bench
