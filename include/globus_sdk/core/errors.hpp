// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/headers.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

// Every class here shares its state, so that copying one cannot throw, and has its destructor in
// the library: the one place where its type information is.

/// The root of everything that this library throws.
class GLOBUS_SDK_EXPORT GlobusError : public std::exception {
 public:
  explicit GlobusError(std::string message);
  ~GlobusError() override;

  /// One line for a person to read; it never holds a secret.
  const char* what() const noexcept override;

 private:
  std::shared_ptr<const std::string> message_;
};

/// The library is used in a way that cannot work: a wrong parameter, a wrong order of calls.
class GLOBUS_SDK_EXPORT GlobusSDKUsageError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~GlobusSDKUsageError() override;
};

/// Data that the library was given can be seen to be invalid without asking a service.
class GLOBUS_SDK_EXPORT ValidationError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~ValidationError() override;
};

/// A document has no such member or element, or it is of another kind than was asked for.
class GLOBUS_SDK_EXPORT JsonError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~JsonError() override;
};

/// The caller's `std::stop_token` ended the call.
class GLOBUS_SDK_EXPORT CancelledError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~CancelledError() override;
};

/// No answer came. `what()` adds method and URL, the latter without secrets.
class GLOBUS_SDK_EXPORT NetworkError : public GlobusError {
 public:
  /// @param method of the request; empty where it is about none.
  /// @param url of the request; what can hold a secret is taken out of it.
  /// @param surely_not_processed whether the service cannot have acted on the request.
  NetworkError(Text message, Text method, Text url, bool surely_not_processed = false);
  ~NetworkError() override;

  /// Of the request that was not answered.
  const std::string& method() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// Without user, password and the values of parameters that can hold a secret.
  const std::string& url() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// True when the service cannot have acted on the last attempt: it never had it. False where
  /// that is not known.
  bool surely_not_processed() const noexcept;

 private:
  struct Place;
  std::shared_ptr<const Place> place_;
};

/// The connection failed: refused, no such host, TLS failed, broken off.
class GLOBUS_SDK_EXPORT GlobusConnectionError : public NetworkError {
 public:
  using NetworkError::NetworkError;
  ~GlobusConnectionError() override;
};

/// The answer did not come in time.
class GLOBUS_SDK_EXPORT GlobusTimeoutError : public NetworkError {
 public:
  using NetworkError::NetworkError;
  ~GlobusTimeoutError() override;
};

/// The connection was not made in time: the service never saw the request.
class GLOBUS_SDK_EXPORT GlobusConnectionTimeoutError : public GlobusTimeoutError {
 public:
  using GlobusTimeoutError::GlobusTimeoutError;
  ~GlobusConnectionTimeoutError() override;
};

/// One error of those that an answer holds.
struct ErrorSubdocument {
  /// The service's name for the error. This and the other texts are empty where it gave none.
  std::string code{};
  /// A few words.
  std::string title{};
  /// A sentence or two.
  std::string detail{};
  /// The text that says most, of those that are there.
  std::string message{};
  /// The document as it came.
  JsonView raw{};

  /// A member of it.
  std::optional<JsonView> get(Text key) const { return raw.get(key); }
};

/// What has to be done for the request to be authorized. As a `bool` it is false when the answer
/// does not say.
struct AuthorizationParameterInfo {
  /// Whether the answer says any of this.
  bool has_data = false;
  /// What to show the user.
  std::optional<std::string> session_message{};
  /// Identities with which the user must log in: UUIDs or usernames.
  std::optional<std::vector<std::string>> session_required_identities{};
  /// Domains of which the user must log in with one identity.
  std::optional<std::vector<std::string>> session_required_single_domain{};
  /// Policies that the session must satisfy: UUIDs.
  std::optional<std::vector<std::string>> session_required_policies{};
  /// Whether a second factor is needed.
  std::optional<bool> session_required_mfa{};
  /// Scopes to which the user has to consent.
  std::optional<std::vector<std::string>> required_scopes{};
  /// `login` where the user has to log in anew.
  std::optional<std::string> prompt{};

  /// Whether there is anything.
  explicit operator bool() const noexcept { return has_data; }
};

/// The scopes to which the user has to consent first. As a `bool` it is false when no consent is
/// missing.
struct ConsentRequiredInfo {
  /// The scopes, as texts.
  std::vector<std::string> required_scopes{};

  /// Whether there is anything.
  explicit operator bool() const noexcept { return !required_scopes.empty(); }
};

/// What an error's document says beyond code and message.
struct ErrorInfoContainer {
  /// What a login has to bring.
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
/// documents with `code` and `message`, OAuth2's `error` and `error_description`, `error` and
/// `detail` documents. Of any other body it has the status and the text.
class GLOBUS_SDK_EXPORT GlobusAPIError : public GlobusError {
 public:
  /// @param answer a service's, of any form.
  explicit GlobusAPIError(Answer answer);
  ~GlobusAPIError() override;

  /// The status code, 404.
  int http_status() const noexcept;
  /// The text after the status code, `Not Found`; the usual one where the service sent none.
  const std::string& http_reason() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The fields of the answer's head.
  const Headers& headers() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The `Content-Type` field.
  std::optional<std::string> content_type() const;

  /// The body as it came.
  const std::string& text() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The same bytes.
  const std::string& binary_content() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return text(); }
  /// The body's document; nothing when it is no JSON.
  std::optional<JsonView> raw_json() const;

  /// The service's name for the error, `ClientError.NotFound`; empty where it gave none.
  const std::string& code() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// What the service says, if anything.
  const std::vector<std::string>& messages() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// All messages, with semicolons between; `http_reason()` when there are none.
  const std::string& message() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The service's id for the request, to be told to its support; empty where it gave none.
  const std::string& request_id() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The errors that the answer holds; the whole document as one where it holds no list.
  const std::vector<ErrorSubdocument>& errors() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// Consents and authorization parameters, where the answer asks for some.
  const ErrorInfoContainer& info() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

  /// How long the service asks to wait, from `now`; nothing where it does not.
  std::optional<std::chrono::seconds> retry_after(
      std::chrono::system_clock::time_point now = std::chrono::system_clock::now()) const;

  /// Of the request that was answered.
  const std::string& method() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// Without user, password and the values of parameters that can hold a secret.
  const std::string& url() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

 private:
  explicit GlobusAPIError(std::shared_ptr<const detail::APIErrorState> state);

  std::shared_ptr<const detail::APIErrorState> state_;
};

/// An error of Globus Auth.
class GLOBUS_SDK_EXPORT AuthAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~AuthAPIError() override;
};

/// An error of Globus Transfer.
class GLOBUS_SDK_EXPORT TransferAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~TransferAPIError() override;
};

namespace detail {

/// Throws `answer` as a client's class of errors.
template <class Error> [[noreturn]] void throw_as(Answer answer) {
  throw Error(std::move(answer));
}

/// `text` with every one of `secrets`, also in its URL-encoded form, replaced by `***`.
std::string mask_secrets(std::string text, const std::vector<std::string>& secrets);

/// The usual text for a status code, `Not Found`; empty when there is none.
std::string_view reason_phrase(int status);

}  // namespace detail
}  // namespace globus_sdk::inline v0
