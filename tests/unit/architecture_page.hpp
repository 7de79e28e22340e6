// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace globus_sdk_test {

inline std::string architecture_page() {
  std::ifstream file(std::filesystem::path(GLOBUS_SDK_SOURCE_DIR) / "docs" / "architecture.md");
  return {std::istreambuf_iterator<char>(file), {}};
}

/// What a regular expression's group finds in a text, in order.
inline std::vector<std::string> all_found(const std::string& text, const std::regex& expression) {
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match)
    found.push_back((*match)[1].str());
  return found;
}

/// Rooms of the code, each with those that it may include besides itself.
using Rooms = std::map<std::string, std::set<std::string>>;

/// The rooms that a name stands for: the one of that name, or all in the folder of that name.
inline std::set<std::string> rooms_called(const std::string& name, const Rooms& rooms) {
  if (rooms.contains(name)) return {name};
  std::set<std::string> found;
  for (const auto& [room, may_include] : rooms)
    if (room.starts_with(name + "/")) found.insert(room);
  EXPECT_FALSE(found.empty()) << "docs/architecture.md has no room " << name;
  return found;
}

/// The table of rooms on the page on the architecture.
inline Rooms read_rooms() {
  static const std::regex row(R"(\| `([a-z_/]+)` \| .* \| (.*) \|)");
  static const std::regex name("`([a-z_/]+)`");
  std::map<std::string, std::string> cells;
  std::istringstream lines(architecture_page());
  std::string line;
  while (std::getline(lines, line) && line != "| Room | What it is for | It may include |") {}
  std::getline(lines, line);  // between the head and the rows
  for (std::smatch cell; std::getline(lines, line) && line.starts_with("|");) {
    EXPECT_TRUE(std::regex_match(line, cell, row)) << "docs/architecture.md: " << line;
    if (!cell.empty()) cells[cell[1]] = cell[2];
  }
  Rooms rooms;
  for (const auto& [room, may_include] : cells) rooms[room];
  for (const auto& [room, may_include] : cells) {
    const auto names = all_found(may_include, name);
    EXPECT_EQ(names.empty(), may_include == "nothing") << "docs/architecture.md: " << room;
    for (const auto& called : names) rooms[room].merge(rooms_called(called, rooms));
  }
  return rooms;
}

}  // namespace globus_sdk_test
