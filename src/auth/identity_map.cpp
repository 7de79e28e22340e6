// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/identity_map.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "core/base/ascii.hpp"
#include "core/base/hexadecimal.hpp"
#include "core/call/execute.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr std::int64_t default_batch_size = 100;

/// The UUID that a text is, in its usual form, from any of those that Python's `uuid.UUID` reads;
/// empty when it is none.
std::string uuid_of(std::string_view text) {
  if (text.starts_with("urn:")) text.remove_prefix(4);
  if (text.starts_with("uuid:")) text.remove_prefix(5);
  std::string uuid;
  for (const char c : text) {
    if (c == '-' || c == '{' || c == '}') continue;
    const char lower = detail::ascii_lower(c);
    if (detail::hexadecimal_value(lower) < 0 || uuid.size() == 36) return {};
    uuid += lower;
    if (uuid.size() == 8 || uuid.size() == 13 || uuid.size() == 18 || uuid.size() == 23) {
      uuid += '-';
    }
  }
  return uuid.size() == 36 ? uuid : std::string();
}

/// What an identity is known by.
struct Name {
  bool is_id = false;
  std::string text{};

  friend auto operator<=>(const Name&, const Name&) = default;
};

Name name_of(Text key) {
  detail::require("identity_id", key);
  if (key.view().find(',') != std::string_view::npos) {
    throw GlobusSDKUsageError("identity_id must be one id or username, without a comma");
  }
  std::string uuid = uuid_of(key);
  if (!uuid.empty()) return {true, std::move(uuid)};
  return {false, key.str()};
}

/// What one request found, by every name.
using Found = std::map<std::string, JsonView, std::less<>>;
using Lookup = detail::Flight<std::shared_ptr<const Found>>;
using Names = std::vector<Name>;

std::optional<JsonView> find_in(const Found& found, const std::string& name) {
  const auto identity = found.find(name);
  if (identity == found.end()) return std::nullopt;
  return identity->second;
}

}  // namespace

struct IdentityMap::State {
  State(AuthClient auth_client, std::size_t most, std::shared_ptr<IdentityCache> shared)
      : client(std::move(auth_client)), batch_size(most), cache(std::move(shared)) {}

  std::optional<JsonView> look_up(const Name& name);
  std::optional<JsonView> fetch(const Names& batch, const std::shared_ptr<Lookup>& request,
                                const CallLimits& limits);
  std::shared_ptr<const Found> ask_for(const Names& batch, const CallLimits& limits) const;

  // these need the lock
  std::shared_ptr<Lookup> request_for(const Name& name) const;
  Names batch_with(const Name& name) const;
  void begin(const Names& batch, const std::shared_ptr<Lookup>& request);
  void end(const Names& batch, bool well) noexcept;

  const AuthClient client;
  const std::size_t batch_size;
  const std::shared_ptr<IdentityCache> cache;
  mutable std::mutex mutex{};
  std::set<Name> pending{};  // until a request for them has gone well
  std::map<Name, std::shared_ptr<Lookup>> under_way{};
};

std::optional<JsonView> IdentityMap::State::look_up(const Name& name) {
  // those of the client's calls, for the wait for others and a request of its own together
  const CallLimits limits =
      detail::limits_of(*client.connection().settings, std::chrono::steady_clock::now());
  for (;;) {
    std::unique_lock lock(mutex);
    if (auto known = cache->find(name.text)) return known;
    const std::shared_ptr<Lookup> others = request_for(name);
    if (!others) {
      pending.insert(name);  // until the request has gone well, like the others
      const Names batch = batch_with(name);
      const auto request = std::make_shared<Lookup>();
      begin(batch, request);
      lock.unlock();
      return fetch(batch, request, limits);
    }
    lock.unlock();
    others->wait_for_end(limits);
    try {
      return find_in(*others->result(), name.text);
    } catch (...) {  // a failure is that of the one who asked
    }
  }
}

