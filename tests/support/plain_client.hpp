// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/client.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"

namespace globus_sdk_test {

/// The service of clients that have no methods of their own.
inline const globus_sdk::detail::Service& plain_service() noexcept {
  static constexpr globus_sdk::detail::Service service{
      "transfer",
      [](globus_sdk::Answer answer) { throw globus_sdk::GlobusAPIError(std::move(answer)); }};
  return service;
}

/// A client without methods of its own: tests of what all clients have are made with it, and need
/// not be built again when a service changes.
template <class Mode> class BasicPlainClient : public globus_sdk::BasicBaseClient<Mode> {
  using Base = globus_sdk::BasicBaseClient<Mode>;

 public:
  explicit BasicPlainClient(const globus_sdk::ClientOptions& options = {})
      : Base(globus_sdk::detail::make_connection(plain_service(), nullptr, options)) {}
  explicit BasicPlainClient(const globus_sdk::AnyAuthorizer& authorizer,
                            const globus_sdk::ClientOptions& options = {})
      : Base(globus_sdk::detail::make_connection(plain_service(), authorizer.get(), options)) {}
  explicit BasicPlainClient(globus_sdk::detail::Connection connection)
      : Base(std::move(connection)) {}

  BasicPlainClient with(const globus_sdk::CallSettings& settings) const {
    return BasicPlainClient(globus_sdk::detail::with_settings(this->connection_, settings));
  }
  template <class Other = globus_sdk::Async> BasicPlainClient<Other> async() const {
    return BasicPlainClient<Other>(this->connection_);
  }
};

using PlainClient = BasicPlainClient<globus_sdk::Blocking>;

}  // namespace globus_sdk_test
