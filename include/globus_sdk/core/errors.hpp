// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/headers.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/network_error.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// One of the errors that an answer holds.
struct ErrorSubdocument {
  /// The service's name for the error. This and the other texts are empty when the service gave
  /// none.
  std::string code{};
  /// The error in a few words.
  std::string title{};
  /// The error in a sentence or two.
  std::string detail{};
  /// The most telling of these texts.
  std::string message{};
  /// The document as it came.
  JsonView raw{};

  /// A member of the document.
  std::optional<JsonView> get(Text key) const { return raw.get(key); }
};

/// What a login must bring so that the request is authorized. As a `bool` it is false when the
/// answer does not say.
struct AuthorizationParameterInfo {
  /// Whether the answer says any of this.
  bool has_data = false;
  /// A text to show to the user.
  std::optional<std::string> session_message{};
  /// Identities with which the user must log in: UUIDs or usernames.
  std::optional<std::vector<std::string>> session_required_identities{};
  /// Domains: the user must log in with an identity of one of them.
  std::optional<std::vector<std::string>> session_required_single_domain{};
  /// Policies that the session must satisfy: UUIDs.
  std::optional<std::vector<std::string>> session_required_policies{};
  /// Whether a second factor is needed.
  std::optional<bool> session_required_mfa{};
  /// Scopes to which the user has to consent.
  std::optional<std::vector<std::string>> required_scopes{};
  /// `login` when the user has to log in anew.
  std::optional<std::string> prompt{};

  /// Whether the answer says any of this.
  explicit operator bool() const noexcept { return has_data; }
};

/// The scopes to which the user has to consent first. As a `bool` it is false when no consent is
/// missing.
struct ConsentRequiredInfo {
  /// The scopes, as texts.
  std::vector<std::string> required_scopes{};

  /// Whether any scope is missing.
  explicit operator bool() const noexcept { return !required_scopes.empty(); }
};

/// What an error's document says beyond code and message.
struct ErrorInfoContainer {
  /// What a login must bring.
  AuthorizationParameterInfo authorization_parameters{};
  /// What the user has to consent to.
  ConsentRequiredInfo consent_required{};
};

namespace detail {
struct APIErrorState;
}  // namespace detail

/// A service answered with an error.
///
/// It understands every form in which the services write errors: lists of errors as in JSON:API,
/// documents with `code` and `message`, OAuth2's `error` and `error_description`, and documents
/// with `error` and `detail`. For any other body it has the status and the text.
class GLOBUS_SDK_EXPORT GlobusAPIError : public GlobusError {
 public:
  /// @param answer a service's answer, in any form.
  explicit GlobusAPIError(Answer answer);
  ~GlobusAPIError() override;

  /// The status code, for example 404.
  int http_status() const noexcept;
  /// The text after the status code, for example `Not Found`. When the service sent none, the usual
  /// text.
  const std::string& http_reason() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The HTTP header fields of the answer.
  const Headers& headers() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The `Content-Type` header field.
  std::optional<std::string> content_type() const;

  /// The body, decompressed and otherwise unchanged.
  const std::string& text() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The same bytes as `text()`.
  const std::string& binary_content() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return text(); }
  /// The JSON document in the body; nothing when the body is not JSON.
  std::optional<JsonView> raw_json() const;

  /// The service's name for the error, for example `ClientError.NotFound`; empty when it gave none.
  const std::string& code() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The service's messages; there may be none.
  const std::vector<std::string>& messages() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// All messages, joined with semicolons; `http_reason()` when there are none.
  const std::string& message() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The service's id for the request: tell it to the service's support. Empty when it gave none.
  const std::string& request_id() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The errors that the answer holds. If it holds no list of errors, the whole document counts as
  /// one error.
  const std::vector<ErrorSubdocument>& errors() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// Consents and authorization parameters, where the answer asks for some.
  const ErrorInfoContainer& info() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

  /// How long the service asks to wait, from `now`; nothing when it does not ask.
  std::optional<std::chrono::seconds> retry_after(
      std::chrono::system_clock::time_point now = std::chrono::system_clock::now()) const;

  /// The method of the request that was answered.
  const std::string& method() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The URL, without user, password and the values of parameters that can hold a secret.
  const std::string& url() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

 private:
  explicit GlobusAPIError(std::shared_ptr<const detail::APIErrorState> state);

  std::shared_ptr<const detail::APIErrorState> state_;
};

namespace detail {

/// Throws `answer` as an error of the client's error class.
template <class Error> [[noreturn]] void throw_as(Answer answer) {
  throw Error(std::move(answer));
}

}  // namespace detail
}  // namespace globus_sdk::inline v0
