// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <string>

#include "globus_sdk/core/language.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// The name of a file as a parameter: any text, or a `std::filesystem::path`.
class FilePath {
 public:
  /// A text.
  template <class T>
    requires(detail::TextLike<T> && !std::same_as<T, FilePath>)
  FilePath(const T& path)  // NOLINT(google-explicit-constructor): a parameter type
      : path_(detail::text_of(path)) {}

  /// A `std::filesystem::path`.
  template <class P>
    requires(!detail::TextLike<P> &&
             requires(const P& path) {
               { path.native() } -> std::convertible_to<std::string>;
             })
  FilePath(const P& path)  // NOLINT(google-explicit-constructor): a parameter type
      : path_(path.native()) {}

  /// The name, as it was given.
  const std::string& str() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return path_; }

 private:
  std::string path_;
};

}  // namespace globus_sdk::inline v0
