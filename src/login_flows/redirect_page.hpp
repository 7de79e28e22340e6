// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// A page that sends a browser on to an address with a secret in it. What a browser is started with
/// is in its command line, which every user of the machine can read; the page is in a file that
/// this user alone can read, in a folder that this user alone can enter. Both go with the object.
class RedirectPage {
 public:
  /// Writes it below `XDG_RUNTIME_DIR` where that is this user's alone, else below `TMPDIR` or
  /// `/tmp`.
  ///
  /// @throws std::system_error, which names the place, when it cannot be written.
  explicit RedirectPage(std::string_view address);
  ~RedirectPage();
  RedirectPage(const RedirectPage&) = delete;
  RedirectPage& operator=(const RedirectPage&) = delete;

  /// Where the page is, as a `file://` URL.
  std::string url() const;

 private:
  RedirectPage();
  void write(std::string_view page) const;

  std::string folder_;
  std::string file_;
};

}  // namespace globus_sdk::inline v0::detail
