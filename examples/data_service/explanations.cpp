// SPDX-License-Identifier: Apache-2.0
#include "data_service/explanations.hpp"

#include <algorithm>
#include <chrono>

namespace data_service {

using namespace globus_sdk;

namespace {

UserAnswer refusal(unsigned status, const std::string& message) {
  return {status, Json::object({{"error", message}}), {}};
}

UserAnswer later(unsigned status, const std::string& message, std::chrono::seconds wait) {
  auto answer = refusal(status, message + "; try again later");
  answer.headers["Retry-After"] = std::to_string(std::max<std::int64_t>(wait.count(), 1));
  return answer;
}

UserAnswer login_needed(const std::string& message) {
  auto answer = refusal(401, message);
  answer.headers["WWW-Authenticate"] = "Bearer";
  return answer;
}

UserAnswer explain_transfer(const TransferAPIError& error) {
  if (const auto& consent = error.info().consent_required) {
    std::string scopes;
    for (const auto& scope : consent.required_scopes) scopes += ' ' + scope;
    return refusal(403, "your consent is missing; log in again with" + scopes);
  }
  switch (error.http_status()) {
    case 401:
      return login_needed("your login has ended; log in again");
    case 400:
      return refusal(400, error.message());
    case 403:
      return refusal(403, "you are not allowed to: " + error.message());
    case 404:
      return refusal(404, "not found: " + error.message());
    case 409:
      return refusal(409, "in the way: " + error.message());
    case 429:
    case 503:
      return later(503, "Globus is busy", error.retry_after().value_or(30s));
    default:
      break;
  }
  // ExternalError: what the storage behind the collection says
  return refusal(502,
                 error.message() + " (" + error.code() + ", request " + error.request_id() + ")");
}

UserAnswer explain_auth(const AuthAPIError& error) {
  if (error.code() == "invalid_grant") return login_needed("your login has ended; log in again");
  if (error.code() == "invalid_scope")
    return refusal(403, "your consent is missing: " + error.message());
  // a user can do nothing about a wrong client secret
  return later(502, "this service cannot log in at Globus: " + error.message(), 60s);
}

}  // namespace

UserAnswer explain(const std::exception& error) {
  if (const auto* refused = dynamic_cast<const Refused*>(&error)) {
    if (refused->status() == 401) return login_needed(refused->what());
    return refusal(refused->status(), refused->what());
  }
  if (const auto* transfer = dynamic_cast<const TransferAPIError*>(&error))
    return explain_transfer(*transfer);
  if (const auto* auth = dynamic_cast<const AuthAPIError*>(&error)) return explain_auth(*auth);
  if (dynamic_cast<const LoginRequiredError*>(&error) != nullptr)
    return login_needed("your login has ended; log in again");
  if (dynamic_cast<const CancelledError*>(&error) != nullptr)
    return later(503, "this instance of the service is being stopped", 1s);
  if (dynamic_cast<const GlobusTimeoutError*>(&error) != nullptr)
    return later(504, "Globus does not answer in time", 30s);
  if (dynamic_cast<const NetworkError*>(&error) != nullptr)
    return later(502, "Globus cannot be reached", 30s);
  if (dynamic_cast<const TokenStorageError*>(&error) != nullptr)
    return later(503, "the tokens of users cannot be read or stored", 30s);
  if (dynamic_cast<const GlobusSDKUsageError*>(&error) != nullptr)
    return refusal(400, std::string("this makes no sense: ") + error.what());
  return refusal(500, "this service has failed; tell its operator");
}

bool needs_login(const std::exception& error) {
  if (dynamic_cast<const LoginRequiredError*>(&error) != nullptr) return true;
  const auto* answered = dynamic_cast<const GlobusAPIError*>(&error);
  return answered != nullptr &&
         (answered->http_status() == 401 || answered->code() == "invalid_grant" ||
          answered->info().consent_required);
}

}  // namespace data_service
