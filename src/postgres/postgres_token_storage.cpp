// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/postgres/postgres_token_storage.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <limits>
#include <mutex>
#include <utility>

#include "core/base/url_encoding.hpp"
#include "core/process/abandoned.hpp"
#include "core/process/environment_variable.hpp"
#include "core/process/fork_count.hpp"
#include "globus_sdk/app/globus_app_config.hpp"
#include "globus_sdk/core/errors.hpp"
#include "postgres/postgres_client.hpp"
#include "postgres/postgres_renewal_locks.hpp"
#include "postgres/postgres_store.hpp"
#include "postgres/postgres_token_rows.hpp"
#include "token_storage/multi_user_page.hpp"
#include "token_storage/stored_documents.hpp"

namespace globus_sdk::inline v0 {

namespace {

using detail::PostgresConnection;
using detail::PostgresDeadline;
using std::chrono::milliseconds;

constexpr const char* url_variable = "GLOBUS_SDK_TOKEN_STORAGE_URL";
constexpr std::int64_t default_max_connections = 16;
constexpr std::int64_t largest_max_connections = 10'000;
constexpr milliseconds longest_time = std::chrono::hours(24);
/// How many rows one statement reads of a list.
constexpr std::int64_t rows_at_once = 10'000;

std::string url_of_environment() {
  auto url = detail::environment_variable(url_variable);
  if (url) return *std::move(url);
  throw GlobusSDKUsageError(
      std::string("no database for the token storage: set ") + url_variable +
      " to postgresql://USER@HOST:PORT/DATABASE, or give the url to PostgresTokenStorage");
}

milliseconds checked(const char* option, const Field<milliseconds>& time, milliseconds least,
                     milliseconds otherwise) {
  if (!time) return otherwise;
  if (*time < least) {
    throw GlobusSDKUsageError(std::string(option) + " must be " + std::to_string(least.count()) +
                              " ms or more");
  }
  return std::min(*time, longest_time);
}

std::size_t checked_max_connections(const Field<std::int64_t>& number) {
  if (!number) return default_max_connections;
  if (*number < 2 || *number > largest_max_connections) {
    throw GlobusSDKUsageError(
        "max_connections must be from 2, one for a renewal and one to store what came of it, to " +
        std::to_string(largest_max_connections));
  }
  return static_cast<std::size_t>(*number);
}

std::shared_ptr<const detail::PostgresSettings> settings_of(
    Text url, const PostgresTokenStorageOptions& options) {
  detail::forget_postgres_environment_of_caller();
  auto settings = std::make_shared<detail::PostgresSettings>();
  settings->database = detail::read_postgres_url(url);
  constexpr milliseconds least{1};
  settings->connect_timeout =
      checked("connect_timeout", options.connect_timeout, least, settings->connect_timeout);
  settings->statement_timeout =
      checked("statement_timeout", options.statement_timeout, least, settings->statement_timeout);
  settings->vanished_after = checked("vanished_after", options.vanished_after, milliseconds(1000),
                                     settings->vanished_after);
  return settings;
}

/// A list in pages of what one statement reads at once. `read` gets how many rows it may read, and
/// what was last.
template <class Row, class Read> std::vector<Row> read_list(std::int64_t limit, Read read) {
  std::vector<Row> all;
  while (static_cast<std::int64_t>(all.size()) < limit) {
    const std::int64_t at_once =
        std::min(rows_at_once, limit - static_cast<std::int64_t>(all.size()));
    auto more = read(at_once, all.empty() ? nullptr : &all.back());
    const bool is_last = static_cast<std::int64_t>(more.size()) < at_once;
    std::ranges::move(more, std::back_inserter(all));
    if (is_last) break;
  }
  return all;
}

}  // namespace

/// What the copies of a storage share.
struct PostgresTokenStorage::State {
  /// What is a process's own.
  struct Connections {
    Connections(const std::shared_ptr<const detail::PostgresSettings>& settings,
                std::size_t max_connections)
        : client(std::make_shared<detail::PostgresClient>(settings, max_connections)),
          locks(std::make_shared<detail::PostgresRenewalLocks>(client)) {}

