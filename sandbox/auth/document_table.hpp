// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sandbox {
class Database;
}

namespace globus_sandbox::auth {

/// Things of one kind, each a JSON document with an `id`, which belong to a project or a client.
class DocumentTable {
 public:
  /// @param name of the table, which is made when it is not there.
  DocumentTable(Database& database, std::string name);

  /// Keeps a new document under an id that is chosen; returns it with the id.
  boost::json::object add(const std::string& owner, boost::json::object document);
  std::optional<boost::json::object> find(std::string_view id) const;
  /// In the order in which they were added.
  std::vector<boost::json::object> all() const;
  std::vector<boost::json::object> of_owner(const std::string& owner) const;
  /// Keeps another document, and owner, under the same id.
  void replace(const std::string& owner, const boost::json::object& document);
  void remove(const std::string& id);

 private:
  Database& database_;
  std::string name_;
};

/// The `id` of a document.
std::string id_of(const boost::json::object& document);

}  // namespace globus_sandbox::auth
