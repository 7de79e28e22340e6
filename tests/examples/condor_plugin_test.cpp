// SPDX-License-Identifier: Apache-2.0
// The plugin, run as HTCondor runs it, against a server that is Transfer and a collection.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "support/program.hpp"
#include "support/recording_server.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using globus_sdk_test::ScopedFolder;
using programs::Environment;
using programs::Program;
using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

const std::string collection_id = "6528bad5-bc02-497d-8a4f-a38547d0e72a";
const std::string url = "globus://" + collection_id;

void write_file(const fs::path& file, const std::string& content) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct CondorPlugin : testing::Test {
  CondorPlugin() { write_file(credentials() / "globus.use", "collection-token\n"); }

  RecordedAnswer answer(const RecordedRequest& request) const {
    if (request.target == "/v0.10/endpoint/" + collection_id) {
      if (request.header("authorization") != "Bearer transfer-token") return {401, "{}"};
      return {200, R"({"https_server": ")" + server.url() + "\"}"};
    }
    if (request.header("authorization") != "Bearer " + token) return {401, "{}"};
    if (request.method == "PUT") return {201, ""};
    if (request.target.starts_with("/missing")) return {404, R"({"code": "NotFound"})"};
    return {200, "content of " + request.target};
  }

  fs::path credentials() const { return folder.path / "credentials"; }
  fs::path job() const { return folder.path / "job"; }
  Environment environment() const {
    return {{"_CONDOR_CREDS", credentials().string()},
            {"GLOBUS_SDK_SERVICE_URL_TRANSFER", server.url()},
            {"GLOBUS_COLLECTION_ADDRESSES", collection_id + "=" + server.url()}};
  }
  /// Runs it with these ads. Returns its exit status.
  int run(const std::string& ads, const std::vector<std::string>& more = {}) {
    write_file(folder.path / "in", ads);
    std::vector<std::string> command{plugin, "-infile", folder.path / "in", "-outfile",
                                     folder.path / "out"};
    command.insert(command.end(), more.begin(), more.end());
    Program program(command, variables);
    const int status = program.finish();
    printed = program.output();
    return status;
  }
  std::string ad(const std::string& place, const std::string& local) const {
    return "[ LocalFileName = \"" + (job() / local).string() + "\"; Url = \"" + place + "\" ]\n";
  }
  std::string results() const { return read_file(folder.path / "out"); }

  const std::string plugin = std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/condor_plugin";
  const ScopedFolder folder;
  std::string token = "collection-token";
  RecordingServer server{[this](const RecordedRequest& request) { return answer(request); }};
  Environment variables = environment();
  std::string printed{};
};

TEST_F(CondorPlugin, SaysWhatItCanDo) {
  Program program({plugin, "-classad"});
  EXPECT_EQ(program.finish(), 0);
  EXPECT_THAT(
      program.output(),
      AllOf(HasSubstr("MultipleFileSupport = true\n"), HasSubstr("PluginType = \"FileTransfer\"\n"),
            HasSubstr("SupportedMethods = \"globus\"\n"), HasSubstr("ProtocolVersion = 2\n"),
            ContainsRegex("PluginVersion = \"[0-9.]+\"\n")));
}

TEST_F(CondorPlugin, FetchesFiles) {
  fs::create_directories(job());
  EXPECT_EQ(run(ad(url + "/data/a%20b.txt", "first") + ad(url + "/data/c", "second")), 0)
      << printed;
  EXPECT_EQ(read_file(job() / "first"), "content of /data/a%20b.txt");
  EXPECT_EQ(read_file(job() / "second"), "content of /data/c");
  EXPECT_THAT(
      results(),
      AllOf(HasSubstr("TransferUrl = \"" + url + "/data/a%20b.txt\""),
            HasSubstr("TransferFileName = \"" + (job() / "first").string() + "\""),
            HasSubstr("TransferProtocol = \"globus\""), HasSubstr("TransferType = \"download\""),
            HasSubstr("TransferFileBytes = 26"), HasSubstr("TransferTotalBytes = 26"),
            HasSubstr("TransferFileBytes = 18"), HasSubstr("TransferSuccess = true"),
            ContainsRegex("TransferStartTime = [0-9]+; "),
            ContainsRegex("TransferEndTime = [0-9]+; "),
            ContainsRegex("ConnectionTimeSeconds = [0-9.]+; "), Not(HasSubstr("TransferError"))));
  EXPECT_EQ(printed, "");
}

