// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/filter.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// How a boolean is written in a query; the services differ by method.
enum class BooleanStyle {
  word,   ///< `True` or `False`
  digit,  ///< `1` or `0`
  lower,  ///< `true` or `false`
};

/// A request before it is sent: a plain value that owns everything in it.
///
/// Made by `get(path)` and its siblings, and completed by a chain of calls, each of which returns
/// the request as it goes on; the methods of the clients are such chains.
class Request {
 public:
  /// @param path below the client's base URL, percent-encoded; or a URL of its own.
  Request(std::string method, std::string path)
      : method_(std::move(method)), path_(std::move(path)) {}
  Request(const Request&) = default;
  Request(Request&&) noexcept = default;
  Request& operator=(const Request&) = default;
  Request& operator=(Request&&) noexcept = default;
  /// Wipes what it holds of secrets.
  ~Request() {
    if (!secrets_.empty()) wipe_secrets();
  }

  /// Adds a query parameter; an unset field adds nothing.
  template <detail::TextLike T> Request query(std::string_view name, const T& value) && {
    set_query(name, std::string(detail::text_of(value)));
    return std::move(*this);
  }
  /// Likewise.
  Request query(std::string_view name, const Field<std::string>& value) &&;
  /// Likewise.
  Request query(std::string_view name, const Field<std::int64_t>& value) &&;
  /// Likewise, as the method's service writes booleans.
  Request query(std::string_view name, const Field<bool>& value, BooleanStyle style) &&;
  /// Adds a list as one parameter, its elements joined by commas.
  Request query(std::string_view name, const Field<Strings>& values) &&;
  /// Adds one parameter for each text of the filter.
  Request query(std::string_view name, const Field<Filter>& filter) &&;
  /// Adds the choice as it is spelt.
  template <class E> Request query(std::string_view name, const Field<Choice<E>>& value) && {
    if (value) set_query(name, std::string(value->str()));
    return std::move(*this);
  }
  /// Adds the members of a JSON object, which win over parameters of the same name: a list repeats
  /// its parameter, null is left out, true is `True`.
  Request query_params(const Field<Json>& params) &&;

  /// Adds a header of the request's own.
  Request header(std::string name, std::string value) &&;
  /// Adds the members of a JSON object as headers.
  Request headers(const Field<Json>& headers) &&;

  /// Sends a document.
  Request json(const Json& document) &&;
  /// Sends a document.
  Request json(const Payload& document) &&;
  /// Sends names and values, encoded as a form.
  Request form(std::vector<std::pair<std::string, std::string>> fields) &&;
  /// Sends a text as it is.
  Request text(std::string body) &&;

  /// Says that sending it twice does its work once, whatever its method.
  Request safe_to_repeat() &&;
  /// Sends no Authorization header.
  Request unauthenticated() &&;

  /// `GET`, `POST`, ...
  const std::string& method() const noexcept { return method_; }
  /// Below the client's base URL, already percent-encoded; or a URL of its own.
  const std::string& path() const noexcept { return path_; }
  /// Whether it goes to a URL of its own: every other path begins with a slash, or has its colons
  /// encoded.
  bool has_own_url() const noexcept;
  /// The query parameters, decoded, in their order.
  const std::vector<std::pair<std::string, std::string>>& query_pairs() const noexcept {
    return query_;
  }
  /// Headers of the request's own.
  const std::vector<std::pair<std::string, std::string>>& header_pairs() const noexcept {
    return headers_;
  }
  /// What is sent; nothing where there is no body.
  const std::optional<std::string>& body() const noexcept { return body_; }
  /// Of the body.
  const std::string& content_type() const noexcept { return content_type_; }
  /// Values that must never stand in a message.
  const std::vector<std::string>& secrets() const noexcept { return secrets_; }
  /// Whether it may carry an Authorization header.
  bool authenticated() const noexcept { return authenticated_; }
  /// True when sending it twice does its work once: by its method, or because it was said.
  bool repeatable() const noexcept;

  /// The first value of a query parameter, if it is there.
  std::optional<std::string_view> query_value(std::string_view name) const;
  /// Replaces every value of a query parameter.
  void set_query(std::string_view name, std::string value);

 private:
  void add_header(std::string name, std::string value);
  void wipe_secrets() noexcept;

  std::string method_;
  std::string path_;
  std::vector<std::pair<std::string, std::string>> query_{};
  std::vector<std::pair<std::string, std::string>> headers_{};
  std::optional<std::string> body_{};
  std::string content_type_{};
  std::vector<std::string> secrets_{};
  bool safe_to_repeat_ = false;
  bool authenticated_ = true;
};

namespace detail {

/// Fills the `{name}`s of a path with percent-encoded values, in their order.
///
/// @throws GlobusSDKUsageError naming the parameter when a value is empty.
std::string path(std::string_view pattern, std::initializer_list<Text> values = {});

/// Throws GlobusSDKUsageError naming the parameter when the text is empty.
Text require(std::string_view parameter, Text value);

inline Request get(std::string path) {
  return {"GET", std::move(path)};
}
inline Request post(std::string path) {
  return {"POST", std::move(path)};
}
inline Request put(std::string path) {
  return {"PUT", std::move(path)};
}
inline Request patch(std::string path) {
  return {"PATCH", std::move(path)};
}
inline Request delete_(std::string path) {
  return {"DELETE", std::move(path)};
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
