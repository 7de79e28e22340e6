// SPDX-License-Identifier: Apache-2.0
// Each example does what its head says, against a sandbox.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <globus_sdk/globus_sdk.hpp>

#include "sandbox/sandbox.hpp"
#include "support/browser.hpp"
#include "support/over_tls.hpp"
#include "support/program.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sandbox::Sandbox;
using globus_sdk_test::between;
using globus_sdk_test::code_from;
using globus_sdk_test::for_this_run;
using globus_sdk_test::over_tls;
using globus_sdk_test::ScopedFolder;
using programs::Program;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string example(const std::string& name) {
  return std::string(GLOBUS_SDK_EXAMPLES_DIR) + '/' + name;
}

/// `globus-sandbox exec OPTIONS -- EXAMPLE ARGUMENTS`
std::vector<std::string> exec(const std::vector<std::string>& options, const std::string& name,
                              const std::vector<std::string>& arguments = {}) {
  std::vector<std::string> command{GLOBUS_SANDBOX_PROGRAM, "exec"};
  if (over_tls()) command.emplace_back("--tls");
  command.insert(command.end(), options.begin(), options.end());
  command.insert(command.end(), {"--", example(name)});
  command.insert(command.end(), arguments.begin(), arguments.end());
  return command;
}

void write_file(const fs::path& file, const std::string& content) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << content;
}

std::string read_file(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Two folders for collections, and the options that make them so.
struct Collections {
  Collections() {
    fs::create_directory(source());
    fs::create_directory(destination());
  }
  fs::path source() const { return folder.path / "source"; }
  fs::path destination() const { return folder.path / "destination"; }
  std::vector<std::string> options() const {
    return {"--collection", "SOURCE=" + source().string(), "--collection",
            "DESTINATION=" + destination().string()};
  }
  ScopedFolder folder;
};

TEST(Examples, AccessTokenAuthorization) {
  Program program(exec({}, "access_token_authorization"));
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(), "user: sandbox-user@globus-sandbox.example\ncollection: SOURCE\n");
}

TEST(Examples, RefreshTokenAuthorization) {
  Program program(exec({"--rotate-refresh-tokens"}, "refresh_token_authorization"));
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(), "user: sandbox-user@globus-sandbox.example\ncollection: SOURCE\n");
}

TEST(Examples, Scopes) {
  Program program(exec({}, "scopes"));
  EXPECT_EQ(program.finish(), 0);
  const std::string all = "urn:globus:auth:scope:transfer.api.globus.org:all";
  EXPECT_THAT(
      program.output(),
      AllOf(HasSubstr("Please log in at http"), HasSubstr("%2Fdata_access%5D+openid+email"),
            HasSubstr('\n' + all + " is consented to\n" + all + "[https://auth.globus.org/scopes/"),
            HasSubstr("/data_access] is not consented to\n")));
}

TEST(Examples, BasicAuthorization) {
  Program program(exec({}, "basic_authorization"));
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(), "token of: sandbox-user@globus-sandbox.example\n");
}

TEST(Examples, ClientCredentials) {
  Program program(exec({}, "client_credentials"));
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(), "a token for transfer.api.globus.org\ntasks of the application: 0\n");
}

TEST(Examples, SharedTransport) {
  Program program(exec({}, "shared_transport", {"3"}));
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(),
              testing::MatchesRegex("connections of its own: [0-9.e-]+ ms a user\n"
                                    "a shared transport:     [0-9.e-]+ ms a user\n"));
}

TEST(Examples, TypedViews) {
  const Collections collections;
  write_file(collections.source() / "a.dat", std::string(1000, 'a'));
  write_file(collections.source() / "b.dat", "b");
  write_file(collections.source() / "folder/c.dat", "not counted");
  Program program(exec(collections.options(), "typed_views"));
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(), AllOf(testing::StartsWith("SOURCE (GCP_mapped_collection)\n20"),
                                      HasSubstr("Z  a.dat\n"), HasSubstr("Z  folder\n"),
                                      testing::EndsWith("1001 bytes\n")));
  Program failing(exec(collections.options(), "typed_views", {"/nowhere"}));
  EXPECT_EQ(failing.finish(), 1);
}

