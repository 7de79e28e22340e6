// SPDX-License-Identifier: Apache-2.0
// The recorded answers apart from the clients: each is read by its typed view, and none is left
// out.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>
#include <map>
#include <string>

#include "globus_sdk/core/response.hpp"
#include "wire/replay_answers.hpp"

namespace globus_sdk_test {
namespace {

globus_sdk::GlobusHTTPResponse response_of(const boost::json::object& answer) {
  globus_sdk::Answer received;
  received.status = static_cast<int>(answer.at("status").as_int64());
  received.body = boost::json::serialize(answer.at("body"));
  return globus_sdk::GlobusHTTPResponse(received);
}

TEST(RecordedAnswers, AgreeWithTheirTypedViews) {
  const auto answers = load_records("answers.json").at("answers").as_array();
  const auto readings = load_readings();
  ASSERT_EQ(answers.size(), readings.size());
  int views = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto& reading = readings[i].as_object();
    if (reading.at("client").is_null() || reading.contains("error")) continue;
    const Disagreement found =
        view_disagreement(text_or_empty(reading.at("client")), text_or_empty(reading.at("method")),
                          response_of(answers[i].as_object()));
    EXPECT_EQ(found.lines, "") << boost::json::serialize(answers[i]);
    views += found.views;
  }
  EXPECT_GE(views, 100);
}

bool is_recorded(const std::string& client) {
  return std::filesystem::exists(std::string(GLOBUS_SDK_TEST_RECORDS) + "/" + client + ".json");
}

/// Each answer is replayed with the records of its client. Those whose client has no records yet
/// are named.
TEST(RecordedAnswers, HaveClientsWithRecords) {
  std::map<std::string, int> without;
  int with = 0;
  for (const auto& reading : load_readings()) {
    const std::string client = text_or_empty(reading.at("client"));
    if (client.empty()) continue;
    is_recorded(client) ? ++with : ++without[client];
  }
  for (const auto& [client, answers] : without)
    std::cout << "[   wire   ] no records of " << client << " yet: " << answers << " answers\n";
  EXPECT_GT(with, 300);
}

/// The Python SDK has a method for each answer but one, whose method is gone from it.
TEST(RecordedAnswers, HaveMethods) {
  const auto answers = load_records("answers.json").at("answers").as_array();
  const auto readings = load_readings();
  std::string without;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const auto& answer = answers[i].as_object();
    if (!readings[i].as_object().at("client").is_null()) continue;
    without += text_or_empty(answer.at("method")) + " " + text_or_empty(answer.at("path")) + "\n";
  }
  EXPECT_EQ(without, "POST /v0.10/endpoint\n");
}

}  // namespace
}  // namespace globus_sdk_test
