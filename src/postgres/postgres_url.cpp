// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_url.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "core/process/environment_variable.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

struct FreeOptions {
  void operator()(PQconninfoOption* options) const noexcept { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

[[noreturn]] void refuse(const char* problem) {
  throw GlobusSDKUsageError(std::string("the url of the token storage ") + problem);
}

/// A password with an @ or a / in it would end up in the name of the host or of the database, and
/// so in messages.
void check_places(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos || url.find(' ') < scheme || url.find('=') < scheme) return;
  const std::string_view rest = url.substr(scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::string_view path = rest.substr(authority.size());
  const bool has_two = std::ranges::count(authority, '@') > 1;
  if (has_two || path.substr(0, path.find('?')).find('@') != std::string_view::npos ||
      url.find('#') != std::string_view::npos) {
    refuse(
        "has an @ or a # where none can be; write characters of a password that are not letters or "
        "digits as %40, %23, %2F and so on");
  }
}

PostgresParameters parse(const std::string& url) {
  char* message = nullptr;
  const Options options(PQconninfoParse(url.c_str(), &message));
  PQfreemem(message);  // it quotes the URL
  if (!options) {
    refuse(
        "cannot be read; write postgresql://USER@HOST:PORT/DATABASE?sslmode=verify-full, or "
        "host=HOST dbname=DATABASE");
  }
  PostgresParameters parameters;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) parameters[option->keyword] = option->val;
  }
  return parameters;
}

/// A parameter, or what libpq's own environment variable says.
std::string value_of(const PostgresParameters& parameters, const char* name, const char* variable) {
  const auto found = parameters.find(name);
  if (found != parameters.end()) return found->second;
  return environment_variable(variable).value_or("");
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (true) {
    const auto comma = list.find(',');
    parts.emplace_back(list.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    list.remove_prefix(comma + 1);
  }
}

void check_host(const std::string& host) {
  const bool is_folder = host.starts_with('/') || host.starts_with('@');
  const bool is_plain = std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_:%").find(c) != std::string_view::npos;
  });
  if (!is_folder && !is_plain) refuse("names a host that can be none; correct it");
}

void check_port(const std::string& port) {
  const bool is_number = std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
  if (!is_number || port.size() > 5)
    refuse(
        "names a port that is no number; where that is a part of a password, see that all of "
        "its characters but letters and digits are written as %40, %2F and so on");
}

std::vector<PostgresParameters> servers_of(const PostgresParameters& parameters) {
  const std::string hosts = value_of(parameters, "host", "PGHOST");
  const std::string addresses = value_of(parameters, "hostaddr", "PGHOSTADDR");
  const std::string ports = value_of(parameters, "port", "PGPORT");
  const auto all_hosts = split(hosts);
  const auto all_addresses = split(addresses);
  const auto all_ports = split(ports);
  const std::size_t count = addresses.empty() ? all_hosts.size() : all_addresses.size();
  const bool fits = (hosts.empty() || all_hosts.size() == count) &&
                    (all_ports.size() == 1 || all_ports.size() == count);
  if (!fits) refuse("names another number of hosts than of addresses or ports; name one for each");
  std::vector<PostgresParameters> servers(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (!hosts.empty()) servers[i]["host"] = all_hosts[i];
    if (!addresses.empty()) servers[i]["hostaddr"] = all_addresses[i];
    if (!ports.empty()) servers[i]["port"] = all_ports[all_ports.size() == 1 ? 0 : i];
    if (!hosts.empty()) check_host(all_hosts[i]);
    if (!addresses.empty()) check_host(all_addresses[i]);
    check_port(all_ports[all_ports.size() == 1 ? 0 : i]);
  }
  return servers;
}

std::string part(const PostgresParameters& server, const char* name, const std::string& other) {
  const auto found = server.find(name);
  return found == server.end() || found->second.empty() ? other : found->second;
}

std::string name_of(const PostgresDatabase& database) {
  const std::string service = value_of(database.parameters, "service", "PGSERVICE");
  std::string name = "postgresql://";
  for (const auto& server : database.servers) {
    if (!name.ends_with('/')) name += ',';
    std::string host =
        part(server, "host", part(server, "hostaddr", service.empty() ? "localhost" : ""));
    if (host.find(':') != std::string::npos) host = '[' + host + ']';
    name += host;
    if (service.empty() || server.contains("port")) name += ':' + part(server, "port", "5432");
  }
  const std::string user = value_of(database.parameters, "user", "PGUSER");
  std::string dbname = value_of(database.parameters, "dbname", "PGDATABASE");
  if (dbname.empty() && service.empty()) dbname = user;
  name += '/' + dbname;
  if (!service.empty()) name += "?service=" + service;
  return name;
}

}  // namespace

PostgresDatabase read_postgres_url(std::string_view url) {
  if (url.find('\0') != std::string_view::npos) refuse("has a NUL in it; leave it out");
  if (url.empty()) refuse("is empty; write postgresql://USER@HOST:PORT/DATABASE");
  check_places(url);
  PostgresDatabase database;
  database.parameters = parse(std::string(url));
  database.servers = servers_of(database.parameters);
  database.name = name_of(database);
  return database;
}

void forget_postgres_environment_of_caller() {
  for (const char* name : {"PGSERVICE", "PGSERVICEFILE", "PGSYSCONFDIR", "PGLOCALEDIR",
                           "PGREQUIRESSL", "PGTZ", "PGDATESTYLE", "PGGEQO"}) {
    forget_variable_of_caller(name);
  }
  const Options defaults(PQconndefaults());
  for (const PQconninfoOption* option = defaults.get();
       option != nullptr && option->keyword != nullptr; ++option) {
    if (option->envvar != nullptr) forget_variable_of_caller(option->envvar);
  }
}

}  // namespace globus_sdk::inline v0::detail
