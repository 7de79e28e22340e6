// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/core/service_client.hpp"

namespace globus_sdk_test {

/// A client without methods of its own: tests of what all clients have are made with it, and need
/// not be built again when a service changes.
template <class Mode>
class BasicPlainClient : public globus_sdk::BasicServiceClient<BasicPlainClient, Mode> {
  using Base = globus_sdk::BasicServiceClient<BasicPlainClient, Mode>;

 public:
  using Base::Base;
  using Error = globus_sdk::GlobusAPIError;
  static constexpr std::string_view service_name = "transfer";
};

using PlainClient = BasicPlainClient<globus_sdk::Blocking>;

}  // namespace globus_sdk_test