    const std::uint64_t process = detail::fork_count();
    const std::shared_ptr<detail::PostgresClient> client;
    const std::shared_ptr<detail::PostgresRenewalLocks> locks;
  };

  State(Text url, const PostgresTokenStorageOptions& options)
      : settings(settings_of(url, options)),
        max_connections(checked_max_connections(options.max_connections)),
        sealer(options.sealer) {}
  ~State() {
    if (own && own->process != detail::fork_count()) detail::abandon(std::move(own));
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  /// Those of this process: the child of a fork gets its own.
  std::shared_ptr<const Connections> connections() {
    const std::lock_guard lock(mutex);
    if (own && own->process != detail::fork_count()) detail::abandon(std::exchange(own, nullptr));
    if (!own) own = std::make_shared<const Connections>(settings, max_connections);
    return own;
  }
  const std::string& name() const { return settings->database.name; }

  const std::shared_ptr<const detail::PostgresSettings> settings;
  const std::size_t max_connections;
  const Field<TokenSealer> sealer;
  std::mutex mutex;
  std::shared_ptr<const Connections> own{};
};

PostgresTokenStorage::PostgresTokenStorage(Text url, const PostgresTokenStorageOptions& options)
    : MultiUserTokenStorage(options.namespace_), state_(std::make_shared<State>(url, options)) {}
PostgresTokenStorage::PostgresTokenStorage(const PostgresTokenStorageOptions& options)
    : PostgresTokenStorage(url_of_environment(), options) {}
PostgresTokenStorage::PostgresTokenStorage(std::shared_ptr<State> state,
                                           const Field<std::string>& namespace_)
    : MultiUserTokenStorage(namespace_), state_(std::move(state)) {}
PostgresTokenStorage::~PostgresTokenStorage() = default;
PostgresTokenStorage::PostgresTokenStorage(const PostgresTokenStorage&) = default;
PostgresTokenStorage& PostgresTokenStorage::operator=(const PostgresTokenStorage&) = default;

PostgresTokenStorage PostgresTokenStorage::for_globus_app(const AppTokenStorageOptions& app) {
  const std::string name = detail::quote(app.environment, "") + "/" +
                           detail::quote(app.client_id, "") + "/" +
                           detail::quote(app.app_name, "") + "/" + app.namespace_;
  return PostgresTokenStorage({.namespace_ = name});
}

const std::string& PostgresTokenStorage::filepath() const noexcept {
  return state_->name();
}

void PostgresTokenStorage::store_token_data_by_resource_server(
    const TokenStorageDataByResourceServer& token_data_by_resource_server) const {
  const auto documents =
      detail::documents_to_store(state_->sealer, namespace_(), token_data_by_resource_server);
  const auto connections = state_->connections();
  if (documents.empty()) {
    const auto mine = connections->locks->find_mine(namespace_());
    connections->client->run([&](PostgresConnection& connection, PostgresDeadline deadline) {
      if (mine.empty()) detail::rewrite_token_rows(connection, deadline, namespace_());
    });
    for (const auto& lock : mine) detail::require_held(*lock, state_->name(), *connections->client);
    return;
  }
  std::map<std::string, detail::NewTokenRow> rows;
  for (const auto& [resource_server, document] : documents) {
    rows[resource_server] = {document.dump(),
                             token_data_by_resource_server.at(resource_server).expires_at_seconds};
  }
  detail::PostgresStore store(state_->name(), namespace_(), std::move(rows), !state_->sealer,
                              *connections->locks);
  connections->client->run([&](PostgresConnection& connection, PostgresDeadline deadline) {
    store.attempt(connection, deadline);
  });
}

TokenStorageDataByResourceServer PostgresTokenStorage::get_token_data_by_resource_server() const {
  const auto rows = state_->connections()->client->run(
      [&](PostgresConnection& connection, PostgresDeadline deadline) {
        return detail::read_token_rows(connection, deadline, namespace_());
      });
  // after the connection is given back, since a key service may be slow
  TokenStorageDataByResourceServer result;
  for (const auto& [resource_server, row] : rows) {
    result.emplace(
        resource_server,
        detail::open_document(state_->sealer, namespace_(), resource_server,
                              detail::read_document(row.document, state_->name()), state_->name()));
  }
  return result;
}

std::optional<TokenStorageData> PostgresTokenStorage::get_token_data(Text resource_server) const {
  const std::string name = resource_server.str();
  const auto row = state_->connections()->client->run(
      [&](PostgresConnection& connection, PostgresDeadline deadline) {
        return detail::read_token_row(connection, deadline, namespace_(), name);
      });
  if (!row) return std::nullopt;
  return detail::open_document(state_->sealer, namespace_(), name,
                               detail::read_document(row->document, state_->name()),
                               state_->name());
}

bool PostgresTokenStorage::remove_token_data(Text resource_server) const {
  const std::string name = resource_server.str();
  const auto connections = state_->connections();
  std::size_t removed = 0;  // of all tries: one whose end is not known may have done it
  connections->client->run([&](PostgresConnection& connection, PostgresDeadline deadline) {
    detail::PostgresTransaction transaction(connection, deadline);
    removed = std::max(removed, detail::delete_token_row(transaction, namespace_(), name));
    transaction.commit();
  });
  if (const auto mine = connections->locks->find_mine(namespace_(), name)) mine->known.reset();
  return removed > 0;
}

TokenStorage::RenewalLock PostgresTokenStorage::lock_renewal(Text resource_server,
                                                             milliseconds timeout) const {
  return state_->connections()->locks->lock(namespace_(), resource_server.str(), timeout);
}

void PostgresTokenStorage::close() const {
  state_->connections()->client->close_idle();
}

std::shared_ptr<const MultiUserTokenStorage> PostgresTokenStorage::in_namespace(
    Text namespace_) const {
  return std::shared_ptr<const PostgresTokenStorage>(
      new PostgresTokenStorage(state_, Field<std::string>(detail::checked_namespace(namespace_))));
}

std::vector<std::string> PostgresTokenStorage::iter_namespaces(const NamespacePage& page) const {
  const auto client = state_->connections()->client;
  // what comes next in the order of bytes
  const auto next = [](const std::string& name) { return name + '\0'; };
  const std::string first = page.after ? next(*page.after) : std::string();
  return read_list<std::string>(
      detail::page_limit(page.limit), [&](std::int64_t at_once, const std::string* last) {
        const std::string from = last == nullptr ? first : next(*last);
        return client->run([&](PostgresConnection& connection, PostgresDeadline deadline) {
          return detail::list_namespaces(connection, deadline, from, at_once);
        });
      });
}

std::size_t PostgresTokenStorage::remove_namespace(Text namespace_) const {
  const std::string name = namespace_.str();
  const auto connections = state_->connections();
  std::size_t removed = 0;  // of all tries: one whose end is not known may have done it
  connections->client->run([&](PostgresConnection& connection, PostgresDeadline deadline) {
    detail::PostgresTransaction transaction(connection, deadline);
    removed = std::max(removed, detail::delete_token_rows(transaction, name));
    transaction.commit();
  });
  for (const auto& mine : connections->locks->find_mine(name)) mine->known.reset();
  return removed;
}

std::vector<TokenExpiry> PostgresTokenStorage::tokens_by_expiry(const ExpiryPage& page) const {
  constexpr auto least = std::numeric_limits<std::int64_t>::min();
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  const std::int64_t limit = detail::page_limit(page.limit);
  if (page.before && *page.before == least) return {};
  const std::int64_t last_second = page.before ? *page.before - 1 : most;
  const TokenExpiry first = page.after.value_or(TokenExpiry{"", "", least});
  const auto client = state_->connections()->client;
  return read_list<TokenExpiry>(limit, [&](std::int64_t at_once, const TokenExpiry* last) {
    const TokenExpiry after = last == nullptr ? first : *last;
    return client->run([&](PostgresConnection& connection, PostgresDeadline deadline) {
      return detail::list_expiries(connection, deadline, last_second, after, at_once);
    });
  });
}

}  // namespace globus_sdk::inline v0
