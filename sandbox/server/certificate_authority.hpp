// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sandbox/server/server.hpp"

namespace globus_sandbox {

/// A certificate authority that lives for one sandbox, and the one server certificate it issued:
/// for localhost, 127.0.0.1 and ::1. The authority's key is forgotten at once.
struct CertificateAuthority {
  std::string certificate;  ///< of the authority, in PEM: what clients have to trust
  ServerIdentity server;
};

/// Makes an authority and its server certificate.
CertificateAuthority make_certificate_authority();

}  // namespace globus_sandbox
