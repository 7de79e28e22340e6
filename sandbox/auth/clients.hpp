// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/clock.hpp"

namespace globus_sandbox {
class Database;
}

namespace globus_sandbox::auth {

class Identities;

/// An application that is registered with the sandbox.
struct Client {
  std::string id{};
  std::string name;
  std::string client_type = "public_installed_client";
  bool is_public = true;
  std::string visibility = "private";
  std::vector<std::string> grant_types{};
  std::vector<std::string> redirect_uris{};
  std::string parent{};
  std::string project{};
  std::string privacy_policy{};
  std::string terms_and_conditions{};
  std::string required_idp{};
  std::string preselect_idp{};
  bool prompt_for_named_grant = true;

  bool may_use(std::string_view grant_type) const;
};

/// A secret of a client.
struct ClientCredential {
  std::string id;
  std::string client;
  std::string name;
  std::string secret;
  Instant created{};
};

/// The clients that are registered. Each is an identity too, so that it can act for itself.
class Clients {
 public:
  Clients(Database& database, Identities& identities);

  /// Keeps a new client; an empty id is chosen.
  Client add(Client client);
  ClientCredential add_credential(const std::string& client_id, const std::string& name,
                                  const std::string& secret);
  /// A client's, in the order in which they were made.
  std::vector<ClientCredential> credentials(const std::string& client_id) const;
  void remove_credential(const std::string& id);
  /// Keeps what may change of a client: its name, visibility, URIs, links and providers.
  void replace(const Client& client);
  std::optional<Client> find(std::string_view id) const;
  std::vector<Client> all() const;
  /// Whether this is a secret of that client.
  bool has_secret(const std::string& client_id, std::string_view secret) const;
  /// Forgets the client, its secrets and its identity.
  void remove(const std::string& id);

 private:
  Database& database_;
  Identities& identities_;
};

/// A client as the API shows it.
boost::json::object to_document(const Client& client);
/// A credential as the API shows it right after it was made, the only time when it shows the
/// secret.
boost::json::object to_document(const ClientCredential& credential);
/// What a client of a type may use.
std::vector<std::string> grant_types_of(std::string_view client_type);

}  // namespace globus_sandbox::auth
