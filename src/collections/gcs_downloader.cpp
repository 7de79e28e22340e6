// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/gcs_downloader.hpp"

#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <variant>
#include <vector>

#include "collections/login_page.hpp"
#include "core/base/redacted_url.hpp"
#include "core/call/client_state.hpp"
#include "core/http/server_address.hpp"
#include "core/http/url.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/core/body.hpp"
#include "globus_sdk/core/errors.hpp"
#include "transfer/data_access.hpp"

namespace globus_sdk::inline v0 {

namespace {

using detail::Connection;
using detail::Url;

/// The bytes of a file in memory.
class TextSink final : public BodySink {
 public:
  void begin(const Answer&) override { text_.clear(); }
  void write(std::span<const std::byte> bytes) override {
    text_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  bool rewind() override {
    text_.clear();
    return true;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_{};
};

std::string fetch(const Connection& connection, const std::string& file_uri) {
  const auto sink = std::make_shared<TextSink>();
  Blocking::start(connection, detail::get(file_uri).answer_to(sink));
  return sink->take();
}

Url checked(const std::string& file_uri) {
  Url url(file_uri);
  const bool is_secure = url.scheme() == "https" || (url.scheme() == "http" && url.is_loopback());
  const bool has_host = !url.host().empty() && file_uri.find(":///") == std::string::npos;
  if (!url.valid() || !has_host || url.has_user() || !is_secure) {
    throw GlobusSDKUsageError(
        "file_uri must be the complete https URL of a file, percent-encoded and without a user");
  }
  return url;
}

/// Scheme, host and port of a URL.
std::string server_of(const Url& url) {
  const bool is_ipv6 = url.host().find(':') != std::string::npos;
  const std::string host = is_ipv6 ? "[" + url.host() + "]" : url.host();
  const bool has_usual_port = url.port() == (url.scheme() == "https" ? "443" : "80");
  return url.scheme() + "://" + host + (has_usual_port ? "" : ":" + url.port());
}

/// Whether a file is of the collection with this address.
bool is_within(const Url& file, const Url& address) {
  std::string folder = address.text();
  if (!folder.ends_with('/')) folder += '/';
  return same_origin(file, address) && file.text().starts_with(folder);
}

void require_within(const Url& file, const Url& address) {
  if (is_within(file, address)) return;
  throw GlobusSDKUsageError("file_uri: this GCSDownloader is for the files of " + address.text() +
                            ", and not for those of " + server_of(file) +
                            ": make one for each collection");
}

/// Where a client that was made before sends to.
Url address_of(const GCSCollectionClient& client) {
  const detail::ClientState& state = *client.connection().state;
  if (detail::lacks_address(state)) state.authorizer->get_authorization_header({});  // looks it up
  return Url(client.base_url());
}

/// The login page that an answer redirects to; nothing for any other error.
std::optional<std::string> login_page_of(const GlobusAPIError& error) {
  if (error.http_status() < 300 || error.http_status() >= 400) return std::nullopt;
  return error.headers().get("Location");
}

}  // namespace

/// What is known of the collection. Threads share it.
struct GCSDownloader::State {
  using Content = std::string;
  using LoginPage = std::string;

  /// What came of asking for a file when no client was known.
  struct Found {
    std::string file_uri;
    std::optional<GCSCollectionClient> client{};  ///< none: everybody may read the file
    Content content{};                            ///< then
  };
  using Shared = std::shared_ptr<const Found>;

  State(std::shared_ptr<const detail::AppBinding> binding, const GCSDownloaderOptions& options);

  /// The client, if it is known.
  std::optional<GCSCollectionClient> client_at_hand() const;
  /// @throws GlobusSDKUsageError for a file of another collection than the first.
  void require_own(const Url& file) const;
  Shared find(const std::string& file_uri, const Url& url);

 private:
  bool reads_without_token() const;
  ClientOptions client_options() const;
  std::variant<Content, LoginPage> fetch_without_token(const std::string& file_uri) const;
  Shared look_up(const std::string& file_uri, const Url& url);
  Shared keep(Found found, const Url& url);
  GCSCollectionClient make_client(const std::string& collection_id, const Url& url) const;
  GlobusHTTPResponse collection_document(const std::string& collection_id) const;

