// SPDX-License-Identifier: Apache-2.0
// What an authorizer held of secrets is gone from memory when it is gone: a core that is written
// later does not have it. Looked for in all that a core would hold of the process.
#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "sandbox/base/base64.hpp"
#include "sandbox/sandbox.hpp"
#include "support/base64_alphabet.hpp"
#include "support/program.hpp"
#include "support/sanitized.hpp"

namespace {

using globus_sandbox::Sandbox;
using globus_sandbox::SandboxOptions;
using programs::Program;

/// A line for the program, which no process but it and this one can read.
std::string hidden(std::string text) {
  for (char& c : text) c = static_cast<char>(~c);
  return text + '\n';
}

/// Every piece of memory that a process can write to, with its name.
template <class Look> void for_each_memory(pid_t process, Look look) {
  const std::string folder = "/proc/" + std::to_string(process);
  std::ifstream maps(folder + "/maps");
  std::ifstream memory(folder + "/mem", std::ios::binary);
  for (std::string line; std::getline(maps, line);) {
    std::istringstream fields(line);
    std::string range;
    std::string rights;
    fields >> range >> rights;
    if (!rights.starts_with("rw")) continue;
    const std::uint64_t begin = std::stoull(range, nullptr, 16);
    const std::uint64_t end = std::stoull(range.substr(range.find('-') + 1), nullptr, 16);
    std::string bytes(end - begin, '\0');
    memory.clear();
    memory.seekg(static_cast<std::streamoff>(begin));
    memory.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(memory.gcount()));
    look(line, bytes);
  }
}

/// What stands around a secret, the secret itself hidden.
std::string surroundings(const std::string& bytes, std::size_t at, std::size_t size) {
  const std::size_t begin = at < 48 ? 0 : at - 48;
  std::string text = bytes.substr(begin, at - begin) + "***" + bytes.substr(at + size, 32);
  std::replace_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '.');
  return text;
}

/// Where in its memory a process has a secret.
std::vector<std::string> places(pid_t process, const std::string& secret) {
  std::vector<std::string> found;
  std::size_t seen = 0;
  for_each_memory(process, [&](const std::string& name, const std::string& bytes) {
    seen += bytes.size();
    for (auto at = bytes.find(secret); at != std::string::npos; at = bytes.find(secret, at + 1)) {
      found.push_back(name.substr(0, 12) + " " + surroundings(bytes, at, secret.size()));
    }
  });
  EXPECT_GT(seen, 100'000u) << "its memory cannot be read";
  return found;
}

class ForgottenSecrets : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (globus_sdk_test::is_sanitized) GTEST_SKIP() << "a sanitizer keeps freed memory";
  }
  static SandboxOptions options() {
    SandboxOptions options;
    options.tls = GetParam();
    options.rotate_refresh_tokens = true;
    return options;
  }

  /// Starts the program in an environment without secrets.
  void start(const std::string& what, const std::vector<std::string>& lines) {
    programs::Environment variables = sandbox.environment();
    std::erase_if(variables, [](const auto& variable) {
      return variable.first.starts_with("GLOBUS_SANDBOX_");
    });
    program.emplace(
        std::vector<std::string>{std::string(GLOBUS_SDK_LONG_LIVES_DIR) + "/forgetting", what},
        variables);
    for (const std::string& line : lines) program->write(hidden(line));
    ASSERT_TRUE(program->read_until("holding")) << program->output();
  }
  void let_go() {
    program->write("\n");
    ASSERT_TRUE(program->read_until("forgotten")) << program->output();
  }

  /// Tokens and secrets go with what held them.
  void expect_forgotten(const std::string& token, const std::string& secret) {
    const std::string header = secret_header("CLIENT_ID", secret);
    EXPECT_THAT(places(program->process(), header), testing::Not(testing::IsEmpty()));
    let_go();
    EXPECT_THAT(places(program->process(), token), testing::IsEmpty());
    EXPECT_THAT(places(program->process(), secret), testing::IsEmpty());
    if (shows_whole_head()) {
      EXPECT_THAT(places(program->process(), header), testing::IsEmpty());
    }
  }
  /// Over TLS, and in newer versions, libcurl sends a copy of the head; it frees the other one as
  /// it is, and shows it to nobody.
  static bool shows_whole_head() {
    constexpr unsigned newer = 0x080700;
    return !GetParam() && curl_version_info(CURLVERSION_NOW)->version_num < newer;
  }
  /// The credential of the Basic header that the program sends.
  std::string secret_header(const char* id, const std::string& secret) const {
    return globus_sdk_test::in_ordinary_base64_alphabet(
        globus_sandbox::base64url_encode(sandbox.value(id) + ":" + secret));
  }

  Sandbox sandbox{options()};
  std::optional<Program> program;
};
INSTANTIATE_TEST_SUITE_P(LongLives, ForgottenSecrets, testing::Values(false, true),
                         [](const auto& parameter) { return parameter.param ? "Tls" : "Plain"; });

TEST_P(ForgottenSecrets, OfAnAuthorizerThatIsGone) {
  const std::string secret = sandbox.value("CLIENT_SECRET");
  const std::string token = sandbox.value("TRANSFER_REFRESH_TOKEN");
  start("refresh", {sandbox.value("COLLECTION_SOURCE"), sandbox.value("CLIENT_ID"), secret, token});
  expect_forgotten(token, secret);
}

TEST_P(ForgottenSecrets, OfALoginClientThatIsGone) {
  const std::string secret = sandbox.value("CLIENT_SECRET");
  const std::string token = sandbox.value("AUTH_TOKEN");
  start("login", {sandbox.value("CLIENT_ID"), secret, token});
  expect_forgotten(token, secret);
}

}  // namespace
