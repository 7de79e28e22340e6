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
  /// The file to read; `/var/lib/globus-connect-server/info.json` when unset.
  Field<std::string> info_path{};
};

/// The Globus Connect Server of this machine, as one of its files describes it. Mirrors
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

  /// The file that is read.
  const std::string& info_path() const noexcept;

  /// The content of the file; nothing when the file does not exist, or holds no JSON object. Then
  /// there is no Globus Connect Server, or this process cannot see it, in a container for example.
  /// Once the content is known, the file is not read again.
  ///
  /// @throws LocalEndpointError when the file exists but cannot be read.
  std::optional<TemporaryJsonView> info_dict() const;

  /// Lets info_dict read the file again.
  void reset_info_dict() const;

  /// The id of the endpoint, a UUID; nothing when the file has none. Throws as info_dict() does.
  std::optional<std::string> endpoint_id() const;

  /// The DNS name of the endpoint; nothing when the file has none. Throws as info_dict() does.
  std::optional<std::string> domain_name() const;

 private:
  std::optional<std::string> text_of_info(std::string_view name) const;

  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
