// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/gare/globus_authorization_parameters.hpp"

namespace globus_sdk::inline v0 {

/// One thing that a job would lack.
struct PreflightFinding {
  /// Kinds of what may be lacking.
  enum class Kind {
    login,        ///< there are no tokens, they lack scopes, or their refresh token is refused
    expiry,       ///< an access token expires too early, and there is no refresh token
    consent,      ///< a collection needs a consent that is not there
    session,      ///< a collection needs a session that is not there, or will be too old by then
    unavailable,  ///< a collection cannot be reached, or does not exist
  };

  /// What is lacking.
  Kind kind = Kind::login;
  /// The service that the job could not use.
  std::string resource_server{};
  /// The collection; empty when the finding is not about a collection.
  std::string collection_id{};
  /// What is wrong, for a user to read.
  std::string message{};
  /// What a login must bring to resolve this finding; empty when any login will do.
  GlobusAuthorizationParameters remedy{};
};

/// What a job that starts later would lack, as far as that can be told now.
class [[nodiscard]] PreflightReport {
 public:
  /// For the SDK's own use: GlobusApp::preflight makes it.
  explicit PreflightReport(std::vector<PreflightFinding> findings = {})
      : findings_(std::move(findings)) {}

  /// Whether nothing is lacking.
  bool ok() const noexcept { return findings_.empty(); }
  explicit operator bool() const noexcept { return ok(); }
  /// Everything that is lacking, in the order in which it was found.
  const std::vector<PreflightFinding>& findings() const& noexcept { return findings_; }
  /// The same for a temporary object.
  std::vector<PreflightFinding> findings() && noexcept { return std::move(findings_); }

  /// What one login must bring to resolve all findings that a login can resolve:
  /// `app.login({.auth_params = report.authorization_parameters()})`.
  GlobusAuthorizationParameters authorization_parameters() const;

  /// A line for each finding.
  friend std::ostream& operator<<(std::ostream& out, const PreflightReport& report) {
    return report.print(out);
  }

 private:
  std::ostream& print(std::ostream& out) const;

  std::vector<PreflightFinding> findings_;
};

}  // namespace globus_sdk::inline v0
