// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/transfer_data.hpp"

#include <utility>

#include "globus_sdk/core/request.hpp"
#include "transfer/batch_words.hpp"
#include "transfer/deadline_text.hpp"
#include "transfer/read_batch.hpp"
#include "transfer/task_path.hpp"

namespace globus_sdk::inline v0 {

namespace {

Payload item_of_type(const char* data_type, Text source_path, Text destination_path) {
  Payload item;
  item.set("DATA_TYPE", data_type)
      .set("source_path", Json(detail::require("source_path", source_path)))
      .set("destination_path", Json(detail::require("destination_path", destination_path)));
  return item;
}

Payload file_or_folder(Text source_path, Text destination_path,
                       const TransferItemOptions& options) {
  Payload made = item_of_type("transfer_item", source_path, destination_path);
  made.set("recursive", options.recursive)
      .set("external_checksum", options.external_checksum)
      .set("checksum_algorithm", options.checksum_algorithm)
      .merge(options.additional_fields);
  return made;
}

Payload item_of_line(const detail::TransferLine& line, const TransferBatchOptions& options) {
  return file_or_folder(
      detail::task_path(options.source_base_path.value_or(""), line.source_path),
      detail::task_path(options.destination_base_path.value_or(""), line.destination_path),
      {.recursive = line.recursive,
       .external_checksum = line.external_checksum,
       .checksum_algorithm = options.checksum_algorithm});
}

}  // namespace

TransferData::TransferData(Text source_endpoint, Text destination_endpoint,
                           const TransferDataOptions& options) {
  document_.set("DATA_TYPE", Json("transfer"))
      .set("DATA", Json::array())
      .set("source_endpoint", Json(detail::require("source_endpoint", source_endpoint)))
      .set("destination_endpoint",
           Json(detail::require("destination_endpoint", destination_endpoint)))
      .set("label", options.label)
      .set("submission_id", options.submission_id)
      .set("deadline", detail::deadline_text(options.deadline))
      .set("source_local_user", options.source_local_user)
      .set("destination_local_user", options.destination_local_user)
      .set("verify_checksum", options.verify_checksum)
      .set("preserve_timestamp", options.preserve_timestamp)
      .set("encrypt_data", options.encrypt_data)
      .set("skip_source_errors", options.skip_source_errors)
      .set("fail_on_quota_errors", options.fail_on_quota_errors)
      .set("delete_destination_extra", options.delete_destination_extra)
      .set("notify_on_succeeded", options.notify_on_succeeded)
      .set("notify_on_failed", options.notify_on_failed)
      .set("notify_on_inactive", options.notify_on_inactive);
  if (options.sync_level) document_.set("sync_level", Json(*options.sync_level->integer()));
  document_.merge(options.additional_fields);
}

TransferData::TransferData(Payload document) : TaskData(std::move(document)) {}

TransferData& TransferData::add_item(Text source_path, Text destination_path,
                                     const TransferItemOptions& options) {
  document_.append("DATA", file_or_folder(source_path, destination_path, options));
  return *this;
}

TransferData& TransferData::add_symlink_item(Text source_path, Text destination_path) {
  document_.append("DATA", item_of_type("transfer_symlink_item", source_path, destination_path));
  return *this;
}

TransferData& TransferData::add_batch(std::istream& lines, const TransferBatchOptions& options) {
  std::vector<Payload> items;
  detail::read_batch(lines, options.file_name, [&](detail::BatchWords words) {
    items.push_back(item_of_line(detail::read_transfer_line(std::move(words)), options));
  });
  for (Payload& item : items) document_.append("DATA", std::move(item));
  return *this;
}

std::vector<TransferData> TransferData::split(std::int64_t max_items) const {
  std::vector<TransferData> parts;
  for (Payload& document : documents_of_parts(max_items)) {
    parts.push_back(TransferData(std::move(document)));
  }
  return parts;
}

TransferData& TransferData::add_filter_rule(Text name, const FilterRuleOptions& options) {
  Payload rule;
  rule.set("DATA_TYPE", Json("filter_rule"))
      .set("method", Json(options.method ? options.method->str() : std::string("exclude")))
      .set("name", Json(detail::require("name", name)))
      .set("type", options.type);
  document_.append("filter_rules", std::move(rule));
  return *this;
}

}  // namespace globus_sdk::inline v0
