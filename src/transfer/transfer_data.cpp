// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/transfer_data.hpp"

#include <utility>

#include "globus_sdk/core/request.hpp"
#include "transfer/deadline_text.hpp"

namespace globus_sdk::inline v0 {

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

TransferData& TransferData::add_item(Text source_path, Text destination_path,
                                     const TransferItemOptions& options) {
  Payload item;
  item.set("DATA_TYPE", Json("transfer_item"))
      .set("source_path", Json(detail::require("source_path", source_path)))
      .set("destination_path", Json(detail::require("destination_path", destination_path)))
      .set("recursive", options.recursive)
      .set("external_checksum", options.external_checksum)
      .set("checksum_algorithm", options.checksum_algorithm)
      .merge(options.additional_fields);
  document_.append("DATA", std::move(item));
  return *this;
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
