// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_connection.hpp"

#include <endian.h>
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "core/base/one_line.hpp"
#include "core/process/environment_variable.hpp"
#include "core/process/file_descriptor.hpp"
#include "postgres/postgres_addresses.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Kind = PostgresFailure::Kind;

// PostgreSQL's numbers for its types
constexpr Oid bytea_type = 17;
constexpr Oid bigint_type = 20;
constexpr int binary = 1;

/// For the server's own time-out to come first: it says more than silence.
constexpr milliseconds margin{500};

milliseconds left_until(PostgresDeadline deadline) {
  return std::max(milliseconds(0),
                  std::chrono::duration_cast<milliseconds>(deadline - Clock::now()));
}

std::string in_milliseconds(milliseconds time) {
  return std::to_string(time.count());
}

std::string in_seconds(milliseconds time, int parts) {
  return std::to_string(std::max<std::int64_t>(1, time.count() / parts / 1000));
}

/// What is set where neither the URL nor libpq's environment says anything: a peer that is gone is
/// noticed in the time that the settings give.
PostgresParameters with_defaults(PostgresParameters parameters, milliseconds vanished_after) {
  parameters.try_emplace("fallback_application_name", "globus-sdk-cpp");
  parameters.try_emplace("keepalives", "1");
  parameters.try_emplace("keepalives_idle", in_seconds(vanished_after, 2));
  parameters.try_emplace("keepalives_interval", in_seconds(vanished_after, 8));
  parameters.try_emplace("keepalives_count", "4");
  parameters.try_emplace("tcp_user_timeout", in_milliseconds(vanished_after));
  if (!environment_variable("PGTARGETSESSIONATTRS"))
    parameters.try_emplace("target_session_attrs", "read-write");
  return parameters;
}

/// Statements that are sent on each new connection.
std::string session_settings(const PostgresSettings& settings, int server_version) {
  const std::string vanished = in_milliseconds(settings.vanished_after);
  const std::string statement = in_milliseconds(settings.statement_timeout);
  std::string text = "SELECT set_config('statement_timeout', '" + statement +
                     "', false), set_config('lock_timeout', '" + statement +
                     "', false), set_config('idle_in_transaction_session_timeout', '" + vanished +
                     "', false), set_config('tcp_keepalives_idle', '" +
                     in_seconds(settings.vanished_after, 2) +
                     "', false), set_config('tcp_keepalives_interval', '" +
                     in_seconds(settings.vanished_after, 8) +
                     "', false), set_config('tcp_keepalives_count', '4', false)"
                     ", set_config('tcp_user_timeout', '" +
                     vanished + "', false)";
  if (server_version >= 140000)
    text += ", set_config('client_connection_check_interval', '" + vanished + "', false)";
  return text;
}

