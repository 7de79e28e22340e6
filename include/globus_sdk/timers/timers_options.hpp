// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

// Options of TimersClient's methods, each struct named for its method.

/// Options of TimersClient::list_jobs.
struct ListJobsOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TimersClient::get_job.
struct GetJobOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TimersClient::resume_job.
struct ResumeJobOptions {
  /// Whether the timer is to use the token of this call from now on. That mends a timer that lacks
  /// a consent or a recent login. When unset, Timers decides by what had stopped the timer.
  Field<bool> update_credentials{};
};

}  // namespace globus_sdk::inline v0
