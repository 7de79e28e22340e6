// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/transfer_client.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "core/call/blocking_mode.hpp"
#include "globus_sdk/core/errors.hpp"
#include "transfer/transfer_operations.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

namespace {

constexpr std::chrono::milliseconds usual_wait{10'000};
constexpr std::chrono::milliseconds shortest_interval{1000};

}  // namespace

bool is_about_an_endpoint(const Answer& answer) {
  const auto document = parse_json(answer.body);
  if (!document) return false;
  const auto code = document->get("code");
  if (!code || !code->is_string()) return false;
  const std::string_view text = *code;
  return text.find("ExternalError") != std::string_view::npos ||
         text.find("EndpointError") != std::string_view::npos;
}

TaskWaitOptions checked(TaskWaitOptions options) {
  options.timeout = options.timeout.value_or(usual_wait);
  options.polling_interval = options.polling_interval.value_or(usual_wait);
  if (*options.timeout <= std::chrono::milliseconds(0)) {
    throw GlobusSDKUsageError("timeout must be more than 0");
  }
  if (*options.polling_interval < shortest_interval) {
    throw GlobusSDKUsageError("polling_interval must be at least 1 s");
  }
  return options;
}

Json checked_document(Json document) {
  if (!document.is_object()) {
    throw GlobusSDKUsageError("data must be an object: a transfer or delete document");
  }
  const auto id = document.view().get("submission_id");
  if (id && !id->is_null() && (!id->is_string() || *id == "")) {
    throw GlobusSDKUsageError("data: submission_id must be a text that is not empty");
  }
  return document;
}

std::optional<std::string> submission_id_of(const Json& document) {
  const auto id = document.view().get("submission_id");
  if (!id || id->is_null()) return std::nullopt;
  return id->as<std::string>();
}

Request submit_request(std::string path, const Json& document, const std::string& id) {
  Payload complete;
  complete.merge(document).set("submission_id", Json(id));
  return post(std::move(path)).json(complete).safe_to_repeat();
}

}  // namespace detail

template class BasicTransferClient<Blocking>;

}  // namespace globus_sdk::inline v0
