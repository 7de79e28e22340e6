// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/gcs/gcs_document.hpp"

namespace globus_sdk::inline v0 {

/// How much of the network transfers use.
enum class EndpointNetworkUse { normal, minimal, aggressive, custom };
template <> struct ChoiceNames<EndpointNetworkUse> {
  static constexpr std::string_view parameter = "network_use";
  static constexpr std::string_view names[] = {"normal", "minimal", "aggressive", "custom"};
  static constexpr bool closed = true;
};

/// Options of EndpointDocument.
struct EndpointDocumentOptions {
  /// Type and version of the document. Unset: the lowest version that has what the document holds.
  Field<std::string> data_type{};
  /// Where users get support.
  Field<std::string> contact_email{};
  /// Telephone numbers and addresses for support.
  Field<std::string> contact_info{};
  /// The department that runs the servers; at most 1024 characters in one line.
  Field<std::string> department{};
  /// A description.
  Field<std::string> description{};
  /// A name for users, in one line.
  Field<std::string> display_name{};
  /// URL of a page with more about the endpoint.
  Field<std::string> info_link{};
  /// How much of the network transfers use. `custom` takes the four numbers below.
  Field<Choice<EndpointNetworkUse>> network_use{};
  /// The organization that runs the servers; at most 1024 characters in one line.
  Field<std::string> organization{};
  /// The subscription, a UUID; `DEFAULT` for the user's own; null for none.
  Nullable<std::string> subscription_id{};
  /// Words for searches; at most 1024 characters in all.
  Field<Strings> keywords{};
  /// Whether data may be transferred by UDT.
  Field<bool> allow_udt{};
  /// Whether the endpoint is visible to everybody, and not only to those who have a role on it or
  /// may use a storage gateway.
  Field<bool> public_{};
  /// At most so many files at once.
  Field<std::int64_t> max_concurrency{};
  /// At most so many connections for a file.
  Field<std::int64_t> max_parallelism{};
  /// As a rule so many files at once.
  Field<std::int64_t> preferred_concurrency{};
  /// As a rule so many connections for a file.
  Field<std::int64_t> preferred_parallelism{};
  /// The TCP port of the control channel; null for 443, with TLS telling it from https.
  Nullable<std::int64_t> gridftp_control_channel_port{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// An endpoint, for GCSClient::update_endpoint. Mirrors `globus_sdk.EndpointDocument`.
class EndpointDocument : public GCSDocument {
 public:
  explicit EndpointDocument(const EndpointDocumentOptions& options = {});
};

}  // namespace globus_sdk::inline v0
