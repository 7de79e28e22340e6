// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/task_store.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace globus_sandbox::transfer {

namespace {

constexpr auto schema = R"sql(
CREATE TABLE IF NOT EXISTS transfer_tasks (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id TEXT NOT NULL UNIQUE,
  submission_id TEXT NOT NULL UNIQUE,
  record TEXT NOT NULL,
  submitted TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS transfer_events (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id TEXT NOT NULL,
  code TEXT NOT NULL,
  description TEXT NOT NULL,
  details TEXT NOT NULL,
  is_error INTEGER NOT NULL,
  time INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS transfer_events_by_task ON transfer_events (task_id, number);
CREATE TABLE IF NOT EXISTS transfer_successes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  destination_path TEXT NOT NULL,
  size INTEGER NOT NULL,
  checksum TEXT,
  checksum_algorithm TEXT
);
CREATE INDEX IF NOT EXISTS transfer_successes_by_task ON transfer_successes (task_id, number);
CREATE TABLE IF NOT EXISTS transfer_skips (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  task_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  destination_path TEXT NOT NULL,
  error_code TEXT NOT NULL,
  error_details TEXT NOT NULL,
  error_time INTEGER NOT NULL,
  is_directory INTEGER NOT NULL,
  is_symlink INTEGER NOT NULL,
  external_checksum TEXT,
  checksum_algorithm TEXT
);
CREATE INDEX IF NOT EXISTS transfer_skips_by_task ON transfer_skips (task_id, number);
CREATE TABLE IF NOT EXISTS transfer_submission_ids (
  id TEXT PRIMARY KEY,
  owner_id TEXT NOT NULL
);
)sql";

SqlValue optional_text(const std::optional<std::string>& text) {
  return text ? SqlValue(*text) : SqlValue(nullptr);
}

boost::json::value text_or_null(const Row& row, std::size_t column) {
  return row.is_null(column) ? boost::json::value(nullptr) : boost::json::value(row.text(column));
}

std::int64_t to_number(Instant time) {
  return time.time_since_epoch().count();
}
Instant to_instant(std::int64_t number) {
  return Instant{std::chrono::microseconds{number}};
}

/// One row more was asked for than a page holds: it says whether there is a next page.
template <class ToDocument>
MarkedPage page_of(const std::vector<Row>& rows, std::int64_t page_size, ToDocument to_document) {
  MarkedPage page;
  for (const auto& row : rows) {
    if (static_cast<std::int64_t>(page.documents.size()) == page_size) {
      page.next_marker = rows[static_cast<std::size_t>(page_size) - 1].integer(0);
      break;
    }
    page.documents.push_back(to_document(row));
  }
  return page;
}

boost::json::object success_document(const Row& row) {
  return {{"DATA_TYPE", "successful_transfer"}, {"source_path", row.text(1)},
          {"destination_path", row.text(2)},    {"size", row.integer(3)},
          {"checksum", text_or_null(row, 4)},   {"checksum_algorithm", text_or_null(row, 5)}};
}

boost::json::object skip_document(const Row& row) {
  return {{"DATA_TYPE", "skipped_error"},
          {"source_path", row.text(1)},
          {"destination_path", row.text(2)},
          {"error_code", row.text(3)},
          {"error_details", row.text(4)},
          {"error_time", to_iso_text(to_instant(row.integer(5)))},
          {"is_directory", row.integer(6) != 0},
          {"is_symlink", row.integer(7) != 0},
          {"is_delete_destination_extra", false},
          {"external_checksum", text_or_null(row, 8)},
          {"checksum_algorithm", text_or_null(row, 9)}};
}

}  // namespace

TaskStore::TaskStore(Database& database) : database_(database) {
  database_.script(schema);
}

std::vector<TaskStore::StoredTask> TaskStore::load() const {
  std::vector<StoredTask> tasks;
  for (const auto& row :
       database_.run("SELECT record, submitted FROM transfer_tasks ORDER BY number"))
    tasks.push_back({from_stored(boost::json::parse(row.text(0)).as_object()),
                     boost::json::parse(row.text(1)).as_object()});
  return tasks;
}

void TaskStore::add(const TaskRecord& record, const boost::json::object& submitted) {
  database_.run(
      "INSERT INTO transfer_tasks (task_id, submission_id, record, submitted) VALUES (?, ?, ?, ?)",
      {record.task_id, record.submission_id, boost::json::serialize(to_stored(record)),
       boost::json::serialize(submitted)});
}

