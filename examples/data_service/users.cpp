// SPDX-License-Identifier: Apache-2.0
#include "data_service/users.hpp"

#ifdef DATA_SERVICE_HAS_POSTGRES
#include <globus_sdk/postgres/postgres_token_storage.hpp>
#endif

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>
#include <vector>

#include "data_service/explanations.hpp"

namespace data_service {

using namespace globus_sdk;

namespace {

const std::string transfer_server = "transfer.api.globus.org";

/// Seals tokens before they are stored, where there is a key.
Field<TokenSealer> sealer_of(const Settings& settings) {
  std::vector<SealingKey> keys;
  for (const auto& key : settings.sealing_keys) keys.push_back(SealingKey::from_base64(key));
  if (keys.empty()) return {};
  return TokenSealer{std::move(keys)};
}

}  // namespace

std::shared_ptr<const MultiUserTokenStorage> open_storage(const Settings& settings) {
  if (settings.token_storage_url.empty()) {
    const FileTokenStorageOptions options{.sealer = sealer_of(settings)};
    return std::make_shared<SQLiteTokenStorage>(settings.tokens_file, options);
  }
#ifdef DATA_SERVICE_HAS_POSTGRES
  // a request that the database holds up is better answered soon
  const PostgresTokenStorageOptions options{
      .connect_timeout = 3s, .statement_timeout = 3s, .sealer = sealer_of(settings)};
  return std::make_shared<PostgresTokenStorage>(settings.token_storage_url, options);
#else
  throw std::runtime_error(
      "a database is named, and this program was built without PostgreSQL; build it with "
      "GLOBUS_SDK_BUILD_POSTGRES, or set STATE_DIRECTORY and name no database");
#endif
}

Users::Users(ConfidentialAppAuthClient app, std::shared_ptr<const MultiUserTokenStorage> storage)
    : app_(std::move(app)), storage_(std::move(storage)), own_(app_, TransferScopes.all) {}

User Users::authenticate(const std::string& token, const CallSettings& calls) const {
  if (token.empty()) throw Refused(401, "send your access token as 'Authorization: Bearer TOKEN'");
  const auto info = app_.with(calls).oauth2_token_introspect(token);
  if (info["active"] != true) throw Refused(401, "the access token is not valid; log in again");
  const auto audience = info["aud"].as<std::vector<std::string>>();
  if (std::find(audience.begin(), audience.end(), app_.client_id()) == audience.end())
    throw Refused(403, "the access token is for another service");
  return {info["sub"], info["username"]};
}

TransferClient Users::transfer_of(const User& user, const std::string& token,
                                  const CallSettings& calls) const {
  const auto storage = storage_->in_namespace(user.id);
  if (!storage->get_token_data(transfer_server)) {
    const auto lock = storage->lock_renewal(transfer_server, 20s);
    // unless another request has exchanged its token meanwhile
    if (!storage->get_token_data(transfer_server)) {
      const auto traded =
          app_.with(calls).oauth2_get_dependent_tokens(token, {.refresh_tokens = true});
      const auto& tokens = traded.by_resource_server();
      const auto found = tokens.find(transfer_server);
      if (found == tokens.end() || !found->second.refresh_token)
        throw Refused(403, "you have not consented to transfers by this service");
      storage->store_token_response(traded);
    }
  }
  // the renewal is not stopped with the request that needs it: it ends, and what it got is stored
  const TransferClient tc{StoredTokenAuthorizer{storage, transfer_server, app_},
                          {.transport = transport_}};
  return tc.with(calls);
}

void Users::forget(const User& user) const {
  storage_->in_namespace(user.id)->remove_token_data(transfer_server);
}

void Users::check(const std::stop_token& stop) const {
  // to store nothing is to try whether storing would work
  storage_->store_token_data_by_resource_server({});
  own_.get_authorization_header({.deadline = std::chrono::steady_clock::now() + 10s, .stop = stop});
}

}  // namespace data_service
