// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/auth/context.hpp"
#include "sandbox/auth/initial_accounts.hpp"
#include "sandbox/server/directory.hpp"
#include "sandbox/server/http.hpp"
#include "sandbox/server/service.hpp"

namespace globus_sandbox::auth {

/// The sandbox's Globus Auth, which knows who is who.
class AuthService : public Service, public Directory {
 public:
  /// Makes its tables where they are missing.
  explicit AuthService(const Surroundings& surroundings);

  std::string_view name() const override { return "auth"; }
  ServiceScopes scopes() const override;
  /// Besides, those that were made for clients, and the first application's own.
  bool has_scope(std::string_view scope) const override;
  HttpResponse write_error(const ServiceError& error, const std::string& resource) const override;
  /// Makes the users, clients and tokens that a sandbox begins with, where they are missing.
  void begin() override;
  /// Forgets everything but the key that signs id tokens.
  void reset() override;
  boost::json::object state() const override;
  boost::json::object description() const override;
  std::map<std::string, std::string> variables() const override;
  std::vector<Route<>> control_routes() override;

  std::optional<Caller> authenticate(std::string_view access_token) const override;
  std::string user_name(const std::string& identity_id) const override;
  std::string first_user() const override;
  TokenPair tokens_of_first_user(const std::vector<std::string>& scopes) override;
  bool meets(const Caller& caller, const boost::json::object& parameters,
             Instant since) const override;
  void check_authorization_parameters(const boost::json::object& parameters) const override;

  /// What the service works with.
  AuthContext& context() { return context_; }
  /// What it began with.
  InitialAccounts accounts() const;

 protected:
  HttpResponse answer(HttpRequest request) override;

 private:
  bool knows_scope(std::string_view scope) const;
  HttpResponse expire(const HttpRequest& request);
  HttpResponse revoke(const HttpRequest& request);
  HttpResponse add_user(const HttpRequest& request);

  const ServiceList& services_;
  AuthContext context_;
  mutable std::mutex accounts_mutex_;
  InitialAccounts accounts_;
};

}  // namespace globus_sandbox::auth
