// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/admission.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "sandbox/base/random.hpp"
#include "sandbox/server/directory.hpp"

namespace globus_sandbox {

namespace {

constexpr const char* for_other_users =
    "this sandbox answers only the user who started it, and this connection is not known to be "
    "that user's; where users cannot be told apart, as in some containers, start it with "
    "--serve-everyone";

constexpr const char* without_secret =
    "/_sandbox/ takes the value of GLOBUS_SANDBOX_CONTROL_SECRET as a bearer token from whoever is "
    "not known to be the user who started the sandbox, and no other token from anybody";

constexpr const char* for_other_sites = "this sandbox answers no page of another site";

HttpResponse refusal(int status, const std::string& message) {
  return json_response(status, boost::json::object{{"error", message}});
}

/// The values of each header of that name (lower case).
std::vector<std::string> values_of(const HttpRequest& request, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : request.headers)
    if (key == name) values.push_back(value);
  return values;
}

bool has_body(const HttpRequest& request) {
  return request.header("transfer-encoding") ||
         request.header("content-length").value_or("0").find_first_not_of('0') != std::string::npos;
}

/// Whether the body is said to be JSON, which no form and no plain fetch of a page can say.
bool is_json(const HttpRequest& request) {
  const auto types = values_of(request, "content-type");
  if (types.size() != 1) return false;
  std::string type = lower_case(types.front().substr(0, types.front().find(';')));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.pop_back();
  return type == "application/json";
}

const std::array<std::string, 3> own_names{"127.0.0.1", "localhost", "[::1]"};

/// Whether a request calls us by a name that leads nowhere but to this machine. Whatever its port:
/// it may have come through a relay, and a page of another site has another name.
bool names_us(const IncomingRequest& incoming) {
  return std::all_of(incoming.hosts.begin(), incoming.hosts.end(), [](const std::string& host) {
    const std::string text = lower_case(host);
    return std::any_of(own_names.begin(), own_names.end(), [&](const std::string& name) {
      if (text == name) return true;
      const std::string port = text.substr(std::min(name.size() + 1, text.size()));
      return text == name + ':' + port && !port.empty() && port.size() <= 5 && port[0] != '0' &&
             port.find_first_not_of("0123456789") == std::string::npos;
    });
  });
}

/// A user who follows a link: how applications send theirs to log in.
bool follows_link(const HttpRequest& request) {
  return request.method == "GET" && request.header("sec-fetch-mode") == "navigate" &&
         request.header("sec-fetch-dest") == "document";
}

}  // namespace

bool is_control(const HttpRequest& request) {
  return request.raw_path.starts_with(control_prefix);
}

Admission::Admission(std::string scheme, std::uint16_t port, bool serve_everyone,
                     std::string control_secret)
    : scheme_(std::move(scheme)),
      port_(std::to_string(port)),
      serve_everyone_(serve_everyone),
      control_secret_(std::move(control_secret)) {}

std::optional<HttpResponse> Admission::refuse(const IncomingRequest& incoming) const {
  const HttpRequest& request = incoming.request;
  if (auto refused = refuse_user(incoming)) return refused;
  if (!names_us(incoming))
    return refusal(403,
                   "this sandbox is called 127.0.0.1, localhost and [::1], and the request calls "
                   "it something else");
  if (is_of_another_site(request)) return refusal(403, for_other_sites);
  if (is_control(request) && has_body(request) && !is_json(request))
    return refusal(415,
                   "a body for /_sandbox/ is JSON: send it with Content-Type: application/json");
  return std::nullopt;
}

std::optional<HttpResponse> Admission::refuse_user(const IncomingRequest& incoming) const {
  const bool is_served = incoming.from_owner || serve_everyone_;
  if (!is_control(incoming.request))
    return is_served ? std::nullopt : std::optional(refusal(403, for_other_users));
  const bool shows_secret = incoming.request.header("authorization").has_value();
  const bool shows_ours = equal_secrets(bearer_of(incoming.request).value_or(""), control_secret_);
  if (shows_ours || (incoming.from_owner && !shows_secret)) return std::nullopt;
  if (!is_served) return refusal(403, for_other_users);
  HttpResponse response = refusal(401, without_secret);
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"globus-sandbox\"");
  return response;
}

bool Admission::is_of_another_site(const HttpRequest& request) const {
  const auto is_own = [this](const std::string& origin) {
    const std::string unspoken = scheme_ == "https" ? "443" : "80";
    return std::any_of(own_names.begin(), own_names.end(), [&](const std::string& name) {
      const std::string own = scheme_ + "://" + name;
      return origin == own + ':' + port_ || (origin == own && port_ == unspoken);
    });
  };
  for (const std::string& origin : values_of(request, "origin"))
    if (!is_own(origin)) return true;
  for (const std::string& site : values_of(request, "sec-fetch-site"))
    if (site != "same-origin" && site != "none" && (is_control(request) || !follows_link(request)))
      return true;
  return false;
}

}  // namespace globus_sandbox
