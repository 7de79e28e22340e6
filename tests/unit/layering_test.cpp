// SPDX-License-Identifier: Apache-2.0
// The project's includes point one way: this walks every #include line and fails on one that the
// table in docs/architecture.md does not allow.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "unit/architecture_page.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::Rooms;

const fs::path project = GLOBUS_SDK_SOURCE_DIR;

struct Include {
  fs::path file;  // relative to the project
  int line = 0;
  std::string target;  // as written
  bool quoted = false;
};

bool is_code(const fs::path& file) {
  return file.extension() == ".hpp" || file.extension() == ".cpp";
}

std::vector<Include> includes_of(const fs::path& file) {
  std::vector<Include> found;
  std::ifstream text{file};
  std::string line;
  for (int number = 1; std::getline(text, line); ++number) {
    if (!line.starts_with("#include ")) continue;  // as clang-format writes it
    const auto open = line.find_first_of("<\"");
    const auto close = line.find_last_of(">\"");
    found.push_back({fs::relative(file, project), number, line.substr(open + 1, close - open - 1),
                     line[open] == '"'});
  }
  return found;
}

std::vector<fs::path> code_below(const std::string& folder) {
  std::vector<fs::path> found;
  if (!fs::exists(project / folder)) return found;
  for (const auto& entry : fs::recursive_directory_iterator{project / folder}) {
    if (entry.is_regular_file() && is_code(entry.path())) found.push_back(entry.path());
  }
  return found;
}

std::vector<Include> includes_below(const std::string& folder) {
  std::vector<Include> found;
  for (const auto& file : code_below(folder)) {
    for (auto& include : includes_of(file)) found.push_back(std::move(include));
  }
  return found;
}

std::string text_of(const fs::path& file) {
  std::ifstream text{file};
  return {std::istreambuf_iterator<char>(text), {}};
}

std::string where(const Include& include) {
  return include.file.string() + ":" + std::to_string(include.line) + " includes " + include.target;
}

// What each room may include besides itself: the page on the architecture says so.
const Rooms& rooms() {
  static const Rooms read = globus_sdk_test::read_rooms();
  return read;
}

// Of the core's public headers, those that have no source of their own.
const std::map<std::string, std::string>& core_headers() {
  static const std::map<std::string, std::string> rooms{{"language", "base"},
                                                        {"export", "base"},
                                                        {"limits", "base"},
                                                        {"version", "base"},
                                                        {"any_of", "base"},
                                                        {"literals", "base"},
                                                        {"argument_kinds", "base"},
                                                        {"answer", "http"},
                                                        {"body", "http"},
                                                        {"network_failure", "http"},
                                                        {"transport_settings", "http"},
                                                        {"authorizer", "call"},
                                                        {"app_binding", "call"},
                                                        {"errors", "call"},
                                                        {"mode", "call"},
                                                        {"config", "call"},
                                                        {"service_client", "call"},
                                                        {"document", "arguments"},
                                                        {"integer_or_text", "arguments"},
                                                        {"choices", "arguments"}};
  return rooms;
}

// The room of one of the core's public headers: that of its source.
std::optional<std::string> core_room(const std::string& stem) {
  const auto found = core_headers().find(stem);
  if (found != core_headers().end()) return "core/" + found->second;
  for (const auto& entry : fs::directory_iterator{project / "src/core"}) {
    if (!fs::exists(entry.path() / (stem + ".cpp"))) continue;
    return "core/" + entry.path().filename().string();
  }
  return std::nullopt;
}

// The room that a file of include/globus_sdk/, src/ or sandbox/ stands in; none for the umbrella
// headers, and for what puts the sandbox's rooms together.
std::optional<std::string> room_of_file(const fs::path& file) {
  std::vector<std::string> parts;
  for (const auto& part : file) parts.push_back(part.string());
  if (parts.front() == "sandbox") {
    if (parts.size() == 2) return std::nullopt;
    return file.parent_path().string();
  }
  const std::size_t first = parts.front() == "include" ? 2 : 1;
  if (parts.size() < first + 2) return std::nullopt;
  if (parts[first] != "core") return parts[first];
  return parts.front() == "src" ? "core/" + parts[first + 1] : core_room(file.stem().string());
}

// The room that an include names: by its public path, by its path in src/, or by the sandbox's.
std::optional<std::string> room_of_include(const Include& include) {
  const fs::path target = include.target;
  const std::string root = target.begin()->string();
  if (root == "globus_sdk") return room_of_file("include" / target);
  if (fs::exists(project / "src" / target)) return room_of_file("src" / target);
  if (root == "sandbox") return room_of_file(target);
  return std::nullopt;
}

std::vector<Include> sdk_includes() {
  auto found = includes_below("include");
  auto sources = includes_below("src");
  found.insert(found.end(), sources.begin(), sources.end());
  return found;
}

TEST(Layering, EveryRoomIsOnThePageAndThere) {
  std::set<std::string> there;
  for (const std::string folder : {"include/globus_sdk", "src", "sandbox"}) {
    for (const auto& file : code_below(folder)) {
      const fs::path path = fs::relative(file, project);
      if (path.parent_path() == folder) continue;  // an umbrella header, or what starts the sandbox
      const auto room = room_of_file(path);
      EXPECT_TRUE(room) << "say in this test what room of the core " << path << " stands in";
      if (room) there.insert(*room);
    }
  }
  for (const auto& room : there)
    EXPECT_TRUE(rooms().contains(room)) << "docs/architecture.md says nothing of " << room;
  for (const auto& [room, may_include] : rooms())
    EXPECT_TRUE(there.contains(room)) << "docs/architecture.md has " << room << ", without code";
}