TEST(Examples, SayWhichVariableIsMissing) {
  const std::vector<std::vector<std::string>> all{{"access_token_authorization"},
                                                  {"refresh_token_authorization"},
                                                  {"basic_authorization"},
                                                  {"client_credentials"},
                                                  {"recursive_ls"},
                                                  {"listings"},
                                                  {"three_legged_oauth_command_line"},
                                                  {"async_stat"},
                                                  {"minimal_transfer", "/a", "/b"},
                                                  {"data_service"},
                                                  {"custom_authorizer", "/no/such/file"},
                                                  {"custom_token_storage", "/no/such/folder"}};
  for (auto command : all) {
    command.front() = example(command.front());
    Program program(command);
    EXPECT_EQ(program.finish(), 1) << command.front();
    EXPECT_THAT(program.output(), AllOf(HasSubstr("GLOBUS_SANDBOX_"), HasSubstr(" is not set")))
        << command.front();
  }
}

TEST(Examples, ThreeLeggedOauthOnTheCommandLine) {
  Program program(exec({"--auto-consent"}, "three_legged_oauth_command_line"));
  ASSERT_TRUE(program.read_until("paste the code: ")) << program.output();
  const std::string scheme = over_tls() ? "https://" : "http://";
  const auto url = scheme + between(program.output(), scheme, " \r\n");
  EXPECT_THAT(url, HasSubstr("code_challenge_method=S256"));
  const auto before = program.output().size();
  program.write("  " + code_from(url) + "\n");
  EXPECT_EQ(program.finish(), 0);
  const auto after = program.output().substr(before);
  EXPECT_EQ(after,
            "logged in at auth.globus.org, with a refresh token\n"
            "logged in at transfer.api.globus.org, with a refresh token\n"
            "collections to be found: 2\n");
}

TEST(Examples, ThreeLeggedOauthRefusesAWrongCode) {
  Program program(exec({}, "three_legged_oauth_command_line"));
  program.write("not-a-code\n");
  EXPECT_EQ(program.finish(), 1);
  EXPECT_THAT(program.output(), HasSubstr("invalid_grant"));

  Program silent(exec({}, "three_legged_oauth_command_line"));
  EXPECT_EQ(silent.finish(), 1);
  EXPECT_THAT(silent.output(), HasSubstr("no code was given"));
}

TEST(Examples, MinimalTransfer) {
  const Collections collections;
  write_file(collections.source() / "data/one.txt", "one");
  write_file(collections.source() / "data/below/two.txt", "two");

  Program first(exec(collections.options(), "minimal_transfer", {"/data/", "/backup/"}));
  EXPECT_EQ(first.finish(), 0) << first.output();
  EXPECT_THAT(first.output(), HasSubstr("done: 2 files, 6 bytes; 0 files were there already"));
  EXPECT_EQ(read_file(collections.destination() / "backup/below/two.txt"), "two");

  Program second(exec(collections.options(), "minimal_transfer", {"/data/", "/backup/"}));
  EXPECT_EQ(second.finish(), 0) << second.output();
  EXPECT_THAT(second.output(), HasSubstr("done: 0 files, 0 bytes; 2 files were there already"));
}

TEST(Examples, MinimalTransferSaysWhatIsMissing) {
  const Collections collections;
  Program program(exec(collections.options(), "minimal_transfer", {"/nowhere", "/copy"}));
  EXPECT_EQ(program.finish(), 1);
  EXPECT_THAT(program.output(), HasSubstr("canceled, since this needs a person: file not found"));
  EXPECT_THAT(program.output(), HasSubstr("/nowhere"));
}

