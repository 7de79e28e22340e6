// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <mutex>
#include <vector>

#include "globus_sdk/core/app_binding.hpp"

namespace globus_sdk::inline v0::detail {

/// The look-ups that an app has to make before its next request. They are due until they have been
/// made, so that whatever becomes of one none is lost.
class ScopeLookUps {
 public:
  using Due = std::vector<ScopeLookUp>;

  void add(ScopeLookUp look_up);
  bool are_due() const;
  Due due() const;
  /// These have been made; more may have come meanwhile.
  void end(const Due& made) noexcept;

 private:
  mutable std::mutex mutex_;
  Due due_;  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
