// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "support/scoped_file.hpp"
#include "support/tls_server.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {

/// Servers whose certificates one authority issued, and clients that trust it alone.
struct TlsInBothModes : InBothModes {
  TlsServerOptions server_options() const {
    TlsServerOptions options;
    options.certificate = authority.issue();
    return options;
  }
  PlainClient client(const std::string& url, globus_sdk::TransportSettings settings = {},
                     std::int64_t max_retries = 0) const {
    if (!settings.verify_ssl) settings.verify_ssl = trusted.path();
    globus_sdk::ClientOptions options = options_for(url, max_retries);
    options.transport = globus_sdk::Transport(settings);
    return PlainClient(globus_sdk::AccessTokenAuthorizer("the-token"), options);
  }

  CertificateAuthority authority;
  ScopedFile trusted{authority.certificate()};
};

}  // namespace globus_sdk_test
