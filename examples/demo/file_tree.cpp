// SPDX-License-Identifier: Apache-2.0
#include "file_tree.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <system_error>

namespace demo {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "globus-sdk-demo-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr)
    throw std::system_error(errno, std::generic_category(), "cannot make " + pattern);
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path TemporaryFolder::make(const std::string& name) const {
  const fs::path folder = path_ / name;
  fs::create_directory(folder);
  return folder;
}

std::vector<fs::path> files_below(const fs::path& folder, const Interruption& interruption) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    interruption.check();
    if (!entry.is_symlink() && entry.is_regular_file())
      files.push_back(entry.path().lexically_relative(folder));
  }
  std::sort(files.begin(), files.end());
  return files;
}

TreeSize measure(const fs::path& folder, const Interruption& interruption) {
  TreeSize size;
  for (const auto& file : files_below(folder, interruption)) {
    ++size.files;
    size.bytes += static_cast<std::int64_t>(fs::file_size(folder / file));
  }
  return size;
}

void make_small_files(const fs::path& folder, int count, const Interruption& interruption) {
  constexpr int files_a_folder = 100;
  for (int i = 0; i < count; ++i) {
    interruption.check();
    const fs::path below = folder / ("folder-" + std::to_string(i / files_a_folder));
    fs::create_directories(below);
    std::ofstream file(below / ("file-" + std::to_string(i) + ".txt"));
    for (int line = 0; line <= i % 50; ++line) file << "line " << line << " of file " << i << '\n';
    if (!file.flush()) throw std::runtime_error("cannot write below " + folder.string());
  }
}

namespace {

bool have_equal_content(const fs::path& left, const fs::path& right) {
  std::ifstream left_file(left, std::ios::binary);
  std::ifstream right_file(right, std::ios::binary);
  std::array<char, 65536> left_bytes{};
  std::array<char, 65536> right_bytes{};
  while (left_file && right_file) {
    left_file.read(left_bytes.data(), left_bytes.size());
    right_file.read(right_bytes.data(), right_bytes.size());
    const auto count = left_file.gcount();
    if (count != right_file.gcount()) return false;
    if (std::memcmp(left_bytes.data(), right_bytes.data(), static_cast<std::size_t>(count)) != 0)
      return false;
  }
  // the end, and not an error, is what stopped both of them
  return left_file.eof() && right_file.eof();
}

}  // namespace

Comparison compare_trees(const fs::path& left, const fs::path& right,
                         const Interruption& interruption) {
  const auto left_files = files_below(left, interruption);
  const auto right_files = files_below(right, interruption);
  Comparison comparison;
  std::vector<fs::path> lone;
  std::set_symmetric_difference(left_files.begin(), left_files.end(), right_files.begin(),
                                right_files.end(), std::back_inserter(lone));
  for (const auto& file : lone)
    comparison.differences.push_back("on one side only: " + file.string());

  std::vector<fs::path> common;
  std::set_intersection(left_files.begin(), left_files.end(), right_files.begin(),
                        right_files.end(), std::back_inserter(common));
  for (const auto& file : common) {
    interruption.check();
    if (have_equal_content(left / file, right / file))
      ++comparison.equal_files;
    else
      comparison.differences.push_back("different content: " + file.string());
  }
  return comparison;
}

}  // namespace demo
