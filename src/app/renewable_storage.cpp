// SPDX-License-Identifier: Apache-2.0
#include "app/renewable_storage.hpp"

#include <utility>

#include "globus_sdk/token_storage/errors.hpp"

namespace globus_sdk::inline v0::detail {

RenewableStorage::RenewableStorage(std::shared_ptr<const TokenStorage> inner)
    : TokenStorage(inner->namespace_()),
      inner_(std::move(inner)),
      locks_(std::make_shared<RenewalLocks>()) {}
RenewableStorage::RenewableStorage(const RenewableStorage& before,
                                   std::shared_ptr<const TokenStorage> inner)
    : TokenStorage(inner->namespace_()), inner_(std::move(inner)), locks_(before.locks_) {}
RenewableStorage::~RenewableStorage() = default;

void RenewableStorage::store_token_data_by_resource_server(
    const TokenStorageDataByResourceServer& token_data_by_resource_server) const {
  store(token_data_by_resource_server,
        [&] { inner_->store_token_data_by_resource_server(token_data_by_resource_server); });
}

TokenStorageDataByResourceServer RenewableStorage::get_token_data_by_resource_server() const {
  return inner_->get_token_data_by_resource_server();
}

bool RenewableStorage::remove_token_data(Text resource_server) const {
  return inner_->remove_token_data(resource_server);
}

std::optional<TokenStorageData> RenewableStorage::get_token_data(Text resource_server) const {
  return inner_->get_token_data(resource_server);
}

void RenewableStorage::store_token_response(const OAuthTokenResponse& token_response) const {
  store(token_response.by_resource_server(), [&] { inner_->store_token_response(token_response); });
}

template <class Tokens>
void RenewableStorage::store(const Tokens& tokens,
                             const std::function<void()>& into_storage) const {
  try {
    into_storage();
  } catch (...) {
    const std::lock_guard lock(mutex_);
    for (const auto& [resource_server, token] : tokens) {
      if (token.refresh_token) unstored_[resource_server].text = *token.refresh_token;
    }
    throw;
  }
  const std::lock_guard lock(mutex_);
  for (const auto& [resource_server, token] : tokens) unstored_.erase(resource_server);
}

RenewableStorage::RefreshTokens RenewableStorage::unstored_refresh_tokens() const {
  const std::lock_guard lock(mutex_);
  return unstored_;
}

TokenStorage::RenewalLock RenewableStorage::lock_renewal(Text resource_server,
                                                         std::chrono::milliseconds timeout) const {
  using Both = std::pair<RenewalLock, RenewalLock>;
  auto both = std::make_shared<Both>();
  both->first = locks_->lock(namespace_(), resource_server.str(), timeout);
  if (is_retired_) {
    throw LoginRequiredError("login required: the app has logged out since the call began");
  }
  both->second = inner_->lock_renewal(resource_server, timeout);
  return both;
}

TokenStorage::ReservedSpace RenewableStorage::reserve_space() const {
  return inner_->reserve_space();
}

void RenewableStorage::close() const {
  inner_->close();
}

std::optional<std::string> RenewableStorage::extract_identity_id(
    const OAuthTokenResponse& token_response) const {
  return inner_->extract_identity_id(token_response);
}

}  // namespace globus_sdk::inline v0::detail
