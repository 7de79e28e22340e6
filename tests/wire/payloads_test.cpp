// SPDX-License-Identifier: Apache-2.0
// The documents that payload classes turn into, and that they are sent as they are.
#include <gtest/gtest.h>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "wire/replay.hpp"
#include "wire/transfer_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

TransferData transfer_data(const Arguments& arguments) {
  TransferDataOptions options;
  arguments.set("label", options.label);
  arguments.set("submission_id", options.submission_id);
  arguments.set("sync_level", options.sync_level);
  arguments.set("verify_checksum", options.verify_checksum);
  arguments.set("preserve_timestamp", options.preserve_timestamp);
  arguments.set("encrypt_data", options.encrypt_data);
  arguments.set("deadline", options.deadline);
  arguments.set("skip_source_errors", options.skip_source_errors);
  arguments.set("fail_on_quota_errors", options.fail_on_quota_errors);
  arguments.set("delete_destination_extra", options.delete_destination_extra);
  arguments.set("notify_on_succeeded", options.notify_on_succeeded);
  arguments.set("notify_on_failed", options.notify_on_failed);
  arguments.set("notify_on_inactive", options.notify_on_inactive);
  arguments.set("source_local_user", options.source_local_user);
  arguments.set("destination_local_user", options.destination_local_user);
  arguments.set("additional_fields", options.additional_fields);
  return TransferData(arguments.get("source_endpoint"), arguments.get("destination_endpoint"),
                      options);
}

DeleteData delete_data(const Arguments& arguments) {
  DeleteDataOptions options;
  arguments.set("label", options.label);
  arguments.set("submission_id", options.submission_id);
  arguments.set("recursive", options.recursive);
  arguments.set("ignore_missing", options.ignore_missing);
  arguments.set("interpret_globs", options.interpret_globs);
  arguments.set("deadline", options.deadline);
  arguments.set("notify_on_succeeded", options.notify_on_succeeded);
  arguments.set("notify_on_failed", options.notify_on_failed);
  arguments.set("notify_on_inactive", options.notify_on_inactive);
  arguments.set("local_user", options.local_user);
  arguments.set("additional_fields", options.additional_fields);
  return DeleteData(arguments.get("endpoint"), options);
}

/// What an instance's document is, and what is sent for it.
struct Submitted {
  Json document{};
  std::string sent{};
  bool has_submission_id = true;  ///< whether one is sent where the payload has none
};

template <class Mode> BasicTransferClient<Mode> transfer_client(World<Mode>& world) {
  return world.template client<BasicTransferClient>(AccessTokenAuthorizer("access-token"));
}

template <class Mode> Submitted submit_transfer(const Arguments& arguments) {
  World<Mode> world;
  const TransferData data = transfer_data(arguments);
  Submitted submitted{data.document()};
  finish(transfer_client(world).submit_transfer(data));
  submitted.sent = world.take().back().body;
  return submitted;
}

template <class Mode> Submitted submit_delete(const Arguments& arguments) {
  World<Mode> world;
  const DeleteData data = delete_data(arguments);
  Submitted submitted{data.document()};
  finish(transfer_client(world).submit_delete(data));
  submitted.sent = world.take().back().body;
  return submitted;
}

template <class Mode> Submitted submit_dependent_scope(const Arguments& arguments) {
  World<Mode> world;
  const DependentScopeSpec spec(arguments.get("scope"), arguments.get<bool>("optional"),
                                arguments.get<bool>("requires_refresh_token"));
  CreateScopeOptions options;
  options.dependent_scopes = std::vector<DependentScopeSpec>{spec};
  const auto client = world.template client<BasicAuthClient>(AccessTokenAuthorizer("access-token"));
  finish(client.create_scope("client", "name", "description", "suffix", options));
  const Json body = Json::parse(world.take().back().body);
  return {spec.document(), body.view()["scope"]["dependent_scopes"][0].dump(), false};
}

using Submit = Submitted (*)(const Arguments&);

/// How each payload class is made and sent, by its name.
template <class Mode> std::map<std::string, Submit> payloads() {
  return {{"TransferData", submit_transfer<Mode>},
          {"DeleteData", submit_delete<Mode>},
          {"DependentScopeSpec", submit_dependent_scope<Mode>}};
}

/// Makes and sends one recorded payload; returns what is wrong with it, or nothing.
std::string replay_payload(Submit submit, const boost::json::object& record) {
  const Arguments arguments(record.at("args").as_object());
  const Submitted submitted = submit(arguments);
  boost::json::object expected = record.at("document").as_object();
  std::string wrong;
  if (submitted.document.value() != boost::json::value(expected)) {
    wrong = "document: " + submitted.document.dump() + "\n";
  }
  if (submitted.has_submission_id && !expected.contains("submission_id"))
    expected["submission_id"] = "val-submission-id";
  if (boost::json::parse(submitted.sent) != boost::json::value(expected)) {
    wrong += "sent: " + submitted.sent + "\n";
  }
  for (const std::string& name : arguments.unused()) wrong += name + " was left out\n";
  return wrong;
}

