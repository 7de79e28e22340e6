// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/headers.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
struct ResponseState;
}  // namespace detail

/// A service's successful answer.
///
/// A response is a handle: copies are cheap and share the answer, which never changes. Any number
/// of threads may use one. The body is parsed when its data is first asked for.
class GlobusHTTPResponse {
 public:
  /// @param answer a service's answer, with a status below 400.
  explicit GlobusHTTPResponse(Answer answer);

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

  /// The whole document; throws JsonError when the body is not JSON.
  JsonView data() const&;
  /// The same for a temporary object.
  TemporaryJsonView data() const&& { return data(); }

  /// Whether the body is JSON.
  bool has_json() const;

  /// The status code, for example 200.
  int http_status() const noexcept;
  /// The text after the status code, for example `OK`.
  const std::string& http_reason() const& noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The same for a temporary object.
  std::string http_reason() && { return std::as_const(*this).http_reason(); }

  /// The HTTP header fields of the answer.
  const Headers& headers() const& noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The same for a temporary object.
  Headers headers() && { return std::as_const(*this).headers(); }

  /// The `Content-Type` header field.
  std::optional<std::string> content_type() const;

  /// The body, decompressed and otherwise unchanged.
  const std::string& text() const& noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The same for a temporary object.
  std::string text() && { return std::as_const(*this).text(); }

  /// The same bytes as `text()`.
  const std::string& binary_content() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return text(); }
  /// The same for a temporary object.
  std::string binary_content() && { return std::as_const(*this).text(); }

  /// Prints the data as indented JSON, or the body as it is when it is not JSON.
  friend std::ostream& operator<<(std::ostream& out, const GlobusHTTPResponse& response) {
    return response.print(out);
  }

 private:
  std::ostream& print(std::ostream& out) const;

  std::shared_ptr<const detail::ResponseState> state_;
};

/// A response with a list in it. It is a range over the items of that list. A class for one kind of
/// listing derives from it and gives the key of the list:
///
///     class IterableTransferResponse : public IterableResponse {
///      public:
///       explicit IterableTransferResponse(GlobusHTTPResponse response)
///           : IterableResponse(std::move(response), "DATA") {}
///     };
class IterableResponse : public GlobusHTTPResponse {
 public:
  /// @param iter_key the member that holds the list.
  IterableResponse(GlobusHTTPResponse response, Text iter_key)
      : GlobusHTTPResponse(std::move(response)), iter_key_(iter_key.str()) {}

  using iterator = JsonView::Iterator;
  using const_iterator = JsonView::Iterator;

  /// The items; throws JsonError when the list is not there. Iterators keep the data alive.
  JsonView::Iterator begin() const& { return data()[iter_key_].begin(); }
  JsonView::Iterator end() const& { return data()[iter_key_].end(); }
  /// The same for a temporary object.
  TemporaryJsonView::Iterator begin() const&& {
    return TemporaryJsonView(data())[iter_key_].begin();
  }
  TemporaryJsonView::Iterator end() const&& { return TemporaryJsonView(data())[iter_key_].end(); }

  /// How many items this page has.
  std::size_t size() const { return data()[iter_key_].size(); }

  /// The member that holds the list.
  const std::string& iter_key() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return iter_key_; }
  /// The same for a temporary object.
  std::string iter_key() && { return iter_key_; }

 private:
  std::string iter_key_;
};

/// A listing in the form of JSON:API: a range over its `data`. Mirrors
/// `globus_sdk.response.IterableJSONAPIResponse`.
class IterableJSONAPIResponse : public IterableResponse {
 public:
  /// @param response a response whose `data` is an array.
  explicit IterableJSONAPIResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "data") {}
};

/// A response whose data is an array. It is a range over the elements of that array.
class ArrayResponse : public GlobusHTTPResponse {
 public:
  /// @param response a response whose data is an array.
  explicit ArrayResponse(GlobusHTTPResponse response) : GlobusHTTPResponse(std::move(response)) {}

  using iterator = JsonView::Iterator;
  using const_iterator = JsonView::Iterator;

  /// The elements; throws JsonError when the data is no array. Iterators keep the data alive.
  JsonView::Iterator begin() const& { return data().begin(); }
  JsonView::Iterator end() const& { return data().end(); }
  /// The same for a temporary object.
  TemporaryJsonView::Iterator begin() const&& { return TemporaryJsonView(data()).begin(); }
  TemporaryJsonView::Iterator end() const&& { return TemporaryJsonView(data()).end(); }
  /// How many elements there are.
  std::size_t size() const { return data().size(); }
};

}  // namespace globus_sdk::inline v0
