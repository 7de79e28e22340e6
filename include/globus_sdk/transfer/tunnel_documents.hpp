// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Options of TunnelCreateDocument.
struct TunnelCreateDocumentOptions {
  /// A name for the tunnel.
  Field<std::string> label{};
  /// The port at which the listening program is reached.
  Field<std::int64_t> listener_port{};
  /// The IP address at which the listening program is reached.
  Field<std::string> listener_ip_address{};
  /// A UUID for the submission: sent any number of times, it makes one tunnel. Unset: the document
  /// gets a random one when it is made.
  Field<std::string> submission_id{};
  /// How many minutes the tunnel lasts.
  Field<std::int64_t> lifetime_mins{};
  /// Whether the tunnel is started again when it fails.
  Field<bool> restartable{};
  /// More attributes of the tunnel.
  Field<Json> additional_fields{};
};

/// A tunnel to be made by TransferClientV2::create_tunnel. Mirrors
/// `globus_sdk.experimental.TunnelCreateDocument`.
///
/// The document has its submission id from the beginning, and a copy has the same one: sent again,
/// it makes no second tunnel.
class TunnelCreateDocument {
 public:
  /// @param initiator_stream_access_point where the stream comes from, a UUID.
  /// @param listener_stream_access_point where the stream goes to, a UUID.
  /// @throws GlobusSDKUsageError for an empty id.
  TunnelCreateDocument(Text initiator_stream_access_point, Text listener_stream_access_point,
                       const TunnelCreateDocumentOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

/// The states that a tunnel can be put into.
enum class TunnelState { STOPPING };
template <> struct ChoiceNames<TunnelState> {
  static constexpr std::string_view parameter = "state";
  static constexpr std::string_view names[] = {"STOPPING"};
  static constexpr bool closed = false;
};

/// Options of TunnelUpdateDocument.
struct TunnelUpdateDocumentOptions {
  /// A name for the tunnel.
  Field<std::string> label{};
  /// The port at which the listening program is reached.
  Field<std::int64_t> listener_port{};
  /// The IP address at which the listening program is reached.
  Field<std::string> listener_ip_address{};
  /// `STOPPING`, to stop the tunnel.
  Field<Choice<TunnelState>> state{};
  /// More attributes of the tunnel.
  Field<Json> additional_fields{};
};

/// What TransferClientV2::update_tunnel changes in a tunnel. Mirrors
/// `globus_sdk.experimental.TunnelUpdateDocument`.
class TunnelUpdateDocument {
 public:
  explicit TunnelUpdateDocument(const TunnelUpdateDocumentOptions& options = {});

  /// The document that is sent.
  const Json& document() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return document_; }
  /// The same for a temporary object.
  Json document() && { return document_; }

 private:
  Json document_;
};

}  // namespace globus_sdk::inline v0
