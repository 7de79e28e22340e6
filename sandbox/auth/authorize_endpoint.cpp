// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/authorize_endpoint.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "sandbox/auth/authorization_request.hpp"
#include "sandbox/auth/browser_cookie.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/pages.hpp"
#include "sandbox/base/clock.hpp"
#include "sandbox/base/uuid.hpp"

namespace globus_sandbox::auth {

namespace {

std::vector<Identity> users_who_may_log_in(const AuthContext& context) {
  auto users = context.identities.users();
  std::erase_if(users, [](const Identity& user) { return user.status != "used"; });
  return users;
}

/// One request of a browser: a step on the way from the client through the pages back to it.
class Visit {
 public:
  Visit(AuthContext& context, const HttpRequest& http, AuthorizationRequest request)
      : context_(context),
        request_(std::move(request)),
        users_(users_who_may_log_in(context)),
        is_answer_(http.method == "POST") {
    const auto id = browser_secret(http);
    auto browser = id ? context_.sessions.find_browser(*id) : std::nullopt;
    if (!browser) return;
    browser_ = std::move(*browser);
    session_ = context_.sessions.find_of_client(request_.client.id, browser_.id)
                   .value_or(Session{{}, browser_.identity_set, browser_.authentications});
  }

  HttpResponse answer() {
    const std::string decision = is_answer_ ? request_.get("decision").value_or("") : "";
    if (decision == "deny")
      refuse_by_redirect(context_, request_, "access_denied", "The user did not consent");
    if (is_answer_) log_in_as_chosen();
    if (decision == "switch") return with_cookie(login_page(true));
    while (context_.settings.auto_consent && judge().open(session_) > 0)
      log_in(candidates(false).front());
    if (judge().open(session_) > 0) {
      refuse_if_silent();
      return with_cookie(login_page(false));
    }
    if (decision == "allow" || context_.settings.auto_consent || is_covered())
      return with_cookie(consented());
    refuse_if_silent();
    return with_cookie(consent_page_for_user());
  }

 private:
  SessionJudge judge() const { return {users_, request_.session, current_time()}; }

  void refuse_if_silent() const {
    if (request_.forbids_questions)
      refuse_by_redirect(context_, request_, "interaction_required", "The user has to be asked");
  }

  /// Who may log in: whom the client hinted at comes first, then the user of the session.
  std::vector<Identity> candidates(bool anyone) const {
    auto result = judge().candidates(session_, anyone);
    if (result.empty())
      refuse_by_redirect(context_, request_, "access_denied",
                         "No user meets the session's requirements");
    const auto hint = request_.get("login_hint").value_or("");
    std::stable_partition(result.begin(), result.end(), [&](const Identity& user) {
      return user.identity_set == session_.identity_set;
    });
    std::stable_partition(result.begin(), result.end(),
                          [&](const Identity& user) { return user.username == hint; });
    return result;
  }

  void log_in_as_chosen() {
    if (const auto id = request_.get("identity")) {
      const auto user = std::find_if(users_.begin(), users_.end(), [&](const Identity& each) {
        return each.id == canonical_uuid(*id);
      });
      if (user == users_.end())
        refuse_on_page("invalid_request", "There is no such user to log in as.");
      log_in(*user);
    } else if (const auto username = request_.get("username")) {
      log_in(user_named(*username));
    }
  }

  /// The user of that name, who is made when there is none.
  Identity user_named(const std::string& username) {
    auto user = context_.identities.find_username(username);
    if (!user) {
      try {
        user = context_.identities.add({{}, username, username, username});
      } catch (const std::invalid_argument& error) {
        refuse_on_page("invalid_request", error.what());
      }
    }
    if (user->is_client) refuse_on_page("invalid_request", "Clients do not log in here.");
    context_.identities.mark_used(user->id);
    users_ = users_who_may_log_in(context_);
    return *user;
  }

  void log_in(const Identity& user) {
    if (browser_.identity_set != user.identity_set) {
      browser_ = context_.sessions.start_browser(user.identity_set);
      session_ = Session{};
    }
    ensure_session();
    const bool multi_factor = user.multi_factor && request_.session.ask_for_second_factor();
    for (const auto& id : {browser_.id, session_.id})
      context_.sessions.authenticate(id, user.id, multi_factor);
    session_ = context_.sessions.find(session_.id).value_or(session_);
    is_new_login_ = true;
  }

