// SPDX-License-Identifier: Apache-2.0
// README and docs/bench say what docs/bench/results.json says: written anew out of it, they do not
// change.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <string>

#include "support/program.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path project = GLOBUS_SDK_SOURCE_DIR;

std::string content(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void run(const std::string& script, const std::vector<std::string>& arguments) {
  std::vector<std::string> command{"/usr/bin/env", "python3", "-B",
                                   (project / "bench" / script).string()};
  command.insert(command.end(), arguments.begin(), arguments.end());
  programs::Program program(command);
  ASSERT_EQ(program.finish(), 0) << program.output();
}

/// The pages as `make bench-keep` would write them, in a folder of their own.
class BenchPages : public testing::Test {
 protected:
  void write_anew(const fs::path& results) {
    fs::copy_file(project / "docs/bench/README.md", table());
    fs::copy_file(project / "README.md", summary());
    run("table.py", {results.string(), table().string(), summary().string()});
    run("chart.py", {results.string(), chart().string()});
  }
  fs::path table() const { return folder.path / "table.md"; }
  fs::path summary() const { return folder.path / "summary.md"; }
  fs::path chart() const { return folder.path / "ratios.svg"; }

  globus_sdk_test::ScopedFolder folder;
};

TEST_F(BenchPages, AreMadeOfTheResultsThatAreKept) {
  write_anew(project / "docs/bench/results.json");
  EXPECT_EQ(content(table()), content(project / "docs/bench/README.md"));
  EXPECT_EQ(content(summary()), content(project / "README.md"));
  EXPECT_EQ(content(chart()), content(project / "docs/bench/ratios.svg"));
}

TEST_F(BenchPages, FollowOtherResults) {
  const fs::path results = folder.path / "results.json";
  std::ofstream(results) << std::regex_replace(content(project / "docs/bench/results.json"),
                                               std::regex(R"("ratio": [0-9.]+)"), "\"ratio\": 0.5");
  write_anew(results);
  EXPECT_NE(content(summary()).find("takes 1/2 of the Python SDK's CPU"), std::string::npos);
  EXPECT_NE(content(table()), content(project / "docs/bench/README.md"));
  EXPECT_NE(content(chart()), content(project / "docs/bench/ratios.svg"));
}

}  // namespace
