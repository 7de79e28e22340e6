// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "sandbox/https/access.hpp"
#include "sandbox/https/file_target.hpp"
#include "sandbox/server/service.hpp"
#include "sandbox/transfer/collections/collection_registry.hpp"

namespace globus_sandbox::https {

/// The files of the collections over HTTPS, as Globus Connect Server serves them: GET, HEAD, PUT
/// and DELETE below `/https/COLLECTION/`.
class HttpsService : public Service {
 public:
  /// @param collections outlive the service
  /// @param bandwidth_limit in bytes a second; 0 for none; asked for each answer
  HttpsService(const Surroundings& surroundings, const transfer::CollectionRegistry& collections,
               std::function<std::int64_t()> bandwidth_limit);

  std::string_view name() const override { return "https"; }
  bool has_service_variable() const override { return false; }
  /// None: those of collections are Transfer's.
  ServiceScopes scopes() const override { return {}; }
  HttpResponse write_error(const ServiceError& error, const std::string& resource) const override;
  /// Gets tokens of the first user for the collections that there are.
  void begin() override;
  /// Those tokens, and where the collections' files are.
  std::map<std::string, std::string> variables() const override;

 protected:
  HttpResponse answer(HttpRequest request) override;
  /// A PUT is written beside its target.
  std::shared_ptr<ReceivedFile> receive(const HttpRequest& head) override;

 private:
  /// What a request is for, after it is known that it may be done.
  FileTarget admitted(const HttpRequest& request) const;
  HttpResponse read(const HttpRequest& request) const;
  HttpResponse put(const HttpRequest& request);
  HttpResponse remove(const HttpRequest& request);

  Directory& directory_;
  const transfer::CollectionRegistry& collections_;
  const std::function<std::int64_t()> bandwidth_limit_;
  const std::string authorize_url_;
  std::mutex changes_;  ///< between a look at a file's conditions and the change of it
  mutable std::mutex variables_mutex_;
  std::map<std::string, std::string> variables_;
};

}  // namespace globus_sandbox::https
