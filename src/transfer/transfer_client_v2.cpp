// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/transfer_client_v2.hpp"

#include <algorithm>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>
#include <optional>
#include <utility>

#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

namespace {

bool is_error_about_an_endpoint(const JsonView& error) {
  const auto code = error.get("code");
  return code && (*code == "ExternalError" || *code == "EndpointError");
}

/// Whether a document of a new tunnel says which submission it is.
bool has_submission_id(const Json& document) {
  boost::system::error_code not_there;
  const auto* const id = document.value().find_pointer("/data/attributes/submission_id", not_there);
  return id != nullptr && id->is_string() && !id->get_string().empty();
}

}  // namespace

bool has_error_about_an_endpoint(const Answer& answer) {
  const auto document = parse_json(answer.body);
  const auto errors = document ? document->get("errors") : std::nullopt;
  return errors && errors->is_array() && std::ranges::any_of(*errors, is_error_about_an_endpoint);
}

Request create_tunnel_request(const Json& document) {
  Request request = post("/v2/tunnels").json(document);
  if (!has_submission_id(document)) return request;
  return std::move(request).safe_to_repeat();
}

}  // namespace detail

template class BasicTransferClientV2<Blocking>;

}  // namespace globus_sdk::inline v0
