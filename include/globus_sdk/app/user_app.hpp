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
  /// Reads the stored tokens, and sends nothing.
  ///
  /// @param app_name the name by which users know the app; the folder of its tokens is named after
  ///   it.
  /// @param options `login_client`, or `client_id`. With a `client_secret` the app is a
  ///   confidential client, which needs a `login_redirect_uri` to log users in.
  /// @throws GlobusSDKUsageError when a client cannot be made of the options, or a setting has an
  ///   unknown value; TokenStorageError when what is stored cannot be read.
  explicit UserApp(Text app_name = "Unnamed Globus App", const GlobusAppOptions& options = {});
  ~UserApp() override;
};

}  // namespace globus_sdk::inline v0
