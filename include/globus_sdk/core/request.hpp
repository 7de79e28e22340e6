// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/choices.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/filter.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class BodySink;
class BodySource;

/// How a boolean is written in a query; the services differ by method.
enum class BooleanStyle {
  word,   ///< `True` or `False`
  digit,  ///< `1` or `0`
  lower,  ///< `true` or `false`
};

/// A request before it is sent: a plain value that owns everything in it.
///
/// `get(path)` and its siblings make a request, and a chain of calls completes it. Each call
/// returns the request. The methods of the clients are such chains.
class Request {
 public:
  /// @param path percent-encoded, below the client's base URL; or a complete URL.
  Request(std::string method, std::string path)
      : method_(std::move(method)), path_(std::move(path)) {}
  Request(const Request&) = default;
  Request(Request&&) noexcept = default;
  Request& operator=(const Request&) = default;
  Request& operator=(Request&&) noexcept = default;
  /// Wipes the secrets that the request holds.
  ~Request() {
    if (!secrets_.empty()) wipe_secrets();
  }

  /// Adds a query parameter; an unset field adds nothing.
  template <detail::TextLike T> Request query(std::string_view name, const T& value) && {
    set_query(name, std::string(detail::text_of(value)));
    return std::move(*this);
  }
  /// The same for a field that is a text.
  Request query(std::string_view name, const Field<std::string>& value) &&;
  /// The same for a field that is an integer.
  ///
  /// @throws GlobusSDKUsageError when it is negative: services are asked for a number of things.
  Request query(std::string_view name, const Field<std::int64_t>& value) &&;
  /// The same for a field that is a boolean, in the style that the method of the service wants.
  Request query(std::string_view name, const Field<bool>& value, BooleanStyle style) &&;
  /// Adds a list as one parameter, its elements joined by commas.
  Request query(std::string_view name, const Field<Strings>& values) &&;
  /// Adds one parameter for each element of a list.
  Request query_each(std::string_view name, const Field<Strings>& values) &&;
  /// Adds one parameter for each text of the filter.
  Request query(std::string_view name, const Field<Filter>& filter) &&;
  /// Adds a choice by its text.
  template <class E> Request query(std::string_view name, const Field<Choice<E>>& value) && {
    if (value) set_query(name, std::string(value->str()));
    return std::move(*this);
  }
  /// Adds choices as one parameter, joined by commas.
  template <class E> Request query(std::string_view name, const Field<Choices<E>>& values) && {
    if (values) set_query(name, values->strings().joined(','));
    return std::move(*this);
  }
  /// Adds the members of a JSON object as parameters, in place of parameters of the same name. A
  /// list repeats its parameter, null is left out, and true is written as `True`.
  Request query_params(const Field<Json>& params) &&;

  /// Adds a header, in place of one of the same name.
  Request header(std::string name, std::string value) &&;
  /// The same; an unset field adds nothing.
  Request optional_header(std::string name, const Field<std::string>& value) &&;
  /// Adds the members of a JSON object as headers.
  Request headers(const Field<Json>& headers) &&;

  /// Sets the body to a JSON document, in place of a body that is there.
  Request json(const Json& document) &&;
  /// Sets the body to a JSON document.
  Request json(const Payload& document) &&;
  /// Sets the body to names and values, encoded as a form.
  Request form(std::vector<std::pair<std::string, std::string>> fields) &&;
  /// Sets the body to a text, as it is.
  Request text(std::string body) &&;
  /// Sets the body to what a source gives, as it is read.
  ///
  /// @param content_type such as `application/octet-stream`.
  Request body_from(std::shared_ptr<BodySource> source, std::string content_type) &&;
  /// Has the body of a success go to a sink as it comes. The response has the head alone then.
  Request answer_to(std::shared_ptr<BodySink> sink) &&;

  /// Marks the request as safe to repeat, whatever its method: sending it twice does its work only
  /// once.
  Request safe_to_repeat() &&;
  /// Makes the SDK send the request without an Authorization header.
  Request unauthenticated() &&;

  /// `GET`, `POST`, ...
  const std::string& method() const noexcept { return method_; }
  /// The path below the client's base URL, percent-encoded; or a complete URL.
  const std::string& path() const noexcept { return path_; }
  /// Whether path() is a complete URL. Every other path begins with a slash, or has its colons
  /// encoded.
  bool has_own_url() const noexcept;
  /// The query parameters, decoded, in their order.
  const std::vector<std::pair<std::string, std::string>>& query_pairs() const noexcept {
    return query_;
  }
  /// The headers that were added to the request.
  const std::vector<std::pair<std::string, std::string>>& header_pairs() const noexcept {
    return headers_;
  }
  /// The body; nothing when the request has none.
  const std::optional<std::string>& body() const noexcept { return body_; }
  /// The content type of the body.
  const std::string& content_type() const noexcept { return content_type_; }
  /// Where the body comes from when it is not in memory; null otherwise.
  const std::shared_ptr<BodySource>& source() const noexcept { return source_; }
  /// Where the body of a success goes when it is not kept in memory; null otherwise.
  const std::shared_ptr<BodySink>& sink() const noexcept { return sink_; }
  /// Values that must never appear in a message.
  const std::vector<std::string>& secrets() const noexcept { return secrets_; }
  /// Whether the request may carry an Authorization header.
  bool authenticated() const noexcept { return authenticated_; }
  /// True when sending the request twice does its work only once: by its method, or because
  /// safe_to_repeat() said so.
  bool repeatable() const noexcept;

  /// The first value of a query parameter, if it is there.
  std::optional<std::string_view> query_value(std::string_view name) const;
  /// Replaces every value of a query parameter.
  void set_query(std::string_view name, std::string value);

 private:
  void add_header(std::string name, std::string value);
  /// Takes the body away, and wipes the secrets in it.
  void drop_body() noexcept;
  void wipe_secrets() noexcept;

  std::string method_;
  std::string path_;
  std::vector<std::pair<std::string, std::string>> query_{};
  std::vector<std::pair<std::string, std::string>> headers_{};
  std::optional<std::string> body_{};
  std::string content_type_{};
  std::shared_ptr<BodySource> source_{};
  std::shared_ptr<BodySink> sink_{};
  std::vector<std::string> secrets_{};
  bool safe_to_repeat_ = false;
  bool authenticated_ = true;
};

namespace detail {

/// Replaces each `{name}` in a path by a value, percent-encoded, in their order.
///
/// @throws GlobusSDKUsageError when a value is empty; it names the parameter.
std::string path(std::string_view pattern, std::initializer_list<Text> values = {});

/// Throws GlobusSDKUsageError when the text is empty; it names the parameter.
Text require(std::string_view parameter, Text value);
/// Throws GlobusSDKUsageError when one of the texts is empty; it names the parameter.
Strings require_each(std::string_view parameter, Strings texts);

/// An option's name, and whether the caller gave the option.
struct GivenOption {
  template <class T>
  GivenOption(std::string_view option, const Field<T>& value)
      : name(option), is_given(value.has_value()) {}

  std::string_view name;
  bool is_given;
};

/// Throws GlobusSDKUsageError when both options are given, of which `method` takes one.
void at_most_one(std::string_view method, GivenOption first, GivenOption second);
/// The same, also when neither is given.
void exactly_one(std::string_view method, GivenOption first, GivenOption second);
/// Throws GlobusSDKUsageError when an option is given without another one that it needs.
void require_with(GivenOption option, GivenOption needed);
/// `value`, which may be null.
///
/// @throws GlobusSDKUsageError when it is unset or an empty text.
Nullable<std::string> require_given(std::string_view parameter, const Nullable<std::string>& value);

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
