// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/local_endpoint/errors.hpp"
#include "globus_sdk/local_endpoint/globus_connect_personal_owner_info.hpp"

namespace globus_sdk::inline v0 {

/// Options of LocalGlobusConnectPersonal.
struct LocalGlobusConnectPersonalOptions {
  /// The folder that Globus Connect Personal was started with (`-dir`); `~/.globusonline` when
  /// unset.
  Field<std::string> config_dir{};
};

/// The Globus Connect Personal of this machine, as its files describe it. Their content is not
/// checked: their owner may have changed them. Mirrors `globus_sdk.LocalGlobusConnectPersonal`.
///
/// A handle: copies share what was read, and it may be used from many threads at once.
class GLOBUS_SDK_EXPORT LocalGlobusConnectPersonal {
 public:
  /// Reads nothing yet.
  explicit LocalGlobusConnectPersonal(const LocalGlobusConnectPersonalOptions& options = {});
  ~LocalGlobusConnectPersonal();
  LocalGlobusConnectPersonal(const LocalGlobusConnectPersonal&);
  LocalGlobusConnectPersonal(LocalGlobusConnectPersonal&&) noexcept;
  LocalGlobusConnectPersonal& operator=(const LocalGlobusConnectPersonal&);
  LocalGlobusConnectPersonal& operator=(LocalGlobusConnectPersonal&&) noexcept;

  /// The folder of its files.
  ///
  /// @throws GlobusSDKUsageError when the folder was not given, and the home folder is not known.
  std::string config_dir() const;

  /// The id of its endpoint, a UUID; nothing when there is none. Once the id is known, the file is
  /// not read again.
  ///
  /// @throws LocalEndpointError when its file exists but cannot be read.
  std::optional<std::string> endpoint_id() const;

  /// Lets endpoint_id read its file again.
  void reset_endpoint_id() const;

  /// The owner; nothing when the file does not name one, or not in a known form.
  ///
  /// @throws LocalEndpointError when its file exists but cannot be read.
  std::optional<GlobusConnectPersonalOwnerInfo> get_owner_info() const;

  /// The owner as Globus Auth knows them; nothing also when Globus Auth does not know them.
  ///
  /// @throws what AuthClient::get_identities throws.
  std::optional<TemporaryJsonView> get_owner_info(const AuthClient& auth_client) const;

 private:
  std::string file(std::string_view name) const;

  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
