// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/delete_data.hpp"

#include <utility>

#include "globus_sdk/core/request.hpp"
#include "transfer/deadline_text.hpp"

namespace globus_sdk::inline v0 {

DeleteData::DeleteData(Text endpoint, const DeleteDataOptions& options) {
  document_.set("DATA_TYPE", Json("delete"))
      .set("DATA", Json::array())
      .set("endpoint", Json(detail::require("endpoint", endpoint)))
      .set("label", options.label)
      .set("submission_id", options.submission_id)
      .set("recursive", options.recursive)
      .set("ignore_missing", options.ignore_missing)
      .set("interpret_globs", options.interpret_globs)
      .set("deadline", detail::deadline_text(options.deadline))
      .set("notify_on_succeeded", options.notify_on_succeeded)
      .set("notify_on_failed", options.notify_on_failed)
      .set("notify_on_inactive", options.notify_on_inactive)
      .set("local_user", options.local_user)
      .merge(options.additional_fields);
}

DeleteData& DeleteData::add_item(Text path, const DeleteItemOptions& options) {
  Payload item;
  item.set("DATA_TYPE", Json("delete_item"))
      .set("path", Json(detail::require("path", path)))
      .merge(options.additional_fields);
  document_.append("DATA", std::move(item));
  return *this;
}

}  // namespace globus_sdk::inline v0
