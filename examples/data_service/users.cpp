// SPDX-License-Identifier: Apache-2.0
#include "data_service/users.hpp"

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

}  // namespace

StorageOfUser open_storage(const Settings& settings) {
  if (!settings.token_storage_url.empty())
    throw std::runtime_error(
        "this program was built without PostgreSQL; build it with GLOBUS_SDK_BUILD_POSTGRES, or "
        "set STATE_DIRECTORY in place of GLOBUS_SDK_TOKEN_STORAGE_URL");
  return [file = settings.tokens_file.string()](const std::string& user_id) {
    return SQLiteTokenStorage{file, {.namespace_ = user_id}};
  };
}

Users::Users(ConfidentialAppAuthClient app, StorageOfUser storage_of)
    : app_(std::move(app)), storage_of_(std::move(storage_of)), own_(app_, TransferScopes.all) {}

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
  const auto storage = storage_of_(user.id).get();
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
  storage_of_(user.id).get()->remove_token_data(transfer_server);
}

void Users::check(const std::stop_token& stop) const {
  // to store nothing is to try whether storing would work
  storage_of_("data_service").get()->store_token_data_by_resource_server({});
  own_.get_authorization_header({.deadline = std::chrono::steady_clock::now() + 10s, .stop = stop});
}

}  // namespace data_service
