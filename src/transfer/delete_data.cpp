// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/delete_data.hpp"

#include <utility>

#include "globus_sdk/core/request.hpp"
#include "transfer/batch_words.hpp"
#include "transfer/deadline_text.hpp"
#include "transfer/read_batch.hpp"
#include "transfer/task_path.hpp"

namespace globus_sdk::inline v0 {

namespace {

Payload delete_item(Text path, const DeleteItemOptions& options) {
  Payload item;
  item.set("DATA_TYPE", Json("delete_item"))
      .set("path", Json(detail::require("path", path)))
      .merge(options.additional_fields);
  return item;
}

}  // namespace

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

DeleteData::DeleteData(Payload document) : TaskData(std::move(document)) {}

DeleteData& DeleteData::add_item(Text path, const DeleteItemOptions& options) {
  document_.append("DATA", delete_item(path, options));
  return *this;
}

DeleteData& DeleteData::add_batch(std::istream& lines, const DeleteBatchOptions& options) {
  std::vector<Payload> items;
  detail::read_batch(lines, options.file_name, [&](detail::BatchWords words) {
    const std::string path = detail::read_delete_line(std::move(words));
    items.push_back(delete_item(detail::task_path(options.base_path.value_or(""), path), {}));
  });
  for (Payload& item : items) document_.append("DATA", std::move(item));
  return *this;
}

std::vector<DeleteData> DeleteData::split(std::int64_t max_items) const {
  std::vector<DeleteData> parts;
  for (Payload& document : documents_of_parts(max_items)) {
    parts.push_back(DeleteData(std::move(document)));
  }
  return parts;
}

}  // namespace globus_sdk::inline v0
