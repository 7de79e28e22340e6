// SPDX-License-Identifier: Apache-2.0
#include "collections/require_success.hpp"

#include <string>

#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

void require_success(const GlobusHTTPResponse& response) {
  const int status = response.http_status();
  if (status >= 200 && status < 300) return;
  throw FileTransferError("the server answers with status " + std::to_string(status) +
                          ", which is neither success nor an error");
}

}  // namespace globus_sdk::inline v0::detail
