// SPDX-License-Identifier: Apache-2.0
// What the records of payload classes do not hold: items, rules, deadlines.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>
#include <string>

#include "globus_sdk/transfer/delete_data.hpp"
#include "globus_sdk/transfer/transfer_data.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

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
