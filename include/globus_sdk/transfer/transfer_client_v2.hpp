// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/transfer/errors.hpp"

namespace globus_sdk::inline v0 {

/// Version 2 of the API of Globus Transfer, which is not finished: it may change at any time, and
/// so may this client. An authorizer for it has a user's tokens for `transfer.api.globus.org`.
/// Mirrors `globus_sdk.TransferClientV2`.
template <class Mode>
class BasicTransferClientV2 : public BasicServiceClient<BasicTransferClientV2, Mode> {
  using Base = BasicServiceClient<BasicTransferClientV2, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Transfer answers with.
  using Error = TransferAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_TRANSFER`.
  static constexpr std::string_view service_name = "transfer";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = TransferScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{TransferScopes.all};
};

extern template class BasicTransferClientV2<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using TransferClientV2 = BasicTransferClientV2<Blocking>;

}  // namespace globus_sdk::inline v0
