// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Options of CreateTunnelData.
struct CreateTunnelDataOptions {
  /// A name for the tunnel.
  Field<std::string> label{};
  /// A UUID for the submission: sent any number of times, it makes one tunnel. Unset:
  /// create_tunnel adds a random one to each call.
  Field<std::string> submission_id{};
  /// How many minutes the tunnel lasts.
  Field<std::int64_t> lifetime_mins{};
  /// Whether the tunnel may be started again.
  Field<bool> restartable{};
  /// More attributes of the tunnel.
  Field<Json> additional_fields{};
};

/// A tunnel to be made by TransferClient::create_tunnel. Mirrors `globus_sdk.CreateTunnelData`.
class CreateTunnelData {
 public:
  /// @param initiator_stream_access_point where the stream comes from, a UUID.
  /// @param listener_stream_access_point where the stream goes to, a UUID.
  /// @throws GlobusSDKUsageError for an empty id.
  CreateTunnelData(Text initiator_stream_access_point, Text listener_stream_access_point,
                   const CreateTunnelDataOptions& options = {});

  /// The document that is sent, without what create_tunnel adds.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
