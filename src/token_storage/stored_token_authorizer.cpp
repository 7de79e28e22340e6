// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/stored_token_authorizer.hpp"

#include <optional>

#include "../authorizers/grant_failure.hpp"
#include "../authorizers/refresh_token_in.hpp"
#include "../core/now_seconds.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "stored_form.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr std::chrono::milliseconds default_lock_timeout{60'000};

bool is_expired(const TokenStorageData& data) {
  return data.expires_at_seconds <= detail::now_seconds();
}

std::chrono::milliseconds checked(const Field<std::chrono::milliseconds>& timeout) {
  if (!timeout) return default_lock_timeout;
  if (timeout->count() < 0) throw GlobusSDKUsageError("lock_timeout may not be negative");
  return *timeout;
}

}  // namespace

/// Where the next token comes from: the storage, else Globus Auth. Renewals come one at a time.
class StoredTokenAuthorizer::Source {
 public:
  Source(std::shared_ptr<const TokenStorage> storage, std::string resource_server, Grant grant,
         std::chrono::milliseconds lock_timeout)
      : storage_(std::move(storage)),
        resource_server_(std::move(resource_server)),
        grant_(std::move(grant)),
        lock_timeout_(lock_timeout) {}

  Renewed next() {
    // a reader needs no lock, and mostly somebody else has been quicker
    if (auto renewed = renewed_by_another(read())) return std::move(*renewed);
    const auto lock = storage_->lock_renewal(resource_server_, lock_timeout_);
    const auto stored = read();
    if (auto renewed = renewed_by_another(stored)) return std::move(*renewed);
    return grant_.takes_refresh_token ? refresh(stored) : store(grant_.redeem({}), stored);
  }

 private:
  std::optional<TokenStorageData> read() const {
    return storage_->get_token_data(resource_server_);
  }

  /// What is stored, if it is another token than ours, and good.
  std::optional<Renewed> renewed_by_another(const std::optional<TokenStorageData>& stored) {
    if (!stored || stored->access_token == in_use_ || is_expired(*stored)) return std::nullopt;
    unsaved_.reset();
    in_use_ = stored->access_token;
    return Renewed{stored->access_token, stored->expires_at_seconds, std::nullopt, nullptr};
  }

  Renewed refresh(const std::optional<TokenStorageData>& stored) {
    const std::string token = refresh_token(stored);
    bool is_refused = false;
    try {
      return store(grant_.redeem(token), stored);
    } catch (const GlobusError& error) {
      is_refused = detail::is_refusal(error);
      if (!is_refused && !detail::is_unclear(error)) throw;
    }
    if (!is_refused) detail::pause_before_repeat();
    return try_again(token, is_refused);
  }

  /// Once more, when the store was read again: somebody who takes no lock may have used the token,
  /// and have stored the next one.
  Renewed try_again(const std::string& before, bool was_refused) {
    const auto stored = read();
    if (auto renewed = renewed_by_another(stored)) return std::move(*renewed);
    const std::string token = refresh_token(stored);
    const std::string whose = "the refresh token for " + resource_server_;
    if (was_refused && token == before) throw detail::login_required(whose);
    try {
      return store(grant_.redeem(token), stored);
    } catch (const GlobusError& error) {
      if (detail::is_refusal(error)) throw detail::login_required(whose);
      throw;
    }
  }

  std::string refresh_token(const std::optional<TokenStorageData>& stored) const {
    if (unsaved_ && stored && stored->refresh_token == unsaved_->in_place_of) {
      return unsaved_->refresh_token;
    }
    if (stored && detail::has_text(stored->refresh_token)) return *stored->refresh_token;
    throw LoginRequiredError("login required: there is no refresh token for " + resource_server_ +
                             " in the token storage; log in, asking for refresh tokens");
  }

  /// The tokens of an answer are in use even if they cannot be stored.
  ///
  /// @param stored what is stored until then.
  Renewed store(const OAuthTokenResponse& response, const std::optional<TokenStorageData>& stored) {
    // kept before anything else is looked at: the one that is stored may be spent
    if (auto next = detail::refresh_token_in(response); next && grant_.takes_refresh_token) {
      unsaved_ = {*std::move(next), stored ? stored->refresh_token : std::nullopt};
    }
    const TokenData mine = own_token(response, stored);
    in_use_ = mine.access_token;
    Renewed renewed{in_use_, mine.expires_at_seconds, response, nullptr};
    try {
      store_response(response, mine.resource_server.empty());
      unsaved_.reset();
    } catch (...) {
      renewed.trouble = std::current_exception();
      store_refresh_token(stored);
    }
    return renewed;
  }

  /// The token for this resource server; one that names none is taken for it where it is the only
  /// one.
  TokenData own_token(const OAuthTokenResponse& response,
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

  void store_response(const OAuthTokenResponse& response, bool is_unnamed) const {
    if (!is_unnamed) return storage_->store_token_response(response);
    storage_->store_token_data_by_resource_server(detail::stored_form(
        response, storage_->extract_identity_id(response), *storage_, resource_server_));
  }

  /// Stores the refresh token of an answer of which nothing else can be stored.
  void store_refresh_token(const std::optional<TokenStorageData>& stored) {
    if (!unsaved_ || !stored) return;
    TokenStorageData data = *stored;
    data.refresh_token = unsaved_->refresh_token;
    try {
      storage_->store_token_data_by_resource_server({{resource_server_, data}});
      unsaved_.reset();
    } catch (const GlobusError&) {  // it stays in memory, and what was wrong before says more
    }
  }

  struct Unsaved {
    std::string refresh_token;
    std::optional<std::string> in_place_of;
  };

  const std::shared_ptr<const TokenStorage> storage_;
  const std::string resource_server_;
  const Grant grant_;
  const std::chrono::milliseconds lock_timeout_;
  std::string in_use_{};
  std::optional<Unsaved> unsaved_{};
};

StoredTokenAuthorizer::StoredTokenAuthorizer(const AnyTokenStorage& token_storage,
                                             Text resource_server, Grant grant,
                                             const StoredTokenAuthorizerOptions& options)
    : RenewingAuthorizer(
          FindOrRenew(
              [source = std::make_shared<Source>(
                   token_storage.get(), detail::require("resource_server", resource_server).str(),
                   std::move(grant), checked(options.lock_timeout))] { return source->next(); }),
          {.on_refresh = options.on_refresh}) {}

StoredTokenAuthorizer::~StoredTokenAuthorizer() = default;

}  // namespace globus_sdk::inline v0
