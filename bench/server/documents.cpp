// SPDX-License-Identifier: Apache-2.0
#include "documents.hpp"

#include <string_view>

namespace globus_bench {

std::string short_task_document() {
  return R"({"DATA_TYPE": "task", "task_id": "9d2f3c1a-5b7e-4a90-8c11-0e6f2d4b7a35", )"
         R"("type": "TRANSFER", "status": "SUCCEEDED", "label": "nightly", )"
         R"("request_time": "2026-01-01T00:00:00+00:00", )"
         R"("completion_time": "2026-01-01T00:10:00+00:00", "faults": 0, )"
         R"("files_transferred": 5000, "bytes_transferred": 73400320})";
}

std::string task_document() {
  return R"({"DATA_TYPE": "task", "task_id": "9d2f3c1a-5b7e-4a90-8c11-0e6f2d4b7a35", )"
         R"("type": "TRANSFER", "status": "SUCCEEDED", "label": "nightly", )"
         R"("owner_id": "1f0c7b52-33d8-4a1f-9a0e-6c5d4e3f2a1b", "owner_string": "ada@example.org", )"
         R"("username": "u_d4gwwur63bfsdhd6nr2or4vbwm", )"
         R"("request_time": "2026-01-01T00:00:00+00:00", "deadline": "2026-01-02T00:00:00+00:00", )"
         R"("completion_time": "2026-01-01T00:10:00+00:00", "history_deleted": false, )"
         R"("canceled_by_admin": null, "canceled_by_admin_message": null, "nice_status": null, )"
         R"("nice_status_short_description": null, "nice_status_expires_in": null, )"
         R"("nice_status_details": null, "fatal_error": null, "faults": 0, "files": 5000, )"
         R"("files_transferred": 5000, "files_skipped": 0, "directories": 120, "symlinks": 0, )"
         R"("bytes_transferred": 73400320, "bytes_checksummed": 73400320, "subtasks_total": 5120, )"
         R"("subtasks_pending": 0, "subtasks_succeeded": 5120, "subtasks_failed": 0, )"
         R"("subtasks_canceled": 0, "subtasks_expired": 0, "subtasks_retrying": 0, )"
         R"("effective_bytes_per_second": 122333, "is_ok": null, "is_paused": false, )"
         R"("source_endpoint_id": "2c9e1d0f-7a44-4d6b-b8d5-93f1a7c60e21", )"
         R"("source_endpoint_display_name": "lab storage", )"
         R"("destination_endpoint_id": "6b1f8e43-0a2d-4c57-9e36-f4d8b5a7c912", )"
         R"("destination_endpoint_display_name": "archive", "sync_level": 3, )"
         R"("verify_checksum": true, "preserve_timestamp": false, "encrypt_data": false, )"
         R"("delete_destination_extra": false, "recursive_symlinks": "ignore", )"
         R"("skip_source_errors": false, "fail_on_quota_errors": false})";
}

namespace {

/// `number` with leading zeros, in `width` digits.
std::string digits(int number, std::size_t width) {
  const std::string text = std::to_string(number);
  return text.size() >= width ? text : std::string(width - text.size(), '0') + text;
}

std::int64_t varied_size(int number) {
  return 1000 + static_cast<std::int64_t>(number) * 7919 % 1'000'000;
}

void append_entry(std::string& document, int number, std::int64_t size) {
  document += R"({"DATA_TYPE": "file", "name": "measurement-)";
  document += digits(number, 7);
  document += R"(.h5", "type": "file", "size": )";
  document += std::to_string(size);
  document += R"(, "last_modified": "2026-01-01 00:00:)";
  document += digits(number % 60, 2);
  document += R"(+00:00", "permissions": "0644", "user": "ada", "group": "lab", )"
              R"("link_target": null, "link_user": null, "link_group": null, )"
              R"("link_size": null, "link_last_modified": null})";
}

template <class SizeOf> std::string listing(int entries, const SizeOf& size_of) {
  std::string document =
      R"({"DATA_TYPE": "file_list", "endpoint": "2c9e1d0f-7a44-4d6b-b8d5-93f1a7c60e21", )"
      R"("path": "/~/", "absolute_path": "/home/ada/", "rename_supported": true, )"
      R"("symlink_supported": true, "length": )";
  document += std::to_string(entries);
  document += R"(, "total": )" + std::to_string(entries);
  document += R"(, "limit": 100000, "offset": 0, "DATA": [)";
  document.reserve(static_cast<std::size_t>(entries) * 310);
  for (int number = 0; number < entries; ++number) {
    if (number > 0) document += ", ";
    append_entry(document, number, size_of(number));
  }
  document += "]}";
  return document;
}

}  // namespace

std::string listing_document(int entries) {
  return listing(entries, varied_size);
}

std::string listing_document(int entries, std::int64_t size) {
  return listing(entries, [size](int) { return size; });
}

}  // namespace globus_bench
