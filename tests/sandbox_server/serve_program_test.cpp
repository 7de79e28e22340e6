// SPDX-License-Identifier: Apache-2.0
// The program: what it prints, how it ends, and what it keeps.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "support/program.hpp"
#include "support/raw_http.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::ScopedFolder;
using raw_http::Answer;

/// A run of the program, with its standard output and error in one pipe.
class Program : public programs::Program {
 public:
  explicit Program(const std::vector<std::string>& arguments)
      : programs::Program(command(arguments)) {}

 private:
  static std::vector<std::string> command(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), GLOBUS_SANDBOX_PROGRAM);
    return arguments;
  }
};

int status_of(const std::vector<std::string>& arguments) {
  return Program(arguments).finish();
}

int exec_status(std::vector<std::string> command) {
  command.insert(command.begin(), {"exec", "--"});
  return status_of(command);
}

std::string text(const boost::json::value& value) {
  return std::string(value.as_string());
}

}  // namespace

TEST(ServeProgram, PrintsOneLineOfJsonAndStopsOnSignals) {
  for (const int signal : {SIGINT, SIGTERM}) {
    Program program({"serve"});
    const auto description = boost::json::parse(program.line());
    EXPECT_EQ(description.at("users").as_array().size(), 2U);
    EXPECT_EQ(description.at("clients").at(0).at("secret").as_string().size(), 43U);
    EXPECT_EQ(description.at("collections").as_array().size(), 2U);
    EXPECT_TRUE(text(description.at("services").at("auth")).ends_with("/auth/"));
    const fs::path folder = text(description.at("collections").at(0).at("path"));
    EXPECT_TRUE(fs::is_directory(folder));
    raw_http::Client http;
    EXPECT_EQ(http.get(text(description.at("services").at("auth")) + "jwk.json").status, 200);
    const auto begin = std::chrono::steady_clock::now();
    program.send(signal);
    EXPECT_EQ(program.line(), "");
    EXPECT_EQ(program.finish(), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
    EXPECT_FALSE(fs::exists(folder)) << "temporary folders go with it";
  }
}

TEST(ServeProgram, ServesTls) {
  Program program({"serve", "--tls"});
  const auto description = boost::json::parse(program.line());
  const std::string ca_file = text(description.at("ca_file"));
  EXPECT_EQ(text(description.at("environment").at("GLOBUS_SDK_VERIFY_SSL")), ca_file);
  raw_http::Client http;
  raw_http::Request request;
  request.url = text(description.at("services").at("auth")) + "jwk.json";
  EXPECT_TRUE(request.url.starts_with("https://localhost:"));
  request.ca_file = ca_file;
  EXPECT_EQ(http.send(request).status, 200);
  request.url.replace(request.url.find("localhost"), 9, "127.0.0.1");
  EXPECT_EQ(http.send(request).status, 200);
  request.ca_file.clear();
  EXPECT_EQ(raw_http::Client().send(request).code, CURLE_PEER_FAILED_VERIFICATION);
}

TEST(ServeProgram, TakesItsOptions) {
  const ScopedFolder folder;
  Program program({"serve", "--collection", "My Data=" + folder.path.string(), "--auto-consent",
                   "--rotate-refresh-tokens", "--token-lifetime", "60"});
  const auto description = boost::json::parse(program.line());
  const auto& variables = description.at("environment");
  EXPECT_EQ(description.at("collections").as_array().size(), 1U);
  EXPECT_TRUE(variables.as_object().contains("GLOBUS_SANDBOX_COLLECTION_MY_DATA"));
  raw_http::Client http;
  const Answer answer =
      http.post_form(text(description.at("services").at("auth")) + "v2/oauth2/token",
                     {{"grant_type", "refresh_token"},
                      {"refresh_token", text(variables.at("GLOBUS_SANDBOX_AUTH_REFRESH_TOKEN"))}},
                     text(variables.at("GLOBUS_SANDBOX_CLIENT_ID")),
                     text(variables.at("GLOBUS_SANDBOX_CLIENT_SECRET")));
  EXPECT_EQ(answer.json().at("expires_in").as_int64(), 60);
  EXPECT_TRUE(answer.json().as_object().contains("refresh_token"));
}

TEST(ServeProgram, RefusesBadOptions) {
  EXPECT_EQ(status_of({}), 2);
  EXPECT_EQ(status_of({"serve", "--nonsense"}), 2);
  EXPECT_EQ(status_of({"serve", "--collection", "nofolder"}), 2);
  EXPECT_EQ(status_of({"serve", "--collection", "A=/no/such/folder"}), 2);
  EXPECT_EQ(status_of({"serve", "--token-lifetime", "-1"}), 2);
  EXPECT_EQ(status_of({"serve", "--port", "99999"}), 2);
  EXPECT_EQ(status_of({"serve", "--state", "/no/such/folder/state.db"}), 1);
  EXPECT_EQ(status_of({"exec"}), 2);
  EXPECT_EQ(status_of({"exec", "--state", "/no/such/folder/state.db", "--", "true"}), 125);
  EXPECT_EQ(status_of({"--help"}), 0);
  EXPECT_EQ(status_of({"exec", "--help"}), 0);
}

TEST(ServeProgram, SaysWhichVersionItIs) {
  std::ifstream header(GLOBUS_SDK_SOURCE_DIR "/include/globus_sdk/core/version.hpp");
  const std::string source{std::istreambuf_iterator<char>(header), {}};
  const std::string before = "version = \"";
  const auto begin = source.find(before) + before.size();
  const std::string version = source.substr(begin, source.find('"', begin) - begin);
  Program program({"--version"});
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(), "globus-sandbox " + version + '\n');
  Program help({"--help"});
  EXPECT_EQ(help.finish(), 0);
  EXPECT_NE(help.output().find("--version"), std::string::npos) << help.output();
}

