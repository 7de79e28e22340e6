// SPDX-License-Identifier: Apache-2.0
// What Transfer does with query parameters: those that it documents, and all
// others.
#include <gmock/gmock.h>

#include "sandbox_server/transfer_fixture.hpp"

namespace globus_sandbox::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TransferParameters : public TransferTest {
 protected:
  std::string finished_task() {
    write_file(source / "a", "1");
    return transfer({item("/a", "/a")}).text("task_id");
  }
  static std::vector<std::string> members_of(const value& document) {
    std::vector<std::string> names;
    for (const auto& [name, ignored] : document.as_object()) names.emplace_back(name);
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(TransferParameters, FieldsLimitWhatADocumentShows) {
  const auto id = finished_task();
  EXPECT_THAT(members_of(get("task/" + id, {{"fields", "status"}}).body),
              ElementsAre("DATA_TYPE", "status"));
  EXPECT_THAT(members_of(get("task/" + id, {{"fields", "task_id, status ,label"}}).body),
              ElementsAre("DATA_TYPE", "label", "status", "task_id"));
  EXPECT_THAT(members_of(get("endpoint/" + source_id, {{"fields", "display_name,id"}}).body),
              ElementsAre("DATA_TYPE", "display_name", "id"));
  EXPECT_EQ(get("task/" + id, {{"fields", ""}}).body.as_object().size(), 72);
}

TEST_F(TransferParameters, FieldsOfAListAreThoseOfItsItems) {
  const auto id = finished_task();
  const auto list = get("task_list", {{"fields", "task_id"}});
  EXPECT_THAT(members_of(list.body),
              ElementsAre("DATA", "DATA_TYPE", "length", "limit", "offset", "total"));
  EXPECT_THAT(members_of(list.data().at(0)), ElementsAre("DATA_TYPE", "task_id"));
  EXPECT_THAT(members_of(get("task/" + id + "/event_list", {{"fields", "code"}}).data().at(0)),
              ElementsAre("DATA_TYPE", "code"));
  const auto found = get("endpoint_search", {{"filter_fulltext", "SOURCE"}, {"fields", "id"}});
  EXPECT_THAT(members_of(found.data().at(0)), ElementsAre("DATA_TYPE", "id"));
}

TEST_F(TransferParameters, AFieldThatThereIsNotIsRefused) {
  const auto answer = get("task/" + finished_task(), {{"fields", "status,nonsense"}});
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.text("message"), HasSubstr("nonsense"));
}

TEST_F(TransferParameters, AnyOtherIsAnsweredWithItsName) {
  const auto id = finished_task();
  for (const auto& path :
       {"task/" + id, std::string("task_list"), std::string("submission_id"),
        std::string("endpoint_search"), "endpoint/" + source_id, "task/" + id + "/event_list",
        "task/" + id + "/successful_transfers", "task/" + id + "/skipped_errors",
        "task/" + id + "/pause_info", "operation/endpoint/" + source_id + "/ls",
        "operation/endpoint/" + source_id + "/stat"}) {
    const auto answer = get(path, {{"colour", "blue"}});
    EXPECT_EQ(answer.status, 501) << path;
    EXPECT_THAT(answer.text("message"), HasSubstr("colour")) << path;
  }
  const auto before = get("task_list").number("total");
  EXPECT_EQ(request("POST", "transfer", {{"colour", "blue"}}, transfer_document({item("/a", "/b")}))
                .status,
            501);
  EXPECT_EQ(get("task_list").number("total"), before) << "nothing took effect";
}

TEST_F(TransferParameters, FiltersCompareIdsAsIds) {
  const auto id = finished_task();
  const auto upper = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
  };
  for (const auto& filter :
       {"task_id:" + upper(id), "owner_id:" + upper(user.identity_id),
        "source_endpoint_id:" + upper(source_id), "task_id:" + source_id + "," + upper(id)})
    EXPECT_EQ(get("task_list", {{"filter", filter}}).number("total"), 1) << filter;
  EXPECT_EQ(get("task_list", {{"filter", "task_id:!" + upper(id)}}).number("total"), 0);
}

TEST_F(TransferParameters, LabelsAreMeasuredInCharacters) {
  write_file(source / "a", "1");
  std::string longest;
  for (int i = 0; i < 128; ++i) longest += "ü";
  EXPECT_EQ(transfer({item("/a", "/a")}, {{"label", longest}}).text("label"), longest);
  EXPECT_EQ(
      post("transfer", transfer_document({item("/a", "/a")}, {{"label", longest + "x"}})).status,
      400);
}

TEST_F(TransferParameters, LabelsBeginAndEndWithNoWhiteSpace) {
  for (const char* space : {" ", "\t", "\v", "\u00a0", "\u2003", "\u3000"})
    for (const auto& label : {std::string(space) + "x", std::string("x") + space}) {
      const auto answer =
          post("transfer", transfer_document({item("/a", "/a")}, {{"label", label}}));
      EXPECT_EQ(answer.status, 400) << label;
      EXPECT_THAT(answer.text("message"), HasSubstr("label"));
    }
}

TEST_F(TransferParameters, TasksOfOneSecondKeepTheOrderTheyCameIn) {
  std::vector<std::string> came;
  for (int i = 0; i < 12; ++i)
    came.push_back(submit("delete", delete_document({"/x"}, {{"ignore_missing", true}})));
  const std::vector<std::string> newest_first(came.rbegin(), came.rend());
  const auto ids = [&](const std::string& orderby) {
    return get("task_list", {{"orderby", orderby}}).names("task_id");
  };
  EXPECT_EQ(ids("request_time"), came);
  EXPECT_EQ(ids("request_time ASC"), came);
  EXPECT_EQ(ids("request_time DESC"), newest_first);
  EXPECT_EQ(ids("type"), came);
  EXPECT_EQ(ids("type,request_time DESC"), newest_first);
  EXPECT_EQ(get("task_list").names("task_id"), newest_first);
}

}  // namespace
}  // namespace globus_sandbox::testing
