// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/time_range.hpp"

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0 {

TimeRange::TimeRange(std::initializer_list<TimeRangeEnd> ends) {
  if (ends.size() != 2) {
    throw GlobusSDKUsageError("a range of time has two ends, not " + std::to_string(ends.size()) +
                              ": {start, end}, of which one may be \"\"");
  }
  text_ = ends.begin()->text() + "," + (ends.begin() + 1)->text();
}

}  // namespace globus_sdk::inline v0
