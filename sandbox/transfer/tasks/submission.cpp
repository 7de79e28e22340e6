// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/submission.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <initializer_list>
#include <string_view>

#include "sandbox/base/text.hpp"
#include "sandbox/base/uuid.hpp"
#include "sandbox/transfer/files/glob.hpp"
#include "sandbox/transfer/requests/errors.hpp"
#include "sandbox/transfer/requests/request_document.hpp"
#include "sandbox/transfer/tasks/checksum.hpp"

namespace globus_sandbox::transfer {

namespace {

using boost::json::object;
using boost::json::value;
using Names = std::vector<std::string_view>;

constexpr std::size_t longest_label = 128;

/// The field, unless it is missing or null.
const value* field(const object& document, std::string_view name) {
  const auto* found = document.if_contains(name);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::optional<std::string> optional_text(const object& document, std::string_view name) {
  const auto* found = field(document, name);
  if (found == nullptr) return std::nullopt;
  if (!found->is_string()) throw bad_request("'" + std::string(name) + "' is a text");
  return std::string(found->get_string());
}

std::string required_text(const object& document, std::string_view name) {
  const auto text = optional_text(document, name);
  if (!text || text->empty()) throw bad_request("'" + std::string(name) + "' is missing");
  return *text;
}

std::optional<bool> optional_flag(const object& document, std::string_view name) {
  const auto* found = field(document, name);
  if (found == nullptr) return std::nullopt;
  if (!found->is_bool()) throw bad_request("'" + std::string(name) + "' is true or false");
  return found->get_bool();
}

bool flag(const object& document, std::string_view name) {
  return optional_flag(document, name).value_or(false);
}

void refuse_unknown(const object& document, const Names& known, std::string_view where) {
  for (const auto& [name, ignored] : document)
    if (std::find(known.begin(), known.end(), std::string_view(name)) == known.end())
      throw bad_request("unknown field '" + std::string(name) + "' in the " + std::string(where));
}

void require_type(const object& document, std::initializer_list<std::string_view> types) {
  const auto type = required_text(document, "DATA_TYPE");
  if (std::find(types.begin(), types.end(), type) == types.end())
    throw bad_request("DATA_TYPE '" + type + "' is none that belongs here");
}

TransferPath read_path(const std::string& text, std::string_view name) {
  try {
    return parse_transfer_path(text);
  } catch (const InvalidPath& error) {
    throw ServiceError(400, "ClientError.BadRequest.InvalidPath",
                       "'" + std::string(name) + "': " + error.what());
  }
}

const boost::json::array& items_of(const object& document) {
  const auto* data = field(document, "DATA");
  if (data == nullptr || (data->is_array() && data->get_array().empty()))
    throw ServiceError(400, "ClientError.BadRequest.NoTransferItems",
                       "the document has no items in DATA");
  if (!data->is_array()) throw bad_request("'DATA' is a list");
  return data->get_array();
}

const object& as_object(const value& v, std::string_view where) {
  if (!v.is_object()) throw bad_request("'" + std::string(where) + "' holds objects");
  return v.get_object();
}

void read_checksum(const object& document, TransferItem& item) {
  if (const auto name = optional_text(document, "checksum_algorithm")) {
    const auto algorithm = find_checksum_algorithm(*name);
    if (!algorithm) throw bad_request("checksum_algorithm '" + *name + "' is not known");
    item.checksum_algorithm = algorithm;
  }
  if (const auto text = optional_text(document, "external_checksum")) {
    if (item.kind == TransferItem::Kind::recursive || item.kind == TransferItem::Kind::symlink)
      throw bad_request("external_checksum is for files, not for directories or links");
    item.external_checksum = lower_case(*text);
  }
}

TransferItem read_transfer_item(const object& document) {
  require_type(document, {"transfer_item", "transfer_symlink_item"});
  refuse_unknown(document,
                 {"DATA_TYPE", "source_path", "destination_path", "recursive", "external_checksum",
                  "checksum_algorithm"},
                 "transfer item");
  TransferItem item;
  item.shown_source = required_text(document, "source_path");
  item.shown_destination = required_text(document, "destination_path");
  item.source = read_path(item.shown_source, "source_path");
  item.destination = read_path(item.shown_destination, "destination_path");
  const auto recursive = optional_flag(document, "recursive");
  if (document.at("DATA_TYPE") == "transfer_symlink_item") {
    if (recursive) throw bad_request("'recursive' is not for symbolic links");
    item.kind = TransferItem::Kind::symlink;
  } else if (recursive) {
    item.kind = *recursive ? TransferItem::Kind::recursive : TransferItem::Kind::file;
  }
  read_checksum(document, item);
  return item;
}

FilterRule read_filter_rule(const object& document) {
  require_type(document, {"filter_rule"});
  refuse_unknown(document, {"DATA_TYPE", "method", "name", "path", "type"}, "filter rule");
  FilterRule rule;
  const auto method = optional_text(document, "method").value_or("exclude");
  if (method != "include" && method != "exclude")
    throw bad_request("filter rule: the method is include or exclude, not '" + method + "'");
  rule.include = method == "include";
  rule.name = optional_text(document, "name").value_or("");
  rule.path = optional_text(document, "path").value_or("");
  if (rule.name.empty() && rule.path.empty()) throw bad_request("filter rule: the name is missing");
  rule.type = optional_text(document, "type");
  if (rule.type && *rule.type != "file" && *rule.type != "dir")
    throw bad_request("filter rule: the type is file or dir, not '" + *rule.type + "'");
  return rule;
}

std::optional<SyncLevel> read_sync_level(const object& document) {
  const auto* found = field(document, "sync_level");
  if (found == nullptr) return std::nullopt;
  if (!found->is_int64() || found->get_int64() < 0 || found->get_int64() > 3)
    throw bad_request("'sync_level' is 0, 1, 2 or 3");
  return static_cast<SyncLevel>(found->get_int64());
}

SymlinkHandling read_symlink_handling(const object& document) {
  const auto text = optional_text(document, "recursive_symlinks").value_or("ignore");
  if (text == "ignore") return SymlinkHandling::ignore;
  if (text == "keep") return SymlinkHandling::keep;
  if (text == "copy") return SymlinkHandling::copy;
  throw bad_request("'recursive_symlinks' is ignore, keep or copy, not '" + text + "'");
}

/// What every submission may hold, with what only tunes or announces and does not change what is
/// done.
Names common_fields() {
  return {"DATA_TYPE",
          "DATA",
          "submission_id",
          "label",
          "deadline",
          "notify_on_succeeded",
          "notify_on_failed",
          "notify_on_inactive",
          "skip_activation_check"};
}

Names with(Names names, std::initializer_list<std::string_view> more) {
  names.insert(names.end(), more);
  return names;
}

void check_notifications(const object& document) {
  for (const auto* name : {"notify_on_succeeded", "notify_on_failed", "notify_on_inactive"})
    optional_flag(document, name);
}

void check_local_user(const object& document, std::string_view name) {
  if (const auto user = optional_text(document, name)) require_own_local_user(*user);
}

}  // namespace

std::optional<std::string> read_label(const object& document) {
  const auto label = optional_text(document, "label");
  if (!label) return std::nullopt;
  if (count_characters(*label) > longest_label)
    throw bad_request("'label' has at most 128 characters");
  if (label->find_first_of("\r\n") != std::string::npos)
    throw bad_request("'label' holds no line break");
  if (trimmed(*label) != *label)
    throw bad_request("'label' neither begins nor ends with white space");
  return label;
}

std::optional<Instant> read_deadline(const object& document) {
  const auto text = optional_text(document, "deadline");
  if (!text) return std::nullopt;
  const auto deadline = parse_instant(*text);
  if (!deadline) throw bad_request("'deadline' is an ISO 8601 time, which '" + *text + "' is not");
  if (*deadline <= current_time()) throw bad_request("'deadline' is in the past: " + *text);
  return deadline;
}

std::string read_submission_id(const object& document) {
  auto id = lower_case(required_text(document, "submission_id"));
  if (!is_uuid(id)) throw bad_request("'submission_id' is none that this service gives");
  return id;
}

TransferOrder read_transfer_order(const object& document) {
  require_type(document, {"transfer"});
  refuse_unknown(document,
                 with(common_fields(),
                      {"source_endpoint", "destination_endpoint", "sync_level", "verify_checksum",
                       "preserve_timestamp", "encrypt_data", "skip_source_errors",
                       "fail_on_quota_errors", "delete_destination_extra", "recursive_symlinks",
                       "filter_rules", "store_base_path_info", "source_local_user",
                       "destination_local_user", "perf_cc", "perf_p", "perf_pp", "perf_udt"}),
                 "transfer document");
  check_notifications(document);
  check_local_user(document, "source_local_user");
  check_local_user(document, "destination_local_user");
  TransferOrder order;
  order.source_id = lower_case(required_text(document, "source_endpoint"));
  order.destination_id = lower_case(required_text(document, "destination_endpoint"));
  order.sync_level = read_sync_level(document);
  order.recursive_symlinks = read_symlink_handling(document);
  order.verify_checksum = flag(document, "verify_checksum");
  order.preserve_timestamp = flag(document, "preserve_timestamp");
  order.encrypt_data = flag(document, "encrypt_data");
  order.skip_source_errors = flag(document, "skip_source_errors");
  order.fail_on_quota_errors = flag(document, "fail_on_quota_errors");
  order.delete_destination_extra = flag(document, "delete_destination_extra");
  order.store_base_path_info = flag(document, "store_base_path_info");
  if (const auto* rules = field(document, "filter_rules")) {
    if (!rules->is_array()) throw bad_request("'filter_rules' is a list");
    for (const auto& rule : rules->get_array())
      order.filter_rules.push_back(read_filter_rule(as_object(rule, "filter_rules")));
  }
  for (const auto& item : items_of(document))
    order.items.push_back(read_transfer_item(as_object(item, "DATA")));
  return order;
}

DeleteOrder read_delete_order(const object& document) {
  require_type(document, {"delete"});
  refuse_unknown(document,
                 with(common_fields(),
                      {"endpoint", "recursive", "ignore_missing", "interpret_globs", "local_user"}),
                 "delete document");
  check_notifications(document);
  check_local_user(document, "local_user");
  DeleteOrder order;
  order.endpoint_id = lower_case(required_text(document, "endpoint"));
  order.recursive = flag(document, "recursive");
  order.ignore_missing = flag(document, "ignore_missing");
  order.interpret_globs = flag(document, "interpret_globs");
  for (const auto& element : items_of(document)) {
    const auto& item = as_object(element, "DATA");
    require_type(item, {"delete_item"});
    refuse_unknown(item, {"DATA_TYPE", "path"}, "delete item");
    const auto shown = required_text(item, "path");
    order.items.push_back({read_path(shown, "path"), shown});
  }
  return order;
}

}  // namespace globus_sandbox::transfer
