// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class BodySink;

/// Where a download goes: to a local file by its path, or to a `std::ostream`, a function or a
/// vector, which must live until the download has ended. A parameter type.
class DownloadTarget {
 public:
  /// A function that takes the bytes in their order. After an answer that broke off the rest is
  /// fetched, so that no byte comes twice.
  using Function = std::function<void(std::span<const std::byte> bytes)>;

  // NOLINTBEGIN(google-explicit-constructor): a parameter type converts by itself
  /// A local file. It is there when it is whole: until then its bytes are beside it, in
  /// `.NAME.globus-part`, which is its owner's alone. It gets the mode of the file that it
  /// replaces, or that of any new file. A symbolic link is followed: the file behind it is
  /// replaced, and the link stays. A device, a pipe, and a name of a descriptor such as
  /// `/dev/stdout` are written to as the bytes come.
  template <class T>
    requires(detail::TextLike<T> || std::same_as<std::remove_cvref_t<T>, std::filesystem::path>)
  DownloadTarget(const T& file) : file_(path_of(file)) {}
  /// A stream. It is flushed, so that the download throws where it fails.
  DownloadTarget(std::ostream& stream);
  /// Memory: what was in the vector goes. `max_response_size` does not apply.
  DownloadTarget(std::vector<std::byte>& memory);
  template <class F>
    requires(std::invocable<F&, std::span<const std::byte>> && !detail::TextLike<F>)
  DownloadTarget(F function) : DownloadTarget(Function(std::move(function)), 0) {}
  // NOLINTEND(google-explicit-constructor)

  /// The path of the local file; empty for any other target.
  const std::filesystem::path& file() const noexcept { return file_; }
  /// What takes the bytes where it is no local file; null otherwise.
  const std::shared_ptr<BodySink>& sink() const noexcept { return sink_; }

 private:
  DownloadTarget(Function function, int);
  static std::filesystem::path path_of(const std::filesystem::path& path) { return path; }
  template <detail::TextLike T> static std::filesystem::path path_of(const T& text) {
    return std::filesystem::path(std::string(detail::text_of(text)));
  }

  std::filesystem::path file_{};
  std::shared_ptr<BodySink> sink_{};
};

}  // namespace globus_sdk::inline v0
