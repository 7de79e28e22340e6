// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0 {

/// How important a log line is, the least important first.
enum class LogLevel { debug, info, warning, error, silent };

/// Where a client's log lines go. A client is silent unless it is given a callback, or the
/// environment variable `GLOBUS_SDK_LOG` names a level (`debug`, `info`, `warning`, `error`), which
/// sends the lines to stderr. A line never holds a token, secret, code or verifier.
struct Logger {
  /// Lines below this level are not made at all.
  LogLevel level = LogLevel::silent;
  /// Called with each line, on the thread that makes it.
  std::function<void(LogLevel, std::string_view)> callback{};

  /// Whether a line of this level is wanted.
  bool wants(LogLevel of_line) const noexcept { return callback && of_line >= level; }
};

/// The logger that `GLOBUS_SDK_LOG` asks for.
Logger logger_from_environment();

}  // namespace globus_sdk::inline v0