/// The server's code at the end of what libpq says of a connection that failed.
std::string sqlstate_in(std::string_view message) {
  while (!message.empty() && (message.back() == '\n' || message.back() == ' '))
    message.remove_suffix(1);
  constexpr std::size_t length = 5;
  if (message.size() < length + 2) return {};
  const std::string_view code = message.substr(message.size() - length);
  const bool is_code = std::ranges::all_of(
      code, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
  return is_code && message[message.size() - length - 1] == ' ' ? std::string(code) : "";
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// A connection that libpq could not make.
PostgresFailure connection_failure(PGconn* connection, const PostgresSettings& settings) {
  std::string message = PQerrorMessage(connection);
  PostgresFailure failure;
  failure.kind = Kind::unreachable;
  failure.sqlstate = sqlstate_in(message);
  if (!failure.sqlstate.empty()) {
    failure.problem = explain_sqlstate(failure.sqlstate, settings.statement_timeout);
    const bool may_pass = failure.sqlstate.starts_with("53") || failure.sqlstate.starts_with("57");
    if (!may_pass) failure.kind = Kind::refused;
    return failure;
  }
  // libpq quotes no password, as far as one can see; and if it does, nobody reads it
  const char* password = PQpass(connection);
  if (password != nullptr && *password != '\0') {
    const std::string secret = password;
    for (auto at = message.find(secret); at != std::string::npos; at = message.find(secret, at + 3))
      message.replace(at, secret.size(), "***");
  }
  message = one_line(message);
  while (message.ends_with(' ')) message.pop_back();
  if (has(message, "read-only")) {
    failure.problem = explain_sqlstate("25006", settings.statement_timeout);
  } else if (has(message, "password")) {
    failure.kind = Kind::refused;
    failure.problem =
        "the server asks for a password, and there is none; put it into the URL, into PGPASSWORD "
        "or into ~/.pgpass";
  } else if (has(message, "SSL") || has(message, "certificate")) {
    failure.kind = Kind::refused;
    failure.problem = "no TLS connection can be made: " + message +
                      "; see sslmode, sslrootcert and sslcert in the URL";
  } else {
    failure.problem = "cannot be reached: " + message +
                      "; see whether the server runs there and can be reached from here";
  }
  return failure;
}

void ignore_notice(void* /*argument*/, const char* /*message*/) {}

/// Nothing says so much as a server that was reached and has refused.
bool says_more(const PostgresFailure& failure, const std::optional<PostgresFailure>& other) {
  return !other || failure.kind == Kind::refused || other->kind != Kind::refused;
}

/// The servers by their addresses, as far as the deadline allows to find these out.
std::vector<PostgresParameters> with_addresses(const PostgresParameters& server,
                                               PostgresDeadline deadline) {
  const auto host = server.find("host");
  const bool has_name = host != server.end() && !host->second.empty() &&
                        host->second.front() != '/' && host->second.front() != '@' &&
                        !server.contains("hostaddr");
  if (!has_name) return {server};
  std::vector<PostgresParameters> all;
  for (const std::string& address : look_up_addresses(host->second, deadline)) {
    all.push_back(server);
    all.back()["hostaddr"] = address;
  }
  return all;
}

/// A fair share of the time that is left.
PostgresDeadline share(PostgresDeadline deadline, std::size_t parts) {
  return Clock::now() + left_until(deadline) / static_cast<std::int64_t>(parts);
}

}  // namespace

PostgresValue::PostgresValue(std::int64_t number) : number_(sizeof number, '\0') {
  const std::uint64_t big_endian = htobe64(static_cast<std::uint64_t>(number));
  std::memcpy(number_.data(), &big_endian, sizeof big_endian);
}

int PostgresValue::size() const noexcept {
  return static_cast<int>(number_.empty() ? bytes_.size() : number_.size());
}

unsigned PostgresValue::type() const noexcept {
  return number_.empty() ? bytea_type : bigint_type;
}

void PostgresRows::Clear::operator()(pg_result* result) const noexcept {
  PQclear(result);
}

int PostgresRows::size() const noexcept {
  return PQntuples(result_.get());
}

std::string_view PostgresRows::bytes(int row, int column) const {
  return {PQgetvalue(result_.get(), row, column),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t PostgresRows::number(int row, int column) const {
  std::uint64_t big_endian = 0;
  const std::string_view all = bytes(row, column);
  if (all.size() != sizeof big_endian) {
    throw PostgresFailure{Kind::statement, "",
                          "a column holds something else than this program expects; see who has "
                          "altered the tables"};
  }
  std::memcpy(&big_endian, all.data(), sizeof big_endian);
  return static_cast<std::int64_t>(be64toh(big_endian));
}

bool PostgresRows::is_null(int row, int column) const {
  return PQgetisnull(result_.get(), row, column) != 0;
}

bool PostgresRows::is_success() const {
  const ExecStatusType status = PQresultStatus(result_.get());
  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

std::string PostgresRows::sqlstate() const {
  const char* const code = PQresultErrorField(result_.get(), PG_DIAG_SQLSTATE);
  return code == nullptr ? "" : code;
}

std::size_t PostgresRows::changed() const {
  const std::string_view text = PQcmdTuples(result_.get());
  std::size_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

void PostgresConnection::Finish::operator()(pg_conn* connection) const noexcept {
  PQfinish(connection);
}

PostgresConnection::PostgresConnection(const PostgresSettings& settings, PostgresDeadline deadline)
    : settings_(&settings) {
  std::optional<PostgresFailure> failure;
  std::size_t servers_left = settings.database.servers.size();
  for (const auto& server : settings.database.servers) {
    const PostgresDeadline until = share(deadline, servers_left--);
    try {
      const auto all = with_addresses(server, until);
      for (std::size_t i = 0; i < all.size(); ++i) {
        try {
          connect(all[i], share(until, all.size() - i));
          set_up(until);
          return;
        } catch (const PostgresFailure& problem) {
          if (says_more(problem, failure)) failure = problem;
        }
      }
    } catch (const PostgresFailure& problem) {
      if (says_more(problem, failure)) failure = problem;
    }
  }
  throw failure.value();
}

void PostgresConnection::connect(const PostgresParameters& server, PostgresDeadline deadline) {
  PostgresParameters parameters =
      with_defaults(settings_->database.parameters, settings_->vanished_after);
  for (const char* name : {"host", "hostaddr", "port"}) parameters.erase(name);
  parameters.insert(server.begin(), server.end());
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : parameters) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  connection_.reset(PQconnectStartParams(names.data(), values.data(), 0));
  if (!connection_) throw std::bad_alloc();
  // a code and not a word more: the server's messages may quote what is in the rows
  PQsetErrorVerbosity(connection_.get(), PQERRORS_SQLSTATE);
  PQsetNoticeProcessor(connection_.get(), &ignore_notice, nullptr);
  if (PQstatus(connection_.get()) == CONNECTION_BAD)
    throw connection_failure(connection_.get(), *settings_);
  short events = POLLOUT;
  while (true) {
    if (!wait_for(events, deadline)) {
      connection_.reset();
      throw PostgresFailure{Kind::unreachable, "",
                            "the server does not answer in time; see whether it runs and can be "
                            "reached from here, or allow a longer connect_timeout"};
    }
    switch (PQconnectPoll(connection_.get())) {
      case PGRES_POLLING_OK:
        return;
      case PGRES_POLLING_READING:
        events = POLLIN;
        break;
      case PGRES_POLLING_WRITING:
        events = POLLOUT;
        break;
      default:
        throw connection_failure(connection_.get(), *settings_);
    }
  }
}

void PostgresConnection::set_up(PostgresDeadline deadline) {
  constexpr int oldest_version = 120000;
  if (server_version() < oldest_version) {
    throw PostgresFailure{Kind::refused, "",
                          "the server is older than PostgreSQL 12; use a newer one"};
  }
  PQsetnonblocking(connection_.get(), 1);
  run(session_settings(*settings_, server_version()).c_str(), deadline);
}

bool PostgresConnection::wait_for(short events, PostgresDeadline deadline) const {
  while (true) {
    const auto left = left_until(deadline);
    pollfd waited{PQsocket(connection_.get()), events, 0};
    const int ready =
        ::poll(&waited, 1, static_cast<int>(std::min<std::int64_t>(left.count() + 1, 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return true;  // libpq finds out what it is
    if (Clock::now() >= deadline) return false;
  }
}

void PostgresConnection::lose(Kind kind, std::string problem) {
  connection_.reset();
  throw PostgresFailure{kind, "", std::move(problem)};
}

void PostgresConnection::send_all(PostgresDeadline deadline) {
  while (const int more = PQflush(connection_.get())) {
    if (more < 0) lose(Kind::lost, "the connection was lost");
    if (!wait_for(POLLIN | POLLOUT, deadline)) lose(Kind::too_slow, "the server takes nothing in");
    if (PQconsumeInput(connection_.get()) == 0) lose(Kind::lost, "the connection was lost");
  }
}

void PostgresConnection::await_answer(PostgresDeadline deadline) {
  while (PQisBusy(connection_.get()) != 0) {
    if (!wait_for(POLLIN, deadline)) {
      lose(Kind::too_slow,
           "the server does not answer; see whether it is overloaded or stopped. What was asked of "
           "it may be done or not");
    }
    if (PQconsumeInput(connection_.get()) == 0) lose(Kind::lost, "the connection was lost");
  }
}

PostgresRows PostgresConnection::run(const char* statement,
                                     std::initializer_list<PostgresValue> values,
                                     PostgresDeadline deadline) {
  if (!connection_) throw PostgresFailure{Kind::lost, "", "the connection was lost"};
  finish_sign(deadline);
  std::vector<Oid> types;
  std::vector<const char*> data;
  std::vector<int> sizes;
  for (const PostgresValue& value : values) {
    types.push_back(value.type());
    data.push_back(value.data());
    sizes.push_back(value.size());
  }
  const std::vector<int> formats(values.size(), binary);
  if (PQsendQueryParams(connection_.get(), statement, static_cast<int>(values.size()), types.data(),
                        data.data(), sizes.data(), formats.data(), binary) == 0) {
    lose(Kind::lost, "the connection was lost");
  }
  send_all(deadline);
  await_answer(deadline);
  PostgresRows rows(PQgetResult(connection_.get()));
  const bool is_done = rows.is_success();
  const std::string code = rows.sqlstate();
  await_answer(deadline);
  while (pg_result* const more = PQgetResult(connection_.get())) {
    PQclear(more);
    await_answer(deadline);
  }
  if (is_done) return rows;
  if (code.empty()) lose(Kind::lost, "the connection was lost");
  auto failure = statement_failure(code, settings_->statement_timeout);
  if (failure.ends_connection()) connection_.reset();
  throw failure;
}

PostgresRows PostgresConnection::run_in_time(const char* statement,
                                             std::initializer_list<PostgresValue> values,
                                             PostgresDeadline deadline) {
  return run(statement, values,
             std::min(deadline, Clock::now() + settings_->statement_timeout + margin));
}

bool PostgresConnection::give_sign_of_life() {
  if (!connection_) return false;
  bool is_there = PQconsumeInput(connection_.get()) != 0;
  if (is_there && has_sign_under_way_) {
    if (PQisBusy(connection_.get()) != 0) return true;  // the last one is not answered yet
    finish_sign(Clock::now());
  }
  is_there = is_there && PQsendQuery(connection_.get(), "SELECT 1") != 0 &&
             PQflush(connection_.get()) >= 0;
  has_sign_under_way_ = is_there;
  if (!is_there) connection_.reset();
  return is_there;
}

void PostgresConnection::finish_sign(PostgresDeadline deadline) {
  if (!std::exchange(has_sign_under_way_, false)) return;
  send_all(deadline);
  await_answer(deadline);
  while (const PostgresRows rows{PQgetResult(connection_.get())}) await_answer(deadline);
}

bool PostgresConnection::is_fit() const {
  if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK ||
      PQtransactionStatus(connection_.get()) != PQTRANS_IDLE || has_sign_under_way_) {
    return false;
  }
  pollfd waited{PQsocket(connection_.get()), POLLIN, 0};
  return unless_interrupted([&] { return ::poll(&waited, 1, 0); }) == 0;
}

int PostgresConnection::server_version() const {
  return PQserverVersion(connection_.get());
}

}  // namespace globus_sdk::inline v0::detail
