// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/base/mask_secrets.hpp"
#include "core/base/one_line.hpp"
#include "core/base/redacted_url.hpp"
#include "core/call/api_error_parser.hpp"
#include "core/call/secrets.hpp"
#include "core/http/reason_phrase.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/retry.hpp"

namespace globus_sdk::inline v0 {

GlobusAPIError::~GlobusAPIError() = default;

namespace detail {

/// All that is known of an error; made once, shared by its copies.
struct APIErrorState {
  APIErrorState() = default;
  ~APIErrorState() { wipe_secrets(answer); }
  APIErrorState(const APIErrorState&) = delete;
  APIErrorState& operator=(const APIErrorState&) = delete;

  Answer answer{};
  std::optional<JsonView> document{};
  APIErrorDetails details{};
  std::string reason{};
  std::string message{};
  std::string url{};
};

namespace {

std::string joined(const std::vector<std::string>& messages) {
  std::string all;
  for (const std::string& message : messages) {
    if (!all.empty()) all += "; ";
    all += message;
  }
  return all;
}

bool says_json_api(const Answer& answer) {
  const std::string type = answer.headers.get("Content-Type").value_or("");
  return type.starts_with("application/vnd.api+json");
}

/// Services echo what they were sent.
void mask(APIErrorDetails& details, const std::vector<std::string>& secrets) {
  const auto masked = [&secrets](std::string& text) { text = mask_secrets(text, secrets); };
  masked(details.code);
  masked(details.request_id);
  std::ranges::for_each(details.messages, masked);
  for (ErrorSubdocument& error : details.errors) {
    for (std::string* text : {&error.code, &error.title, &error.detail, &error.message}) {
      masked(*text);
    }
  }
}

std::shared_ptr<const APIErrorState> make_state(Answer answer) {
  auto state = std::make_shared<APIErrorState>();
  // Whatever the content type says: proxies and test servers get it wrong.
  state->document = parse_json(answer.body);
  if (state->document) {
    state->details = parse_api_error(*state->document, says_json_api(answer));
  }
  mask(state->details, answer.secrets);
  state->reason = answer.reason.empty() ? std::string(reason_phrase(answer.status))
                                        : mask_secrets(answer.reason, answer.secrets);
  state->message = joined(state->details.messages);
  if (state->message.empty()) state->message = state->reason;
  state->url = mask_secrets(redacted_url(answer.url), answer.secrets);
  state->answer = std::move(answer);
  return state;
}

/// `GET https://host/path: 404 ClientError.NotFound: No such task (request id x)`
std::string description(const APIErrorState& state) {
  std::string text =
      state.answer.method + " " + state.url + ": " + std::to_string(state.answer.status);
  if (!state.details.code.empty()) text += " " + state.details.code;
  if (!state.message.empty()) text += (state.details.code.empty() ? " " : ": ") + state.message;
  if (!state.details.request_id.empty()) text += " (request id " + state.details.request_id + ")";
  if (!state.answer.remark.empty()) text += " (" + state.answer.remark + ")";
  return one_line(mask_secrets(std::move(text), state.answer.secrets));
}

}  // namespace
}  // namespace detail

GlobusAPIError::GlobusAPIError(Answer answer)
    : GlobusAPIError(detail::make_state(std::move(answer))) {}

GlobusAPIError::GlobusAPIError(std::shared_ptr<const detail::APIErrorState> state)
    : GlobusError(detail::description(*state)), state_(std::move(state)) {}

int GlobusAPIError::http_status() const noexcept {
  return state_->answer.status;
}
const std::string& GlobusAPIError::http_reason() const noexcept {
  return state_->reason;
}
const Headers& GlobusAPIError::headers() const noexcept {
  return state_->answer.headers;
}

std::optional<std::string> GlobusAPIError::content_type() const {
  return headers().get("Content-Type");
}

const std::string& GlobusAPIError::text() const noexcept {
  return state_->answer.body;
}

std::optional<JsonView> GlobusAPIError::raw_json() const {
  return state_->document;
}

const std::string& GlobusAPIError::code() const noexcept {
  return state_->details.code;
}

const std::vector<std::string>& GlobusAPIError::messages() const noexcept {
  return state_->details.messages;
}

const std::string& GlobusAPIError::message() const noexcept {
  return state_->message;
}

const std::string& GlobusAPIError::request_id() const noexcept {
  return state_->details.request_id;
}

const std::vector<ErrorSubdocument>& GlobusAPIError::errors() const noexcept {
  return state_->details.errors;
}

const ErrorInfoContainer& GlobusAPIError::info() const noexcept {
  return state_->details.info;
}

std::optional<std::chrono::seconds> GlobusAPIError::retry_after(
    std::chrono::system_clock::time_point now) const {
  const auto asked = detail::retry_after(state_->answer, now);
  if (!asked) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(*asked);
}

const std::string& GlobusAPIError::method() const noexcept {
  return state_->answer.method;
}
const std::string& GlobusAPIError::url() const noexcept {
  return state_->url;
}

}  // namespace globus_sdk::inline v0
