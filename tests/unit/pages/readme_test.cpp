// SPDX-License-Identifier: Apache-2.0
// The C++ in README and in docs is code that is compiled, and the Python in docs is code that the
// peers' suite runs. Above each block stands where it comes from,
//
//     <!-- code: examples/refresh_tokens.cpp [includes] [main] -->
//
// and the block is what stands there between pairs of `//! [name]` lines (in Python `# [name]`),
// without its common indent; several pieces are joined by an empty line.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

using Lines = std::vector<std::string>;

const fs::path project = GLOBUS_SDK_SOURCE_DIR;

struct Block {
  int line = 0;
  std::string source;  // what the comment above it says; empty when there is none
  Lines code;
};

Lines read_lines(const fs::path& file) {
  std::ifstream text{file};
  Lines lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::vector<Block> code_blocks(const Lines& document) {
  const std::string opening = "<!-- code: ";
  const std::string closing = " -->";
  std::vector<Block> blocks;
  std::string above;
  bool inside = false;
  for (std::size_t i = 0; i < document.size(); ++i) {
    const auto& line = document[i];
    if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back().code.push_back(line);
    } else if (line == "```cpp" || line == "```python") {
      blocks.push_back({static_cast<int>(i + 1), above, {}});
      inside = true;
      above.clear();
    } else if (line.starts_with(opening) && line.ends_with(closing)) {
      above = line.substr(opening.size(), line.size() - opening.size() - closing.size());
    }
  }
  return blocks;
}

Lines without_common_indent(Lines lines) {
  std::size_t indent = std::string::npos;
  for (const auto& line : lines) {
    if (!line.empty()) indent = std::min(indent, line.find_first_not_of(' '));
  }
  if (indent == std::string::npos) return lines;
  for (auto& line : lines) line.erase(0, std::min(indent, line.size()));
  return lines;
}

// What stands between the two lines `//! [name]`, or `# [name]`; nothing when they are not there.
std::optional<Lines> piece(const Lines& file, const std::string& name) {
  const auto is_marker = [&](const std::string& line) {
    const auto start = line.find_first_not_of(' ');
    if (start == std::string::npos) return false;
    const auto text = line.substr(start);
    return text == "//! [" + name + "]" || text == "# [" + name + "]";
  };
  const auto begin = std::find_if(file.begin(), file.end(), is_marker);
  if (begin == file.end()) return std::nullopt;
  const auto end = std::find_if(begin + 1, file.end(), is_marker);
  if (end == file.end()) return std::nullopt;
  return without_common_indent(Lines(begin + 1, end));
}

// `a` and `b` of "file [a] [b]"
std::vector<std::string> names_of_pieces(const std::string& source) {
  std::vector<std::string> names;
  for (auto open = source.find('['); open != std::string::npos; open = source.find('[', open + 1)) {
    names.push_back(source.substr(open + 1, source.find(']', open) - open - 1));
  }
  return names;
}

std::string joined(const Lines& lines) {
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  return text;
}

void expect_compiled(const std::string& document, const Block& block) {
  const auto where = document + ":" + std::to_string(block.line);
  ASSERT_FALSE(block.source.empty()) << where << ": nothing above says where this code comes from";
  const auto file = block.source.substr(0, block.source.find(' '));
  ASSERT_TRUE(fs::exists(project / file)) << where << ": " << file;
  const auto lines = read_lines(project / file);

  Lines expected;
  for (const auto& name : names_of_pieces(block.source)) {
    const auto found = piece(lines, name);
    ASSERT_TRUE(found) << where << ": no [" << name << "] in " << file;
    if (!expected.empty()) expected.emplace_back();
    expected.insert(expected.end(), found->begin(), found->end());
  }
  EXPECT_EQ(joined(block.code), joined(expected)) << where << " differs from " << file;
}

TEST(Readme, CodeIsWhatIsCompiled) {
  const auto blocks = code_blocks(read_lines(project / "README.md"));
  EXPECT_FALSE(blocks.empty());
  for (const auto& block : blocks) expect_compiled("README.md", block);
}

TEST(Reference, CodeOfItsStartPageIsWhatIsCompiled) {
  const std::string page = "docs/reference/start.md";
  const auto blocks = code_blocks(read_lines(project / page));
  EXPECT_FALSE(blocks.empty());
  for (const auto& block : blocks) expect_compiled(page, block);
}

TEST(Guide, CodeIsWhatIsCompiled) {
  std::size_t pages = 0;
  for (const auto& entry : fs::directory_iterator(project / "docs" / "guide")) {
    if (entry.path().extension() != ".md") continue;
    const auto page = "docs/guide/" + entry.path().filename().string();
    const auto blocks = code_blocks(read_lines(entry.path()));
    if (entry.path().filename() == "README.md") continue;  // the table of contents
    // a page starts with a whole program
    ASSERT_FALSE(blocks.empty()) << page;
    EXPECT_EQ(blocks.front().source.find("examples/"), 0U) << page;
    EXPECT_NE(joined(blocks.front().code).find("int main("), std::string::npos) << page;
    for (const auto& block : blocks) expect_compiled(page, block);
    ++pages;
  }
  EXPECT_GT(pages, 0U);
}

TEST(FromPython, CodeIsWhatIsCompiledAndRun) {
  const auto blocks = code_blocks(read_lines(project / "docs" / "from-python.md"));
  EXPECT_GT(blocks.size(), 20U);
  for (const auto& block : blocks) expect_compiled("docs/from-python.md", block);
}

TEST(Readme, PieceLosesItsIndentAndNothingElse) {
  const Lines file{"x", "  //! [a]", "  one", "", "    two", "  //! [a]", "y"};
  EXPECT_EQ(piece(file, "a"), (Lines{"one", "", "  two"}));
  EXPECT_FALSE(piece(file, "b"));
}

}  // namespace