  /// Starts the client's session in this browser where there is none yet.
  void ensure_session() {
    if (session_.id.empty()) session_ = context_.sessions.start(request_.client.id, browser_);
  }

  bool is_covered() const {
    return context_.consents.cover(session_.identity_set, request_.client.id, request_.scopes,
                                   request_.offline);
  }

  HttpResponse consented() {
    ensure_session();
    context_.consents.record(session_.identity_set, request_.client.id, request_.scopes,
                             request_.offline);
    AuthorizationCode code;
    code.client = request_.client.id;
    code.identity = session_.identity_set;
    code.redirect_uri = request_.redirect_uri;
    for (const auto& scope : request_.scopes) code.scopes.push_back(scope.scope);
    code.challenge = request_.get("code_challenge").value_or("");
    code.offline = request_.offline;
    code.state = request_.state;
    code.nonce = request_.get("nonce").value_or("");
    code.session = session_.id;
    code = context_.codes.add(code);
    return redirect(context_, request_, {{"code", code.code}},
                    code_page(code.code, request_.state.value_or("")));
  }

  HttpResponse login_page(bool anyone) const {
    LoginPage page;
    page.client_name = request_.client.name;
    page.message = request_.get("session_message").value_or("");
    page.needs_second_factor = request_.session.ask_for_second_factor();
    page.takes_new_users = request_.session.identities.empty();
    for (const auto& user : candidates(anyone)) page.users.push_back(shown(user));
    page.fields = fields();
    return html_response(200, auth::login_page(page));
  }

  HttpResponse consent_page_for_user() const {
    ConsentPage page;
    page.client_name = request_.client.name;
    page.client_id = request_.client.id;
    page.message = request_.get("session_message").value_or("");
    for (const auto& scope : request_.scopes) page.scopes.push_back(written(scope));
    for (const auto& user : users_)
      if (user.id == session_.identity_set) page.user = shown(user);
    page.fields = fields();
    return html_response(200, consent_page(page));
  }

  PageUser shown(const Identity& user) const {
    PageUser result{user.id, user.username, user.name, {}};
    for (const auto& primary : users_)
      if (primary.id == user.identity_set && primary.id != user.id)
        result.linked_to = primary.username;
    return result;
  }

  /// The request's own parameters, for a form to send again.
  std::vector<NamedValue> fields() const {
    static constexpr std::array<std::string_view, 4> ours{"decision", "identity", "username",
                                                          login_since_field};
    std::vector<NamedValue> result;
    for (const auto& field : request_.parameters)
      if (std::find(ours.begin(), ours.end(), field.first) == ours.end()) result.push_back(field);
    if (request_.session.since != Instant{})
      result.emplace_back(login_since_field, std::to_string(to_number(request_.session.since)));
    return result;
  }

  HttpResponse with_cookie(HttpResponse response) const {
    if (is_new_login_) set_browser_secret(response, browser_.id);
    return response;
  }

  AuthContext& context_;
  AuthorizationRequest request_;
  std::vector<Identity> users_;
  Session browser_{};
  Session session_{};          ///< of the client in this browser; its id is empty until it is used
  bool is_answer_;             ///< of a form on one of our pages
  bool is_new_login_ = false;  ///< that the browser has no cookie of yet
};

}  // namespace

HttpResponse authorize_endpoint(AuthContext& context, const HttpRequest& request) {
  auto wanted = read_authorization_request(
      context, request.method == "POST" ? request.form() : request.query);
  return Visit(context, request, std::move(wanted)).answer();
}

HttpResponse auth_code_page(const HttpRequest& request) {
  if (const auto error = request.query_value("error"))
    return html_response(400,
                         error_page(*error, request.query_value("error_description").value_or("")));
  const auto code = request.query_value("code");
  if (!code) return html_response(400, error_page("invalid_request", "There is no code to show."));
  return html_response(200, code_page(*code, request.query_value("state").value_or("")));
}

}  // namespace globus_sandbox::auth
