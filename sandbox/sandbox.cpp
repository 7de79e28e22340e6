// SPDX-License-Identifier: Apache-2.0
#include "sandbox/sandbox.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"
#include "sandbox/base/secret_record.hpp"
#include "sandbox/base/settings.hpp"
#include "sandbox/base/temporary_folder.hpp"
#include "sandbox/control/control.hpp"
#include "sandbox/control/fault_plan.hpp"
#include "sandbox/control/request_log.hpp"
#include "sandbox/control/requirement.hpp"
#include "sandbox/server/admission.hpp"
#include "sandbox/server/certificate_authority.hpp"
#include "sandbox/server/router.hpp"
#include "sandbox/server/server.hpp"
#include "sandbox/services.hpp"

namespace globus_sandbox {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

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

std::optional<Interruption> interruption_of(const Fault& fault) {
  using Kind = Interruption::Kind;
  const auto at = [](std::int64_t bytes) { return static_cast<std::uint64_t>(bytes); };
  if (fault.truncate_at >= 0) return Interruption{Kind::cut, at(fault.truncate_at)};
  if (fault.reset_at >= 0) return Interruption{Kind::reset, at(fault.reset_at)};
  if (fault.stall_at >= 0)
    return Interruption{Kind::stall, at(fault.stall_at),
                        std::chrono::duration<double>(fault.stall_seconds)};
  return std::nullopt;
}

void apply(const Fault& fault, Treatment& treatment) {
  treatment.delay = std::chrono::duration<double>(fault.delay);
  treatment.drop_before = fault.drop_before;
  treatment.drop_after = fault.drop_after;
  treatment.interruption = interruption_of(fault);
  treatment.bytes_per_second = fault.bytes_per_second;
  treatment.cut_body_at = fault.cut_upload_at;
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
        directory(
            make_services({database, settings, options, temporary, url(), services}, services)),
        router(services),
        control(Control::Parts{services, directory, log, faults, [this] { reset(); },
                               [this] { return description(); }}) {
    for (const auto& service : services) service->begin();
    server->start(callbacks());
  }

  ~Implementation() {
    server.reset();
    while (!services.empty()) services.pop_back();  // the directory last
  }

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

  void reset() {
    faults.clear();
    log.clear();
    for (auto service = services.rbegin(); service != services.rend(); ++service)
      (*service)->reset();
    for (const auto& service : services) service->begin();
  }

  ServerCallbacks callbacks() {
    ServerCallbacks result;
    result.refuse = [this](const IncomingRequest& incoming) { return admission.refuse(incoming); };
    result.receive = [this](const IncomingRequest& incoming) { return receive(incoming.request); };
    result.treat = [this](const IncomingRequest& incoming) { return treat(incoming); };
    result.answer = [this](const IncomingRequest& incoming) {
      if (is_control(incoming.request)) return control.answer(incoming.request);
      auto refusal = answer_to_unmet_requirement(faults, directory, incoming.request);
      return refusal ? std::move(*refusal) : router.answer(incoming.request);
    };
    result.answered = [this](const Treatment& treatment, int status) {
      if (treatment.number != unlogged) log.set_status(treatment.number, status);
    };
    return result;
  }

  Reception receive(const HttpRequest& head) {
    if (is_control(head)) return {};
    Reception reception = router.admit(head);
    if (reception.file)
      if (auto refusal = answer_to_unmet_requirement(faults, directory, head))
        return {nullptr, std::move(refusal)};
    return reception;
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

  std::string service_url(std::string_view name) const {
    return url() + '/' + std::string(name) + '/';
  }

  std::map<std::string, std::string> environment() const {
    std::map<std::string, std::string> result;
    const std::string prefix = "GLOBUS_SANDBOX_";
    for (const auto& service : services) {
      if (service->has_service_variable())
        result["GLOBUS_SDK_SERVICE_URL_" + variable_part(service->name())] =
            service_url(service->name());
      for (const auto& [name, value] : service->variables()) result[prefix + name] = value;
    }
    if (options.tls) result["GLOBUS_SDK_VERIFY_SSL"] = ca_file.string();
    result[prefix + "URL"] = url() + std::string(control_prefix);
    result[prefix + "CONTROL_SECRET"] = control_secret;
    return result;
  }

  std::string description() const {
    json::object urls;
    for (const auto& service : services) urls[service->name()] = service_url(service->name());
    json::object variables;
    for (const auto& [name, value] : environment()) variables[name] = value;
    json::object document{{"url", url()},
                          {"services", std::move(urls)},
                          {"control", url() + std::string(control_prefix)},
                          {"control_secret", control_secret}};
    for (const auto& service : services)
      for (auto& [name, value] : service->description()) document[name] = std::move(value);
    document["environment"] = std::move(variables);
    if (options.tls) document["ca_file"] = ca_file.string();
    return json::serialize(document);
  }

  fs::path folder_of(const std::string& name) const {
    for (const auto& service : services) {
      const json::object document = service->description();
      const json::value* collections = document.if_contains("collections");
      if (collections == nullptr) continue;
      for (const auto& collection : collections->as_array())
        if (collection.at("name") == json::value(name))
          return std::string(collection.at("path").as_string());
    }
    throw std::out_of_range("the sandbox has no collection '" + name + "'");
  }

  /// What a request to control does; throws std::invalid_argument with what it says is wrong.
  std::string steer(const std::string& method, const std::string& name, const std::string& body) {
    HttpRequest request;
    request.method = method;
    request.path = request.raw_path = std::string(control_prefix) + name;
    request.body = body;
    HttpResponse response = control.answer(std::move(request));
    if (response.status == 200) return std::move(response.body);
    throw std::invalid_argument(method + ' ' + name + ": " +
                                std::string(json::parse(response.body).at("error").as_string()));
  }
  void post(const std::string& name, const json::object& body) {
    steer("POST", name, json::serialize(body));
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
  ServiceList services;
  const Directory& directory;
  RequestLog log;
  FaultPlan faults;
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
  return implementation_->service_url(service);
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
  return implementation_->steer(method, name, body);
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
    if (require.is_object()) check_requirement(implementation_->directory, require.get_object());
  }
  implementation_->faults.add(std::move(fault));
}

void Sandbox::clear_faults() {
  implementation_->faults.clear();
}

void Sandbox::expire(const std::string& token) {
  implementation_->post("expire", {{"token", token}});
}

void Sandbox::revoke(const std::string& token) {
  implementation_->post("revoke", {{"token", token}});
}

void Sandbox::set_credentials_expired(const std::string& collection_id, bool expired) {
  implementation_->post("credentials", {{"collection", collection_id}, {"expired", expired}});
}

void Sandbox::set_requires_data_access(const std::string& collection_id, bool required) {
  implementation_->post("data_access", {{"collection", collection_id}, {"required", required}});
}

void Sandbox::set_bandwidth_limit(std::int64_t bytes_per_second) {
  implementation_->post("bandwidth", {{"bytes_per_second", bytes_per_second}});
}

}  // namespace globus_sandbox
