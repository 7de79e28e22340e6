// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/settings.hpp"

#include "sandbox/base/database.hpp"

namespace globus_sandbox {

Settings::Settings(Database& database) : database_(database) {
  database_.script(
      "CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)");
}

std::optional<std::string> Settings::get(std::string_view name) const {
  const auto rows = database_.run("SELECT value FROM settings WHERE name = ?", {std::string(name)});
  if (rows.empty()) return std::nullopt;
  return rows.front().text(0);
}

void Settings::set(std::string_view name, std::string_view value) {
  database_.run("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)",
                {std::string(name), std::string(value)});
}

}  // namespace globus_sandbox