TEST_F(CondorPlugin, ReadsBothFormsOfClassAds) {
  fs::create_directories(job());
  const std::string old_form = "# a remark\nLocalFileName = \"" + (job() / "old").string() +
                               "\"\nSize = 3 * (1 + 2)\nUrl = \"" + url + "/old\"\n\nA = 1\n";
  EXPECT_EQ(run(old_form), 0) << printed << results();
  EXPECT_EQ(read_file(job() / "old"), "content of /old");
  const std::string new_form =
      "// about no file\n[ A = 1; B = { \"x;]\", [ Url = \"y\" ] } ]\n"
      "[\n  url = /* where from */ \"" +
      url + "/n\\145w\";\n  'a name' = f(\"]\", [c = 1;]);\n  LOCALFILENAME = \"" +
      (job() / "new \\\"quoted\\\"").string() + "\";\n]";
  EXPECT_EQ(run(new_form), 0) << printed << results();
  EXPECT_EQ(read_file(job() / "new \"quoted\""), "content of /new");
  EXPECT_THAT(results(), HasSubstr("new \\\"quoted\\\"\""));
}

TEST_F(CondorPlugin, SendsFiles) {
  write_file(job() / "result", "a result");
  EXPECT_EQ(run(ad(url + "/results/a%20b", "result"), {"-upload"}), 0) << printed;
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_EQ(server.requests()[0].method, "PUT");
  EXPECT_EQ(server.requests()[0].target, "/results/a%20b");
  EXPECT_EQ(server.requests()[0].body, "a result");
  EXPECT_THAT(results(),
              AllOf(HasSubstr("TransferType = \"upload\""), HasSubstr("TransferFileBytes = 8"),
                    HasSubstr("TransferSuccess = true")));
}

TEST_F(CondorPlugin, GoesOnAfterAFailure) {
  fs::create_directories(job());
  EXPECT_EQ(run(ad(url + "/missing", "first") + ad(url + "/there", "second")), 1);
  EXPECT_FALSE(fs::exists(job() / "first"));
  EXPECT_EQ(read_file(job() / "second"), "content of /there");
  EXPECT_THAT(results(),
              AllOf(HasSubstr("TransferSuccess = false; TransferError = \""), HasSubstr("404"),
                    HasSubstr("TransferErrorData = { [ ErrorType = \"Specification\""),
                    HasSubstr("TransferSuccess = true")));
}

