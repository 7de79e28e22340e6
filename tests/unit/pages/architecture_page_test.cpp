// SPDX-License-Identifier: Apache-2.0
// The page on the architecture is true: its drawing shows the rooms of its table in an order that
// the table allows, and the files that it names are there. That the includes are as the table says
// is tested in layering_test.cpp.
#include "unit/architecture_page.hpp"

#include <algorithm>

namespace globus_sdk_test {
namespace {

namespace fs = std::filesystem;

/// The lines of the page's first drawing.
std::vector<std::string> drawing() {
  const std::string page = architecture_page();
  const std::string begin = "```text\n";
  const auto from = page.find(begin) + begin.size();
  std::istringstream text(page.substr(from, page.find("```", from) - from));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

/// The line of each name in the drawing.
std::map<std::string, std::size_t> lines_of_names() {
  static const std::regex name("([a-z_/]+)");
  std::map<std::string, std::size_t> lines;
  const auto drawn = drawing();
  for (std::size_t line = 0; line < drawn.size(); ++line) {
    for (const auto& found : all_found(drawn[line], name))
      EXPECT_TRUE(lines.emplace(found, line).second) << found << " is drawn twice";
  }
  return lines;
}

TEST(Architecture, DrawingHasTheRoomsOfTheTable) {
  const Rooms rooms = read_rooms();
  const auto lines = lines_of_names();
  for (const auto& [room, may_include] : rooms)
    EXPECT_TRUE(lines.contains(room)) << room << " is not drawn";
  for (const auto& [name, line] : lines)
    EXPECT_TRUE(rooms.contains(name)) << name << " is drawn, and is no room of the table";
}

TEST(Architecture, DrawingHasARoomAboveThoseThatItMayInclude) {
  const auto lines = lines_of_names();
  for (const auto& [room, may_include] : read_rooms()) {
    for (const auto& other : may_include) {
      if (!lines.contains(room) || !lines.contains(other)) continue;
      EXPECT_LT(lines.at(room), lines.at(other)) << room << " may include " << other;
    }
  }
}

TEST(Architecture, FilesThatThePageNamesAreThere) {
  std::vector<std::string> files;
  for (const char* folder : {"include", "src", "sandbox", "tests", "docs", "examples"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(GLOBUS_SDK_SOURCE_DIR) / folder))
      files.push_back(entry.path().string());
  }
  for (const auto& entry : fs::directory_iterator(GLOBUS_SDK_SOURCE_DIR))
    files.push_back(entry.path().string());

  static const std::regex file(R"(([\w/.-]+\.(?:hpp|cpp|py|json|md|dox|1))\b)");
  std::size_t count = 0;
  for (std::string name : all_found(architecture_page(), file)) {
    if (name.starts_with("../")) name.erase(0, 3);
    EXPECT_TRUE(std::ranges::any_of(
        files, [&](const std::string& path) { return path.ends_with("/" + name); }))
        << "docs/architecture.md names " << name << ", which is not there";
    ++count;
  }
  EXPECT_GT(count, 50U);
}

}  // namespace
}  // namespace globus_sdk_test
