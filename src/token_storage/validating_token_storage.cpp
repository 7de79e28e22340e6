// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/validating_token_storage.hpp"

#include <mutex>

#include "token_storage/stored_form.hpp"

namespace globus_sdk::inline v0 {

namespace {

using Validators = std::vector<AnyTokenDataValidator>;

std::optional<std::string> identity_of(const TokenStorageDataByResourceServer& tokens) {
  std::optional<std::string> identity;
  for (const auto& [resource_server, data] : tokens) {
    if (!detail::has_text(data.identity_id)) continue;
    if (identity && identity != data.identity_id) {
      throw ValidationError("there are tokens of different identities: " + *identity + " and " +
                            *data.identity_id);
    }
    identity = data.identity_id;
  }
  return identity;
}

}  // namespace

struct ValidatingTokenStorage::State {
  explicit State(AnyTokenStorage token_storage, const Validators& validators)
      : storage(token_storage.get()),
        validators_(std::make_shared<const Validators>(validators)),
        identity_(identity_of(storage->get_token_data_by_resource_server())) {}

  /// What was known until now; and from now on, whose tokens these are.
  TokenValidationContext context_for(const TokenStorageDataByResourceServer& tokens) {
    TokenValidationContext context;
    context.token_data_identity_id = identity_of(tokens);
    const std::lock_guard lock(mutex_);
    context.prior_identity_id = identity_;
    if (!identity_) identity_ = context.token_data_identity_id;
    return context;
  }

  /// Tokens were not stored after all: they must not decide whose the next ones may be.
  void forget(const TokenValidationContext& context) {
    const std::lock_guard lock(mutex_);
    if (!context.prior_identity_id && identity_ == context.token_data_identity_id) {
      identity_.reset();
    }
  }

  /// There are no tokens: the next ones may be anybody's.
  void forget_identity() {
    const std::lock_guard lock(mutex_);
    identity_.reset();
  }

  /// As they are now; they are asked outside the lock, since they may take their time.
  std::shared_ptr<const Validators> validators() {
    const std::lock_guard lock(mutex_);
    return validators_;
  }

  void add(AnyTokenDataValidator validator) {
    const std::lock_guard lock(mutex_);
    Validators more = *validators_;
    more.push_back(std::move(validator));
    validators_ = std::make_shared<const Validators>(std::move(more));
  }

  std::optional<std::string> identity() {
    const std::lock_guard lock(mutex_);
    return identity_;
  }

  void judge_retrieved(const TokenStorageDataByResourceServer& tokens) {
    const TokenValidationContext context = context_for(tokens);
    for (const auto& validator : *validators()) validator.get()->after_retrieve(tokens, context);
  }

  const std::shared_ptr<const TokenStorage> storage;

 private:
  std::mutex mutex_;
  std::shared_ptr<const Validators> validators_;
  std::optional<std::string> identity_;
};

ValidatingTokenStorage::ValidatingTokenStorage(AnyTokenStorage token_storage,
                                               const ValidatingTokenStorageOptions& options)
    : TokenStorage(token_storage.get()->namespace_()),
      state_(std::make_shared<State>(std::move(token_storage), options.validators)) {}
ValidatingTokenStorage::~ValidatingTokenStorage() = default;
ValidatingTokenStorage::ValidatingTokenStorage(const ValidatingTokenStorage&) = default;
ValidatingTokenStorage& ValidatingTokenStorage::operator=(const ValidatingTokenStorage&) = default;

void ValidatingTokenStorage::store_token_data_by_resource_server(
    const TokenStorageDataByResourceServer& token_data_by_resource_server) const {
  if (token_data_by_resource_server.empty()) {  // there is nothing to judge
    state_->storage->store_token_data_by_resource_server(token_data_by_resource_server);
    return;
  }
  const TokenValidationContext context = state_->context_for(token_data_by_resource_server);
  try {
    for (const auto& validator : *state_->validators()) {
      validator.get()->before_store(token_data_by_resource_server, context);
    }
    state_->storage->store_token_data_by_resource_server(token_data_by_resource_server);
  } catch (...) {
    state_->forget(context);
    throw;
  }
}

TokenStorageDataByResourceServer ValidatingTokenStorage::get_token_data_by_resource_server() const {
  auto tokens = state_->storage->get_token_data_by_resource_server();
  state_->judge_retrieved(tokens);
  return tokens;
}

std::optional<TokenStorageData> ValidatingTokenStorage::get_token_data(Text resource_server) const {
  auto data = state_->storage->get_token_data(resource_server);
  if (!data) {
    throw MissingTokenError("No token data for " + resource_server.str(), resource_server);
  }
  state_->judge_retrieved({{data->resource_server, *data}});
  return data;
}

bool ValidatingTokenStorage::remove_token_data(Text resource_server) const {
  const bool removed = state_->storage->remove_token_data(resource_server);
  if (removed && state_->storage->get_token_data_by_resource_server().empty()) {
    state_->forget_identity();
  }
  return removed;
}

void ValidatingTokenStorage::store_token_response(const OAuthTokenResponse& token_response) const {
  store_token_data_by_resource_server(
      detail::stored_form(token_response, extract_identity_id(token_response), *state_->storage));
}

TokenStorage::RenewalLock ValidatingTokenStorage::lock_renewal(
    Text resource_server, std::chrono::milliseconds timeout) const {
  return state_->storage->lock_renewal(resource_server, timeout);
}

TokenStorage::ReservedSpace ValidatingTokenStorage::reserve_space() const {
  return state_->storage->reserve_space();
}

void ValidatingTokenStorage::close() const {
  state_->storage->close();
}

std::optional<std::string> ValidatingTokenStorage::extract_identity_id(
    const OAuthTokenResponse& token_response) const {
  if (token_response.is_refresh()) return state_->identity();
  return state_->storage->extract_identity_id(token_response);
}

std::optional<std::string> ValidatingTokenStorage::identity_id() const {
  return state_->identity();
}

const std::shared_ptr<const TokenStorage>& ValidatingTokenStorage::token_storage() const noexcept {
  return state_->storage;
}

void ValidatingTokenStorage::add_validator(AnyTokenDataValidator validator) const {
  state_->add(std::move(validator));
}

}  // namespace globus_sdk::inline v0
