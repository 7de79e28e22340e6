// SPDX-License-Identifier: Apache-2.0
#include "login_flows/redirect_page.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <system_error>

#include "core/base/url_encoding.hpp"
#include "core/process/environment_variable.hpp"
#include "login_flows/login_page.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace fs = std::filesystem;

std::system_error last_error(const std::string& place) {
  return {errno, std::generic_category(), place};
}

std::optional<struct stat> folder_status(const fs::path& folder) {
  struct stat status{};
  if (stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return std::nullopt;
  return status;
}

/// Whether other users can rename what is in a folder. In one with the sticky bit only its owner
/// can.
bool others_may_rename_in(const struct stat& folder) {
  return (folder.st_mode & (S_IWGRP | S_IWOTH)) != 0 && (folder.st_mode & S_ISVTX) == 0;
}

/// Whether nobody can put a folder of their own in the place of one that is made here.
bool keeps_what_is_made_in(const std::string& name) {
  std::error_code error;
  const fs::path folder = fs::canonical(name, error);
  const auto status = error ? std::nullopt : folder_status(folder);
  if (!status || (status->st_uid != 0 && status->st_uid != geteuid())) return false;
  for (fs::path above = folder;; above = above.parent_path()) {
    const auto status_above = folder_status(above);
    if (!status_above || others_may_rename_in(*status_above)) return false;
    if (above == above.root_path()) return true;
  }
}

bool is_own_alone(const std::string& folder) {
  const auto status = folder_status(folder);
  return status && status->st_uid == geteuid() && (status->st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

/// What the page's folder is made in.
std::string folder_for_pages() {
  if (auto runtime = environment_variable("XDG_RUNTIME_DIR");
      runtime && is_own_alone(*runtime) && keeps_what_is_made_in(*runtime)) {
    return fs::absolute(*runtime).string();
  }
  if (auto temporary = environment_variable("TMPDIR");
      temporary && keeps_what_is_made_in(*temporary)) {
    return fs::absolute(*temporary).string();
  }
  if (keeps_what_is_made_in("/tmp")) return "/tmp";
  throw std::system_error(EACCES, std::generic_category(),
                          "TMPDIR and /tmp: other users could replace what is written there");
}

std::string page_to(std::string_view address) {
  const std::string escaped = escape_html(address);
  return "<!doctype html>\n"
         "<html lang=\"en\">\n"
         "<head>\n"
         "<meta charset=\"utf-8\">\n"
         "<meta name=\"referrer\" content=\"no-referrer\">\n"
         "<meta http-equiv=\"refresh\" content=\"0; url=" +
         escaped +
         "\">\n"
         "<title>Log in to Globus</title>\n"
         "</head>\n"
         "<body>\n"
         "<p><a rel=\"noreferrer\" href=\"" +
         escaped +
         "\">Go on to Globus to log in</a></p>\n"
         "</body>\n"
         "</html>\n";
}

}  // namespace

RedirectPage::RedirectPage() : folder_(folder_for_pages() + "/globus-login-XXXXXX") {
  const std::string pattern = folder_;
  if (mkdtemp(folder_.data()) == nullptr) {  // with mode 0700
    throw last_error(pattern);
  }
  file_ = folder_ + "/login.html";
}

// from here on the destructor runs, also where writing fails
RedirectPage::RedirectPage(std::string_view address) : RedirectPage() {
  write(page_to(address));
}

RedirectPage::~RedirectPage() {
  unlink(file_.c_str());
  rmdir(folder_.c_str());
}

std::string RedirectPage::url() const {
  return "file://" + quote(file_);
}

void RedirectPage::write(std::string_view page) const {
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg)
  const int made = open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  std::FILE* const file = made < 0 ? nullptr : fdopen(made, "w");
  if (file == nullptr) throw last_error(file_);
  const bool is_whole = std::fwrite(page.data(), 1, page.size(), file) == page.size();
  if (std::fclose(file) != 0 || !is_whole) throw last_error(file_);
}

}  // namespace globus_sdk::inline v0::detail