// A path from the root of the tree that a file is in: it is the same wherever the file goes.
TEST(Layering, IncludesAreWrittenInOneWay) {
  for (const auto& [tree, root] : std::map<std::string, std::string>{
           {"include", "include"}, {"src", "src"}, {"sandbox", "."}, {"tests", "tests"}}) {
    for (const auto& include : includes_below(tree)) {
      const fs::path beside = project / include.file.parent_path() / include.target;
      if (!include.quoted || !fs::exists(beside)) continue;
      EXPECT_TRUE(fs::exists(project / root / include.target)) << where(include);
    }
  }
}

void expect_one_way(const std::vector<Include>& includes) {
  std::size_t arrows = 0;
  for (const auto& include : includes) {
    const auto from = room_of_file(include.file);
    const auto to = room_of_include(include);
    if (!from || !to || *from == *to) continue;
    ++arrows;
    const auto allowed = rooms().find(*from);
    EXPECT_TRUE(allowed != rooms().end() && allowed->second.contains(*to))
        << where(include) << ": docs/architecture.md does not let " << *from << " include " << *to;
  }
  EXPECT_GT(arrows, 0U) << "no include between rooms was recognised";
}

TEST(Layering, IncludesPointOneWay) {
  expect_one_way(sdk_includes());
}

TEST(Layering, RoomsIncludeNoUmbrella) {
  for (const auto& include : sdk_includes()) {
    if (!room_of_file(include.file)) continue;
    EXPECT_NE(include.target, "globus_sdk/globus_sdk.hpp") << where(include);
  }
}

TEST(Layering, SandboxIncludesPointOneWay) {
  const auto includes = includes_below("sandbox");
  expect_one_way(includes);
  for (const auto& include : includes) {
    const bool is_in_no_room = fs::path(include.target).parent_path() == "sandbox";
    if (!is_in_no_room || !room_of_file(include.file)) continue;
    EXPECT_EQ(include.target, "sandbox/sandbox.hpp") << where(include);
  }
}

TEST(Layering, SandboxAndSdkShareNothing) {
  for (const auto& include : includes_below("sandbox")) {
    EXPECT_FALSE(include.target.starts_with("globus_sdk") ||
                 fs::exists(project / "src" / include.target))
        << where(include);
  }
  for (const auto& include : sdk_includes()) {
    EXPECT_EQ(include.target.find("sandbox"), std::string::npos) << where(include);
  }
}

TEST(Layering, SandboxIsJudgedWithoutTheSdk) {
  for (const auto& include : includes_below("tests/sandbox_server")) {
    EXPECT_FALSE(include.target.starts_with("globus_sdk")) << where(include);
  }
}

/// What is the SDK's own business alone is no public header's.
TEST(Layering, EachPublicHeaderHasSomethingForItsReader) {
  const std::set<fs::path> of_the_compiler{"export.hpp", "language.hpp"};
  for (const auto& file : code_below("include")) {
    if (of_the_compiler.contains(file.filename()) || file.filename() == "globus_sdk.hpp") continue;
    EXPECT_NE(text_of(file).find("namespace globus_sdk::inline v0 {"), std::string::npos) << file;
  }
}

TEST(Layering, NoUmbrellaHeaderButAsyncPullsAsio) {
  for (const auto& include : includes_below("include")) {
    if (include.target.starts_with("boost/asio") || include.target.starts_with("boost/beast")) {
      EXPECT_EQ(include.file, "include/globus_sdk/async.hpp") << where(include);
    }
    if (include.target == "globus_sdk/async.hpp") {
      ADD_FAILURE() << where(include) << ": the asynchronous mode is opt-in";
    }
  }
}

TEST(Layering, NoHeaderHoldsBoostJsonsSource) {
  for (const auto& folder : {"include", "src", "sandbox"}) {
    for (const auto& include : includes_below(folder)) {
      if (include.file.extension() != ".hpp") continue;
      EXPECT_NE(include.target, "boost/json/src.hpp") << where(include);
    }
  }
}

TEST(Layering, PublicHeadersIncludeNoLibraryThatIsHidden) {
  static const std::vector<std::string> hidden{"curl/", "openssl/", "sqlite3", "CLI/", "fmt/"};
  for (const auto& include : includes_below("include")) {
    for (const auto& prefix : hidden) {
      EXPECT_FALSE(include.target.starts_with(prefix)) << where(include);
    }
  }
}

/// A setuid program must not take settings from its caller: there is one place that sees to it.
TEST(Layering, OneFileReadsTheEnvironment) {
  for (const std::string folder : {"include", "src"}) {
    for (const auto& file : code_below(folder)) {
      if (file.filename() == "environment_variable.cpp") continue;
      const std::string code = text_of(file);
      for (const char* reader : {"getenv", "temp_directory_path"}) {
        EXPECT_EQ(code.find(reader), std::string::npos)
            << file << " has " << reader << ": use core/process/environment_variable.hpp";
      }
    }
  }
}

/// Tests run in several processes at once: a file in a folder that all have is another's, too.
TEST(Layering, TestsHaveFoldersOfTheirOwn) {
  for (const auto& file : code_below("tests")) {
    if (file.filename() == "layering_test.cpp") continue;
    EXPECT_EQ(text_of(file).find("TempDir()"), std::string::npos)
        << file << ": use support/scoped_folder.hpp";
  }
}

TEST(Layering, EveryFileCarriesTheLicence) {
  for (const std::string folder : {"include", "src", "sandbox", "examples", "tests"}) {
    for (const auto& file : code_below(folder)) {
      std::string first;
      std::ifstream text{file};
      std::getline(text, first);
      EXPECT_EQ(first, "// SPDX-License-Identifier: Apache-2.0") << file;
    }
  }
}

}  // namespace
