// SPDX-License-Identifier: Apache-2.0
#include "sandbox.hpp"

#include <sys/stat.h>

#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <mutex>
#include <stdexcept>
#include <system_error>

#include "admission.hpp"
#include "auth/access_check.hpp"
#include "auth/auth_service.hpp"
#include "certificate_authority.hpp"
#include "clock.hpp"
#include "control.hpp"
#include "database.hpp"
#include "fault_plan.hpp"
#include "initial_accounts.hpp"
#include "random.hpp"
#include "request_log.hpp"
#include "requirement.hpp"
#include "router.hpp"
#include "secret_record.hpp"
#include "server.hpp"
#include "settings.hpp"
#include "temporary_folder.hpp"
#include "transfer/transfer_service.hpp"

namespace globus_sandbox {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

/// The services that the Python SDK's variables name, and their folder on our port.
constexpr std::array<std::pair<const char*, const char*>, 8> services{{{"AUTH", "auth"},
                                                                       {"TRANSFER", "transfer"},
                                                                       {"GROUPS", "groups"},
                                                                       {"SEARCH", "search"},
                                                                       {"FLOWS", "flows"},
                                                                       {"TIMER", "timer"},
                                                                       {"COMPUTE", "compute"},
                                                                       {"NEXUS", "nexus"}}};

/// A collection's name as a part of a variable's.
std::string as_variable(const std::string& name) {
  std::string result = name;
  for (char& c : result) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
    else if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
      c = '_';
  }
  return result;
}

HttpResponse to_response(const Fault& fault) {
  HttpResponse response{fault.status, {}, fault.body};
  bool has_type = false;
  for (const auto& [name, value] : fault.headers) {
    const std::string lower_name = lower_case(name);
    has_type = has_type || lower_name == "content-type";
    // The server writes this one itself; a second would end the conversation.
    if (lower_name != "content-length") response.headers.emplace_back(name, value);
  }
  const bool looks_like_json = fault.body.starts_with('{') || fault.body.starts_with('[');
  if (!has_type && !fault.body.empty())
    response.headers.emplace_back("Content-Type",
                                  looks_like_json ? "application/json" : "text/plain");
  return response;
}

void apply(const Fault& fault, Treatment& treatment) {
  treatment.delay = std::chrono::duration<double>(fault.delay);
  treatment.drop_before = fault.drop_before;
  treatment.drop_after = fault.drop_after;
  treatment.truncate_at = fault.truncate_at;
  if (fault.status != 0) treatment.instead = to_response(fault);
}

void check(const SandboxOptions& options) {
  if (options.token_lifetime.count() <= 0)
    throw std::invalid_argument("token_lifetime must be positive");
  for (const auto& [name, folder] : options.collections) {
    if (name.empty()) throw std::invalid_argument("a collection's name must not be empty");
    if (!fs::is_directory(folder))
      throw std::invalid_argument("the folder of collection '" + name +
                                  "' does not exist: " + folder.string());
  }
}

}  // namespace

struct Sandbox::Implementation {
  explicit Implementation(SandboxOptions chosen)
      : options(std::move(chosen)),
        database(options.state.string()),
        settings(database),
        server(make_server()),
        admission(options.tls ? "https" : "http", server->port(), options.serve_everyone,
                  control_secret),
        auth(database, settings, auth_settings()),
        transfer(database),
        router(auth, transfer),
        control(Control::Parts{auth, transfer, log, faults, [this] { reset(); },
                               [this] { return description(); },
                               [this] { return accounts().first_user; }}) {
    transfer.set_user_name_lookup([this](const std::string& id) {
      const auto identity = auth.context().identities.find(id);
      return identity ? identity->username : std::string{};
    });
    transfer.set_session_check(
        [this](const Caller& caller, const json::object& parameters, Instant since) {
          return auth::meets(auth.context(), caller, parameters, since);
        });
    auth.context().has_no_data_access = [this](const std::string& collection) {
      return transfer.has_no_data_access(collection);
    };
    choose_folders();
    set_up();
    for (const auto& collection : transfer.collections())
      beginning.push_back({collection, transfer.access(collection.id)});
    server->start(callbacks());
  }

  ~Implementation() { server.reset(); }

  static std::string new_secret() {
    std::string secret = random_token(32);
    record_secret(secret);
    return secret;
  }

  std::unique_ptr<Server> make_server() {
    check(options);
    if (!options.tls) return std::make_unique<Server>(options.port, std::nullopt);
    const auto authority = make_certificate_authority();
    ca_file = temporary.write("ca.pem", authority.certificate);
    return std::make_unique<Server>(options.port, authority.server);
  }

  std::string url() const {
    const std::string port = std::to_string(server->port());
    return options.tls ? "https://localhost:" + port : "http://127.0.0.1:" + port;
  }

