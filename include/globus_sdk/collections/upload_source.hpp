// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class BodySource;

namespace detail {

/// A function that gives bytes from an offset on.
template <class F>
concept GivesBytes =
    std::is_invocable_r_v<std::size_t, F&, std::int64_t, std::span<std::byte>> && !TextLike<F>;

}  // namespace detail

/// What an upload sends: a local file by its path, or a `std::istream`, a function or bytes in
/// memory. A parameter type: the stream and the memory must live until the upload has ended, and
/// nothing else may use them until then.
///
/// The size of what is sent is fixed when the upload begins. When there turn out to be more or
/// fewer bytes, the upload throws, and the connection is closed before the collection has all of
/// the bytes that it was told of.
class UploadSource {
 public:
  /// A function that puts the bytes from `offset` on into the buffer: at least one, and as many as
  /// it likes. It returns how many there were, and 0 only at the end. It is asked at the end, too,
  /// whether that is the end. A retry asks for the bytes once more.
  using Function = std::function<std::size_t(std::int64_t offset, std::span<std::byte> buffer)>;

  // NOLINTBEGIN(google-explicit-constructor): a parameter type converts by itself
  /// A local file. It has to be an ordinary one, since others do not have a size.
  template <class T>
    requires(detail::TextLike<T> || std::same_as<std::remove_cvref_t<T>, std::filesystem::path>)
  UploadSource(const T& file) : source_(path_of(file)) {}
  /// A stream, from its present position to its end. One that cannot be searched, such as a pipe,
  /// needs the option `size`, and gives its bytes once only: when the request has to be sent again,
  /// the upload throws instead.
  UploadSource(std::istream& stream) : source_(&stream) {}
  /// Memory: a span, vector or array of `std::byte`. For a text write
  /// `std::as_bytes(std::span(text))`.
  template <class Bytes>
    requires std::convertible_to<const Bytes&, std::span<const std::byte>>
  UploadSource(const Bytes& memory) : source_(std::span<const std::byte>(memory)) {}
  /// A function. It needs the option `size`.
  template <detail::GivesBytes F>
  UploadSource(F function) : source_(Function(std::move(function))) {}
  // NOLINTEND(google-explicit-constructor)

  /// The bytes as the body of a request, for a client that makes its own requests. A local file is
  /// opened here.
  ///
  /// @param size the option of that name. Where the source has a size of its own, the two must be
  ///   the same.
  /// @throws GlobusSDKUsageError when the size is needed and not given, or is another than the
  ///   source's; LocalFileError for a file that cannot be read.
  std::shared_ptr<BodySource> open(std::optional<std::int64_t> size = std::nullopt) const;

 private:
  static std::filesystem::path path_of(const std::filesystem::path& path) { return path; }
  template <detail::TextLike T> static std::filesystem::path path_of(const T& text) {
    return std::filesystem::path(std::string(detail::text_of(text)));
  }

  std::variant<std::filesystem::path, std::istream*, std::span<const std::byte>, Function> source_;
};

}  // namespace globus_sdk::inline v0