TEST(ServeProgram, KilledAndStartedAgainItGoesOnWithItsState) {
  const ScopedFolder folder;
  const std::string state = (folder.path / "state.db").string();
  raw_http::Client http;
  boost::json::value before;
  std::string client_id;
  {
    Program program({"serve", "--state", state});
    before = boost::json::parse(program.line());
    const Answer made = http.send_json(
        "POST", text(before.at("services").at("auth")) + "v2/api/clients",
        R"({"client":{"template_id":"95fdeba8-fac2-42bd-a357-e068d82ff78e","name":"x"}})");
    client_id = text(made.json().at("client").at("id"));
    http.send_json("POST", text(before.at("control")) + "users", R"({"username":"a@b.example"})");
    program.send(SIGKILL);
    EXPECT_EQ(program.finish(), -SIGKILL);
  }
  Program program({"serve", "--state", state});
  const auto after = boost::json::parse(program.line());
  EXPECT_EQ(after.at("collections"), before.at("collections"));
  EXPECT_EQ(after.at("clients"), before.at("clients"));
  EXPECT_EQ(after.at("users").as_array().size(), 3U);
  const std::string name = "GLOBUS_SANDBOX_AUTH_TOKEN";
  EXPECT_EQ(after.at("environment").at(name), before.at("environment").at(name));
  const std::string auth = text(after.at("services").at("auth"));
  EXPECT_EQ(
      http.get_as(text(before.at("environment").at(name)), auth + "v2/oauth2/userinfo").status,
      200);
  EXPECT_EQ(http.get_as(text(after.at("environment").at(name)),
                        auth + "v2/api/identities?ids=" + client_id)
                .json()
                .at("identities")
                .as_array()
                .size(),
            1U);
  EXPECT_TRUE(fs::is_directory(text(after.at("collections").at(0).at("path"))));
}

TEST(ServeProgram, OneAtATimeHasAStateFile) {
  const ScopedFolder folder;
  const std::string state = (folder.path / "state.db").string();
  Program program({"serve", "--state", state});
  program.line();
  Program second({"serve", "--state", state});
  EXPECT_NE(second.line().find("in use by another sandbox"), std::string::npos);
  EXPECT_EQ(second.finish(), 1);
}

TEST(ServeProgram, TakesAGivenPortAgainAtOnce) {
  std::string port;
  {
    Program program({"serve"});
    const std::string url = text(boost::json::parse(program.line()).at("url"));
    port = url.substr(url.rfind(':') + 1);
    raw_http::Client().get(url + "/auth/jwk.json");
  }
  Program program({"serve", "--port", port});
  EXPECT_TRUE(text(boost::json::parse(program.line()).at("url")).ends_with(':' + port));
  EXPECT_EQ(status_of({"serve", "--port", port}), 1);
}

TEST(ExecProgram, EndsWithItsCommandsStatus) {
  EXPECT_EQ(exec_status({"true"}), 0);
  EXPECT_EQ(exec_status({"sh", "-c", "exit 7"}), 7);
  EXPECT_EQ(exec_status({"sh", "-c", "kill -TERM $$"}), 128 + SIGTERM);
  EXPECT_EQ(exec_status({"/no/such/program"}), 127);
  EXPECT_EQ(exec_status({"no-such-program-anywhere"}), 127);
}

TEST(ExecProgram, GivesItsCommandTheEnvironmentAndPlainSignals) {
  Program program({"exec", "--collection", "here=/tmp", "--", "sh", "-c",
                   "env | grep ^GLOBUS_ | cut -d= -f1 | sort | tr '\\n' ' '; echo; "
                   "grep SigBlk /proc/self/status"});
  const std::string names = program.line();
  for (const char* name :
       {"AUTH_REFRESH_TOKEN", "AUTH_TOKEN", "CLIENT_ID", "CLIENT_SECRET", "COLLECTION_HERE",
        "NATIVE_AUTH_REFRESH_TOKEN", "NATIVE_CLIENT_ID", "NATIVE_TRANSFER_REFRESH_TOKEN",
        "TRANSFER_REFRESH_TOKEN", "TRANSFER_TOKEN", "URL", "USERNAME"})
    EXPECT_NE(names.find("GLOBUS_SANDBOX_" + std::string(name) + ' '), std::string::npos) << name;
  for (const char* name :
       {"AUTH", "TRANSFER", "GROUPS", "SEARCH", "FLOWS", "TIMER", "COMPUTE", "NEXUS"})
    EXPECT_NE(names.find("GLOBUS_SDK_SERVICE_URL_" + std::string(name) + ' '), std::string::npos)
        << name;
  EXPECT_EQ(program.line(), "SigBlk:\t0000000000000000");
  EXPECT_EQ(program.finish(), 0);
}

TEST(ExecProgram, HandsSignalsOn) {
  for (const int signal : {SIGTERM, SIGINT, SIGUSR1}) {
    Program program({"exec", "--", "sh", "-c",
                     "trap 'exit 41' TERM; trap 'exit 42' INT; trap 'exit 43' USR1; echo ready; "
                     "while :; do sleep 0.05; done"});
    ASSERT_EQ(program.line(), "ready");
    program.send(signal);
    EXPECT_EQ(program.finish(), signal == SIGTERM ? 41 : signal == SIGINT ? 42 : 43);
  }
}
