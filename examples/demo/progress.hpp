// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "file_tree.hpp"

namespace demo {

/// `23,439`
std::string with_commas(std::int64_t number);
/// `280.1 MB`
std::string in_bytes(double bytes);

/// How far a transfer is: a bar that moves on a terminal, and lines once a second without one.
class Progress {
 public:
  explicit Progress(TreeSize total);
  /// Ends the bar's line, if it is in the middle of one.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void show(TreeSize done);
  /// A line of text, above the bar.
  void tell(const std::string& line);
  /// Shows the last state, whenever the one before was shown.
  void finish(TreeSize done);

 private:
  using Clock = std::chrono::steady_clock;

  std::string text_of(TreeSize done) const;
  void draw(TreeSize done);
  void end_line();

  const bool is_terminal_;
  const TreeSize total_;
  const Clock::time_point begin_ = Clock::now();
  Clock::time_point next_line_ = begin_;
  TreeSize shown_{};
  bool is_in_line_ = false;
};

}  // namespace demo