TEST(Examples, SyncFolder) {
  const Collections collections;
  write_file(collections.source() / "data/one.txt", "one");
  write_file(collections.source() / "data/two.tmp", "two");
  Program first(exec(collections.options(), "sync_folder", {"/data/"}));
  EXPECT_EQ(first.finish(), 0) << first.output();
  EXPECT_EQ(first.output(),
            "file one.txt\nfile two.tmp\nSUCCEEDED: 1 files came, 0 were there already\n");
  EXPECT_EQ(read_file(collections.destination() / "data/one.txt"), "one");
  EXPECT_FALSE(fs::exists(collections.destination() / "data/two.tmp"));

  Program second(exec(collections.options(), "sync_folder", {"/data/"}));
  EXPECT_EQ(second.finish(), 0) << second.output();
  EXPECT_THAT(second.output(), HasSubstr("SUCCEEDED: 0 files came, 1 were there already\n"));

  Program missing(exec(collections.options(), "sync_folder", {"/nowhere/"}));
  EXPECT_EQ(missing.finish(), 1);
  EXPECT_THAT(missing.output(), HasSubstr("/nowhere"));
}

TEST(Examples, Batch) {
  const Collections collections;
  const fs::path batch = collections.folder.path / "batch.txt";
  std::string lines = "# a hundred files, and a folder\r\n\r\n--recursive '/my tree' /tree\r\n";
  for (int number = 0; number < 100; ++number) {
    const std::string name = "file " + std::to_string(number);
    write_file(collections.source() / name, name);
    lines += "\"/" + name + "\" /copies/file\\ " + std::to_string(number) + "  # one\r\n";
  }
  write_file(collections.source() / "my tree/below/deep.txt", "deep");
  write_file(batch, lines);

  Program program(exec(collections.options(), "batch", {batch.string(), "40"}));
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(), testing::MatchesRegex("[0-9a-f-]+: SUCCEEDED, 40 files\n"
                                                      "[0-9a-f-]+: SUCCEEDED, 40 files\n"
                                                      "[0-9a-f-]+: SUCCEEDED, 21 files\n"));
  EXPECT_EQ(read_file(collections.destination() / "copies/file 99"), "file 99");
  EXPECT_EQ(read_file(collections.destination() / "tree/below/deep.txt"), "deep");
}

TEST(Examples, BatchNamesEveryWrongLine) {
  const Collections collections;
  const fs::path batch = collections.folder.path / "batch.txt";
  write_file(batch, "/a /b\n/c\n\n/d /e --recursiv\n");
  Program program(exec(collections.options(), "batch", {batch.string()}));
  EXPECT_EQ(program.finish(), 2);
  EXPECT_THAT(program.output(), AllOf(HasSubstr("batch.txt:2: the destination path is missing\n"),
                                      HasSubstr("batch.txt:4: there is no option \"--recursiv\"")));

  Program missing(exec(collections.options(), "batch", {"/no/such/file"}));
  EXPECT_EQ(missing.finish(), 2);
  EXPECT_THAT(missing.output(), HasSubstr("/no/such/file: the batch cannot be read"));
}

TEST(Examples, DownloadTree) {
  const Collections collections;
  write_file(collections.source() / "data/one.txt", "one");
  write_file(collections.source() / "data/below/two.txt", "two");
  const fs::path target = collections.folder.path / "target";
  Program first(exec(collections.options(), "download_tree", {"/data/", target.string()}));
  EXPECT_EQ(first.finish(), 0) << first.output();
  EXPECT_EQ(first.output(), "2 files came, 0 were there already\n");
  EXPECT_EQ(read_file(target / "below/two.txt"), "two");

  fs::create_symlink("one.txt", collections.source() / "data/link");
  Program second(exec(collections.options(), "download_tree", {"/data/", target.string()}));
  EXPECT_EQ(second.finish(), 1);
  EXPECT_THAT(second.output(), HasSubstr("0 files came, 2 were there already\n"));
  EXPECT_THAT(second.output(), HasSubstr("/data/link: it is a symbolic link to one.txt"));

  Program missing(exec(collections.options(), "download_tree", {"/nowhere/", target.string()}));
  EXPECT_EQ(missing.finish(), 1);
  EXPECT_THAT(missing.output(), HasSubstr("/nowhere"));
}

