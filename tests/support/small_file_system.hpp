// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace globus_sdk_test {

/// A file system of a few pages, for as long as it lives; only root may make one.
class SmallFileSystem {
 public:
  explicit SmallFileSystem(const std::filesystem::path& folder) : folder_(folder) {
    std::filesystem::create_directory(folder_);
    mounted_ = mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=128k,mode=0700") == 0;
  }
  ~SmallFileSystem() {
    if (mounted_) umount(folder_.c_str());
  }
  SmallFileSystem(const SmallFileSystem&) = delete;
  SmallFileSystem& operator=(const SmallFileSystem&) = delete;

  explicit operator bool() const { return mounted_; }
  void fill() const {
    std::ofstream stream(folder_ / "filler", std::ios::binary);
    while (stream.put('x').flush()) {}
  }
  void make_room() const { std::filesystem::remove(folder_ / "filler"); }

 private:
  std::filesystem::path folder_;
  bool mounted_ = false;
};

}  // namespace globus_sdk_test