  auth::AuthSettings auth_settings() const {
    return {url() + "/auth", options.auto_consent, options.rotate_refresh_tokens,
            options.refresh_token_grace, options.token_lifetime};
  }

  /// The folder beside the state that collections are in, which is its owner's alone.
  fs::path state_folder() const {
    const fs::path folder = fs::absolute(options.state.string() + ".collections");
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
      throw std::system_error(errno, std::generic_category(), "cannot make " + folder.string());
    fs::permissions(folder, fs::perms::owner_all);
    return folder;
  }

  /// Where no collection is given there are two, in folders that go with the sandbox, or that stay
  /// beside its state.
  void choose_folders() {
    if (!options.collections.empty() || !transfer.collections().empty()) return;
    for (const char* name : {"SOURCE", "DESTINATION"}) {
      fs::path folder;
      if (options.state.empty()) {
        folder = temporary.folder(name);
      } else {
        folder = state_folder() / name;
        fs::create_directories(folder);
      }
      options.collections.emplace_back(name, folder);
    }
  }

  void set_up() {
    set_up_accounts();
    for (const auto& [name, folder] : options.collections)
      transfer.add_collection(name, fs::canonical(folder), accounts().first_user);
  }

  void set_up_accounts() {
    const auto made = ensure_initial_accounts(auth.context(), settings);
    const std::lock_guard lock(accounts_mutex);
    current_accounts = made;
  }

  InitialAccounts accounts() const {
    const std::lock_guard lock(accounts_mutex);
    return current_accounts;
  }

  void reset() {
    faults.clear();
    log.clear();
    transfer.reset();
    auth.reset();
    set_up_accounts();
    for (const auto& [collection, access] : beginning) {
      transfer.add_collection(collection.name, collection.folder, accounts().first_user,
                              collection.id);
      transfer.update_access(collection.id, access);
    }
  }

  ServerCallbacks callbacks() {
    ServerCallbacks result;
    result.refuse = [this](const IncomingRequest& incoming) { return admission.refuse(incoming); };
    result.treat = [this](const IncomingRequest& incoming) { return treat(incoming); };
    result.answer = [this](const IncomingRequest& incoming) {
      if (is_control(incoming.request)) return control.answer(incoming.request);
      auto refusal = answer_to_unmet_requirement(faults, auth, incoming.request);
      return refusal ? std::move(*refusal) : router.answer(incoming.request);
    };
    result.answered = [this](const Treatment& treatment, int status) {
      if (treatment.number != unlogged) log.set_status(treatment.number, status);
    };
    return result;
  }

  Treatment treat(const IncomingRequest& incoming) {
    const HttpRequest& request = incoming.request;
    Treatment treatment;
    treatment.number = unlogged;
    if (is_control(request)) return treatment;
    treatment.number = log.add({to_seconds(current_time()), request.method, request.raw_path, 0});
    if (const auto fault = faults.take(request.method, request.raw_path)) apply(*fault, treatment);
    return treatment;
  }

  std::map<std::string, std::string> environment() const {
    const InitialAccounts known = accounts();
    std::map<std::string, std::string> result;
    for (const auto& [variable, service] : services)
      result["GLOBUS_SDK_SERVICE_URL_" + std::string(variable)] = url() + '/' + service + '/';
    if (options.tls) result["GLOBUS_SDK_VERIFY_SSL"] = ca_file.string();
    const std::string prefix = "GLOBUS_SANDBOX_";
    result[prefix + "URL"] = url() + std::string(control_prefix);
    result[prefix + "CONTROL_SECRET"] = control_secret;
    result[prefix + "CLIENT_ID"] = known.client_id;
    result[prefix + "CLIENT_SECRET"] = known.client_secret;
    result[prefix + "NATIVE_CLIENT_ID"] = known.native_client_id;
    result[prefix + "USERNAME"] = known.first_username;
    result[prefix + "AUTH_TOKEN"] = known.auth_token;
    result[prefix + "AUTH_REFRESH_TOKEN"] = known.auth_refresh_token;
    result[prefix + "TRANSFER_TOKEN"] = known.transfer_token;
    result[prefix + "TRANSFER_REFRESH_TOKEN"] = known.transfer_refresh_token;
    result[prefix + "NATIVE_AUTH_REFRESH_TOKEN"] = known.native_auth_refresh_token;
    result[prefix + "NATIVE_TRANSFER_REFRESH_TOKEN"] = known.native_transfer_refresh_token;
    for (const auto& collection : transfer.collections())
      result[prefix + "COLLECTION_" + as_variable(collection.name)] = collection.id;
    return result;
  }

