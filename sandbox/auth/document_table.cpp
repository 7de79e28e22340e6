// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/document_table.hpp"

#include <boost/json.hpp>
#include <utility>

#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"
#include "sandbox/base/uuid.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

std::vector<json::object> documents_of(const std::vector<Row>& rows) {
  std::vector<json::object> documents;
  for (const auto& row : rows) documents.push_back(json::parse(row.text(0)).as_object());
  return documents;
}

}  // namespace

DocumentTable::DocumentTable(Database& database, std::string name)
    : database_(database), name_(std::move(name)) {
  database_.script("CREATE TABLE IF NOT EXISTS " + name_ +
                   " (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE NOT NULL,"
                   "  owner TEXT NOT NULL, document TEXT NOT NULL);");
}

json::object DocumentTable::add(const std::string& owner, json::object document) {
  document["id"] = random_uuid();
  database_.run("INSERT INTO " + name_ + " (id, owner, document) VALUES (?, ?, ?)",
                {id_of(document), owner, json::serialize(document)});
  return document;
}

std::optional<json::object> DocumentTable::find(std::string_view id) const {
  auto found = documents_of(
      database_.run("SELECT document FROM " + name_ + " WHERE id = ?", {canonical_uuid(id)}));
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<json::object> DocumentTable::all() const {
  return documents_of(database_.run("SELECT document FROM " + name_ + " ORDER BY number"));
}

std::vector<json::object> DocumentTable::of_owner(const std::string& owner) const {
  return documents_of(
      database_.run("SELECT document FROM " + name_ + " WHERE owner = ? ORDER BY number", {owner}));
}

void DocumentTable::replace(const std::string& owner, const json::object& document) {
  database_.run("UPDATE " + name_ + " SET owner = ?, document = ? WHERE id = ?",
                {owner, json::serialize(document), id_of(document)});
}

void DocumentTable::remove(const std::string& id) {
  database_.run("DELETE FROM " + name_ + " WHERE id = ?", {id});
}

std::string id_of(const json::object& document) {
  return std::string(document.at("id").as_string());
}

}  // namespace globus_sandbox::auth
