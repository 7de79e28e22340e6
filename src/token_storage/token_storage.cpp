// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/token_storage.hpp"

#include "token_storage/id_token_subject.hpp"
#include "token_storage/stored_form.hpp"

namespace globus_sdk::inline v0 {

namespace {

TokenStorageData data_of(const TokenData& token, const std::optional<std::string>& identity) {
  TokenStorageData data;
  data.resource_server = token.resource_server;
  data.identity_id = identity;
  data.scope = token.scope;
  data.access_token = token.access_token;
  data.refresh_token = token.refresh_token;
  data.expires_at_seconds = token.expires_at_seconds;
  if (!token.token_type.empty()) data.token_type = token.token_type;
  return data;
}

/// A refresh answers with what has changed: the rest is as it was.
void carry_over(TokenStorageData& data, const TokenStorage& stored) {
  const bool is_complete =
      data.refresh_token && data.identity_id && data.token_type && !data.scope.empty();
  if (is_complete) return;
  const auto before = stored.get_token_data(data.resource_server);
  if (!before) return;
  if (!data.refresh_token) data.refresh_token = before->refresh_token;
  if (!data.identity_id) data.identity_id = before->identity_id;
  if (!data.token_type) data.token_type = before->token_type;
  if (data.scope.empty()) data.scope = before->scope;
}

}  // namespace

namespace detail {

TokenStorageDataByResourceServer stored_form(const OAuthTokenResponse& response,
                                             const std::optional<std::string>& identity,
                                             const TokenStorage& stored,
                                             const std::string& unnamed) {
  TokenStorageDataByResourceServer all;
  for (const auto& [resource_server, token] : response.by_resource_server()) {
    TokenStorageData data = data_of(token, identity);
    if (data.resource_server.empty()) data.resource_server = unnamed;
    if (response.is_refresh()) carry_over(data, stored);
    all.insert_or_assign(data.resource_server, std::move(data));
  }
  return all;
}

}  // namespace detail

TokenStorage::TokenStorage(const Field<std::string>& namespace_)
    : name_(std::make_shared<const std::string>(namespace_ ? *namespace_ : "DEFAULT")) {}
TokenStorage::~TokenStorage() = default;
TokenStorage::TokenStorage(const TokenStorage&) = default;
// a handle that was moved from still has its namespace
TokenStorage::TokenStorage(TokenStorage&& other) noexcept : name_(other.name_) {}
TokenStorage& TokenStorage::operator=(const TokenStorage&) = default;
TokenStorage& TokenStorage::operator=(TokenStorage&& other) noexcept {
  name_ = other.name_;
  return *this;
}

std::optional<TokenStorageData> TokenStorage::get_token_data(Text resource_server) const {
  auto all = get_token_data_by_resource_server();
  const auto found = all.find(resource_server.str());
  if (found == all.end()) return std::nullopt;
  return std::move(found->second);
}

void TokenStorage::store_token_response(const OAuthTokenResponse& token_response) const {
  const auto identity = extract_identity_id(token_response);
  store_token_data_by_resource_server(detail::stored_form(token_response, identity, *this));
}

TokenStorage::RenewalLock TokenStorage::lock_renewal(Text /*resource_server*/,
                                                     std::chrono::milliseconds /*timeout*/) const {
  return nullptr;
}

TokenStorage::ReservedSpace TokenStorage::reserve_space() const {
  return nullptr;
}

void TokenStorage::close() const {}

std::optional<std::string> TokenStorage::extract_identity_id(
    const OAuthTokenResponse& token_response) const {
  const auto id_token = token_response.id_token();
  if (!id_token || id_token->empty()) return std::nullopt;
  return detail::id_token_subject(*id_token);
}

}  // namespace globus_sdk::inline v0
