// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/base/text.hpp"

namespace globus_sandbox {

/// One header or parameter: a name and its value, both decoded.
using NamedValue = std::pair<std::string, std::string>;

/// A request as a service of the sandbox sees it: a plain value, without sockets.
struct HttpRequest {
  std::string method;             ///< upper case
  std::string path;               ///< below the service's prefix, percent-decoded, begins with '/'
  std::string raw_path;           ///< the whole path as it was sent, still encoded, with its prefix
  std::vector<NamedValue> query;  ///< in the order sent, decoded ('+' is a space)
  std::vector<NamedValue> headers;  ///< names in lower case
  std::string body;
  std::vector<std::string> ids{};  ///< what stands in the places of its route's `{id}`

  /// The first query parameter of that name, if any.
  std::optional<std::string> query_value(std::string_view name) const;
  /// The header of that name (lower case), if any.
  std::optional<std::string> header(std::string_view name) const;
  /// The body as a form (application/x-www-form-urlencoded), decoded.
  std::vector<NamedValue> form() const;
};

/// An answer: a plain value.
struct HttpResponse {
  int status = 200;
  std::vector<NamedValue> headers{};
  std::string body{};
};

/// An answer whose body is JSON.
HttpResponse json_response(int status, const boost::json::value& document);

/// Text with each valid %XX replaced by its byte; what is malformed stays as it is.
std::string percent_decode(std::string_view text);
/// Text with everything but unreserved characters (RFC 3986) as %XX.
std::string percent_encode(std::string_view text);
/// The parameters of a query or a form body, in their order, decoded ('+' is a space).
std::vector<NamedValue> parse_form(std::string_view text);
/// The opposite: `name=value&...`, encoded.
std::string encode_form(const std::vector<NamedValue>& values);

/// Who makes a request: what the bearer token that came with it stands for.
struct Caller {
  std::string identity_id;  ///< UUID of the user, or of a client acting for itself
  std::string username;
  std::string client_id;            ///< the client that the token was issued to
  std::vector<std::string> scopes;  ///< of this token, as scope strings without dependencies
  std::string session{};            ///< in which the user logged in
  std::string root_client{};        ///< that the user gave the consents to which the token rests on
  std::string resource_server{};    ///< that the token is meant to be shown to
};

}  // namespace globus_sandbox
