// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "core/http/curl_handles.hpp"

namespace globus_sdk::inline v0::detail {

/// libcurl's form of one URL after the other. Reading a URL is a twentieth of a call's work, and
/// the next one mostly differs in path and query alone.
class ReusedUrl {
 public:
  /// The form of `url`, until the next one is asked for; null where libcurl reads none.
  CURLU* read(const std::string& url);

 private:
  bool read_whole(const std::string& url);
  bool read_path(std::string_view url);

  UrlHandle handle_{};
  std::string origin_{};  // that of the form: scheme, host and port; empty when there is none
};

}  // namespace globus_sdk::inline v0::detail
