// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/logout_endpoint.hpp"

#include <string>

#include "sandbox/auth/browser_cookie.hpp"
#include "sandbox/auth/pages.hpp"

namespace globus_sandbox::auth {

namespace {

/// A page of ours may link to other pages, but not to what a browser would run.
bool is_web_page(const std::string& uri) {
  return uri.starts_with("http://") || uri.starts_with("https://");
}

}  // namespace

HttpResponse logout_endpoint(AuthContext& context, const HttpRequest& request) {
  if (const auto secret = browser_secret(request)) context.sessions.end_browser(*secret);
  const auto client = context.clients.find(request.query_value("client_id").value_or(""));
  const std::string uri = request.query_value("redirect_uri").value_or("");
  const std::string name = request.query_value("redirect_name").value_or("");
  const bool links = is_web_page(uri) && !name.empty();
  HttpResponse response = html_response(
      200, logout_page(client ? client->name : "Globus", links ? uri : "", links ? name : ""));
  set_browser_secret(response, {});
  return response;
}

}  // namespace globus_sandbox::auth