  std::string description() {
    const InitialAccounts known = accounts();
    json::object urls;
    for (const auto& [variable, service] : services) urls[service] = url() + '/' + service + '/';
    json::array users;
    for (const auto& user : auth.context().identities.users())
      users.push_back({{"id", user.id}, {"username", user.username}, {"name", user.name}});
    const json::array clients{json::object{{"id", known.client_id},
                                           {"name", "Sandbox Application"},
                                           {"secret", known.client_secret}},
                              json::object{{"id", known.native_client_id},
                                           {"name", "Sandbox Native Application"},
                                           {"secret", nullptr}}};
    json::array collections;
    for (const auto& collection : transfer.collections())
      collections.push_back(
          {{"id", collection.id}, {"name", collection.name}, {"path", collection.folder.string()}});
    json::object variables;
    for (const auto& [name, value] : environment()) variables[name] = value;
    json::object document{{"url", url()},
                          {"services", std::move(urls)},
                          {"control", url() + std::string(control_prefix)},
                          {"control_secret", control_secret},
                          {"users", std::move(users)},
                          {"clients", clients},
                          {"collections", std::move(collections)},
                          {"environment", std::move(variables)}};
    if (options.tls) document["ca_file"] = ca_file.string();
    return json::serialize(document);
  }

  fs::path folder_of(const std::string& name) const {
    for (const auto& collection : transfer.collections())
      if (collection.name == name) return collection.folder;
    throw std::out_of_range("the sandbox has no collection '" + name + "'");
  }

  static constexpr std::uint64_t unlogged = ~std::uint64_t{0};

  SandboxOptions options;
  TemporaryFolder temporary;
  fs::path ca_file;
  Database database;
  Settings settings;
  std::string control_secret = new_secret();
  std::unique_ptr<Server> server;
  Admission admission;
  auth::AuthService auth;
  TransferService transfer;
  RequestLog log;
  FaultPlan faults;
  std::vector<std::pair<Collection, json::object>> beginning;  ///< with what each asks for
  mutable std::mutex accounts_mutex;
  InitialAccounts current_accounts;
  Router router;
  Control control;
};

Sandbox::Sandbox(SandboxOptions options)
    : implementation_(std::make_unique<Implementation>(std::move(options))) {}

Sandbox::~Sandbox() = default;

std::uint16_t Sandbox::port() const {
  return implementation_->server->port();
}

std::string Sandbox::url() const {
  return implementation_->url();
}

std::string Sandbox::service_url(const std::string& service) const {
  return url() + '/' + service + '/';
}

fs::path Sandbox::ca_file() const {
  return implementation_->ca_file;
}

std::map<std::string, std::string> Sandbox::environment() const {
  return implementation_->environment();
}

std::string Sandbox::value(const std::string& name) const {
  const auto variables = environment();
  const auto found = variables.find("GLOBUS_SANDBOX_" + name);
  if (found == variables.end())
    throw std::out_of_range("the sandbox has no variable GLOBUS_SANDBOX_" + name);
  return found->second;
}

fs::path Sandbox::folder(const std::string& collection_name) const {
  return implementation_->folder_of(collection_name);
}

std::string Sandbox::description() const {
  return implementation_->description();
}

std::string Sandbox::control(const std::string& method, const std::string& name,
                             const std::string& body) {
  HttpRequest request;
  request.method = method;
  request.path = request.raw_path = std::string(control_prefix) + name;
  request.body = body;
  HttpResponse response = implementation_->control.answer(request);
  if (response.status == 200) return std::move(response.body);
  throw std::invalid_argument(method + ' ' + name + ": " +
                              std::string(json::parse(response.body).at("error").as_string()));
}

std::vector<ReceivedRequest> Sandbox::requests() const {
  return implementation_->log.all();
}

void Sandbox::clear_requests() {
  implementation_->log.clear();
}

void Sandbox::add_fault(Fault fault) {
  if (!fault.require.empty()) {
    boost::system::error_code error;
    const json::value require = json::parse(fault.require, error);
    if (require.is_object()) check_requirement(implementation_->auth, require.get_object());
  }
  implementation_->faults.add(std::move(fault));
}

void Sandbox::clear_faults() {
  implementation_->faults.clear();
}

void Sandbox::expire(const std::string& token) {
  if (!implementation_->auth.context().tokens.expire(token))
    throw std::invalid_argument("the sandbox issued no such token");
}

void Sandbox::revoke(const std::string& token) {
  implementation_->auth.context().tokens.revoke(token);
}

void Sandbox::set_credentials_expired(const std::string& collection_id, bool expired) {
  implementation_->transfer.set_credentials_expired(collection_id, expired);
}

void Sandbox::set_requires_data_access(const std::string& collection_id, bool required) {
  implementation_->transfer.set_requires_data_access(collection_id, required);
}

void Sandbox::set_bandwidth_limit(std::int64_t bytes_per_second) {
  implementation_->transfer.set_bandwidth_limit(bytes_per_second);
}

}  // namespace globus_sandbox
