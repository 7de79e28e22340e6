// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/copy_mode.hpp"

#include <sys/stat.h>
#include <sys/xattr.h>

#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>

namespace globus_sandbox::transfer {

namespace {

constexpr mode_t all_bits = 0777;
constexpr const char* access_list = "system.posix_acl_access";
constexpr const char* default_list = "system.posix_acl_default";

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

struct stat status_of(int file) {
  struct stat status{};
  if (::fstat(file, &status) != 0) fail(errno);
  return status;
}

bool has_list(int file, const char* name) {
  return ::fgetxattr(file, name, nullptr, 0) > 0;
}

void remove_list(int file, const char* name) {
  if (has_list(file, name) && ::fremovexattr(file, name) != 0) fail(errno);
}

}  // namespace

Openness openness_of(int file) {
  const auto status = status_of(file);
  return {status.st_mode & all_bits, status.st_gid, has_list(file, access_list)};
}

mode_t bits_for_copy(const Openness& source, gid_t group_of_copy) {
  const mode_t owner = (source.mode & S_IRWXU) | S_IRUSR;
  // it may give more or less to some than to others, and the mode does not tell
  if (source.has_access_list) return owner;
  if (source.group == group_of_copy) return owner | (source.mode & (S_IRWXG | S_IRWXO));
  // some of its new group are others for the source, and some of its old group are others now
  const mode_t for_both = (source.mode >> 3U) & source.mode & S_IRWXO;
  return owner | for_both << 3U | for_both;
}

void set_bits(int file, mode_t bits) {
  const auto before = status_of(file);
  const mode_t kept = before.st_mode & 07000U;  // a folder's S_ISGID
  if (has_list(file, access_list)) {
    // while there is a list, the group's bits limit it; without one they are the group's
    if (::fchmod(file, kept | (bits & before.st_mode & S_IRWXU)) != 0) fail(errno);
    remove_list(file, access_list);
  }
  remove_list(file, default_list);
  if (::fchmod(file, kept | bits) != 0) fail(errno);
}

mode_t without_umask(mode_t bits) {
  // umask() itself would change that of all threads for a moment
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (mode_t mask = 0; word == "Umask:" && status >> std::oct >> mask) return bits & ~mask;
  return bits & S_IRWXU;
}

}  // namespace globus_sandbox::transfer
