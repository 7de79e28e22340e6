// SPDX-License-Identifier: Apache-2.0
#include "core/call/authorization_helper.hpp"

#include <optional>
#include <utility>

#include "core/process/helper_threads.hpp"

namespace globus_sdk::inline v0::detail {

std::string AuthorizationHelper::Header::get() const {
  if (exception) std::rethrow_exception(exception);
  return text;
}

AuthorizationHelper::Header AuthorizationHelper::ask(const GlobusAuthorizer& authorizer) noexcept {
  try {
    return {nullptr, authorizer.get_authorization_header({})};
  } catch (...) {
    return {std::current_exception(), {}};
  }
}

/// Lets go of the authorizer before anyone is told: who waits may be done with what it uses then.
AuthorizationHelper::Fetched AuthorizationHelper::ask_for_all(
    std::shared_ptr<const GlobusAuthorizer> authorizer) {
  const Header first = ask(*authorizer);
  if (!first.exception) return {first, first};
  try {
    if (const auto header = authorizer->try_get_authorization_header()) {
      return {first, {nullptr, *header}};
    }
  } catch (...) {  // then the failure itself says more
  }
  return {first, first};
}

AuthorizationHelper::Fetching::Boarded AuthorizationHelper::board(
    const std::shared_ptr<const GlobusAuthorizer>& authorizer) {
  auto boarded = fetching_->board();
  if (!boarded.begun) return boarded;
  try {
    run_on_helper_thread(
        [fetching = fetching_, flight = boarded.flight, asked = authorizer]() mutable {
          fetching->fly(flight, [&asked] { return ask_for_all(std::move(asked)); });
        });
  } catch (...) {
    fetching_->fail(boarded.flight, std::current_exception());
  }
  return boarded;
}

void AuthorizationHelper::fetch(const std::shared_ptr<const GlobusAuthorizer>& authorizer,
                                const Done& done) noexcept {
  try {
    const auto boarded = board(authorizer);
    boarded.flight->watch([done, begun = boarded.begun](const Flight<Fetched>& ended) {
      Header header;
      try {
        const Fetched fetched = ended.result();
        header = begun ? fetched.first : fetched.others;
      } catch (...) {
        header.exception = std::current_exception();
      }
      done(header.exception, header.text);
    });
  } catch (...) {
    done(std::current_exception(), {});
  }
}

std::string AuthorizationHelper::fetch_within(
    const std::shared_ptr<const GlobusAuthorizer>& authorizer, const CallLimits& limits) {
  const auto boarded = board(authorizer);
  const Fetched fetched = boarded.flight->wait(limits);
  return (boarded.begun ? fetched.first : fetched.others).get();
}

std::string fetch_within(const std::shared_ptr<const GlobusAuthorizer>& authorizer,
                         const CallLimits& limits) {
  return authorizer->helper().fetch_within(authorizer, limits);
}

}  // namespace globus_sdk::inline v0::detail

namespace globus_sdk::inline v0 {

GlobusAuthorizer::GlobusAuthorizer() : helper_(std::make_shared<detail::AuthorizationHelper>()) {}
GlobusAuthorizer::~GlobusAuthorizer() = default;
GlobusAuthorizer::GlobusAuthorizer(const GlobusAuthorizer&) = default;
// a moved-from authorizer may still be asked, so a move leaves it what it had
GlobusAuthorizer::GlobusAuthorizer(GlobusAuthorizer&& other) noexcept : helper_(other.helper_) {}
GlobusAuthorizer& GlobusAuthorizer::operator=(const GlobusAuthorizer&) = default;
GlobusAuthorizer& GlobusAuthorizer::operator=(GlobusAuthorizer&& other) noexcept {
  helper_ = other.helper_;
  return *this;
}

std::optional<std::string> GlobusAuthorizer::try_get_authorization_header() const {
  return std::nullopt;
}

bool GlobusAuthorizer::handle_missing_authorization(std::string_view) const {
  return false;
}

bool GlobusAuthorizer::handle_insufficient_authorization(std::string_view, const Answer&) const {
  return false;
}

std::string GlobusAuthorizer::explain_refusal(std::string_view) const {
  return {};
}

detail::AuthorizationHelper& GlobusAuthorizer::helper() const noexcept {
  return *helper_;
}

}  // namespace globus_sdk::inline v0
