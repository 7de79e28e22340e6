// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/retry.hpp"

#include <algorithm>
#include <cmath>

#include "core/http/http_date.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using std::chrono::milliseconds;

bool is_one_of(int status, const std::vector<int>& statuses) {
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

/// Whether the SDK's own rules see an answer as one that may be better next time.
bool is_transient(const RetryPolicy& policy, const Answer& answer) {
  if (!is_one_of(answer.status, policy.transient_error_status_codes)) return false;
  return policy.is_permanent == nullptr || !policy.is_permanent(answer);
}

/// Whether an answer says that the request was not worked on.
bool says_not_processed(const Answer& answer) {
  return answer.status == 429 || (answer.status == 503 && answer.headers.get("Retry-After"));
}

bool may_repeat(const RetryPolicy& policy, const RetryContext& context) {
  if (context.answer != nullptr) {
    return is_transient(policy, *context.answer) &&
           (context.safe_to_repeat || says_not_processed(*context.answer));
  }
  using Kind = NetworkFailure::Kind;
  const NetworkFailure& failure = *context.failure;
  const bool transient = failure.kind == Kind::connection || failure.kind == Kind::timeout ||
                         failure.kind == Kind::connection_timeout;
  return transient && (context.safe_to_repeat || failure.surely_not_processed);
}

bool is_final(const RetryContext& context) {
  using Kind = NetworkFailure::Kind;
  return context.failure != nullptr &&
         (context.failure->kind == Kind::deadline || context.failure->kind == Kind::cancelled);
}

bool wants_retry(const RetryPolicy& policy, const RetryContext& context) {
  for (const RetryCheck& check : policy.checks) {
    const RetryCheckResult result = check(context);
    if (result != RetryCheckResult::no_decision) return result == RetryCheckResult::do_retry;
  }
  return may_repeat(policy, context);
}

milliseconds backoff(const RetryPolicy& policy, const RetryContext& context, double jitter) {
  if (policy.backoff) return std::min(policy.backoff(context), policy.max_sleep);
  const double seconds = (0.25 + 0.5 * jitter) * std::pow(2.0, context.attempt);
  const double longest = std::chrono::duration<double>(policy.max_sleep).count();
  return std::chrono::duration_cast<milliseconds>(
      std::chrono::duration<double>(std::min(seconds, longest)));
}

int count(const Field<std::int64_t>& value, int otherwise, const char* name) {
  if (!value) return otherwise;
  if (*value < 0 || *value > 1'000'000) {
    throw GlobusSDKUsageError(std::string(name) + " must be from 0 to 1000000, not " +
                              std::to_string(*value));
  }
  return static_cast<int>(*value);
}

milliseconds duration(const Field<milliseconds>& value, milliseconds otherwise, const char* name) {
  if (!value) return otherwise;
  if (*value < milliseconds(0)) {
    throw GlobusSDKUsageError(std::string(name) + " must not be negative");
  }
  return *value;
}

}  // namespace

RetryPolicy make_retry_policy(const RetryConfig& config) {
  RetryPolicy policy;
  policy.max_retries = count(config.max_retries, policy.max_retries, "max_retries");
  policy.max_sleep = duration(config.max_sleep, policy.max_sleep, "max_sleep");
  policy.max_retry_after =
      duration(config.max_retry_after, policy.max_retry_after, "max_retry_after");
  if (config.transient_error_status_codes) {
    policy.transient_error_status_codes = *config.transient_error_status_codes;
  }
  if (config.backoff) policy.backoff = *config.backoff;
  policy.checks = config.checks;
  return policy;
}

std::optional<milliseconds> decide_retry(const RetryPolicy& policy, const RetryContext& context,
                                         double jitter, std::chrono::system_clock::time_point now,
                                         std::optional<milliseconds> remaining) {
  if (is_final(context) || context.attempt >= policy.max_retries) return std::nullopt;
  if (!wants_retry(policy, context)) return std::nullopt;
  milliseconds delay = backoff(policy, context, jitter);
  if (context.answer != nullptr) {
    if (const auto asked = retry_after(*context.answer, now)) {
      if (*asked > policy.max_retry_after) return std::nullopt;
      // what the service wishes is the least: asked for none, all its callers would come at once
      delay = std::max(delay, *asked);
    }
  }
  // a retry that the deadline would cut is not begun: the error of this attempt says more
  if (remaining && delay >= *remaining) return std::nullopt;
  return delay;
}

std::optional<milliseconds> retry_after(const Answer& answer,
                                        std::chrono::system_clock::time_point now) {
  const auto header = answer.headers.get("Retry-After");
  if (!header || header->empty()) return std::nullopt;
  const bool is_number = std::all_of(header->begin(), header->end(),
                                     [](char letter) { return letter >= '0' && letter <= '9'; });
  if (is_number) {
    constexpr std::size_t most_digits = 9;  // three decades; more is as good as never
    const bool endless = header->size() > most_digits;
    return std::chrono::seconds(endless ? 999'999'999 : std::stoll(*header));
  }
  const auto date = parse_http_date(*header);
  if (!date) return std::nullopt;
  return std::max(std::chrono::ceil<milliseconds>(*date - now), milliseconds(0));
}

}  // namespace globus_sdk::inline v0::detail
