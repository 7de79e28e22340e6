// SPDX-License-Identifier: Apache-2.0
#include "transfer/batch_lines.hpp"

#include <algorithm>

namespace globus_sdk::inline v0::detail {

std::string_view BatchLines::rest() {
  if (at_ == size_) {
    stream_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
    at_ = 0;
    size_ = static_cast<std::size_t>(stream_.gcount());
  }
  return std::string_view(block_.data(), size_).substr(at_);
}

void BatchLines::keep(std::string_view part) {
  line_.append(part.substr(0, longest_line + 1 - line_.size()));
}

std::optional<std::string_view> BatchLines::next() {
  std::string_view part = rest();
  if (part.empty()) return std::nullopt;
  line_.clear();
  ++number_;
  std::size_t end = part.find_first_of("\r\n");
  while (end == std::string_view::npos && !part.empty()) {
    keep(part);
    at_ = size_;
    part = rest();
    end = part.find_first_of("\r\n");
  }
  if (end != std::string_view::npos) {
    keep(part.substr(0, end));
    at_ += end + 1;
    if (part[end] == '\r' && rest().starts_with('\n')) ++at_;
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  std::string_view line = line_;
  if (number_ == 1 && line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
  return line;
}

}  // namespace globus_sdk::inline v0::detail
