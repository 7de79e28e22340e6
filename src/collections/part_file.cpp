// SPDX-License-Identifier: Apache-2.0
#include "collections/part_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <string_view>
#include <utility>

#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using std::chrono::steady_clock;

/// Files that are smaller come anew.
constexpr std::int64_t least_worth_keeping = std::int64_t{4} << 20;
constexpr std::int64_t least_to_reserve = std::int64_t{1} << 20;
constexpr std::chrono::seconds between_saves{1};
constexpr std::size_t largest_state = std::size_t{4} << 20;
/// A name is not followed where a link is in its place, and no pipe of that name holds us up.
constexpr int careful = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/// `.NAME.SUFFIX`, cut to what a name may have.
std::string name_beside(const std::string& name, std::string_view suffix) {
  constexpr std::size_t longest_name = 255;
  constexpr std::size_t beginning = 180;
  std::string beside = "." + name;
  if (beside.size() + suffix.size() > longest_name) {
    beside.resize(beginning);
    beside += "." + sha256_text(name).substr(0, 16);
  }
  return beside.append(suffix);
}

std::int64_t largest_file_size() {
  struct rlimit limit{};
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return most;
  return static_cast<std::int64_t>(std::min<rlim_t>(limit.rlim_cur, static_cast<rlim_t>(most)));
}

/// Whether a file is ours alone: nobody else has put it there, or can write to it by another name.
bool is_own(const struct stat& status) {
  return S_ISREG(status.st_mode) && status.st_uid == geteuid() && status.st_nlink == 1;
}

/// The mode that a new file of this process gets. umask() itself would change it for all threads.
mode_t new_file_mode() {
  constexpr mode_t usual = 0644;
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    constexpr std::string_view key = "Umask:";
    if (!line.starts_with(key)) continue;
    const auto mask = std::strtoul(line.c_str() + key.size(), nullptr, 8);
    return static_cast<mode_t>(0666U & ~mask);
  }
  return usual;
}

/// The error number of a write; 0 when all of it was written.
int write_all(int descriptor, std::span<const std::byte> bytes, std::int64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written =
        unless_interrupted([&] { return pwrite(descriptor, bytes.data(), bytes.size(), offset); });
    if (written < 0) return errno;
    offset += written;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return 0;
}

/// Has the system begin to write to the disk what has come, so that the end has not to wait for all
/// of it. A file system that cannot do that waits in the end.
void begin_to_sync(int descriptor, std::int64_t offset, std::int64_t size) {
  constexpr std::int64_t stride = std::int64_t{16} << 20;
  const std::int64_t first = offset / stride;
  const std::int64_t last = (offset + size) / stride;
  if (first == last) return;
  sync_file_range(descriptor, first * stride, (last - first) * stride, SYNC_FILE_RANGE_WRITE);
}

/// Folders that may be entered and not listed are not synced; nor are those of file systems that
/// cannot.
void sync_folder(int folder) {
  const FileDescriptor opened(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened) fsync(opened.get());
}

}  // namespace

PartFile::PartFile(LocalPlace place, DownloadedFile of, bool resumes)
    : place_(std::move(place)),
      part_name_(name_beside(place_.name, ".globus-part")),
      state_name_(name_beside(place_.name, ".globus-part-state")),
      of_(std::move(of)),
      resumes_(resumes),
      largest_size_(largest_file_size()) {
  open_locked();
  const auto state = resumes_ ? read_state() : std::nullopt;
  if (!state) {
    restart();
    return;
  }
  done_ = state->done;
  const std::int64_t size = state->file.size.value_or(0);
  // a byte has to be asked for, or nobody says whether the file is still the same
  if (done_.missing(size).empty()) done_.remove(size - 1);
  begin(state->file);
}

PartFile::~PartFile() {
  if (!has_ended_) {
    try {
      if (keeps_state_ && count() > 0) {
        save_state(false);
      } else {
        discard();
      }
    } catch (const std::exception&) {
      discard();
    }
  }
  // by itself, not by closing: the child of a fork may have the description open too
  if (file_descriptor_) flock(file_descriptor_.get(), LOCK_UN);
}

void PartFile::fail(int error) const {
  throw LocalFileError("write", place_.path, error);
}

void PartFile::open_locked() {
  constexpr int most_attempts = 100;
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    if (open_once()) return;
  }
  fail(EWOULDBLOCK);
}

