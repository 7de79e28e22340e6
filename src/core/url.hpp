// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace globus_sdk::inline v0::detail {

/// The parts of an absolute URL, as libcurl reads them.
class Url {
 public:
  explicit Url(const std::string& text);

  bool valid() const noexcept { return valid_; }
  const std::string& scheme() const noexcept { return scheme_; }
  /// Without brackets around an IPv6 address.
  const std::string& host() const noexcept { return host_; }
  /// True for an address that stays on this machine.
  bool is_loopback() const;

 private:
  bool valid_ = false;
  std::string scheme_{};
  std::string host_{};
};

}  // namespace globus_sdk::inline v0::detail
