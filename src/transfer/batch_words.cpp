// SPDX-License-Identifier: Apache-2.0
#include "transfer/batch_words.hpp"

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <string_view>
#include <utility>

#include "core/base/one_line.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::string quoted(std::string_view word) {
  return '"' + one_line(std::string(word)) + '"';
}

[[noreturn]] void throw_unknown_option(std::string_view option) {
  throw GlobusSDKUsageError("there is no option " + quoted(option) +
                            " of a line; write -- before a path that begins with -");
}

/// The words of a line one after another: options, and paths.
class LineWords {
 public:
  explicit LineWords(BatchWords words) : words_(std::move(words)) {}

  bool at_end() const { return next_ == words_.size(); }
  std::string take() { return std::move(words_[next_++]); }
  /// Takes the next word into the paths, if it is one.
  bool take_path() {
    const std::string& word = words_[next_];
    if (!options_ended_ && word == "--") {
      options_ended_ = true;
      ++next_;
      return true;
    }
    if (!options_ended_ && word.size() > 1 && word.starts_with('-')) return false;
    paths_.push_back(take());
    return true;
  }
  /// The paths, of which there are as many as `names`.
  BatchWords paths(std::initializer_list<std::string_view> names) && {
    if (paths_.size() < names.size()) {
      const auto missing = static_cast<std::ptrdiff_t>(paths_.size());
      throw GlobusSDKUsageError("the " + std::string(*std::next(names.begin(), missing)) +
                                " is missing");
    }
    if (paths_.size() > names.size()) {
      throw GlobusSDKUsageError(quoted(paths_[names.size()]) + " is too much: a line has " +
                                (names.size() == 1 ? "one path" : "two paths") +
                                ", and a path with blanks stands in quotes");
    }
    return std::move(paths_);
  }

 private:
  BatchWords words_;
  BatchWords paths_{};
  std::size_t next_ = 0;
  bool options_ended_ = false;
};

/// `-r`, or several of them in one.
bool is_short_recursive(std::string_view option) {
  return option.size() > 1 && option.find_first_not_of('r', 1) == std::string_view::npos;
}

void take_option(LineWords& words, TransferLine& line) {
  const std::string option = words.take();
  const std::size_t equals = option.find('=');
  const std::string_view name = std::string_view(option).substr(0, equals);
  const bool has_value = equals != std::string::npos;
  if (name == "--external-checksum") {
    if (!has_value && words.at_end()) throw GlobusSDKUsageError(option + " needs a value");
    line.external_checksum = has_value ? option.substr(equals + 1) : words.take();
  } else if (name == "--recursive" || name == "--no-recursive") {
    if (has_value) throw GlobusSDKUsageError(std::string(name) + " takes no value");
    line.recursive = name == "--recursive";
  } else if (is_short_recursive(option)) {
    line.recursive = true;
  } else {
    throw_unknown_option(option);
  }
}

}  // namespace

TransferLine read_transfer_line(BatchWords words) {
  TransferLine line;
  LineWords rest(std::move(words));
  while (!rest.at_end()) {
    if (!rest.take_path()) take_option(rest, line);
  }
  BatchWords paths = std::move(rest).paths({"source path", "destination path"});
  const bool has_checksum = line.external_checksum && !line.external_checksum->empty();
  if (line.recursive.value_or(false) && has_checksum) {
    throw GlobusSDKUsageError("--recursive and --external-checksum exclude each other");
  }
  line.source_path = std::move(paths[0]);
  line.destination_path = std::move(paths[1]);
  return line;
}

std::string read_delete_line(BatchWords words) {
  LineWords rest(std::move(words));
  while (!rest.at_end()) {
    if (!rest.take_path()) throw_unknown_option(rest.take());
  }
  BatchWords paths = std::move(rest).paths({"path"});
  return std::move(paths.front());
}

}  // namespace globus_sdk::inline v0::detail
