// SPDX-License-Identifier: Apache-2.0
// A program that has more rights than who started it (setuid) takes no setting from that user's
// environment: each would decide where its secrets go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "support/program.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace fs = std::filesystem;
using globus_sdk_test::ScopedFolder;
using programs::Program;
using testing::HasSubstr;
using testing::Not;

constexpr uid_t owner = 1;
constexpr uid_t caller = 65'534;

/// The program, in a folder that both users can enter, and its owner's rights for whoever runs it.
class Elevated : public testing::Test {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "only root can make a program of another user";
    if (getpwuid(owner) == nullptr) GTEST_SKIP() << "there is no user with number " << owner;
    const fs::path program_file = folder.path / "elevated";
    fs::copy_file(fs::path(GLOBUS_SDK_LONG_LIVES_DIR) / "elevated", program_file);
    for (const fs::path& file : {folder.path, program_file}) {
      ASSERT_EQ(chown(file.c_str(), owner, owner), 0);
    }
    ASSERT_EQ(chmod(folder.path.c_str(), 0755), 0);
    ASSERT_EQ(chmod(program_file.c_str(), 04755), 0);
  }

  /// What it says when another user runs it with such variables.
  std::string run(const programs::Environment& variables) const {
    const std::string number = std::to_string(caller);
    Program program({"/usr/bin/setpriv", "--reuid", number, "--regid", number, "--clear-groups",
                     (folder.path / "elevated").string()},
                    variables);
    EXPECT_EQ(program.finish(), 0) << program.output();
    return program.output();
  }

  ScopedFolder folder{};
};

TEST_F(Elevated, ProgramsTakeNothingFromTheirCallersEnvironment) {
  const std::string key_log = (folder.path / "key-log").string();
  const std::string said = run({{"GLOBUS_SDK_SERVICE_URL_TRANSFER", "https://attacker.example/"},
                                {"GLOBUS_SDK_ENVIRONMENT", "preview"},
                                {"GLOBUS_SDK_LOG", "debug"},
                                {"GLOBUS_SDK_HTTP_TIMEOUT", "never"},
                                {"GLOBUS_SDK_VERIFY_SSL", "/attacker/authority.pem"},
                                {"SSL_CERT_FILE", "/attacker/authority.pem"},
                                {"CURL_CA_BUNDLE", "/attacker/authority.pem"},
                                {"REQUESTS_CA_BUNDLE", "/attacker/authority.pem"},
                                {"GLOBUS_CLIENT_ID", "client"},
                                {"GLOBUS_CLIENT_SECRET", "secret"},
                                {"HOME", "/attacker"},
                                {"XDG_RUNTIME_DIR", "/attacker"},
                                {"SSH_TTY", ""},
                                {"SSH_CONNECTION", ""},
                                {"DISPLAY", ":0"},
                                {"BROWSER", "/bin/false"},
                                {"SSLKEYLOGFILE", key_log}});
  if (said.starts_with("elevated: no")) {
    GTEST_SKIP() << folder.path << " gives no program the rights of its owner (nosuid)";
  }
  EXPECT_THAT(said, Not(HasSubstr("attacker")));
  EXPECT_THAT(said, Not(HasSubstr("preview")));
  EXPECT_THAT(said, HasSubstr("log: no\n"));
  EXPECT_THAT(said, HasSubstr("transport: nothing\n"));
  EXPECT_THAT(said, HasSubstr("app: a ClientApp needs client_id and client_secret"));
  EXPECT_THAT(said, HasSubstr("browser: no browser can be shown for a login: there is no display"));
  const std::string home = getpwuid(owner)->pw_dir;
  EXPECT_THAT(said, HasSubstr("storage: " + home + "/.globus/"));
  EXPECT_THAT(said, HasSubstr("endpoint: " + home + "/.globusonline\n"));
  EXPECT_THAT(said, HasSubstr("call: GET http://127.0.0.1:1/"));
  EXPECT_FALSE(fs::exists(key_log)) << "libcurl would write the keys of TLS there";
}

}  // namespace
