// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/base/file_descriptor.hpp"
#include "sandbox/base/text.hpp"

namespace globus_sandbox {

/// One header or parameter: a name and its value, both decoded.
using NamedValue = std::pair<std::string, std::string>;

/// A file that a request's body is written to as it comes, in place of memory. It is nobody's until
/// a service makes it its own; what was not kept goes with it.
class ReceivedFile {
 public:
  ReceivedFile() = default;
  virtual ~ReceivedFile() = default;
  ReceivedFile(const ReceivedFile&) = delete;
  ReceivedFile& operator=(const ReceivedFile&) = delete;

  /// What the body is written to, one piece after the other.
  virtual int descriptor() const = 0;
};

/// A request as a service of the sandbox sees it: a plain value, without sockets.
struct HttpRequest {
  std::string method;             ///< upper case
  std::string path;               ///< below the service's prefix, percent-decoded, begins with '/'
  std::string raw_path;           ///< the whole path as it was sent, still encoded, with its prefix
  std::vector<NamedValue> query;  ///< in the order sent, decoded ('+' is a space)
  std::vector<NamedValue> headers;  ///< names in lower case
  std::string body;
  std::vector<std::string> ids{};  ///< what stands in the places of its route's `{id}`
  /// Where the body is, in place of `body`; null unless the service asked for it.
  std::shared_ptr<ReceivedFile> received{};
  std::uint64_t received_size = 0;  ///< in bytes
  int storage_error = 0;            ///< errno of the write that ended the receiving; 0: it is whole

  /// The first query parameter of that name, if any.
  std::optional<std::string> query_value(std::string_view name) const;
  /// The header of that name (lower case), if any.
  std::optional<std::string> header(std::string_view name) const;
  /// The body as a form (application/x-www-form-urlencoded), decoded.
  std::vector<NamedValue> form() const;
};

/// A part of an answer's body: a text, and after it bytes of an open file, which are sent from
/// where they are.
struct FilePart {
  std::string before{};                          ///< such as the head of a part of several
  std::shared_ptr<const FileDescriptor> file{};  ///< null: the text alone
  std::uint64_t offset = 0;                      ///< of the first byte in the file
  std::uint64_t size = 0;                        ///< in bytes
};

/// An answer: a plain value.
struct HttpResponse {
  int status = 200;
  std::vector<NamedValue> headers{};
  std::string body{};
  std::vector<FilePart> parts{};      ///< sent after `body`; Content-Length counts all
  std::int64_t bytes_per_second = 0;  ///< how fast the body is sent at most; 0: no limit
};

/// What is decided of a request's body by the request's head.
struct Reception {
  std::shared_ptr<ReceivedFile> file{};   ///< where it goes; null: into memory
  std::optional<HttpResponse> refusal{};  ///< answered in place of reading it
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