template <class Mode> class PayloadRecords : public testing::Test {};
TYPED_TEST_SUITE(PayloadRecords, Modes, ModeNames);

TYPED_TEST(PayloadRecords, AreReproduced) {
  const auto submits = payloads<TypeParam>();
  const std::string code = code_of_all();
  Count count;
  const boost::json::object records = load_records("payloads.json");
  for (const auto& value : records.at("documents").as_array()) {
    const auto& record = value.as_object();
    const std::string payload = text_or_empty(record.at("payload"));
    if (!defines_class(code, payload)) {
      ++count.not_yet[payload];
      continue;
    }
    ++count.delivered;
    const auto submit = submits.find(payload);
    ASSERT_NE(submit, submits.end()) << payload << " is delivered and has no entry in the table";
    const std::string wrong = replay_payload(submit->second, record);
    if (wrong.empty()) ++count.reproduced;
    EXPECT_EQ(wrong, "") << boost::json::serialize(record);
  }
  report(mode_name<TypeParam>, "payloads.json", count);
}

/// What a transfer's items and rules, and a deletion's items, look like; as Python writes them.
TEST(Payloads, TransferItemsAndFilterRules) {
  TransferData data("s", "d");
  data.add_item("/a b/ü.txt", "/x");
  data.add_item("/dir/", "/dir2/", {.recursive = true});
  data.add_item("/f", "/g",
                {.recursive = false,
                 .external_checksum = "abc",
                 .checksum_algorithm = "SHA256",
                 .additional_fields = {{"foo", 1}, {"path2", nullptr}}});
  data.add_filter_rule("*.tmp");
  data.add_filter_rule("keep*", {.method = "include", .type = "dir"});
  const auto expected = boost::json::parse(R"({
    "DATA_TYPE": "transfer", "source_endpoint": "s", "destination_endpoint": "d",
    "DATA": [
      {"DATA_TYPE": "transfer_item", "source_path": "/a b/ü.txt", "destination_path": "/x"},
      {"DATA_TYPE": "transfer_item", "source_path": "/dir/", "destination_path": "/dir2/",
       "recursive": true},
      {"DATA_TYPE": "transfer_item", "source_path": "/f", "destination_path": "/g",
       "recursive": false, "external_checksum": "abc", "checksum_algorithm": "SHA256", "foo": 1,
       "path2": null}],
    "filter_rules": [
      {"DATA_TYPE": "filter_rule", "method": "exclude", "name": "*.tmp"},
      {"DATA_TYPE": "filter_rule", "method": "include", "name": "keep*", "type": "dir"}]})");
  EXPECT_EQ(data.document().value(), expected) << data.document().dump();
  EXPECT_EQ(data.iter_items().size(), 3u);
}

TEST(Payloads, DeleteItems) {
  DeleteData data("e", {.recursive = true});
  data.add_item("/a b/ü.txt");
  data.add_item("/y", {.additional_fields = {{"foo", "bar"}}});
  const auto expected = boost::json::parse(R"({
    "DATA_TYPE": "delete", "endpoint": "e", "recursive": true,
    "DATA": [{"DATA_TYPE": "delete_item", "path": "/a b/ü.txt"},
             {"DATA_TYPE": "delete_item", "path": "/y", "foo": "bar"}]})");
  EXPECT_EQ(data.document().value(), expected) << data.document().dump();
}

/// A deadline that is text is sent as it is; one that is a time is written as Python writes it.
TEST(Payloads, Deadlines) {
  const auto deadline_of = [](const Timestamp& deadline) {
    TransferDataOptions options;
    options.deadline = deadline;
    return TransferData("s", "d", options).document().view()["deadline"].as<std::string>();
  };
  EXPECT_EQ(deadline_of("2026-01-02T03:04:05Z"), "2026-01-02T03:04:05Z");
  EXPECT_EQ(deadline_of("2026-01-02"), "2026-01-02");
  const std::chrono::sys_seconds time{std::chrono::seconds(1767323045)};
  EXPECT_EQ(deadline_of(time), "2026-01-02 03:04:05+00:00");
  EXPECT_EQ(deadline_of(time + std::chrono::milliseconds(250)), "2026-01-02 03:04:05.250000+00:00");
}

}  // namespace
}  // namespace globus_sdk_test