TEST(Examples, RecursiveLs) {
  const Collections collections;
  constexpr int files = 1001;  // three pages
  for (int i = 0; i < files; ++i)
    write_file(collections.source() / "many" / ("file-" + std::to_string(i)), "x");
  write_file(collections.source() / "many/below/deep.txt", "12345");
  fs::create_directory_symlink("..", collections.source() / "many/loop");

  Program all(exec(collections.options(), "recursive_ls"));
  EXPECT_EQ(all.finish(), 0);
  const auto& output = all.output();
  EXPECT_EQ(std::count(output.begin(), output.end(), '\n'), files + 4);
  // depth first: what is in a folder follows it at once
  EXPECT_THAT(output,
              HasSubstr("/many/\n/many/below/\n/many/below/deep.txt  5\n/many/file-0  1\n"));
  EXPECT_THAT(output, HasSubstr("/many/file-1000  1\n"));
  EXPECT_THAT(output, HasSubstr("/many/loop -> ..\n"));

  Program one_level(exec(collections.options(), "recursive_ls", {"/", "1"}));
  EXPECT_EQ(one_level.finish(), 0);
  EXPECT_EQ(one_level.output(), "/many/\n");
}

TEST(Examples, Listings) {
  const ScopedFolder folder;
  std::vector<std::string> options;
  for (const char* name : {"one", "two", "three", "four", "five"}) {
    fs::create_directory(folder.path / name);
    options.insert(options.end(), {"--collection", name + ("=" + (folder.path / name).string())});
  }
  const auto names = [&options](const std::vector<std::string>& arguments) {
    Program program(exec(options, "listings", arguments));
    EXPECT_EQ(program.finish(), 0) << program.output();
    return program.output();
  };
  const auto all = names({"9"});
  EXPECT_THAT(all, testing::EndsWith("go on from: {\"page\":null}\n"));

  const auto first = names({"3"});
  const auto position = between(first, "go on from: ", "\n");
  EXPECT_EQ(position, R"({"page":{"limit":2,"offset":2},"items":1})");
  const auto rest = names({"9", position});
  EXPECT_EQ(first.substr(0, first.find("go on")) + rest, all);
}

TEST(Examples, AsyncStat) {
  const Collections collections;
  std::string paths;
  for (int i = 0; i < 1000; ++i) {
    const std::string name = "file-" + std::to_string(i);
    if (i % 10 != 0) write_file(collections.source() / name, "1234");
    paths += '/' + name + '\n';
  }
  Program program(exec(collections.options(), "async_stat"));
  program.write(paths);
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(), HasSubstr("900 found, 100 missing, 3600 bytes\n"));
}

TEST(Examples, CustomAuthorizer) {
  Sandbox sandbox(for_this_run());
  const ScopedFolder folder;
  const auto file = folder.path / "token";
  write_file(file, sandbox.value("TRANSFER_TOKEN") + "\n");
  sandbox.clear_requests();
  // the file is read again after this
  sandbox.add_fault({.path = "^/transfer/", .count = 1, .status = 401, .body = "{}"});

  Program program({example("custom_authorizer"), file.string()}, sandbox.environment());
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_EQ(program.output(), "blocking: SOURCE\nasynchronous: SOURCE\n");
  std::vector<int> statuses;
  for (const auto& request : sandbox.requests()) statuses.push_back(request.status);
  EXPECT_EQ(statuses, (std::vector{401, 200, 200}));

  write_file(file, "a-token-that-nobody-issued");
  Program wrong({example("custom_authorizer"), file.string()}, sandbox.environment());
  EXPECT_EQ(wrong.finish(), 1);
  EXPECT_THAT(wrong.output(), HasSubstr("401"));
  EXPECT_THAT(wrong.output(), Not(HasSubstr("nobody-issued")));
}

TEST(Examples, CustomTokenStorage) {
  Sandbox sandbox(for_this_run());
  const ScopedFolder folder;
  const auto run = [&] {
    Program program({example("custom_token_storage"), folder.path.string()}, sandbox.environment());
    EXPECT_EQ(program.finish(), 0) << program.output();
    return program.output();
  };
  EXPECT_THAT(run(), AllOf(HasSubstr("logging in: No token data for transfer.api.globus.org\n"),
                           HasSubstr("tasks of the application: 0\n")));
  const auto files = fs::recursive_directory_iterator(folder.path);
  EXPECT_EQ(std::distance(begin(files), end(files)), 2) << "a folder and the file of one token";
  EXPECT_EQ(run(), "found a token for transfer.api.globus.org\ntasks of the application: 0\n");
}

}  // namespace
