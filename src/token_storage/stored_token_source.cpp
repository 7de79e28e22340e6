// SPDX-License-Identifier: Apache-2.0
#include "token_storage/stored_token_source.hpp"

#include <algorithm>
#include <utility>

#include "authorizers/grant_failure.hpp"
#include "core/base/now_seconds.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/renewal_locks.hpp"
#include "token_storage/stored_form.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// For another who renews, when there is no later chance.
constexpr std::chrono::milliseconds longest_last_wait{1000};

bool is_expired(const TokenStorageData& data) {
  return data.expires_at_seconds <= now_seconds();
}

}  // namespace

std::chrono::milliseconds checked_lock_timeout(const Field<std::chrono::milliseconds>& timeout) {
  if (!timeout) return default_renewal_lock_timeout;
  if (timeout->count() < 0) throw GlobusSDKUsageError("lock_timeout may not be negative");
  return *timeout;
}

StoredTokenSource::StoredTokenSource(std::shared_ptr<const TokenStorage> storage,
                                     std::string resource_server, TokenGrant grant,
                                     std::chrono::milliseconds lock_timeout, std::string in_use)
    : storage_(std::move(storage)),
      resource_server_(std::move(resource_server)),
      grant_(std::move(grant)),
      lock_timeout_(lock_timeout),
      in_use_(std::move(in_use)) {}

StoredTokenSource::~StoredTokenSource() {
  try {
    save(std::min(lock_timeout_, longest_last_wait));
  } catch (...) {  // it was told when it failed first
  }
}

RenewedToken StoredTokenSource::next() {
  // a reader needs no lock, and mostly somebody else has been quicker
  if (auto renewed = renewed_by_another(read())) return std::move(*renewed);
  const auto lock = storage_->lock_renewal(resource_server_, lock_timeout_);
  const auto stored = read();
  if (auto renewed = renewed_by_another(stored)) return std::move(*renewed);
  return grant_.takes_refresh_token ? refresh(stored) : store(grant_.redeem({}), stored, {});
}

void StoredTokenSource::save(std::chrono::milliseconds lock_timeout) {
  if (!unsaved_) return;
  const auto lock = storage_->lock_renewal(resource_server_, lock_timeout);
  const auto stored = read();
  // somebody who has logged in or out, or has renewed, since then knows better
  if (is_superseded(stored)) return unsaved_.reset();
  if (unsaved_->is_whole) {
    store_response(unsaved_->response);
  } else {
    write_refresh_token(*stored);
  }
  unsaved_.reset();
}

std::optional<TokenStorageData> StoredTokenSource::read() const {
  return storage_->get_token_data(resource_server_);
}

std::optional<RenewedToken> StoredTokenSource::renewed_by_another(
    const std::optional<TokenStorageData>& stored) {
  if (!stored || stored->access_token == in_use_ || is_expired(*stored)) return std::nullopt;
  // nobody's but ours before the last renewal, which could not be stored
  if (unsaved_ && !is_superseded(stored)) return std::nullopt;
  unsaved_.reset();
  in_use_ = stored->access_token;
  return RenewedToken{stored->access_token, stored->expires_at_seconds, std::nullopt, nullptr};
}

RenewedToken StoredTokenSource::refresh(const std::optional<TokenStorageData>& stored) {
  const std::string token = refresh_token(stored);
  bool is_refused = false;
  // what can be stored before the token is spent can hopefully be stored afterwards
  storage_->store_token_data_by_resource_server({});
  try {
    return redeem_and_store(token, stored);
  } catch (const GlobusError& error) {
    is_refused = is_refusal(error);
    if (!is_refused && !is_unclear(error)) throw;
  }
  if (!is_refused) pause_before_repeat();
  return try_again(token, is_refused);
}

RenewedToken StoredTokenSource::try_again(const std::string& before, bool was_refused) {
  const auto stored = read();
  if (auto renewed = renewed_by_another(stored)) return std::move(*renewed);
  const std::string token = refresh_token(stored);
  const std::string whose = "the refresh token for " + resource_server_;
  if (was_refused && token == before) throw login_required(whose);
  try {
    return redeem_and_store(token, stored);
  } catch (const GlobusError& error) {
    if (is_refusal(error)) throw login_required(whose);
    throw;
  }
}

