// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class BodySource;

/// What an upload sends: a local file by its path, or a `std::istream`, a function or bytes in
/// memory, which must live until the upload has ended. A parameter type.
class UploadSource {
 public:
  /// A function that gives the bytes from `offset` on: it fills the buffer as far as it can and
  /// returns how many bytes it put there, 0 only at the end. A retry asks for bytes once more. The
  /// option `size` says how many there are.
  using Function = std::function<std::size_t(std::int64_t offset, std::span<std::byte> buffer)>;

  // NOLINTBEGIN(google-explicit-constructor): a parameter type converts by itself
  /// A local file.
  template <class T>
    requires(detail::TextLike<T> || std::same_as<std::remove_cvref_t<T>, std::filesystem::path>)
  UploadSource(const T& file) : file_(path_of(file)) {}
  /// A stream from its present position to its end. One that cannot be searched needs the option
  /// `size`, and is not read again for a retry.
  UploadSource(std::istream& stream);
  /// Memory: any contiguous bytes, as `std::as_bytes(std::span(text))` gives them.
  UploadSource(std::span<const std::byte> memory);
  template <class F>
    requires(std::is_invocable_r_v<std::size_t, F&, std::int64_t, std::span<std::byte>> &&
             !detail::TextLike<F>)
  UploadSource(F function) : function_(std::move(function)) {}
  // NOLINTEND(google-explicit-constructor)

  /// The source of the body.
  ///
  /// @param size the option of that name.
  /// @throws GlobusSDKUsageError where the size is needed and not given; LocalFileError for a file
  ///   that cannot be read.
  std::shared_ptr<BodySource> open(std::optional<std::int64_t> size) const;

 private:
  static std::filesystem::path path_of(const std::filesystem::path& path) { return path; }
  template <detail::TextLike T> static std::filesystem::path path_of(const T& text) {
    return std::filesystem::path(std::string(detail::text_of(text)));
  }

  std::filesystem::path file_{};
  std::istream* stream_ = nullptr;
  std::optional<std::span<const std::byte>> memory_{};
  Function function_{};
};

}  // namespace globus_sdk::inline v0
