// SPDX-License-Identifier: Apache-2.0
// What the tests of storages in files share.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"
#include "support/scoped_folder.hpp"
#include "token_storage/stored_tokens.hpp"

namespace globus_sdk {

namespace fs = std::filesystem;

inline std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// A file with mode 0600, as storages ask for.
inline void write_file(const fs::path& file, std::string_view content) {
  std::ofstream(file, std::ios::binary) << content;
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

inline mode_t mode_of(const fs::path& file) {
  struct stat status{};
  EXPECT_EQ(stat(file.c_str(), &status), 0) << file;
  return status.st_mode & 07777;
}

/// The message of the TokenStorageError that `action` throws about that file; empty when it throws
/// none.
inline std::string storage_error(const fs::path& file, const std::function<void()>& action) {
  try {
    action();
  } catch (const TokenStorageError& error) {
    EXPECT_EQ(error.filepath(), file.string());
    EXPECT_THAT(error.what(), testing::HasSubstr(file.string()));
    EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("access-of-")));
    EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("refresh-of-")));
    return error.what();
  }
  return {};
}

/// Runs `action` in a child process, as an ordinary user where this one is root; returns what it
/// wrote. `action` must not use GoogleTest.
inline std::string as_ordinary_user(const std::function<std::string()>& action) {
  constexpr uid_t nobody = 65534;
  int channel[2];
  if (pipe(channel) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    std::string text = "privileges were not dropped";
    if (geteuid() != 0 || (setgid(nobody) == 0 && setuid(nobody) == 0)) text = action();
    const auto written = write(channel[1], text.data(), text.size());
    _exit(written == static_cast<ssize_t>(text.size()) ? 0 : 1);
  }
  close(channel[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t count = 0; (count = read(channel[0], buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  close(channel[0]);
  waitpid(child, nullptr, 0);
  return text;
}

/// `what()` of whatever `action` throws.
inline std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "nothing was thrown";
}

/// In memory, where there is such a folder: thousands of files are written to their end here.
inline fs::path memory_folder() {
  return ::access("/dev/shm", W_OK) == 0 ? fs::path("/dev/shm") : fs::temp_directory_path();
}

/// A folder, a storage of type S in it.
template <class S> class FileStorage : public testing::Test {
 protected:
  S storage(FileTokenStorageOptions options = {}) const { return S(file, options); }
  /// Everything that the folder above the file has.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(file.parent_path())) {
      found.push_back(entry.path().filename().string());
    }
    return found;
  }

  globus_sdk_test::ScopedFolder folder{memory_folder()};
  fs::path file = folder.path / "tokens";
};

using FileStorages = testing::Types<JSONTokenStorage, SQLiteTokenStorage>;

struct FileStorageName {
  template <class S> static std::string GetName(int /*index*/) {
    return std::is_same_v<S, JSONTokenStorage> ? "Json" : "Sqlite";
  }
};

}  // namespace globus_sdk
