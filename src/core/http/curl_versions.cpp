// SPDX-License-Identifier: Apache-2.0
#include "core/http/curl_versions.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

// By number, which libcurl never changes: older headers lack the names of the new options, and
// newer ones warn of the old options.
constexpr auto option_protocols = static_cast<CURLoption>(CURLOPTTYPE_LONG + 181);
constexpr auto option_redirect_protocols = static_cast<CURLoption>(CURLOPTTYPE_LONG + 182);
// from 7.85 on
constexpr auto option_protocol_names = static_cast<CURLoption>(CURLOPTTYPE_OBJECTPOINT + 318);
constexpr auto option_redirect_protocol_names =
    static_cast<CURLoption>(CURLOPTTYPE_OBJECTPOINT + 319);
// from 7.87 on
constexpr auto option_quick_exit = static_cast<CURLoption>(CURLOPTTYPE_LONG + 322);
// from 8.20 on
constexpr auto option_most_look_ups = static_cast<CURLMoption>(CURLOPTTYPE_LONG + 20);
constexpr auto option_quick_exit_of_all = static_cast<CURLMoption>(CURLOPTTYPE_LONG + 21);

CURLcode limit(CURL* easy, bool to_https, CURLoption names, CURLoption bits) {
  const CURLcode code = curl_easy_setopt(easy, names, to_https ? "https" : "http,https");
  if (code != CURLE_UNKNOWN_OPTION) return code;
  const long allowed = to_https ? CURLPROTO_HTTPS : CURLPROTO_HTTP | CURLPROTO_HTTPS;
  return curl_easy_setopt(easy, bits, allowed);
}

}  // namespace

CURLcode limit_protocols(CURL* easy, RedirectsTo redirects) {
  const CURLcode code = limit(easy, false, option_protocol_names, option_protocols);
  if (code != CURLE_OK) return code;
  return limit(easy, redirects == RedirectsTo::https, option_redirect_protocol_names,
               option_redirect_protocols);
}

void leave_look_up_behind(CURL* easy) {
  curl_easy_setopt(easy, option_quick_exit, 1L);
}

void leave_look_ups_behind(CURLM* multi) {
  // look-ups share threads there, and silent ones have to leave some for others
  constexpr long most_look_ups = 1000;
  curl_multi_setopt(multi, option_quick_exit_of_all, 1L);
  curl_multi_setopt(multi, option_most_look_ups, most_look_ups);
}

bool resolves_names_below_localhost() {
  constexpr unsigned first_that_does = 0x075500;
  return curl_version_info(CURLVERSION_NOW)->version_num >= first_that_does;
}

}  // namespace globus_sdk::inline v0::detail