RenewedToken StoredTokenSource::redeem_and_store(const std::string& token,
                                                 const std::optional<TokenStorageData>& stored) {
  InPlaceOf in_place_of = spent_with(stored);
  auto space = storage_->reserve_space();
  const OAuthTokenResponse response = grant_.redeem(token);
  space.reset();
  return store(response, stored, std::move(in_place_of));
}

std::string StoredTokenSource::refresh_token(const std::optional<TokenStorageData>& stored) const {
  if (unsaved_ && !is_superseded(stored)) return unsaved_->refresh_token();
  if (stored && has_text(stored->refresh_token)) return *stored->refresh_token;
  throw LoginRequiredError("login required: there is no refresh token for " + resource_server_ +
                           " in the token storage; log in, asking for refresh tokens");
}

bool StoredTokenSource::is_superseded(const std::optional<TokenStorageData>& stored) const {
  return !stored || stored->refresh_token != unsaved_->in_place_of;
}

StoredTokenSource::InPlaceOf StoredTokenSource::spent_with(
    const std::optional<TokenStorageData>& stored) {
  return stored ? stored->refresh_token : std::nullopt;
}

RenewedToken StoredTokenSource::store(const OAuthTokenResponse& response,
                                      const std::optional<TokenStorageData>& stored,
                                      InPlaceOf in_place_of) {
  // kept before anything else is looked at, and without an allocation: the one that is stored may
  // be spent
  if (grant_.takes_refresh_token && has_refresh_token(response)) {
    unsaved_.emplace(Unsaved{response, std::move(in_place_of)});
  }
  const TokenData mine = own_token(response, stored);
  in_use_ = mine.access_token;
  RenewedToken renewed{in_use_, mine.expires_at_seconds, response, nullptr};
  try {
    store_response(response);
    unsaved_.reset();
  } catch (const TokenValidationError&) {  // the answer will not do at any later time either
    renewed.trouble = std::current_exception();
    store_refresh_token(stored);
  } catch (...) {
    renewed.trouble = std::current_exception();
    if (unsaved_) unsaved_->is_whole = true;
    renewed.is_saved = !unsaved_;
  }
  return renewed;
}

TokenData StoredTokenSource::own_token(const OAuthTokenResponse& response,
                                       const std::optional<TokenStorageData>& stored) {
  try {
    const auto& tokens = response.by_resource_server();
    auto mine = tokens.find(resource_server_);
    if (mine == tokens.end() && tokens.size() == 1) mine = tokens.find("");
    if (mine != tokens.end()) return mine->second;
    throw ValidationError("the renewal gave no token for " + resource_server_ +
                          ": use a refresh token, or scopes, of that resource server");
  } catch (const GlobusError&) {
    store_refresh_token(stored);
    throw;
  }
}

void StoredTokenSource::store_response(const OAuthTokenResponse& response) const {
  const auto& tokens = response.by_resource_server();
  const bool is_unnamed = tokens.size() == 1 && tokens.begin()->first.empty();
  const auto names_scopes = [](const auto& token) { return !token.second.scope.empty(); };
  const bool is_whole =
      !is_unnamed && (response.is_refresh() || std::ranges::all_of(tokens, names_scopes));
  if (is_whole) return storage_->store_token_response(response);
  auto form =
      stored_form(response, storage_->extract_identity_id(response), *storage_, resource_server_);
  // the same was asked for as before
  for (auto& [resource_server, data] : form) {
    const auto before = data.scope.empty() ? storage_->get_token_data(resource_server)
                                           : std::optional<TokenStorageData>();
    if (before) data.scope = before->scope;
  }
  storage_->store_token_data_by_resource_server(form);
}

void StoredTokenSource::store_refresh_token(const std::optional<TokenStorageData>& stored) {
  if (!unsaved_ || !stored) return;
  try {
    write_refresh_token(*stored);
    unsaved_.reset();
  } catch (const GlobusError&) {  // it stays in memory, and what was wrong before says more
  }
}

void StoredTokenSource::write_refresh_token(TokenStorageData stored) const {
  stored.refresh_token = unsaved_->refresh_token();
  storage_->store_token_data_by_resource_server({{resource_server_, stored}});
}

}  // namespace globus_sdk::inline v0::detail
