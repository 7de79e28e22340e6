// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0::detail {

/// The collections that an app has to look up before its next request, since nothing is known yet
/// of their kind. They are due until they have been looked up, so that whatever becomes of a
/// look-up none is lost.
class CollectionLookUps {
 public:
  struct Due {
    std::vector<std::string> collection_ids{};
    std::optional<Connection> transfer{};  ///< how Transfer is asked, without an authorizer
  };

  void add(const Strings& collection_ids, const Connection& transfer);
  bool are_due() const;
  Due due() const;
  /// These have been looked up; more may have come meanwhile.
  void end(const Due& looked_up) noexcept;

 private:
  mutable std::mutex mutex_;
  Due due_;  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
