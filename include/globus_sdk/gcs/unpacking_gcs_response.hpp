// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// An answer with one document in it: `response["id"]` is the id of the collection that was asked
/// for. Globus Connect Server puts documents into a list, `data`, of a result document. This class
/// finds the first one of the right kind there, and shows it in place of the result. Where there is
/// none it shows the result itself. Mirrors `globus_sdk.UnpackingGCSResponse`.
class UnpackingGCSResponse : public GlobusHTTPResponse {
 public:
  /// Says whether a document, which is an object, is the one to show.
  using Match = std::function<bool(const JsonView& document)>;

  /// @param data_type the kind of the document, that is its `DATA_TYPE` without the version:
  ///   `collection` finds a `collection#1.9.0`.
  /// @throws GlobusSDKUsageError when it is empty, or has anything but letters, digits and `_`.
  UnpackingGCSResponse(GlobusHTTPResponse response, Text data_type);
  /// @param match finds the document.
  UnpackingGCSResponse(GlobusHTTPResponse response, const Match& match);

  /// The document, or all of the result where there is none; throws JsonError when the body is not
  /// JSON.
  JsonView data() const& { return unpacked_ ? *unpacked_ : full_data(); }
  /// The same for a temporary object.
  TemporaryJsonView data() const&& { return data(); }

  /// The whole result; throws JsonError when the body is not JSON.
  JsonView full_data() const& { return GlobusHTTPResponse::data(); }
  /// The same for a temporary object.
  TemporaryJsonView full_data() const&& { return full_data(); }

  /// Whether the document was there: otherwise data() is full_data().
  bool has_unpacked_data() const noexcept { return unpacked_.has_value(); }

  /// The member `key` of the data; throws JsonError when there is no such member, or the body is
  /// not JSON.
  JsonView operator[](Text key) const& { return data()[key]; }
  /// The same for a temporary object.
  TemporaryJsonView operator[](Text key) const&& { return data()[key]; }
  /// The element at `index` of the data.
  template <detail::Integer I> JsonView operator[](I index) const& { return data()[index]; }
  /// The same for a temporary object.
  template <detail::Integer I> TemporaryJsonView operator[](I index) const&& {
    return data()[index];
  }

  /// The member `key`. Nothing when there is no such member, the data is no object, or the body is
  /// not JSON.
  std::optional<JsonView> get(Text key) const&;
  /// The same for a temporary object.
  std::optional<TemporaryJsonView> get(Text key) const&& { return get(key); }

  /// Whether the data is an object that has a member `key`.
  bool contains(Text key) const;

  /// Prints the data as indented JSON, or the body as it is when it is not JSON.
  friend std::ostream& operator<<(std::ostream& out, const UnpackingGCSResponse& response) {
    return response.print(out);
  }

 private:
  std::ostream& print(std::ostream& out) const;

  std::optional<JsonView> unpacked_;
};

}  // namespace globus_sdk::inline v0
