// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/server/http.hpp"
#include "sandbox/server/route_table.hpp"
#include "sandbox/server/service_error.hpp"

namespace globus_sandbox {

class Database;
class Directory;
class Settings;
class TemporaryFolder;
struct SandboxOptions;

/// The scopes of a service.
struct ServiceScopes {
  std::string resource_server;
  std::vector<std::string> known{};          ///< those that are always there
  std::vector<std::string> of_first_user{};  ///< what the first user's tokens for it hold, if any
};

/// A service of the sandbox: what answers below one folder of its port. Used from many threads.
class Service {
 public:
  Service() = default;
  virtual ~Service() = default;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Its folder, such as "transfer"; in capitals, a part of its variables' names.
  virtual std::string_view name() const = 0;
  virtual ServiceScopes scopes() const = 0;
  /// Whether SDKs find it by a variable, `GLOBUS_SDK_SERVICE_URL_` and its name.
  virtual bool has_service_variable() const { return true; }
  /// Whether there is such a scope of the service; by itself, when it is always there.
  virtual bool has_scope(std::string_view scope) const;
  /// Answers a request below its folder. What is thrown meanwhile becomes an error in its form.
  HttpResponse handle(HttpRequest request);
  /// Where the body of a request goes that is not read yet. Asked of each PUT, POST and PATCH, also
  /// of one without a body. What is thrown meanwhile becomes a refusal in the service's form.
  Reception admit(const HttpRequest& head);
  /// An error as the service writes it.
  /// @param resource path of the request, below the service's folder
  virtual HttpResponse write_error(const ServiceError& error,
                                   const std::string& resource) const = 0;

  /// Sees to it that everything is there that a sandbox begins with, after its start and after each
  /// reset.
  virtual void begin() {}
  /// Forgets everything, until it begins again.
  virtual void reset() {}
  /// What `/_sandbox/state` shows of it.
  virtual boost::json::object state() const { return {}; }
  /// What the line of `serve` shows of it.
  virtual boost::json::object description() const { return {}; }
  /// Its variables, by their names after `GLOBUS_SANDBOX_`.
  virtual std::map<std::string, std::string> variables() const { return {}; }
  /// What it takes below `/_sandbox/`. A std::invalid_argument that is thrown there is a 400.
  virtual std::vector<Route<>> control_routes() { return {}; }

 protected:
  virtual HttpResponse answer(HttpRequest request) = 0;
  /// Where a request's body goes that is not to be kept in memory, which takes 64 MiB; null for
  /// memory. `answer` finds it in the request, whole. Throws a ServiceError or a Refusal to refuse
  /// the request before its body is read.
  /// @param head the request without its body; its path is below the service's folder
  virtual std::shared_ptr<ReceivedFile> receive(const HttpRequest& head);

 private:
  /// Does something, and returns the error in the service's form where that throws.
  std::optional<HttpResponse> failure_of(const std::string& resource,
                                         const std::function<void()>& action) const;
};

using ServiceList = std::vector<std::unique_ptr<Service>>;

/// What a service is made in. All of it outlives the service.
struct Surroundings {
  Database& database;
  Settings& settings;
  const SandboxOptions& options;
  TemporaryFolder& temporary;
  std::string url;              ///< of the sandbox, without a slash at its end
  const ServiceList& services;  ///< all, as soon as all are made
  Directory* directory{};       ///< null for the service that is the directory itself
};

/// A name as a part of a variable's: capitals, digits and underscores.
std::string variable_part(std::string_view name);

}  // namespace globus_sandbox