void TaskStore::write(const TaskRecord& record, const TaskNews& news) {
  database_.transaction([&] {
    for (const auto& event : news.events)
      database_.run(
          "INSERT INTO transfer_events (task_id, code, description, details, is_error, time)"
          " VALUES (?, ?, ?, ?, ?, ?)",
          {record.task_id, event.code, event.description, event.details,
           std::int64_t{event.is_error}, to_number(event.time)});
    for (const auto& success : news.successes)
      database_.run(
          "INSERT INTO transfer_successes (task_id, source_path, destination_path, size, checksum, "
          "checksum_algorithm)"
          " VALUES (?, ?, ?, ?, ?, ?)",
          {record.task_id, success.source_path, success.destination_path, success.size,
           optional_text(success.checksum), optional_text(success.checksum_algorithm)});
    for (const auto& skip : news.skips)
      database_.run(
          "INSERT INTO transfer_skips (task_id, source_path, destination_path, error_code, "
          "error_details, error_time,"
          " is_directory, is_symlink, external_checksum, checksum_algorithm) VALUES (?, ?, ?, ?, "
          "?, ?, ?, ?, ?, ?)",
          {record.task_id, skip.source_path, skip.destination_path, skip.error_code,
           skip.error_details, to_number(skip.error_time), std::int64_t{skip.is_directory},
           std::int64_t{skip.is_symlink}, optional_text(skip.external_checksum),
           optional_text(skip.checksum_algorithm)});
    database_.run("UPDATE transfer_tasks SET record = ? WHERE task_id = ?",
                  {boost::json::serialize(to_stored(record)), record.task_id});
  });
}

std::unordered_set<std::string> TaskStore::transferred(const std::string& task_id) const {
  std::unordered_set<std::string> result;
  for (const auto& row : database_.run(
           "SELECT source_path, destination_path FROM transfer_successes WHERE task_id = ?",
           {task_id}))
    result.insert(row.text(0) + '\0' + row.text(1));
  return result;
}

void TaskStore::forget_skips(const std::string& task_id) {
  database_.run("DELETE FROM transfer_skips WHERE task_id = ?", {task_id});
}

std::vector<boost::json::object> TaskStore::events(const std::string& task_id) const {
  std::vector<boost::json::object> documents;
  for (const auto& row :
       database_.run("SELECT code, description, details, is_error, time FROM transfer_events"
                     " WHERE task_id = ? ORDER BY number DESC",
                     {task_id}))
    documents.push_back({{"DATA_TYPE", "event"},
                         {"code", row.text(0)},
                         {"description", row.text(1)},
                         {"details", row.text(2)},
                         {"is_error", row.integer(3) != 0},
                         {"time", to_iso_text(to_instant(row.integer(4)))}});
  return documents;
}

MarkedPage TaskStore::successes(const std::string& task_id, std::int64_t marker,
                                std::int64_t page_size) const {
  return page_of(
      database_.run(
          "SELECT number, source_path, destination_path, size, checksum, checksum_algorithm"
          " FROM transfer_successes WHERE task_id = ? AND number > ? ORDER BY number LIMIT ?",
          {task_id, marker, page_size + 1}),
      page_size, success_document);
}

MarkedPage TaskStore::skips(const std::string& task_id, std::int64_t marker,
                            std::int64_t page_size) const {
  return page_of(
      database_.run(
          "SELECT number, source_path, destination_path, error_code, error_details, error_time,"
          " is_directory, is_symlink, external_checksum, checksum_algorithm"
          " FROM transfer_skips WHERE task_id = ? AND number > ? ORDER BY number LIMIT ?",
          {task_id, marker, page_size + 1}),
      page_size, skip_document);
}

void TaskStore::add_submission_id(const std::string& id, const std::string& owner_id) {
  database_.run("INSERT INTO transfer_submission_ids VALUES (?, ?)", {id, owner_id});
}

std::optional<std::string> TaskStore::submission_id_owner(const std::string& id) const {
  const auto rows =
      database_.run("SELECT owner_id FROM transfer_submission_ids WHERE id = ?", {id});
  if (rows.empty()) return std::nullopt;
  return rows.front().text(0);
}

void TaskStore::clear() {
  database_.transaction([&] {
    for (const auto* table : {"transfer_tasks", "transfer_events", "transfer_successes",
                              "transfer_skips", "transfer_submission_ids"})
      database_.run(std::string("DELETE FROM ") + table);
  });
}

}  // namespace globus_sandbox::transfer