TEST_F(CondorPlugin, ReportsEachFileThatCannotBeSent) {
  EXPECT_EQ(run(ad(url + "/a", "missing"), {"-upload"}), 1);
  EXPECT_THAT(results(), AllOf(HasSubstr("TransferSuccess = false"), HasSubstr("missing")));
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(CondorPlugin, SaysWhatIsWrongWithAUrl) {
  fs::create_directories(job());
  for (const std::string& wrong :
       {std::string("https://example.org/a"), "globus://" + collection_id, url + "/folder/",
        url + "/a?b", std::string("globus://no-uuid/a"), "../x+" + url + "/a", url + "/%zz"}) {
    EXPECT_EQ(run(ad(wrong, "file")), wrong.find("no-uuid") == std::string::npos ? 1 : 2) << wrong;
    EXPECT_THAT(results(), HasSubstr("TransferSuccess = false")) << wrong;
  }
  EXPECT_TRUE(server.requests().empty());
}

// ---- credentials and addresses ------------------------------------------------------------------

TEST_F(CondorPlugin, ReadsTheTokenOfAJsonDocument) {
  fs::create_directories(job());
  write_file(credentials() / "globus.use",
             R"({"access_token": "collection-token", "expires_in": 172800})");
  EXPECT_EQ(run(ad(url + "/a", "a")), 0) << results();
}

TEST_F(CondorPlugin, ReadsTheTokenOfAHandle) {
  fs::create_directories(job());
  write_file(credentials() / "globus_raw.use", "collection-token");
  write_file(credentials() / "globus.use", "another");
  EXPECT_EQ(run(ad("raw+" + url + "/a", "a")), 0) << results();
  EXPECT_EQ(run(ad("other+" + url + "/a", "a")), 2);
  EXPECT_THAT(results(), AllOf(HasSubstr("globus_other"), HasSubstr("Authentication")));
}

TEST_F(CondorPlugin, AsksTransferForTheAddress) {
  fs::create_directories(job());
  variables.erase("GLOBUS_COLLECTION_ADDRESSES");
  write_file(credentials() / "globus_transfer.use", "transfer-token");
  EXPECT_EQ(run(ad(url + "/a", "a") + ad(url + "/b", "b")), 0) << results();
  const auto requests = server.requests();
  EXPECT_EQ(
      std::ranges::count(requests, "/v0.10/endpoint/" + collection_id, &RecordedRequest::target),
      1);
  EXPECT_EQ(read_file(job() / "b"), "content of /b");
}

TEST_F(CondorPlugin, SaysThatItDoesNotKnowTheAddress) {
  variables.erase("GLOBUS_COLLECTION_ADDRESSES");
  EXPECT_EQ(run(ad(url + "/a", "a")), 2);
  EXPECT_THAT(results(),
              AllOf(HasSubstr("globus_transfer"), HasSubstr("GLOBUS_COLLECTION_ADDRESSES")));
}

TEST_F(CondorPlugin, SaysThatATokenIsMissingOrRefused) {
  fs::create_directories(job());
  write_file(credentials() / "globus.use", "an-old-token");
  EXPECT_EQ(run(ad(url + "/a", "a")), 2);
  EXPECT_THAT(results(), AllOf(HasSubstr("401"), HasSubstr("ShouldRefresh = true"),
                               Not(HasSubstr("an-old-token"))));
  fs::remove(credentials() / "globus.use");
  EXPECT_EQ(run(ad(url + "/a", "a")), 2);
  EXPECT_THAT(results(), HasSubstr("the credential globus"));
  write_file(credentials() / "globus.use", R"({"secret": "hidden")");
  EXPECT_EQ(run(ad(url + "/a", "a")), 2);
  EXPECT_THAT(results(), AllOf(HasSubstr("globus.use"), Not(HasSubstr("hidden"))));
  EXPECT_EQ(printed.find("hidden"), std::string::npos);
  EXPECT_FALSE(fs::exists(job() / "a"));
}

// ---- the file of results, and the command line --------------------------------------------------

TEST_F(CondorPlugin, WritesIntoTheRoomThatWasSetAside) {
  fs::create_directories(job());
  // what no result has in it
  constexpr char filling = '\x01';
  write_file(folder.path / "out", std::string(5000, filling));
  EXPECT_EQ(run(ad(url + "/a", "a")), 0);
  const std::string written = results();
  EXPECT_EQ(written.size(), 5000U);
  EXPECT_EQ(written.find(filling), std::string::npos);
  EXPECT_THAT(written, testing::StartsWith("[ TransferUrl"));
}

TEST_F(CondorPlugin, DoesNothingWhenNothingIsAsked) {
  EXPECT_EQ(run(""), 0);
  EXPECT_EQ(results(), "");
}

TEST_F(CondorPlugin, SaysWhatIsWrongWithItsInput) {
  for (const std::string broken :
       {"[ Url = \"a", "[ Url \"a\" ]", "[ Url = \"a\"; LocalFileName = f( ]", "Url\n"}) {
    EXPECT_EQ(run(broken), 1) << broken;
    EXPECT_THAT(printed, HasSubstr("the ClassAds cannot be read")) << broken;
  }
  EXPECT_EQ(run("[ Url = \"a\" ]"), 1);
  EXPECT_THAT(printed, HasSubstr("LocalFileName"));
}

TEST_F(CondorPlugin, SaysHowItIsUsed) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{}, {"-infile"}, {"-infile", "a"}, {"-upload"}}) {
    std::vector<std::string> command{plugin};
    command.insert(command.end(), arguments.begin(), arguments.end());
    Program program(command);
    EXPECT_EQ(program.finish(), 1);
    EXPECT_THAT(program.output(), HasSubstr("usage: condor_plugin -classad"));
  }
}

}  // namespace