std::optional<JsonView> IdentityMap::State::fetch(const Names& batch,
                                                  const std::shared_ptr<Lookup>& request,
                                                  const CallLimits& limits) {
  const auto end_batch = [&](bool well) {
    const std::lock_guard lock(mutex);
    end(batch, well);
  };
  try {
    const detail::AtWork at_work(request->number());
    const auto found = ask_for(batch, limits);
    auto identity = find_in(*found, batch.front().text);
    end_batch(true);
    request->land(found);
    return identity;
  } catch (...) {
    end_batch(false);
    request->fail(std::current_exception());
    throw;
  }
}

std::shared_ptr<const Found> IdentityMap::State::ask_for(const Names& batch,
                                                         const CallLimits& limits) const {
  std::vector<std::string> texts;
  for (const Name& name : batch) texts.push_back(name.text);
  GetIdentitiesOptions options;
  (batch.front().is_id ? options.ids : options.usernames) = texts;
  auto found = std::make_shared<Found>();
  const AuthClient hurried(detail::within(client.connection(), limits));
  for (const JsonView& identity : hurried.get_identities(options)) {
    const JsonView kept = cache->store(identity);
    found->insert_or_assign(kept["id"].as<std::string>(), kept);
    found->insert_or_assign(kept["username"].as<std::string>(), kept);
  }
  return found;
}

std::shared_ptr<Lookup> IdentityMap::State::request_for(const Name& name) const {
  const auto request = under_way.find(name);
  if (request == under_way.end() || !request->second->is_of_this_process()) return nullptr;
  return request->second;
}

/// The name, and of those that are pending as many of its kind as fit.
Names IdentityMap::State::batch_with(const Name& name) const {
  Names batch{name};
  for (auto next = pending.lower_bound(Name{name.is_id, {}});
       next != pending.end() && next->is_id == name.is_id && batch.size() < batch_size; ++next) {
    if (*next != name && !request_for(*next) && !cache->find(next->text)) batch.push_back(*next);
  }
  return batch;
}

/// All of them or, without memory, none.
void IdentityMap::State::begin(const Names& batch, const std::shared_ptr<Lookup>& request) {
  std::map<Name, std::shared_ptr<Lookup>> begun;
  for (const Name& name : batch) begun.emplace(name, request);
  for (const Name& name : batch) under_way.erase(name);  // that of a parent before a fork
  under_way.merge(begun);
}

/// What a request that failed was to fetch is pending as before.
void IdentityMap::State::end(const Names& batch, bool well) noexcept {
  for (const Name& name : batch) {
    under_way.erase(name);
    if (well) pending.erase(name);
  }
}

IdentityMap::IdentityMap(AuthClient auth_client, const Strings& identity_ids,
                         const IdentityMapOptions& options) {
  const std::int64_t batch_size = options.id_batch_size.value_or(default_batch_size);
  if (batch_size < 1) throw GlobusSDKUsageError("id_batch_size must be 1 or more");
  state_ =
      std::make_shared<State>(std::move(auth_client), static_cast<std::size_t>(batch_size),
                              options.cache ? options.cache : std::make_shared<IdentityCache>());
  for (const std::string& identity_id : identity_ids) add(identity_id);
}

bool IdentityMap::add(Text identity_id) const {
  const Name name = name_of(identity_id);
  const std::lock_guard lock(state_->mutex);
  if (state_->request_for(name) || state_->cache->find(name.text)) return false;
  return state_->pending.insert(name).second;
}

std::optional<TemporaryJsonView> IdentityMap::get(Text key) const {
  return state_->look_up(name_of(key));
}

TemporaryJsonView IdentityMap::operator[](Text key) const {
  if (auto identity = get(key)) return *identity;
  throw JsonError("there is no identity '" + key.str() + "'");
}

bool IdentityMap::erase(Text key) const {
  return state_->cache->erase(name_of(key).text);
}

}  // namespace globus_sdk::inline v0
