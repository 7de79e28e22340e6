// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/response.hpp"

#include <atomic>
#include <mutex>
#include <ostream>

#include "core/base/mask_secrets.hpp"
#include "core/base/redacted_url.hpp"
#include "core/call/secrets.hpp"
#include "core/json/json_document.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// What the handles share: the answer, and its document once someone asked for it.
struct ResponseState {
  explicit ResponseState(Answer received) : answer(std::move(received)) {}
  ~ResponseState() { wipe_secrets(answer); }
  ResponseState(const ResponseState&) = delete;
  ResponseState& operator=(const ResponseState&) = delete;

  /// The document; null when the body is none. Any number of threads may ask.
  const JsonDocument* document() const {
    // no std::call_once: it makes a system call, whether or not anyone waits
    if (!parsed.load(std::memory_order_acquire)) {
      std::lock_guard lock(mutex);
      if (!parsed.load(std::memory_order_relaxed)) {
        is_json = json.read(answer.body);
        parsed.store(true, std::memory_order_release);
      }
    }
    return is_json ? &json : nullptr;
  }

  Answer answer;  // never changed while it is shared
  mutable std::mutex mutex{};
  mutable std::atomic<bool> parsed{false};
  mutable bool is_json = false;
  mutable JsonDocument json{};  // points into the answer's body
};

}  // namespace detail

GlobusHTTPResponse::GlobusHTTPResponse(Answer answer)
    : state_(std::make_shared<const detail::ResponseState>(std::move(answer))) {}

bool GlobusHTTPResponse::has_json() const {
  return state_->document() != nullptr;
}

JsonView GlobusHTTPResponse::data() const& {
  if (const auto* document = state_->document()) {
    return JsonView(std::shared_ptr<const detail::JsonDocument>(state_, document));
  }
  const Answer& answer = state_->answer;
  const std::string text = answer.method + " " + detail::redacted_url(answer.url) +
                           ": the answer is no JSON (status " + std::to_string(answer.status) +
                           ", " + content_type().value_or("no content type") + ", " +
                           std::to_string(answer.body.size()) + " bytes)";
  throw JsonError(detail::mask_secrets(text, answer.secrets));
}

std::optional<JsonView> GlobusHTTPResponse::get(Text key) const& {
  return has_json() ? data().get(key) : std::nullopt;
}

bool GlobusHTTPResponse::contains(Text key) const {
  return has_json() && data().contains(key);
}

int GlobusHTTPResponse::http_status() const noexcept {
  return state_->answer.status;
}

const std::string& GlobusHTTPResponse::http_reason() const& noexcept {
  return state_->answer.reason;
}

const Headers& GlobusHTTPResponse::headers() const& noexcept {
  return state_->answer.headers;
}

std::optional<std::string> GlobusHTTPResponse::content_type() const {
  return state_->answer.headers.get("Content-Type");
}

const std::string& GlobusHTTPResponse::text() const& noexcept {
  return state_->answer.body;
}

std::ostream& GlobusHTTPResponse::print(std::ostream& out) const {
  return has_json() ? out << data().dump(2) : out << text();
}

}  // namespace globus_sdk::inline v0
