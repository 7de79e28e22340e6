// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/app/globus_app.hpp"

namespace globus_sdk::inline v0 {

/// An app for a user, who logs in. Mirrors `globus_sdk.UserApp`.
///
///     UserApp app{"my-app", {.client_id = client_id, .config = {.request_refresh_tokens = true}}};
///     TransferClient tc{app};
///     tc.operation_ls(collection_id);   // logs in the first time
class GLOBUS_SDK_EXPORT UserApp final : public GlobusApp {
 public:
  /// Sends nothing, and reads what is stored.
  ///
  /// @param app_name what users know it by; names the folder of its tokens.
  /// @param options `login_client`, or `client_id`; with a `client_secret` it is a confidential
  ///   client, which needs a `login_redirect_uri` to log users in.
  /// @throws GlobusSDKUsageError when a client cannot be made of the options, or a setting has an
  ///   unknown value; TokenStorageError when what is stored cannot be read.
  explicit UserApp(Text app_name = "Unnamed Globus App", const GlobusAppOptions& options = {});
  ~UserApp() override;
};

}  // namespace globus_sdk::inline v0
