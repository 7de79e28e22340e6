// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace globus_sandbox {

class Database;

/// Single values that the state keeps by name.
class Settings {
 public:
  explicit Settings(Database& database);
  std::optional<std::string> get(std::string_view name) const;
  void set(std::string_view name, std::string_view value);

 private:
  Database& database_;
};

}  // namespace globus_sandbox
