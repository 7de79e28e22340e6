// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/local_endpoint/errors.hpp"

namespace globus_sdk::inline v0 {

/// Options of LocalGlobusConnectServer.
struct LocalGlobusConnectServerOptions {
  /// `/var/lib/globus-connect-server/info.json` when unset.
  Field<std::string> info_path{};
};

/// The Globus Connect Server of this machine, by what it says of itself in a file. Mirrors
/// `globus_sdk.LocalGlobusConnectServer`.
///
/// A handle: copies share what was read, and it may be used from many threads at once.
class GLOBUS_SDK_EXPORT LocalGlobusConnectServer {
 public:
  /// Reads nothing yet.
  explicit LocalGlobusConnectServer(const LocalGlobusConnectServerOptions& options = {});
  ~LocalGlobusConnectServer();
  LocalGlobusConnectServer(const LocalGlobusConnectServer&);
  LocalGlobusConnectServer(LocalGlobusConnectServer&&) noexcept;
  LocalGlobusConnectServer& operator=(const LocalGlobusConnectServer&);
  LocalGlobusConnectServer& operator=(LocalGlobusConnectServer&&) noexcept;

  /// The file that it is read from.
  const std::string& info_path() const noexcept;

  /// What the file says; nothing where it is not there, or holds no JSON object: then there is no
  /// Globus Connect Server, or none that this process can see, in a container for example. Once it
  /// is known the file is not read again.
  ///
  /// @throws LocalEndpointError when the file is there and cannot be read.
  std::optional<TemporaryJsonView> info_dict() const;

  /// Lets info_dict read the file again.
  void reset_info_dict() const;

  /// The id of the endpoint, a UUID; nothing where that is not said. It throws as info_dict.
  std::optional<std::string> endpoint_id() const;

  /// The endpoint's name in the DNS; nothing where that is not said. It throws as info_dict.
  std::optional<std::string> domain_name() const;

 private:
  std::optional<std::string> text_of_info(std::string_view name) const;

  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
