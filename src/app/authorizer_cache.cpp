// SPDX-License-Identifier: Apache-2.0
#include "app/authorizer_cache.hpp"

#include <algorithm>
#include <utility>

#include "core/base/now_seconds.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// A token that is refused within that time after a login will not be taken after another one: a
/// service that refuses every token asks nobody to log in for each call.
constexpr std::chrono::minutes longest_freshness{5};

}  // namespace

bool CachedAuthorizer::is_good() const {
  return authorizer && (!expires_at || now_seconds() < *expires_at);
}

CachedAuthorizer AuthorizerCache::get_or_make(const std::string& resource_server,
                                              const Make& make) {
  while (true) {
    std::uint64_t generation = 0;
    {
      const std::lock_guard lock(mutex_);
      generation = generation_;
      const auto found = kept_.find(resource_server);
      if (found != kept_.end() && found->second.is_good()) return found->second;
    }
    CachedAuthorizer made = make();
    const std::lock_guard lock(mutex_);
    if (generation != generation_) continue;  // made of what is stored no more
    CachedAuthorizer& kept = kept_[resource_server];
    if (!kept.is_good()) kept = std::move(made);
    const auto refused = refused_.find(resource_server);
    if (refused != refused_.end() && !refused->second.replaced_at) {
      refused->second.replaced_at = std::chrono::steady_clock::now();
    }
    return kept;
  }
}

std::shared_ptr<const GlobusAuthorizer> AuthorizerCache::get(
    const std::string& resource_server) const {
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(resource_server);
  return found != kept_.end() && found->second.is_good() ? found->second.authorizer : nullptr;
}

void AuthorizerCache::forget(const std::string& resource_server) {
  const std::lock_guard lock(mutex_);
  kept_.erase(resource_server);
  ++generation_;
}

bool AuthorizerCache::refuse(const std::string& resource_server, std::string_view header) {
  Refused refused{std::string(header)};
  const std::lock_guard lock(mutex_);
  const auto found = kept_.find(resource_server);
  const bool renews = found != kept_.end() && !found->second.expires_at;
  if (renews || is_in_place_of_refused(resource_server, header)) return false;
  refused_.insert_or_assign(resource_server, std::move(refused));
  kept_.erase(resource_server);
  ++generation_;
  return true;
}

bool AuthorizerCache::is_refused(const std::string& resource_server,
                                 std::string_view header) const {
  const std::lock_guard lock(mutex_);
  const auto found = refused_.find(resource_server);
  return found != refused_.end() && found->second.header == header;
}

bool AuthorizerCache::is_fresh(const std::string& resource_server, std::string_view header) const {
  const std::lock_guard lock(mutex_);
  return is_in_place_of_refused(resource_server, header);
}

bool AuthorizerCache::is_in_place_of_refused(const std::string& resource_server,
                                             std::string_view header) const {
  const auto found = refused_.find(resource_server);
  if (found == refused_.end() || found->second.header == header) return false;
  const auto& replaced_at = found->second.replaced_at;
  return replaced_at && std::chrono::steady_clock::now() < *replaced_at + longest_freshness;
}

void AuthorizerCache::clear() {
  const std::lock_guard lock(mutex_);
  kept_.clear();
  ++generation_;
}

void AuthorizerCache::replace() {
  std::map<std::string, CachedAuthorizer> before;
  const std::lock_guard lock(mutex_);
  // first: whatever comes of the rest, these are of tokens that are stored no more
  before.swap(kept_);
  ++generation_;
  replaced_headers_.clear();
  logged_out_headers_.clear();
  for (const auto& [resource_server, kept] : before) {
    if (auto header = kept.authorizer->try_get_authorization_header()) {
      replaced_headers_.push_back(std::move(*header));
    }
  }
}

bool AuthorizerCache::is_replaced(std::string_view header) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::find(replaced_headers_, header) != replaced_headers_.end();
}

void AuthorizerCache::log_out(std::vector<std::string> headers) {
  const std::lock_guard lock(mutex_);
  logged_out_headers_ = std::move(headers);
  kept_.clear();
  ++generation_;
}

bool AuthorizerCache::is_logged_out(std::string_view header) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::find(logged_out_headers_, header) != logged_out_headers_.end();
}

}  // namespace globus_sdk::inline v0::detail
