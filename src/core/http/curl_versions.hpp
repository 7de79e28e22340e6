// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

namespace globus_sdk::inline v0::detail {

/// What versions of libcurl differ in. The library that a program runs with may be older or newer
/// than the headers that the SDK was compiled with, so it is asked when it runs.

/// Which schemes the redirects of a transfer may lead to.
enum class RedirectsTo { https, http_or_https };

/// Has a transfer speak HTTP only, with TLS or without. Returns what libcurl says.
CURLcode limit_protocols(CURL* easy, RedirectsTo redirects);

/// Has nobody wait for a look-up of a host's name that is given up. libcurl before 7.87 cannot do
/// it, and waits.
void leave_look_up_behind(CURL* easy);

/// Does the same for a multi handle, where libcurl from 8.20 on has its look-ups.
void leave_look_ups_behind(CURLM* multi);

/// Whether libcurl takes `a.localhost` for this machine without asking a name server: from 7.85 on.
bool resolves_names_below_localhost();

}  // namespace globus_sdk::inline v0::detail
