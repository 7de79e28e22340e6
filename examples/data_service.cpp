// SPDX-License-Identifier: Apache-2.0
// A server that transfers files for its users
//
//     data_service < REQUESTS
//
// A data service gets requests from its users' programs, each with the user's access token for this
// service. It introspects the token, exchanges it for one of Transfer, and then works with the
// user's collections on the user's behalf, for as long as it takes. HTTP is left out: a request is
// a line
//
//     TOKEN SOURCE_PATH DESTINATION_PATH
//
// of the standard input. All transfers are submitted first and then watched together, on one
// thread.
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "environment.hpp"

using namespace globus_sdk;

namespace {

constexpr const char* transfer_server = "transfer.api.globus.org";

// ---- error messages for the user ----------------------------------------------------------------

/// A request that this service itself refuses.
class Refused : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string explain_transfer(const TransferAPIError& error) {
  if (const auto& consent = error.info().consent_required) {
    std::string scopes;
    for (const auto& scope : consent.required_scopes) scopes += ' ' + scope;
    return "your consent is missing; log in again with" + scopes;
  }
  switch (error.http_status()) {
    case 401:
      return "your login has ended; log in again";
    case 403:
      return "you are not allowed to: " + error.message();
    case 404:
      return "not found: " + error.message();
    case 409:
      return "in the way: " + error.message();
    case 429:
    case 503:
      return "Globus is busy; try again later";
    default:
      break;
  }
  // ExternalError: what the storage behind the collection says
  return error.message() + " (" + error.code() + ", request " + error.request_id() + ")";
}

std::string explain_auth(const AuthAPIError& error) {
  if (error.code() == "invalid_grant") return "your login has ended; log in again";
  if (error.code() == "invalid_scope") return "your consent is missing: " + error.message();
  // a user can do nothing about a wrong client secret
  return "this service cannot log in at Globus: " + error.message();
}

/// Whether the user has to log in again, with a new consent.
bool needs_login(const GlobusAPIError& error) {
  return error.http_status() == 401 || error.code() == "invalid_grant" ||
         error.info().consent_required;
}

/// The SDK's messages never hold a token, so all of them may be shown and logged.
std::string explain(const std::exception& error) {
  if (const auto* transfer = dynamic_cast<const TransferAPIError*>(&error))
    return explain_transfer(*transfer);
  if (const auto* auth = dynamic_cast<const AuthAPIError*>(&error)) return explain_auth(*auth);
  if (dynamic_cast<const GlobusTimeoutError*>(&error))
    return "Globus does not answer in time; try again later";
  if (dynamic_cast<const NetworkError*>(&error)) return "Globus cannot be reached; try again later";
  if (dynamic_cast<const GlobusSDKUsageError*>(&error))
    return std::string("this makes no sense: ") + error.what();
  return error.what();
}

/// Faults of a running task that a person has to mend. The task itself goes on trying until its
/// deadline.
std::string explain_fault(const TaskFault& fault) {
  if (fault.code == "FILE_NOT_FOUND") return "a file is not there:\n" + fault.details;
  if (fault.code == "PERMISSION_DENIED") return "the storage does not allow it:\n" + fault.details;
  if (fault.code.find("CREDENTIALS") != std::string::npos)
    return "the collection wants you to log in to it again";
  if (fault.code == "QUOTA_EXCEEDED") return "the destination is full";
  return fault.description + ":\n" + fault.details;
}

// ---- users and their tokens ---------------------------------------------------------------------

/// The users' refresh tokens. A real service keeps them encrypted in its database. Many threads use
/// this class at once.
class RefreshTokens {
 public:
  void keep(const std::string& user_id, const std::string& token) {
    const std::lock_guard lock(mutex_);
    tokens_[user_id] = token;
  }
  std::optional<std::string> find(const std::string& user_id) const {
    const std::lock_guard lock(mutex_);
    const auto found = tokens_.find(user_id);
    if (found == tokens_.end()) return std::nullopt;
    return found->second;
  }
  void forget(const std::string& user_id) {
    const std::lock_guard lock(mutex_);
    tokens_.erase(user_id);
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> tokens_;
};

struct User {
  std::string id;
  std::string name;
};

/// Every method may be called from many threads.
class DataService {
 public:
  explicit DataService(ConfidentialAppAuthClient app) : app_(std::move(app)) {}

  /// Who sent this token, if it is one that was made for this service.
  User authenticate(const std::string& token) const {
    const auto info = app_.oauth2_token_introspect(token);
    if (info["active"] != true) throw Refused("the access token is not valid; log in again");
    const auto audience = info["aud"].as<std::vector<std::string>>();
    if (std::find(audience.begin(), audience.end(), app_.client_id()) == audience.end())
      throw Refused("the access token is for another service");
    return {info["sub"], info["username"]};
  }

  /// The user's client of Transfer. There is one for each user, so that its access token is shared
  /// and renewed once. The token of a request is exchanged only where the user has no client yet.
  TransferClient transfer_of(const User& user, const std::string& token) {
    {
      const std::lock_guard lock(mutex_);
      if (const auto known = clients_.find(user.id); known != clients_.end()) return known->second;
    }
    if (const auto kept = refresh_tokens_->find(user.id)) return remember(user, *kept, {});

    const auto traded = app_.oauth2_get_dependent_tokens(token, {.refresh_tokens = true});
    const auto& tokens = traded.by_resource_server();
    const auto found = tokens.find(transfer_server);
    if (found == tokens.end() || !found->second.refresh_token)
      throw Refused("you have not consented to transfers by this service");
    refresh_tokens_->keep(user.id, *found->second.refresh_token);
    return remember(user, *found->second.refresh_token,
                    {.access_token = found->second.access_token,
                     .expires_at = found->second.expires_at_seconds});
  }

