// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/file_copy.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <vector>

#include "sandbox/transfer/requests/identifiers.hpp"
#include "sandbox/transfer/tasks/checksum.hpp"
#include "sandbox/transfer/tasks/copy_mode.hpp"

namespace globus_sandbox::transfer {

namespace {

using Entry = ConfinedFolder::Entry;

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

std::size_t read_some(int file, std::vector<char>& buffer) {
  for (;;) {
    const auto count = ::read(file, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail(errno);
  }
}

void write_all(int file, const char* bytes, std::size_t count) {
  while (count > 0) {
    const auto written = ::write(file, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(errno);
    bytes += written;
    count -= static_cast<std::size_t>(written);
  }
}

struct stat status_of(int file) {
  struct stat status{};
  if (::fstat(file, &status) != 0) fail(errno);
  return status;
}

std::vector<char>& piece_buffer(std::size_t size) {
  thread_local std::vector<char> buffer;
  buffer.resize(size);
  return buffer;
}

/// Reads a whole file from its beginning, through an open file of its own.
std::string checksum_of(int file, const std::string& algorithm, WorkMonitor& monitor) {
  auto& buffer = piece_buffer(monitor.piece_size());
  Checksum checksum(algorithm);
  while (const auto count = read_some(file, buffer)) {
    checksum.add(buffer.data(), count);
    monitor.check();
  }
  return checksum.finish();
}

/// A file under its temporary name, which is removed unless it gets its own. Until then it is its
/// owner's alone.
class TemporaryFile {
 public:
  TemporaryFile(const Entry& entry, std::string name) : entry_(entry), name_(std::move(name)) {
    constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    int file = ::openat(entry_.directory.get(), name_.c_str(), flags, only_owner);
    if (file < 0 && errno == EEXIST) {
      // left by a run of the same task that was killed
      ::unlinkat(entry_.directory.get(), name_.c_str(), 0);
      file = ::openat(entry_.directory.get(), name_.c_str(), flags, only_owner);
    }
    if (file < 0) fail(errno);
    file_ = FileDescriptor(file);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!is_kept_) ::unlinkat(entry_.directory.get(), name_.c_str(), 0);
  }

  int file() const { return file_.get(); }
  FileDescriptor open_again() const {
    FileDescriptor file(
        ::openat(entry_.directory.get(), name_.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!file.is_open()) fail(errno);
    return file;
  }
  void give_name() {
    if (::renameat(entry_.directory.get(), name_.c_str(), entry_.directory.get(),
                   entry_.name.c_str()) != 0)
      fail(errno);
    is_kept_ = true;
  }

 private:
  static constexpr mode_t only_owner = S_IRUSR | S_IWUSR;
  const Entry& entry_;
  std::string name_;
  FileDescriptor file_;
  bool is_kept_ = false;
};

struct Source {
  FileDescriptor file;
  struct stat status{};

  /// The bits that a copy in that group may have, by what the source is open to now.
  mode_t bits_for_copy(gid_t group) const {
    return transfer::bits_for_copy(openness_of(file.get()), group);
  }
};

Source open_source(const ConfinedFolder& from, const std::string& path) {
  return at(Side::source, [&] {
    Source source{from.open_for_reading(path), {}};
    source.status = status_of(source.file.get());
    if (S_ISDIR(source.status.st_mode)) fail(EISDIR);
    if (!S_ISREG(source.status.st_mode))
      throw TaskFault(Side::source, "NOT_A_FILE", "Not a regular file");
    return source;
  });
}

Entry open_destination(const ConfinedFolder& to, const std::string& path) {
  return at(Side::destination, [&] {
    if (path.empty()) fail(EISDIR);
    try {
      return to.open_parent(path);
    } catch (const std::system_error& error) {
      if (error.code().value() != ENOENT) throw;
    }
    to.make_directories(parent_of(path));
    return to.open_parent(path);
  });
}

/// What is at the destination: the link itself where it is one that leads nowhere.
std::optional<struct stat> existing_status(const ConfinedFolder& to, const std::string& path,
                                           const Entry& entry) {
  struct stat status{};
  if (::fstatat(entry.directory.get(), entry.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    return std::nullopt;
  if (S_ISDIR(status.st_mode))
    throw TaskFault(Side::destination, "IS_A_DIRECTORY", "Is a directory");
  if (!S_ISLNK(status.st_mode)) return status;
  try {
    return to.status(path);
  } catch (const std::system_error&) {
    return status;
  }
}

bool is_same(const ConfinedFolder& to, const CopyPlan& plan, const Source& source,
             const struct stat& existing, WorkMonitor& monitor, CopyResult& result) {
  if (!S_ISREG(existing.st_mode)) return false;
  switch (*plan.sync_level) {
    case SyncLevel::exists:
      return true;
    case SyncLevel::size:
      return source.status.st_size == existing.st_size;
    case SyncLevel::mtime:
      return source.status.st_mtim.tv_sec <= existing.st_mtim.tv_sec;
    case SyncLevel::checksum:
      break;
  }
  if (source.status.st_size != existing.st_size) return false;
  const auto ours = at(Side::destination, [&] {
    const auto file = to.open_for_reading(plan.destination);
    return checksum_of(file.get(), plan.checksum_algorithm, monitor);
  });
  const auto theirs = at(Side::source, [&] {
    return checksum_of(source.file.get(), plan.checksum_algorithm, monitor);
  });
  at(Side::source, [&] {
    if (::lseek(source.file.get(), 0, SEEK_SET) != 0) fail(errno);
  });
  result.bytes_checksummed += source.status.st_size;
  result.checksum = theirs;
  return ours == theirs;
}

/// Makes a file that is the same already no more open than its source. False where that cannot be.
bool narrow(const ConfinedFolder& to, const CopyPlan& plan, const Source& source) {
  try {
    const auto file = to.open_for_reading(plan.destination);
    const auto openness = openness_of(file.get());
    mode_t bits = openness.mode & source.bits_for_copy(openness.group);
    if (openness.has_access_list) bits &= S_IRWXU;
    if (bits != openness.mode || openness.has_access_list) set_bits(file.get(), bits);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

/// Copies the bytes, and returns the checksum of what was read when one is wanted.
std::optional<std::string> copy_bytes(const Source& source, const TemporaryFile& target,
                                      const CopyPlan& plan, WorkMonitor& monitor) {
  const bool with_checksum = plan.verify_checksum || plan.external_checksum.has_value();
  std::optional<Checksum> checksum;
  if (with_checksum) checksum.emplace(plan.checksum_algorithm);
  off_t copied = 0;
  for (;;) {
    auto& buffer = piece_buffer(monitor.piece_size());
    const auto count = at(Side::source, [&] { return read_some(source.file.get(), buffer); });
    if (count == 0) break;
    if (checksum) checksum->add(buffer.data(), count);
    at(Side::destination, [&] { write_all(target.file(), buffer.data(), count); });
    copied += static_cast<off_t>(count);
    monitor.moved(static_cast<std::int64_t>(count));
  }
  const auto now = at(Side::source, [&] { return status_of(source.file.get()); });
  if (copied != source.status.st_size || now.st_size != source.status.st_size ||
      now.st_mtim.tv_sec != source.status.st_mtim.tv_sec ||
      now.st_mtim.tv_nsec != source.status.st_mtim.tv_nsec)
    throw TaskFault(Side::source, "FILE_SIZE_CHANGED", "The file changed while it was read");
  if (!checksum) return std::nullopt;
  return checksum->finish();
}

void verify(const TemporaryFile& target, const CopyPlan& plan, const std::string& source_checksum,
            WorkMonitor& monitor) {
  if (plan.external_checksum && *plan.external_checksum != source_checksum)
    throw TaskFault(Side::source, "EXTERNAL_CHECKSUM_MISMATCH",
                    "The source's " + plan.checksum_algorithm + " is " + source_checksum +
                        ", not " + *plan.external_checksum,
                    true);
  const auto written = at(Side::destination, [&] {
    const auto file = target.open_again();
    return checksum_of(file.get(), plan.checksum_algorithm, monitor);
  });
  if (written != source_checksum)
    throw TaskFault(Side::destination, "VERIFY_CHECKSUM",
                    "What was written has " + plan.checksum_algorithm + " " + written +
                        ", the source " + source_checksum);
}

void finish(TemporaryFile& target, const CopyPlan& plan, const Source& source,
            const std::optional<struct stat>& existing) {
  const bool replaces = existing && S_ISREG(existing->st_mode);
  const mode_t wanted = replaces ? existing->st_mode & 0777U : without_umask(0666);
  set_bits(target.file(), wanted & source.bits_for_copy(status_of(target.file()).st_gid));
  if (plan.preserve_timestamp) {
    const std::array<timespec, 2> times{timespec{0, UTIME_NOW}, source.status.st_mtim};
    if (::futimens(target.file(), times.data()) != 0) fail(errno);
  }
  target.give_name();
}

}  // namespace

CopyResult copy_file(const ConfinedFolder& from, const ConfinedFolder& to, const CopyPlan& plan,
                     WorkMonitor& monitor) {
  monitor.check();
  const auto source = open_source(from, plan.source);
  const auto entry = open_destination(to, plan.destination);
  const auto existing = existing_status(to, plan.destination, entry);
  CopyResult result;
  if (plan.sync_level && existing && is_same(to, plan, source, *existing, monitor, result) &&
      narrow(to, plan, source)) {
    result.was_skipped = true;
    return result;
  }
  at(Side::destination, [&] {
    TemporaryFile target(entry, plan.temporary_name);
    const auto checksum = copy_bytes(source, target, plan, monitor);
    if (checksum) {
      verify(target, plan, *checksum, monitor);
      result.checksum = checksum;
    }
    finish(target, plan, source, existing);
  });
  result.size = source.status.st_size;
  return result;
}

void copy_symlink(const ConfinedFolder& from, const ConfinedFolder& to, const CopyPlan& plan) {
  const auto target = at(Side::source, [&] {
    if (!S_ISLNK(from.link_status(plan.source).st_mode))
      throw TaskFault(Side::source, "NOT_A_SYMLINK", "Not a symbolic link");
    return from.link_target(plan.source);
  });
  const auto entry = open_destination(to, plan.destination);
  at(Side::destination, [&] {
    const int directory = entry.directory.get();
    struct stat existing{};
    if (::fstatat(directory, entry.name.c_str(), &existing, AT_SYMLINK_NOFOLLOW) == 0) {
      if (S_ISDIR(existing.st_mode)) fail(EISDIR);
      if (S_ISLNK(existing.st_mode) && entry_link_target(entry.directory, entry.name) == target)
        return;
    }
    ::unlinkat(directory, plan.temporary_name.c_str(), 0);
    if (::symlinkat(target.c_str(), directory, plan.temporary_name.c_str()) != 0) fail(errno);
    if (::renameat(directory, plan.temporary_name.c_str(), directory, entry.name.c_str()) != 0) {
      const int error = errno;
      ::unlinkat(directory, plan.temporary_name.c_str(), 0);
      fail(error);
    }
  });
}

}  // namespace globus_sandbox::transfer
