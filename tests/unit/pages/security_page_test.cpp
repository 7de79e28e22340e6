// SPDX-License-Identifier: Apache-2.0
// SECURITY.md names tests beside its promises: they are there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;

const fs::path project = GLOBUS_SDK_SOURCE_DIR;

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// `Suite.Name` of each match of a pattern whose parts are these.
std::set<std::string> names_in(const std::string& text, const std::regex& pattern) {
  std::set<std::string> names;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    names.insert((*match)[1].str() + "." + (*match)[2].str());
  }
  return names;
}

/// All tests of the project.
std::set<std::string> tests() {
  const std::regex definition(R"(\n(?:TYPED_)?TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\))");
  std::set<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(project / "tests")) {
    if (entry.path().extension() == ".cpp")
      found.merge(names_in(text_of(entry.path()), definition));
  }
  return found;
}

TEST(SecurityPage, NamesTestsThatAreThere) {
  const auto named =
      names_in(text_of(project / "SECURITY.md"), std::regex(R"(`([A-Z]\w+)\.([A-Z]\w+)`)"));
  EXPECT_GT(named.size(), 30u);
  const auto there = tests();
  for (const std::string& name : named) EXPECT_THAT(there, testing::Contains(name));
}

TEST(SecurityPage, NamesTestsBesideEachPromise) {
  std::ifstream page(project / "SECURITY.md");
  for (std::string line; std::getline(page, line);) {
    const bool is_promise = line.starts_with("| ") && !line.starts_with("| Promise");
    if (is_promise) {
      EXPECT_THAT(line, testing::HasSubstr("| `"));
    }
  }
}

}  // namespace
