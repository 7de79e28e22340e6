// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// Text made safe to stand in HTML, in an attribute's quotes too.
std::string escape_html(std::string_view text);

/// A user as the pages show one.
struct PageUser {
  std::string id;
  std::string username;
  std::string name;
  std::string linked_to;  ///< the username of the primary identity, when this is another
};

/// What the login page shows.
struct LoginPage {
  std::string client_name;
  std::string message;             ///< what the application says about it; may be empty
  std::vector<PageUser> users;     ///< a button each
  std::vector<NamedValue> fields;  ///< the request's own parameters, which the forms send again
  bool needs_second_factor = false;
  bool takes_new_users = true;
};

/// What the consent page shows.
struct ConsentPage {
  std::string client_name;
  std::string client_id;
  std::string message;              ///< what the application says about it; may be empty
  std::vector<std::string> scopes;  ///< as they were asked for, dependencies in brackets
  PageUser user;                    ///< who is logged in
  std::vector<NamedValue> fields;   ///< the request's own parameters, which the form sends again
};

/// Forms that send `identity`, or `username` for a user that may be new, or `decision=deny`.
std::string login_page(const LoginPage& page);
/// A form that sends `decision`: `allow`, `deny`, or `switch` to log in as somebody else.
std::string consent_page(const ConsentPage& page);
/// The page after a logout, with a link where there is a URI.
std::string logout_page(std::string_view client_name, std::string_view uri, std::string_view name);
/// The page that shows an authorization code to copy.
std::string code_page(std::string_view code, std::string_view state);
/// The page for a request that cannot be answered by a redirection.
std::string error_page(std::string_view error, std::string_view description);

/// An HTML page as an answer, which no other site may frame or add to.
HttpResponse html_response(int status, std::string page);

}  // namespace globus_sandbox::auth
