// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/initial_accounts.hpp"

#include <utility>
#include <vector>

#include "sandbox/auth/context.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"
#include "sandbox/base/settings.hpp"
#include "sandbox/server/service.hpp"

namespace globus_sandbox::auth {

namespace {

constexpr const char* first_username = "sandbox-user@globus-sandbox.example";
constexpr const char* second_username = "second-user@globus-sandbox.example";
/// The template that `globus login` makes its own clients from, and that `globus logout` acts as.
constexpr const char* command_line_template = "95fdeba8-fac2-42bd-a357-e068d82ff78e";

using Granted = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// A value that the state keeps, or else a new one, which it keeps from now on.
std::string kept(Settings& settings, const std::string& name, std::string (*choose)()) {
  if (auto value = settings.get(name)) return *value;
  std::string value = choose();
  settings.set(name, value);
  return value;
}

std::string choose_secret() {
  return random_token(32);
}
std::string choose_token() {
  return "Ag" + random_token(36);
}

void ensure_user(AuthContext& context, const std::string& id, const char* username,
                 const char* name) {
  if (context.identities.find(id)) return;
  context.identities.add({id, username, name, username, "Globus Sandbox"});
}

void ensure_public_client(AuthContext& context, const std::string& id, const char* name) {
  if (context.clients.find(id)) return;
  Client client{id, name};
  client.grant_types = grant_types_of(client.client_type);
  context.clients.add(client);
}

void ensure_clients(AuthContext& context, const InitialAccounts& accounts, const Granted& granted) {
  if (!context.clients.find(accounts.client_id)) {
    Client client{accounts.client_id, "Sandbox Application"};
    client.client_type = "hybrid_confidential_client_resource_server";
    client.is_public = false;
    client.grant_types = grant_types_of(client.client_type);
    context.clients.add(client);
    context.clients.add_credential(client.id, "Sandbox credential", accounts.client_secret);
    // As a resource server it works with the other services on its users' behalf.
    for (const auto& [service, scopes] : granted)
      if (service != "auth")
        for (const auto& scope : scopes)
          context.consents.define_dependency(scope_of_application(accounts), scope);
  }
  ensure_public_client(context, accounts.native_client_id, "Sandbox Native Application");
  ensure_public_client(context, command_line_template, "Globus CLI");
}

/// Whether the state remembers a grant as a consent, so that logins do not ask for it again.
enum class ConsentRecord { kept, none };

/// One grant of a user to a client.
class InitialGrant {
 public:
  InitialGrant(AuthContext& context, Settings& settings, std::string user, std::string client,
               ConsentRecord consent)
      : context_(context),
        settings_(settings),
        user_(std::move(user)),
        client_(std::move(client)),
        consent_(consent),
        grant_(random_uuid()) {}

  std::string ensure_token(const std::string& name, const std::vector<std::string>& scopes,
                           bool is_refresh) {
    const std::string text = kept(settings_, name, choose_token);
    const auto known = context_.tokens.find(text);
    if (known && known->active()) return text;
    Token token;
    token.text = known ? choose_token() : text;
    token.is_refresh = is_refresh;
    token.client = token.root_client = client_;
    token.identity = user_;
    token.paths = scopes;
    token.resource_server = resource_server_of(token.paths.front()).value_or("");
    token.session = session();
    token.grant = grant_;
    if (!is_refresh) token.expires = current_time() + context_.settings.token_lifetime;
    if (consent_ == ConsentRecord::kept)
      context_.consents.record(token.identity, token.client, parse_scopes(join(scopes, " ")), true);
    context_.tokens.add(token);
    settings_.set(name, token.text);
    return token.text;
  }

 private:
  const std::string& session() {
    if (session_.empty()) {
      session_ = context_.sessions.start(client_, {{}, user_, {}}).id;
      context_.sessions.authenticate(session_, user_, false);
    }
    return session_;
  }

  AuthContext& context_;
  Settings& settings_;
  std::string user_;
  std::string client_;
  ConsentRecord consent_;
  std::string grant_;
  std::string session_;
};

}  // namespace

std::map<std::string, std::string> InitialAccounts::variables() const {
  std::map<std::string, std::string> result{{"CLIENT_ID", client_id},
                                            {"CLIENT_SECRET", client_secret},
                                            {"NATIVE_CLIENT_ID", native_client_id},
                                            {"USERNAME", first_username}};
  for (const auto& [service, its] : tokens) {
    const std::string name = variable_part(service);
    result[name + "_TOKEN"] = its.access;
    result[name + "_REFRESH_TOKEN"] = its.refresh;
    result["NATIVE_" + name + "_REFRESH_TOKEN"] = its.native_refresh;
  }
  return result;
}

std::string scope_of_application(const InitialAccounts& accounts) {
  return "https://auth.globus.org/scopes/" + accounts.client_id + "/all";
}

InitialAccounts ensure_initial_accounts(AuthContext& context, const Granted& granted) {
  InitialAccounts accounts;
  Settings& settings = context.kept_settings;
  context.database.transaction([&] {
    accounts.first_user = kept(settings, "first_user", random_uuid);
    accounts.first_username = first_username;
    accounts.second_user = kept(settings, "second_user", random_uuid);
    accounts.client_id = kept(settings, "client_id", random_uuid);
    accounts.client_secret = kept(settings, "client_secret", choose_secret);
    accounts.native_client_id = kept(settings, "native_client_id", random_uuid);
    ensure_user(context, accounts.first_user, first_username, "Sandbox User");
    ensure_user(context, accounts.second_user, second_username, "Second User");
    ensure_clients(context, accounts, granted);
    InitialGrant grant(context, settings, accounts.first_user, accounts.client_id,
                       ConsentRecord::kept);
    // Logins of the native client still show the consent page: it is what their tests are about.
    InitialGrant native(context, settings, accounts.first_user, accounts.native_client_id,
                        ConsentRecord::none);
    for (const auto& [service, scopes] : granted) {
      InitialTokens& tokens = accounts.tokens[service];
      tokens.access = grant.ensure_token(service + "_token", scopes, false);
      tokens.refresh = grant.ensure_token(service + "_refresh_token", scopes, true);
      tokens.native_refresh =
          native.ensure_token("native_" + service + "_refresh_token", scopes, true);
    }
  });
  return accounts;
}

TokenPair ensure_tokens(AuthContext& context, const InitialAccounts& accounts,
                        const std::vector<std::string>& scopes) {
  TokenPair tokens;
  context.database.transaction([&] {
    InitialGrant grant(context, context.kept_settings, accounts.first_user, accounts.client_id,
                       ConsentRecord::none);
    const std::string name = "tokens for " + join(scopes, " ");
    tokens.access = grant.ensure_token(name, scopes, false);
    tokens.refresh = grant.ensure_token("refresh " + name, scopes, true);
  });
  return tokens;
}

}  // namespace globus_sandbox::auth