  /// For an error that needs a new login: the token of the user's next request is exchanged again.
  void forget(const User& user) {
    refresh_tokens_->forget(user.id);
    const std::lock_guard lock(mutex_);
    clients_.erase(user.id);
  }

 private:
  TransferClient remember(const User& user, const std::string& refresh_token,
                          RenewingAuthorizerOptions options) {
    // where a refresh token can be used only once, each renewal brings the next
    options.on_refresh = [kept = refresh_tokens_, id = user.id](const OAuthTokenResponse& answer) {
      for (const auto& [server, token] : answer.by_resource_server())
        if (token.refresh_token) kept->keep(id, *token.refresh_token);
    };
    const TransferClient tc{RefreshTokenAuthorizer{refresh_token, app_, options}};
    const std::lock_guard lock(mutex_);
    return clients_.emplace(user.id, tc).first->second;
  }

  ConfidentialAppAuthClient app_;
  std::shared_ptr<RefreshTokens> refresh_tokens_ = std::make_shared<RefreshTokens>();
  std::mutex mutex_;
  std::map<std::string, TransferClient> clients_;
};

// ---- collections and transfers ------------------------------------------------------------------

std::vector<std::string> names_of_collections(const TransferClient& tc) {
  std::vector<std::string> names;
  const auto pages = tc.paginated().endpoint_search({.filter_scope = "my-endpoints"});
  for (auto collection : pages.items()) names.push_back(collection["display_name"]);
  return names;
}

/// Throws where the user cannot work with the collection, before a task is submitted.
void check_collection(const TransferClient& tc, const std::string& collection_id) {
  const auto collection = tc.get_endpoint(collection_id);
  if (collection["gcp_connected"] == false) throw Refused("the collection's computer is offline");
  // a listing that works shows that credentials and consents are in order
  tc.operation_ls(collection_id, {.limit = 1});
}

struct Job {
  User user;
  TransferClient transfer;
  std::string task_id;
};

Job submit(const User& user, const TransferClient& tc, const std::string& source_path,
           const std::string& destination_path) {
  for (const auto& name : names_of_collections(tc))
    std::cout << user.name << " has " << name << '\n';

  const auto source = examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE");
  const auto destination = examples::environment("GLOBUS_SANDBOX_COLLECTION_DESTINATION");
  check_collection(tc, source);
  check_collection(tc, destination);
  TransferData data{source, destination, {.label = "data service", .notify_on_succeeded = false}};
  data.add_item(source_path, destination_path, {.recursive = source_path.ends_with('/')});
  return {user, tc, tc.submit_transfer(data)["task_id"]};
}

Job start(DataService& service, const std::string& request) {
  std::istringstream words(request);
  std::string token, source_path, destination_path;
  if (!(words >> token >> source_path >> destination_path))
    throw Refused("a request is a token and two paths");
  const auto user = service.authenticate(token);
  try {
    const auto tc = service.transfer_of(user, token).with({.deadline = 2min});
    return submit(user, tc, source_path, destination_path);
  } catch (const GlobusAPIError& error) {
    if (needs_login(error)) service.forget(user);
    throw;
  }
}

// ---- watching -----------------------------------------------------------------------------------

void report(const User& user, const std::string& text) {
  std::cout << user.name << ": " << text << '\n';
}

/// Waits for one task. Thousands of these can wait on one thread. Each asks for its task with the
/// user's own token, which is renewed when necessary.
boost::asio::awaitable<void> watch(Job job) {
  const auto tc = job.transfer.async();
  const TaskWaitOptions options{.timeout = 24h, .polling_interval = 1s, .end_on_fault = true};
  try {
    const auto result = co_await tc.task_wait(job.task_id, options);
    const auto& task = result.task();
    if (const auto& fault = result.fault()) {
      co_await tc.cancel_task(job.task_id);
      report(job.user, "canceled, " + explain_fault(*fault));
    } else if (task["status"] == "SUCCEEDED") {
      report(job.user, "done, " + std::to_string(task["files_transferred"].as<int>()) + " files");
    } else {
      report(job.user, "ended as " + task["status"].as<std::string>());
    }
  } catch (const std::exception& error) {
    report(job.user, explain(error));
  }
}

}  // namespace

int main() try {
  DataService service{
      ConfidentialAppAuthClient{examples::environment("GLOBUS_SANDBOX_CLIENT_ID"),
                                examples::environment("GLOBUS_SANDBOX_CLIENT_SECRET")}};
  boost::asio::io_context io;
  for (std::string request; std::getline(std::cin, request);) {
    try {
      boost::asio::co_spawn(io, watch(start(service, request)), [](std::exception_ptr) {});
    } catch (const std::exception& error) {
      std::cout << "refused: " << explain(error) << '\n';
    }
  }
  io.run();
} catch (const std::exception& error) {
  std::cerr << explain(error) << '\n';
  return 1;
}
