// SPDX-License-Identifier: Apache-2.0
#include "transfer/read_batch.hpp"

#include <istream>
#include <string_view>
#include <utility>

#include "core/base/shell_words.hpp"
#include "core/base/utf8.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "transfer/batch_lines.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// What is wrong with the lines of a batch.
class BatchFaults {
 public:
  explicit BatchFaults(std::string file_name) : file_name_(std::move(file_name)) {}

  void add(std::size_t line, std::string_view fault) {
    if (++count_ > most_) return;
    if (count_ > 1) text_ += '\n';
    text_.append(file_name_).append(":").append(std::to_string(line)).append(": ").append(fault);
  }
  void throw_if_any() const {
    if (count_ == 0) return;
    if (count_ <= most_) throw GlobusSDKUsageError(text_);
    throw GlobusSDKUsageError(text_ + "\nand " + std::to_string(count_ - most_) +
                              " more lines are wrong");
  }

 private:
  static constexpr std::size_t most_ = 100;

  std::string file_name_;
  std::string text_{};
  std::size_t count_ = 0;
};

BatchWords words_of(std::string_view line) {
  if (line.size() > BatchLines::longest_line) {
    throw GlobusSDKUsageError("the line is longer than 1 MiB");
  }
  if (!is_utf8(line)) throw GlobusSDKUsageError("the line is not UTF-8");
  if (line.find('\0') != std::string_view::npos) {
    throw GlobusSDKUsageError("the line has a NUL character, which no path has");
  }
  ShellLine read = shell_words_before_comment(line);
  if (!read.fault.empty()) throw GlobusSDKUsageError(std::string(read.fault));
  return std::move(read.words);
}

void require_readable(const std::string& file_name, bool is_readable) {
  if (!is_readable) throw GlobusSDKUsageError(file_name + ": the batch cannot be read");
}

}  // namespace

void read_batch(std::istream& stream, const Field<std::string>& file_name,
                const std::function<void(BatchWords)>& take) {
  const std::string name = file_name.value_or("batch");
  // a file that could not be opened is no empty batch
  require_readable(name, !stream.fail());
  BatchLines lines(stream);
  BatchFaults faults(name);
  while (const auto line = lines.next()) {
    try {
      BatchWords words = words_of(*line);
      if (!words.empty()) take(std::move(words));
    } catch (const GlobusSDKUsageError& error) {
      faults.add(lines.number(), error.what());
    }
  }
  require_readable(name, !stream.bad());
  faults.throw_if_any();
}

}  // namespace globus_sdk::inline v0::detail
