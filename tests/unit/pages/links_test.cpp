// SPDX-License-Identifier: Apache-2.0
// Every link in a document that leads to another file of the project, or to a heading, finds it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path project = GLOBUS_SDK_SOURCE_DIR;

std::vector<fs::path> documents() {
  std::vector<fs::path> found;
  for (const char* name :
       {"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "examples/README.md"})
    found.push_back(project / name);
  for (const auto& entry : fs::recursive_directory_iterator(project / "docs"))
    if (entry.path().extension() == ".md") found.push_back(entry.path());
  return found;
}

/// The lines of a document, without its code.
std::vector<std::string> prose(const fs::path& document) {
  std::ifstream text{document};
  std::vector<std::string> lines;
  bool code = false;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("```")) code = !code;
    if (!code) lines.push_back(line);
  }
  return lines;
}

/// What a heading is called in links: `One renewal, for all` is `one-renewal-for-all`.
std::string anchor(const std::string& heading) {
  std::string name;
  for (const char c : heading) {
    if (c == ' ') name += '-';
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_')
      name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return name;
}

std::set<std::string> anchors(const fs::path& document) {
  std::set<std::string> names;
  for (const auto& line : prose(document)) {
    const auto begin = line.find_first_not_of('#');
    if (begin == 0 || begin == std::string::npos || line[begin] != ' ') continue;
    names.insert(anchor(line.substr(begin + 1)));
  }
  return names;
}

std::vector<std::string> links(const fs::path& document) {
  static const std::regex link(R"(\]\(([^)\s]+)\))");
  std::vector<std::string> targets;
  for (const auto& line : prose(document)) {
    for (std::sregex_iterator it(line.begin(), line.end(), link), end; it != end; ++it)
      targets.push_back((*it)[1]);
  }
  return targets;
}

/// What is wrong with a link; empty when nothing is.
std::string fault_of(const fs::path& document, const std::string& link) {
  if (link.find("://") != std::string::npos) return {};
  const auto hash = link.find('#');
  const auto file = link.substr(0, hash);
  const auto target = file.empty() ? document : document.parent_path() / file;
  if (!fs::exists(target)) return "no such file";
  if (hash == std::string::npos) return {};
  return anchors(target).contains(link.substr(hash + 1)) ? "" : "no such heading";
}

TEST(Links, LeadSomewhere) {
  std::size_t count = 0;
  for (const auto& document : documents()) {
    for (const auto& link : links(document)) {
      EXPECT_EQ(fault_of(document, link), "")
          << fs::relative(document, project).string() << ": " << link;
      ++count;
    }
  }
  EXPECT_GT(count, 50U);
}

TEST(Links, FindWhatIsWrong) {
  const auto readme = project / "README.md";
  EXPECT_EQ(fault_of(readme, "docs/no-such-page.md"), "no such file");
  EXPECT_EQ(fault_of(readme, "#no-such-heading"), "no such heading");
  EXPECT_EQ(fault_of(readme, "#use-it-in-your-project"), "");
  EXPECT_EQ(anchor("Retries, deadlines, stopping"), "retries-deadlines-stopping");
}

TEST(Guide, ContentsHaveEveryPage) {
  const auto contents = links(project / "docs/guide/README.md");
  for (const auto& entry : fs::directory_iterator(project / "docs" / "guide")) {
    const auto name = entry.path().filename().string();
    if (name == "README.md") continue;
    EXPECT_THAT(contents, testing::Contains(name));
  }
}

}  // namespace
