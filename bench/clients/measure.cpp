// SPDX-License-Identifier: Apache-2.0
#include "measure.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace globus_bench {

namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return cpu_seconds_of(usage);
}

/// A figure of /proc/self/status in kilobytes. (getrusage's peak would count the parent's memory.)
double memory_figure(const std::string& name) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double value = 0;
    if (word == name + ":" && status >> value) return value;
  }
  throw std::runtime_error("/proc/self/status has no " + name);
}

}  // namespace

double monotonic_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double cpu_seconds_of(const rusage& usage) {
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

Figures measure(std::size_t calls, const std::function<std::string()>& work) {
  Figures figures;
  figures.calls = calls;
  const double began = monotonic_seconds();
  const double cpu_before = cpu_seconds();
  figures.answer = work();
  figures.cpu_seconds = cpu_seconds() - cpu_before;
  figures.answered_at = monotonic_seconds();
  figures.seconds = figures.answered_at - began;
  figures.resident_kilobytes = memory_figure("VmRSS");
  figures.peak_kilobytes = memory_figure("VmHWM");
  return figures;
}

std::string on_threads(std::size_t count, const std::function<std::string()>& work) {
  std::string answer;
  std::vector<std::jthread> running;
  for (std::size_t index = 1; index < count; ++index) {
    running.emplace_back([&work] { work(); });
  }
  answer = work();
  running.clear();  // joins them
  return answer;
}

void print(const Figures& figures) {
  std::printf(
      "{\"calls\": %zu, \"seconds\": %.6f, \"cpu_seconds\": %.6f, \"resident_kilobytes\": %.0f, "
      "\"peak_kilobytes\": %.0f, \"answered_at\": %.6f, \"answer\": \"%s\"}\n",
      figures.calls, figures.seconds, figures.cpu_seconds, figures.resident_kilobytes,
      figures.peak_kilobytes, figures.answered_at, figures.answer.c_str());
}

Arguments read_arguments(int count, char** values) {
  if (count < 3) throw std::runtime_error("usage: PROGRAM MODE URL [CALLS]");
  Arguments arguments{values[1], values[2]};
  if (count > 3) arguments.calls = std::stoul(values[3]);
  return arguments;
}

}  // namespace globus_bench
