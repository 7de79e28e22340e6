// SPDX-License-Identifier: Apache-2.0
#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

namespace demo {

namespace {

using namespace std::chrono_literals;

constexpr int bar_width = 24;
constexpr const char* erase_line = "\r\x1b[K";

double share_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 1 : std::min(1.0, static_cast<double>(part) / static_cast<double>(whole));
}

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fflush(stdout);
}

}  // namespace

std::string with_commas(std::int64_t number) {
  std::string text = std::to_string(number);
  for (auto at = static_cast<int>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), 1, ',');
  return text;
}

std::string in_bytes(double bytes) {
  constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  for (; bytes >= 1000 && unit + 1 < units.size(); ++unit) bytes /= 1000;
  return unit == 0 ? fmt::format("{:.0f} B", bytes) : fmt::format("{:.1f} {}", bytes, units[unit]);
}

Progress::Progress(TreeSize total) : is_terminal_(isatty(STDOUT_FILENO) == 1), total_(total) {}

Progress::~Progress() {
  end_line();
}

void Progress::show(TreeSize done) {
  if (!is_terminal_ && Clock::now() < next_line_) return;
  next_line_ = Clock::now() + 1s;
  draw(done);
}

void Progress::tell(const std::string& line) {
  print((is_in_line_ ? erase_line : "") + line + '\n');
  is_in_line_ = false;
  if (is_terminal_) draw(shown_);
}

void Progress::finish(TreeSize done) {
  draw(done);
  end_line();
}

std::string Progress::text_of(TreeSize done) const {
  // files and bytes both count: most files may be done while the few large ones are not
  const double share =
      (share_of(done.files, total_.files) + share_of(done.bytes, total_.bytes)) / 2;
  const std::chrono::duration<double> elapsed = Clock::now() - begin_;
  const double rate = static_cast<double>(done.bytes) / std::max(elapsed.count(), 0.001);
  const auto numbers =
      fmt::format("{:3.0f} %  {} files  {}  {}/s", share * 100, with_commas(done.files),
                  in_bytes(static_cast<double>(done.bytes)), in_bytes(rate));
  if (!is_terminal_) return "  " + numbers;
  const int filled = static_cast<int>(share * bar_width);
  return fmt::format("  [{:#<{}}{:.<{}}] {}", "", filled, "", bar_width - filled, numbers);
}

void Progress::draw(TreeSize done) {
  shown_ = done;
  print((is_in_line_ ? erase_line : "") + text_of(done) + (is_terminal_ ? "" : "\n"));
  is_in_line_ = is_terminal_;
}

void Progress::end_line() {
  if (is_in_line_) print("\n");
  is_in_line_ = false;
}

}  // namespace demo
