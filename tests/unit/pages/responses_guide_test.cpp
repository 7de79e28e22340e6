// SPDX-License-Identifier: Apache-2.0
// What docs/guide/responses.md shows beside its first program, compiled and run.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <sstream>
#include <string>

using namespace globus_sdk;

namespace {

GlobusHTTPResponse task_document() {
  Answer answer;
  answer.status = 200;
  answer.body = R"({
      "task_id": "t", "label": null, "status": "HIBERNATING", "bytes_transferred": 7,
      "request_time": "2026-01-02T03:04:05+00:00", "new_member": [1, 2],
      "fatal_error": {"code": "FILE_NOT_FOUND", "description": "no such file"}})";
  return GlobusHTTPResponse(answer);
}

/// Runs a piece of the page, and returns what it prints.
template <class Piece> std::string printed_by(Piece piece) {
  std::ostringstream out;
  std::streambuf* const before = std::cout.rdbuf(out.rdbuf());
  piece();
  std::cout.rdbuf(before);
  return out.str();
}

TEST(ResponsesGuide, Json) {
  const auto piece = [] {
    const auto response = task_document();
    //! [json]
    const std::string task_id = response["task_id"];
    const auto bytes = response["bytes_transferred"].as<std::int64_t>();
    if (auto label = response.get("label"); label && !label->is_null()) std::cout << *label << '\n';
    for (auto element : response["new_member"]) std::cout << element << '\n';
    for (auto [key, value] : response["fatal_error"].items())
      std::cout << key << ": " << value << '\n';
    //! [json]
    std::cout << task_id << bytes;
  };
  EXPECT_EQ(printed_by(piece), "1\n2\ncode: FILE_NOT_FOUND\ndescription: no such file\nt7");
}

TEST(ResponsesGuide, Views) {
  const auto piece = [] {
    const auto response = task_document();
    //! [views]
    const Task task{response};
    const std::int64_t bytes = task.bytes_transferred;
    if (task.completion_time)
      std::cout << (*task.completion_time - *task.request_time).count() << " s\n";
    if (task.fatal_error) std::cout << task.fatal_error->description << '\n';
    std::cout << task.label.value_or("no label") << ", " << bytes << " bytes\n";
    std::cout << task.document["new_member"] << '\n';  // what the view has no name for
    //! [views]
  };
  EXPECT_EQ(printed_by(piece), "no such file\nno label, 7 bytes\n[1,2]\n");
}

TEST(ResponsesGuide, NewerValues) {
  const auto piece = [] {
    const Task task{task_document()};
    //! [newer]
    if (const auto status = task.status->known()) {
      switch (*status) {
        case TaskStatus::active:
        case TaskStatus::inactive:
          std::cout << "not done yet\n";
          break;
        case TaskStatus::succeeded:
        case TaskStatus::failed:
          std::cout << "ended\n";
          break;
      }
    } else {
      std::cout << "something newer: " << task.status << '\n';
    }
    //! [newer]
  };
  EXPECT_EQ(printed_by(piece), "something newer: HIBERNATING\n");
}

[[maybe_unused]] void list(const TransferClient& tc, const std::string& collection_id) {
  //! [missing]
  // only two members of each entry come back
  for (auto item : tc.task_list({.query_params = {{"fields", "task_id,status"}}})) {
    const Task task{item};
    std::cout << task.task_id << ' ' << task.status << '\n';
    if (task.files.has_value()) std::cout << task.files << " files\n";  // not here
  }
  //! [missing]
  //! [temporary]
  const std::string name = tc.get_endpoint(collection_id)["display_name"];  // a copy
  const Endpoint collection{tc.get_endpoint(collection_id)};                // keeps the document
  //! [temporary]
  std::cout << name << collection.display_name;
}

}  // namespace
