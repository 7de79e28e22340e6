// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/file_descriptor.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox {

/// Bytes of an open file.
struct FileRange {
  int descriptor = -1;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// The bytes of an answer: its head, its body, and the parts after that; and how many of them are
/// sent. Its files are open until they are sent.
class OutgoingAnswer {
 public:
  /// @param head_only send no body, as to a HEAD: its size is told all the same.
  /// @param closes tell that the connection closes after it.
  OutgoingAnswer(HttpResponse response, bool head_only, bool closes);

  std::uint64_t head_size() const { return head_size_; }
  std::uint64_t sent() const { return sent_; }
  std::uint64_t left() const { return left_; }
  bool is_done() const { return left_ == 0; }

  /// The bytes of a file that are next, if they are of a file.
  std::optional<FileRange> file_ahead() const;
  /// The next bytes, `most` or fewer: those that are in memory, or a copy in `storage`. None where
  /// a file has become shorter than it was, or cannot be read.
  std::string_view gather(std::uint64_t most, std::string& storage) const;
  /// Counts these bytes as sent.
  void skip(std::uint64_t count);

 private:
  /// A text, or bytes of a file.
  struct Piece {
    std::string text{};
    std::shared_ptr<const FileDescriptor> file{};
    std::uint64_t offset = 0;  ///< in the file
    std::uint64_t size = 0;
  };

  void add_text(std::string text);
  void add_file(std::shared_ptr<const FileDescriptor> file, std::uint64_t offset,
                std::uint64_t size);
  static std::size_t copy(const Piece& piece, std::uint64_t from, char* to, std::size_t count);

  std::vector<Piece> pieces_;
  std::size_t first_ = 0;     ///< of the pieces that are not sent
  std::uint64_t within_ = 0;  ///< bytes of that one that are sent
  std::uint64_t head_size_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t left_ = 0;
};

}  // namespace globus_sandbox
