// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/program.hpp"

/// A run of `globus-sandbox serve`, and the line that it printed.
class ServedProgram {
 public:
  /// @param prefix a command that starts it, such as `setpriv` with its options.
  explicit ServedProgram(std::vector<std::string> options = {},
                         std::vector<std::string> prefix = {},
                         const programs::Environment& variables = {})
      : program_(command(std::move(options), std::move(prefix)), variables),
        description_(boost::json::parse(program_.line())) {}

  const boost::json::value& description() const { return description_; }
  std::string text(std::string_view member) const {
    return std::string(description_.at(member).as_string());
  }
  /// A variable of the environment that `exec` would give its command.
  std::string variable(std::string_view name) const {
    return std::string(description_.at("environment").at(name).as_string());
  }
  std::string url(std::string_view path) const { return text("url") + std::string(path); }
  std::uint16_t port() const {
    const std::string url = text("url");
    return static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1)));
  }
  programs::Program& program() { return program_; }

 private:
  static std::vector<std::string> command(std::vector<std::string> options,
                                          std::vector<std::string> prefix) {
    prefix.insert(prefix.end(), {GLOBUS_SANDBOX_PROGRAM, "serve"});
    prefix.insert(prefix.end(), options.begin(), options.end());
    return prefix;
  }

  programs::Program program_;
  boost::json::value description_;
};