  const std::shared_ptr<const detail::AppBinding> app_;
  const Field<TransferClient> transfer_client_;
  Field<Transport> transport_;
  std::optional<Connection> without_token_{};
  detail::SingleFlight<Shared> look_ups_;
  mutable std::mutex mutex_;
  std::optional<GCSCollectionClient> client_{};  // guarded by mutex_, as what follows
  std::optional<Url> address_{};                 // of the collection, once a file was found
};

GCSDownloader::State::State(std::shared_ptr<const detail::AppBinding> binding,
                            const GCSDownloaderOptions& options)
    : app_(std::move(binding)),
      transfer_client_(options.transfer_client),
      transport_(options.transport) {
  ClientOptions defaults = app_->client_defaults();
  if (!transport_) transport_ = defaults.transport;
  if (!transport_) transport_ = Transport();
  defaults.transport = transport_;
  detail::Service service = detail::service_of<GCSCollectionClient>;
  service.address_is_found = true;  // every request has its own
  without_token_ = detail::make_connection(service, nullptr, defaults);
  if (options.gcs_client) client_ = *options.gcs_client;
}

std::optional<GCSCollectionClient> GCSDownloader::State::client_at_hand() const {
  const std::lock_guard lock(mutex_);
  return client_;
}

bool GCSDownloader::State::reads_without_token() const {
  const std::lock_guard lock(mutex_);
  return address_ && !client_;
}

void GCSDownloader::State::require_own(const Url& file) const {
  std::optional<Url> address;
  {
    const std::lock_guard lock(mutex_);
    address = address_;
  }
  if (address) return require_within(file, *address);
  if (const auto client = client_at_hand()) require_within(file, address_of(*client));
}

/// Threads that come together wait for one look-up. Once it is known that files are read without a
/// token, each thread reads its own.
GCSDownloader::State::Shared GCSDownloader::State::find(const std::string& file_uri,
                                                        const Url& url) {
  while (true) {
    if (reads_without_token()) {
      auto read = fetch_without_token(file_uri);
      if (auto* const content = std::get_if<0>(&read)) {
        return std::make_shared<const Found>(Found{file_uri, std::nullopt, std::move(*content)});
      }
    }
    Shared found = look_ups_.join_or_run({}, [&] { return look_up(file_uri, url); });
    require_own(url);
    if (found->client || found->file_uri == file_uri) return found;
  }
}

GCSDownloader::State::Shared GCSDownloader::State::look_up(const std::string& file_uri,
                                                           const Url& url) {
  if (auto client = client_at_hand()) {  // since this caller asked
    return std::make_shared<const Found>(Found{file_uri, std::move(client)});
  }
  auto read = fetch_without_token(file_uri);
  if (auto* const content = std::get_if<0>(&read)) {
    return keep({file_uri, std::nullopt, std::move(*content)}, url);
  }
  const std::string id = detail::collection_of_login_page(std::get<1>(read), file_uri);
  return keep({file_uri, make_client(id, url)}, url);
}

GCSDownloader::State::Shared GCSDownloader::State::keep(Found found, const Url& url) {
  const std::lock_guard lock(mutex_);
  client_ = found.client;
  address_ = Url(client_ ? client_->base_url() : server_of(url));
  return std::make_shared<const Found>(std::move(found));
}

std::variant<GCSDownloader::State::Content, GCSDownloader::State::LoginPage>
GCSDownloader::State::fetch_without_token(const std::string& file_uri) const {
  using Read = std::variant<Content, LoginPage>;
  try {
    return Read(std::in_place_index<0>, fetch(*without_token_, file_uri));
  } catch (const GlobusAPIError& error) {
    auto page = login_page_of(error);
    if (!page) throw;
    return Read(std::in_place_index<1>, std::move(*page));
  }
}

ClientOptions GCSDownloader::State::client_options() const {
  ClientOptions options;
  options.transport = transport_;
  return options;
}

GlobusHTTPResponse GCSDownloader::State::collection_document(
    const std::string& collection_id) const {
  if (transfer_client_) return transfer_client_->get_endpoint(collection_id);
  const TransferClient transfer(
      detail::make_app_connection(detail::service_of<TransferClient>, app_, client_options()));
  return transfer.get_endpoint(collection_id);
}

GCSCollectionClient GCSDownloader::State::make_client(const std::string& collection_id,
                                                      const Url& url) const {
  const GCSCollectionScopes scopes(collection_id);
  // required before the look-up, whose login then brings it along
  app_->require_scopes(scopes.resource_server, scopes.https.str());
  const GlobusHTTPResponse collection = collection_document(collection_id);
  std::string address = server_of(url);
  if (const auto server = collection.get("https_server"); server && server->is_string()) {
    address = detail::server_url("https_server", server->as<std::string>());
    // any server can redirect to a login for any collection, and would be given its token
    if (!is_within(url, Url(address))) {
      throw GlobusError("the server " + server_of(url) + " asks for a login for the collection " +
                        collection_id + ", but Transfer says that the collection's files are at " +
                        address + ": no token is sent to the former");
    }
  }
  std::vector<std::string> needed{scopes.https.str()};
  if (detail::takes_data_access(collection)) needed.push_back(scopes.data_access.str());
  ClientOptions options = client_options();
  options.app_scopes = Strings(needed);
  return GCSCollectionClient(detail::make_collection_connection(
      detail::service_of<GCSCollectionClient>, collection_id, address, app_, options));
}

GCSDownloader::GCSDownloader(std::shared_ptr<const detail::AppBinding> app,
                             const GCSDownloaderOptions& options)
    : state_(std::make_shared<State>(std::move(app), options)) {}

std::string GCSDownloader::read_file(Text file_uri) const {
  const std::string uri = file_uri.str();
  const Url url = checked(uri);
  state_->require_own(url);
  if (const auto client = state_->client_at_hand()) return fetch(client->connection(), uri);
  const State::Shared found = state_->find(uri, url);
  return found->client ? fetch(found->client->connection(), uri) : found->content;
}

GCSCollectionClient GCSDownloader::gcs_client(Text file_uri) const {
  const std::string uri = file_uri.str();
  const Url url = checked(uri);
  state_->require_own(url);
  if (auto client = state_->client_at_hand()) return std::move(*client);
  const State::Shared found = state_->find(uri, url);
  if (found->client) return *found->client;
  throw GlobusError("the collection of " + detail::redacted_url(uri) +
                    " cannot be told: the file may be read without a token");
}

}  // namespace globus_sdk::inline v0
