// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/app/globus_app.hpp"

namespace globus_sdk::inline v0 {

/// An app that acts for itself, as a service account, with a client id and secret: nobody logs in.
/// Mirrors `globus_sdk.ClientApp`.
///
///     ClientApp app{"my-service"};      // GLOBUS_CLIENT_ID and GLOBUS_CLIENT_SECRET
///     TransferClient tc{app};
class GLOBUS_SDK_EXPORT ClientApp final : public GlobusApp {
 public:
  /// Reads the stored tokens, and sends nothing.
  ///
  /// @param app_name the name of the app; the folder of its tokens is named after it.
  /// @param options `login_client`, a ConfidentialAppAuthClient, or `client_id` and
  ///   `client_secret`; without either, the variables `GLOBUS_CLIENT_ID` and
  ///   `GLOBUS_CLIENT_SECRET` are read, as the `globus` command does.
  /// @throws GlobusSDKUsageError when there are no credentials, a `login_flow_manager` is given, or
  ///   a setting has an unknown value; TokenStorageError when what is stored cannot be read.
  explicit ClientApp(Text app_name = "Unnamed Globus App", const GlobusAppOptions& options = {});
  ~ClientApp() override;
};

}  // namespace globus_sdk::inline v0
