// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/identity_map.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "../core/ascii.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

constexpr std::int64_t default_batch_size = 100;

bool is_hexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

/// The UUID that a text is, in its usual form, from any of those that Python's `uuid.UUID` reads;
/// empty when it is none.
std::string uuid_of(std::string_view text) {
  if (text.starts_with("urn:")) text.remove_prefix(4);
  if (text.starts_with("uuid:")) text.remove_prefix(5);
  std::string uuid;
  for (const char c : text) {
    if (c == '-' || c == '{' || c == '}') continue;
    const char lower = detail::ascii_lower(c);
    if (!is_hexadecimal(lower) || uuid.size() == 36) return {};
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

/// One request, for which any number of callers wait.
struct Flight {
  bool done = false;
  bool failed = false;
  std::map<std::string, JsonView, std::less<>> found{};

  std::optional<JsonView> get(const std::string& name) const {
    const auto identity = found.find(name);
    if (identity == found.end()) return std::nullopt;
    return identity->second;
  }
};

using Names = std::vector<std::string>;

}  // namespace

struct IdentityMap::State {
  State(AuthClient auth_client, std::size_t most, std::shared_ptr<IdentityCache> shared)
      : client(std::move(auth_client)), batch_size(most), cache(std::move(shared)) {}

  std::optional<JsonView> look_up(const Name& name);
  std::optional<JsonView> fetch(const Name& name, std::unique_lock<std::mutex> lock);
  Names begin_batch(const Name& name, const std::shared_ptr<Flight>& flight);
  void request(const Names& batch, bool are_ids, Flight& flight) const;
  void end_batch(const Names& batch, bool are_ids, Flight& flight);

  const AuthClient client;
  const std::size_t batch_size;
  const std::shared_ptr<IdentityCache> cache;
  std::mutex mutex{};
  std::condition_variable changed{};
  std::set<Name> pending{};
  std::map<Name, std::shared_ptr<Flight>> under_way{};
};

std::optional<JsonView> IdentityMap::State::look_up(const Name& name) {
  std::unique_lock lock(mutex);
  for (;;) {
    if (auto known = cache->find(name.text)) return known;
    const auto other = under_way.find(name);
    if (other == under_way.end()) return fetch(name, std::move(lock));
    const std::shared_ptr<Flight> flight = other->second;
    changed.wait(lock, [&] { return flight->done; });
    if (!flight->failed) return flight->get(name.text);
  }
}

std::optional<JsonView> IdentityMap::State::fetch(const Name& name,
                                                  std::unique_lock<std::mutex> lock) {
  const auto flight = std::make_shared<Flight>();
  const Names batch = begin_batch(name, flight);
  lock.unlock();
  try {
    request(batch, name.is_id, *flight);
  } catch (...) {
    lock.lock();
    flight->failed = true;
    end_batch(batch, name.is_id, *flight);
    throw;
  }
  lock.lock();
  end_batch(batch, name.is_id, *flight);
  return flight->get(name.text);
}

/// Takes the name, and of those that are pending as many of its kind as fit.
Names IdentityMap::State::begin_batch(const Name& name, const std::shared_ptr<Flight>& flight) {
  Names batch{name.text};
  pending.erase(name);
  for (auto next = pending.lower_bound(Name{name.is_id, {}});
       next != pending.end() && next->is_id == name.is_id && batch.size() < batch_size;
       next = pending.erase(next)) {
    if (under_way.contains(*next) || cache->find(next->text)) continue;
    batch.push_back(next->text);
  }
  for (const std::string& text : batch) under_way[{name.is_id, text}] = flight;
  return batch;
}

void IdentityMap::State::request(const Names& batch, bool are_ids, Flight& flight) const {
  GetIdentitiesOptions options;
  (are_ids ? options.ids : options.usernames) = batch;
  for (const JsonView& identity : client.get_identities(options)) {
    const JsonView kept = cache->store(identity);
    flight.found.insert_or_assign(kept["id"].as<std::string>(), kept);
    flight.found.insert_or_assign(kept["username"].as<std::string>(), kept);
  }
}

/// Lets those who wait go on; what a request that failed was to fetch is pending again.
void IdentityMap::State::end_batch(const Names& batch, bool are_ids, Flight& flight) {
  for (const std::string& text : batch) {
    const Name name{are_ids, text};
    under_way.erase(name);
    if (flight.failed) pending.insert(name);
  }
  flight.done = true;
  changed.notify_all();
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
  if (state_->under_way.contains(name) || state_->cache->find(name.text)) return false;
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
