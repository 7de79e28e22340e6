// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/auth/clients.hpp"
#include "sandbox/auth/codes.hpp"
#include "sandbox/auth/consents.hpp"
#include "sandbox/auth/document_table.hpp"
#include "sandbox/auth/identities.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/auth/sessions.hpp"
#include "sandbox/auth/signing_key.hpp"
#include "sandbox/auth/tokens.hpp"

namespace globus_sandbox::auth {

/// How the Auth service behaves.
struct AuthSettings {
  std::string base_url;  ///< such as `http://127.0.0.1:8080/auth`; the issuer of id tokens
  bool auto_consent = false;
  bool rotate_refresh_tokens = false;
  std::chrono::seconds refresh_token_grace{0};
  std::chrono::seconds token_lifetime{172800};  ///< of access tokens
};

/// What every endpoint of the Auth service works with.
struct AuthContext {
  AuthContext(Database& state, Settings& settings_of_state, AuthSettings how,
              std::function<bool(std::string_view scope)> is_known)
      : database(state),
        kept_settings(settings_of_state),
        settings(std::move(how)),
        identities(state),
        clients(state, identities),
        consents(state),
        tokens(state),
        sessions(state),
        codes(state),
        projects(state, "projects"),
        policies(state, "policies"),
        scopes(state, "scopes"),
        signing_key(settings_of_state),
        knows_scope(std::move(is_known)) {}

  Database& database;
  Settings& kept_settings;  ///< in the state
  AuthSettings settings;
  Identities identities;
  Clients clients;
  Consents consents;
  Tokens tokens;
  Sessions sessions;
  Codes codes;
  DocumentTable projects;
  DocumentTable policies;  ///< each of a project
  DocumentTable scopes;    ///< each of a client
  SigningKey signing_key;
  std::atomic<std::uint64_t> grants{0};  ///< that tokens were issued for; every so often it prunes
  std::function<bool(std::string_view)> knows_scope;  ///< whether there is such a scope
};

/// Those among the scopes, and among what they depend on, that there are none of.
std::vector<std::string> unknown_scopes(const AuthContext& context,
                                        const std::vector<RequestedScope>& scopes);

}  // namespace globus_sandbox::auth
