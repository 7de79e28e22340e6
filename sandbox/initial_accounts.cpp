// SPDX-License-Identifier: Apache-2.0
#include "initial_accounts.hpp"

#include <utility>
#include <vector>

#include "auth/scopes.hpp"
#include "clock.hpp"
#include "database.hpp"
#include "random.hpp"

namespace globus_sandbox {

namespace {

constexpr const char* first_username = "sandbox-user@globus-sandbox.example";
constexpr const char* second_username = "second-user@globus-sandbox.example";
/// The template that `globus login` makes its own clients from, and that `globus logout` acts as.
constexpr const char* command_line_template = "95fdeba8-fac2-42bd-a357-e068d82ff78e";
constexpr const char* auth_scopes =
    "openid profile email urn:globus:auth:scope:auth.globus.org:view_identity_set "
    "urn:globus:auth:scope:auth.globus.org:view_identities "
    "urn:globus:auth:scope:auth.globus.org:manage_projects";
constexpr const char* transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

/// A value that the state keeps, or else a new one, which it keeps from now on.
std::string kept(Settings& settings, const char* name, std::string (*choose)()) {
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

void ensure_user(auth::AuthContext& context, const std::string& id, const char* username,
                 const char* name) {
  if (context.identities.find(id)) return;
  context.identities.add({id, username, name, username, "Globus Sandbox"});
}

void ensure_public_client(auth::AuthContext& context, const std::string& id, const char* name) {
  if (context.clients.find(id)) return;
  auth::Client client{id, name};
  client.grant_types = auth::grant_types_of(client.client_type);
  context.clients.add(client);
}

void ensure_clients(auth::AuthContext& context, const InitialAccounts& accounts) {
  if (!context.clients.find(accounts.client_id)) {
    auth::Client client{accounts.client_id, "Sandbox Application"};
    client.client_type = "hybrid_confidential_client_resource_server";
    client.is_public = false;
    client.grant_types = auth::grant_types_of(client.client_type);
    context.clients.add(client);
    context.clients.add_credential(client.id, "Sandbox credential", accounts.client_secret);
    // As a resource server it works with Transfer on its users' behalf.
    context.consents.define_dependency("https://auth.globus.org/scopes/" + client.id + "/all",
                                       transfer_scope);
  }
  ensure_public_client(context, accounts.native_client_id, "Sandbox Native Application");
  ensure_public_client(context, command_line_template, "Globus CLI");
}

/// Whether the state remembers a grant as a consent, so that logins do not ask for it again.
enum class Consent { recorded, not_recorded };

/// One grant of a user to a client.
class InitialGrant {
 public:
  InitialGrant(auth::AuthContext& context, Settings& settings, std::string user, std::string client,
               Consent consent)
      : context_(context),
        settings_(settings),
        user_(std::move(user)),
        client_(std::move(client)),
        consent_(consent),
        grant_(random_uuid()) {}

  std::string ensure_token(const char* name, const char* scopes, bool is_refresh) {
    const std::string text = kept(settings_, name, choose_token);
    const auto known = context_.tokens.find(text);
    if (known && known->active()) return text;
    auth::Token token;
    token.text = known ? choose_token() : text;
    token.is_refresh = is_refresh;
    token.client = token.root_client = client_;
    token.identity = user_;
    token.paths = auth::split_words(scopes);
    token.resource_server = auth::resource_server_of(token.paths.front()).value_or("");
    token.session = session();
    token.grant = grant_;
    if (!is_refresh) token.expires = current_time() + context_.settings.token_lifetime;
    if (consent_ == Consent::recorded)
      context_.consents.record(token.identity, token.client, auth::parse_scopes(scopes), true);
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

  auth::AuthContext& context_;
  Settings& settings_;
  std::string user_;
  std::string client_;
  Consent consent_;
  std::string grant_;
  std::string session_;
};

}  // namespace

InitialAccounts ensure_initial_accounts(auth::AuthContext& context, Settings& settings) {
  InitialAccounts accounts;
  context.database.transaction([&] {
    accounts.first_user = kept(settings, "first_user", random_uuid);
    accounts.first_username = first_username;
    accounts.second_user = kept(settings, "second_user", random_uuid);
    accounts.client_id = kept(settings, "client_id", random_uuid);
    accounts.client_secret = kept(settings, "client_secret", choose_secret);
    accounts.native_client_id = kept(settings, "native_client_id", random_uuid);
    ensure_user(context, accounts.first_user, first_username, "Sandbox User");
    ensure_user(context, accounts.second_user, second_username, "Second User");
    ensure_clients(context, accounts);
    InitialGrant grant(context, settings, accounts.first_user, accounts.client_id,
                       Consent::recorded);
    accounts.auth_token = grant.ensure_token("auth_token", auth_scopes, false);
    accounts.auth_refresh_token = grant.ensure_token("auth_refresh_token", auth_scopes, true);
    accounts.transfer_token = grant.ensure_token("transfer_token", transfer_scope, false);
    accounts.transfer_refresh_token =
        grant.ensure_token("transfer_refresh_token", transfer_scope, true);
    // Logins of the native client still show the consent page: it is what their tests are about.
    InitialGrant native(context, settings, accounts.first_user, accounts.native_client_id,
                        Consent::not_recorded);
    accounts.native_auth_refresh_token =
        native.ensure_token("native_auth_refresh_token", auth_scopes, true);
    accounts.native_transfer_refresh_token =
        native.ensure_token("native_transfer_refresh_token", transfer_scope, true);
  });
  return accounts;
}

}  // namespace globus_sandbox
