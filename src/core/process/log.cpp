// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/log.hpp"

#include <cstdio>
#include <string>

#include "core/process/environment_variable.hpp"

namespace globus_sdk::inline v0 {

namespace {

const char* name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
    case LogLevel::silent:
      break;
  }
  return "silent";
}

void write_to_stderr(LogLevel level, std::string_view line) {
  // one call, so that lines of several threads do not mix
  const std::string text =
      "globus_sdk " + std::string(name_of(level)) + ": " + std::string(line) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

Logger logger_from_environment() {
  const auto wanted = detail::environment_variable("GLOBUS_SDK_LOG");
  if (!wanted) return {};
  for (const LogLevel level :
       {LogLevel::debug, LogLevel::info, LogLevel::warning, LogLevel::error}) {
    if (*wanted == name_of(level)) return {level, write_to_stderr};
  }
  return {};
}

}  // namespace globus_sdk::inline v0
