// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <boost/beast/http/message.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/server/server.hpp"

namespace globus_sandbox {

namespace http = boost::beast::http;

/// What a request asks for, and of whom where it says so: a client that takes us for a proxy does.
struct Target {
  std::optional<std::string_view> host;
  std::string_view path;
  std::string_view query;
};

/// Reads the three forms of a target that we have an answer to: `/path?query`,
/// `http://host/path?query` and `*`.
inline std::optional<Target> read_target(std::string_view text) {
  Target target;
  if (!text.starts_with('/') && text != "*") {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    const std::string name = lower_case(text.substr(0, scheme));
    if (name != "http" && name != "https") return std::nullopt;
    text.remove_prefix(scheme + 3);
    const auto end = std::min(text.find_first_of("/?"), text.size());
    target.host = text.substr(0, end);
    text.remove_prefix(end);
  }
  const auto question = std::min(text.find('?'), text.size());
  target.path = text.substr(0, question);
  if (target.path.empty()) target.path = "/";
  target.query = text.substr(std::min(question + 1, text.size()));
  return target;
}

/// A request by its head; nothing where it is malformed.
inline std::optional<IncomingRequest> read_head(const http::request_header<>& head,
                                                bool from_owner) {
  const auto target = read_target({head.target().data(), head.target().size()});
  const auto hosts = head.count(http::field::host);
  if (!target || hosts > 1 || (hosts == 0 && head.version() >= 11)) return std::nullopt;
  IncomingRequest incoming;
  incoming.from_owner = from_owner;
  incoming.request.method = std::string(head.method_string());
  incoming.request.raw_path = std::string(target->path);
  incoming.request.path = percent_decode(target->path);
  incoming.request.query = parse_form(target->query);
  for (const auto& field : head)
    incoming.request.headers.emplace_back(
        lower_case({field.name_string().data(), field.name_string().size()}),
        std::string(field.value()));
  if (hosts == 1) incoming.hosts.emplace_back(head[http::field::host]);
  if (target->host) incoming.hosts.emplace_back(*target->host);
  return incoming;
}

}  // namespace globus_sandbox