/// False when the file went from its name, or had to go, meanwhile.
bool PartFile::open_once() {
  file_descriptor_ = FileDescriptor(unless_interrupted([&] {
    return openat(place_.folder.get(), part_name_.c_str(), O_RDWR | O_CREAT | careful, 0600);
  }));
  const bool is_other = !file_descriptor_ && (errno == ELOOP || errno == ENXIO);
  if (!file_descriptor_ && !is_other) fail(errno);
  struct stat status{};
  if (!is_other && fstat(file_descriptor_.get(), &status) != 0) fail(errno);
  if (!is_other && status.st_nlink == 0) return false;  // another one has just removed it
  if (is_other || !is_own(status)) {
    if (unlinkat(place_.folder.get(), part_name_.c_str(), 0) != 0 && errno != ENOENT) fail(errno);
    return false;
  }
  // file systems without locks have none that others could hold
  if (flock(file_descriptor_.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) fail(errno);
  struct stat named{};
  return fstatat(place_.folder.get(), part_name_.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 &&
         named.st_ino == status.st_ino && named.st_dev == status.st_dev;
}

/// The state of an earlier download of the same file, if its bytes are there.
std::optional<PartState> PartFile::read_state() const {
  const FileDescriptor opened(openat(place_.folder.get(), state_name_.c_str(), O_RDONLY | careful));
  struct stat status{};
  if (!opened || fstat(opened.get(), &status) != 0 || !is_own(status)) return std::nullopt;
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size > largest_state) return std::nullopt;
  std::string document(size, '\0');
  const ssize_t count =
      unless_interrupted([&] { return pread(opened.get(), document.data(), size, 0); });
  if (!std::cmp_equal(count, size)) return std::nullopt;
  auto state = read_part_state(document);
  if (!state || !is_usable(*state, of_, current_boot_id())) return std::nullopt;
  const auto parts = state->done.parts();
  const bool is_there = !parts.empty() && fstat(file_descriptor_.get(), &status) == 0 &&
                        status.st_size >= parts.back().end();
  return is_there ? std::move(state) : std::nullopt;
}

void PartFile::save_state(bool is_synced) {
  PartState state{of_, *file_, {}, is_synced, current_boot_id()};
  {
    const std::lock_guard lock(mutex_);
    state.done = done_;
  }
  const std::string document = write_part_state(state);
  const std::string fresh_name = state_name_ + "-new";
  unlinkat(place_.folder.get(), fresh_name.c_str(), 0);
  const FileDescriptor fresh(
      openat(place_.folder.get(), fresh_name.c_str(), O_WRONLY | O_CREAT | O_EXCL | careful, 0600));
  if (!fresh) fail(errno);
  int error = write_all(fresh.get(), std::as_bytes(std::span(document)), 0);
  if (error == 0 && is_synced && fdatasync(fresh.get()) != 0) error = errno;
  const auto replace = [&] {
    return renameat(place_.folder.get(), fresh_name.c_str(), place_.folder.get(),
                    state_name_.c_str());
  };
  if (error == 0 && replace() != 0) error = errno;
  if (error != 0) {
    unlinkat(place_.folder.get(), fresh_name.c_str(), 0);
    fail(error);
  }
}

std::int64_t PartFile::count() const {
  const std::lock_guard lock(mutex_);
  return done_.count();
}

std::vector<FilePart> PartFile::missing() const {
  const std::int64_t size = file_ ? file_->size.value_or(0) : 0;
  const std::lock_guard lock(mutex_);
  return done_.missing(size);
}

void PartFile::restart() {
  // first what says that the bytes are good
  unlinkat(place_.folder.get(), state_name_.c_str(), 0);
  if (ftruncate(file_descriptor_.get(), 0) != 0) fail(errno);
  file_.reset();
  keeps_state_ = false;
  const std::lock_guard lock(mutex_);
  done_ = ByteRanges();
}

void PartFile::begin(const ServedFile& file) {
  file_ = file;
  const std::int64_t size = file.size.value_or(0);
  keeps_state_ = resumes_ && size >= least_worth_keeping && can_be_told_again(file);
  reserve(size);
  const std::lock_guard lock(mutex_);
  saved_at_ = steady_clock::now();
}

/// So that a disk that is too small says so before all bytes have come.
void PartFile::reserve(std::int64_t size) const {
  if (size > largest_size_) fail(EFBIG);
  if (size < least_to_reserve) return;
  const int file = file_descriptor_.get();
  // asked first: a file system may give all that it has before it says that this is too little
  struct statvfs system{};
  if (fstatvfs(file, &system) == 0 &&
      static_cast<std::uint64_t>(size) / system.f_frsize > system.f_bavail) {
    fail(ENOSPC);
  }
  const auto allocate = [&] { return fallocate(file, FALLOC_FL_KEEP_SIZE, 0, size); };
  if (unless_interrupted(allocate) == 0) return;
  const int error = errno;
  if (error != ENOSPC && error != EDQUOT && error != EFBIG) return;
  struct stat status{};
  // what was given all the same goes back
  const bool is_given_back = fstat(file, &status) == 0 && ftruncate(file, status.st_size) == 0;
  static_cast<void>(is_given_back);
  fail(error);
}

void PartFile::write(std::int64_t offset, std::span<const std::byte> bytes) {
  const auto size = static_cast<std::int64_t>(bytes.size());
  // the system would end the process by a signal
  if (offset > largest_size_ - size) fail(EFBIG);
  const int error = write_all(file_descriptor_.get(), bytes, offset);
  if (error != 0) fail(error);
  begin_to_sync(file_descriptor_.get(), offset, size);
  {
    const std::lock_guard lock(mutex_);
    done_.add({offset, size});
    const auto now = steady_clock::now();
    if (!keeps_state_ || now - saved_at_ < between_saves) return;
    saved_at_ = now;
  }
  save_now_and_then();
}

/// Where that cannot be done, a process that is killed loses more than it would otherwise.
void PartFile::save_now_and_then() {
  const std::unique_lock alone(saving_, std::try_to_lock);
  if (!alone) return;
  try {
    save_state(false);
  } catch (const LocalFileError&) {
    return;
  }
}

void PartFile::complete(FileDigests& digests, std::int64_t size) const {
  std::vector<std::byte> buffer(std::size_t{1} << 20);
  while (!digests.empty() && digests.size() < size) {
    const ssize_t count = unless_interrupted([&] {
      return pread(file_descriptor_.get(), buffer.data(), buffer.size(), digests.size());
    });
    if (count < 0) throw LocalFileError("read", place_.path, errno);
    if (count == 0) throw FileIntegrityError(place_.path + ": bytes that were written are gone");
    digests.update(std::span(buffer).first(static_cast<std::size_t>(count)));
  }
}

void PartFile::set_times(std::chrono::system_clock::time_point time) const {
  using std::chrono::seconds;
  const auto whole = std::chrono::floor<seconds>(time.time_since_epoch());
  struct timespec kept{};
  kept.tv_nsec = UTIME_OMIT;
  struct timespec changed{};
  changed.tv_sec = static_cast<time_t>(whole.count());
  const std::array<struct timespec, 2> times{kept, changed};
  // there are file systems without times
  futimens(file_descriptor_.get(), times.data());
}

void PartFile::put_in_place(std::int64_t size,
                            std::optional<std::chrono::system_clock::time_point> time) {
  const int folder = place_.folder.get();
  struct stat status{};
  if (fstat(file_descriptor_.get(), &status) != 0) fail(errno);
  if (status.st_size != size) {
    throw FileIntegrityError(place_.path + ": " + std::to_string(size) + " bytes came, and " +
                             std::to_string(status.st_size) + " are in its part file");
  }
  const bool replaces = fstatat(folder, place_.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
                        S_ISREG(status.st_mode);
  // there are file systems without modes
  fchmod(file_descriptor_.get(), replaces ? status.st_mode & 0777U : new_file_mode());
  if (time) set_times(*time);
  if (fsync(file_descriptor_.get()) != 0 && errno != EINVAL) fail(errno);
  if (renameat(folder, part_name_.c_str(), folder, place_.name.c_str()) != 0) fail(errno);
  has_ended_ = true;
  unlinkat(folder, state_name_.c_str(), 0);
  sync_folder(folder);
}

void PartFile::keep() noexcept {
  if (std::exchange(has_ended_, true)) return;
  try {
    if (keeps_state_ && count() > 0 && fdatasync(file_descriptor_.get()) == 0) {
      save_state(true);
      return;
    }
  } catch (const std::exception&) {
    // what cannot be kept goes
  }
  has_ended_ = false;
  discard();
}

void PartFile::discard() noexcept {
  if (std::exchange(has_ended_, true)) return;
  unlinkat(place_.folder.get(), state_name_.c_str(), 0);
  unlinkat(place_.folder.get(), part_name_.c_str(), 0);
}

}  // namespace globus_sdk::inline v0::detail
