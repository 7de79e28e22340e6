// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sandbox {
class Database;
}

namespace globus_sandbox::auth {

/// A user, or a client as an actor of its own.
struct Identity {
  std::string id;
  std::string username;
  std::string name{};
  std::string email{};
  std::string organization{};
  std::string identity_provider{};
  std::string status = "used";  ///< "unused" for one that was provisioned before it ever logged in
  bool is_client = false;
  std::string identity_set{};  ///< the id of the set's primary identity, which is the user's own
  bool multi_factor = true;    ///< whether its provider can ask for a second factor
};

/// An identity provider: a domain of usernames.
struct IdentityProvider {
  std::string id;
  std::string domain;
};

/// The identities that the sandbox knows.
class Identities {
 public:
  explicit Identities(Database& database);

  /// Keeps a new identity. An empty id is chosen; the provider is that of the username's domain; an
  /// empty identity set is one of its own. Throws std::invalid_argument when the username is taken
  /// or is none.
  Identity add(Identity identity);
  std::optional<Identity> find(std::string_view id) const;
  std::optional<Identity> find_username(std::string_view username) const;
  /// The identity with this id or username.
  std::optional<Identity> find_either(std::string_view id_or_username) const;
  /// Users, in the order in which they were made; not clients.
  std::vector<Identity> users() const;
  /// All that are linked with this one, itself too: the primary identity first. Empty for none.
  std::vector<Identity> linked_with(std::string_view id) const;
  /// Notes that somebody logged in as an identity that was provisioned before.
  void mark_used(std::string_view id);
  void remove(std::string_view id);
  std::vector<IdentityProvider> providers() const;
  std::optional<IdentityProvider> provider(std::string_view id) const;

 private:
  std::string provider_of_domain(const std::string& domain);
  Database& database_;
};

/// An identity as the identities API shows it.
boost::json::object to_document(const Identity& identity);
/// A provider as the API shows it.
boost::json::object to_document(const IdentityProvider& provider);
/// The part of a username after its '@'.
std::string domain_of(std::string_view username);

}  // namespace globus_sandbox::auth
