// SPDX-License-Identifier: Apache-2.0
#include "support/postgres_server.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "support/loopback_port.hpp"
#include "support/program.hpp"

namespace globus_sdk_test {

namespace {

namespace fs = std::filesystem;

/// The folder of the newest server's programs; empty when there is none.
fs::path find_programs() {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    if (fs::exists(version.path() / "bin/initdb")) found.push_back(version.path() / "bin");
  }
  std::ranges::sort(found, {}, [](const fs::path& bin) {
    return std::atoi(bin.parent_path().filename().c_str());
  });
  if (!found.empty()) return found.back();
  for (const char* bin : {"/usr/bin", "/usr/local/bin"}) {
    if (fs::exists(fs::path(bin) / "initdb")) return bin;
  }
  return {};
}

std::string program(const char* name) {
  static const fs::path folder = find_programs();
  return folder / name;
}

/// Whom a server runs as, since it refuses root; nobody else, where this process is not root.
const passwd* other_user() {
  if (geteuid() != 0) return nullptr;
  const passwd* found = getpwnam("postgres");
  return found != nullptr ? found : getpwnam("nobody");
}

/// Starts a program as the server's user, with its output in a file. The program ends when the
/// thread ends that this is called on.
pid_t start_program(std::vector<std::string> command, const std::string& output) {
  const auto arguments = programs::pointers(command);
  const passwd* const user = other_user();
  const uid_t uid = user == nullptr ? 0 : user->pw_uid;
  const gid_t gid = user == nullptr ? 0 : user->pw_gid;
  const pid_t child = fork();
  if (child != 0) return child;
  const int file = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  dup2(file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  if (user != nullptr && (setgroups(0, nullptr) != 0 || setgid(gid) != 0 || setuid(uid) != 0))
    _exit(126);
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  setenv("LC_ALL", "C", 1);
  unsetenv("PGOPTIONS");
  execv(arguments[0], arguments.data());
  _exit(127);
}

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void give_to_server(const fs::path& path) {
  if (const passwd* const user = other_user()) {
    if (chown(path.c_str(), user->pw_uid, user->pw_gid) != 0)
      throw std::system_error(errno, std::generic_category(), path.string());
  }
}

}  // namespace

std::string why_no_postgres(const std::string& suite) {
  if (PostgresServer::is_installed()) return {};
  const std::string why = "PostgreSQL's server is not installed (scripts/install-deps.sh postgres)";
  std::cout << "skipped: " << suite << ": " << why << '\n';
  return why;
}

bool PostgresServer::is_installed() {
  return !find_programs().empty();
}

PostgresServer::PostgresServer(PostgresServerOptions options) : options_(std::move(options)) {
  make_folder();
  const fs::path passwords = folder_ / "password";
  std::ofstream(passwords) << password() << '\n';
  give_to_server(passwords);
  run({program("initdb"), "-D", folder_ / "data", "-U", user(), "--pwfile=" + passwords.string(),
       "-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "-N"});
  for (const auto& [name, content] : options_.files) {
    const fs::path file = folder_ / "data" / name;
    std::ofstream(file) << content;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    give_to_server(file);
  }
  std::ofstream(folder_ / "data/pg_hba.conf", std::ios::app)
      << "host replication all 127.0.0.1/32 scram-sha-256\n";
  start();
}

PostgresServer::PostgresServer(AsStandby, const PostgresServer& primary,
                               PostgresServerOptions options)
    : options_(std::move(options)) {
  make_folder();
  run({program("pg_basebackup"), "-D", folder_ / "data", "-R", "-c", "fast", "-d",
       primary.url("") + "?application_name=standby"});
  start();
}

std::unique_ptr<PostgresServer> PostgresServer::standby_of(const PostgresServer& primary,
                                                           PostgresServerOptions options) {
  return std::unique_ptr<PostgresServer>(
      new PostgresServer(AsStandby{}, primary, std::move(options)));
}

PostgresServer::~PostgresServer() {
  stop(Stop::immediate);
}

void PostgresServer::make_folder() {
  if (!options_.folder.empty()) {
    folder_ = options_.folder;
  } else {
    const fs::path parent = options_.parent.empty() ? fs::temp_directory_path() : options_.parent;
    folder_ = own_folder_.emplace(parent).path;
  }
  give_to_server(folder_);
}

void PostgresServer::run(const std::vector<std::string>& command) const {
  const std::string output = folder_ / "setup.log";
  if (programs::exit_status(start_program(command, output)) != 0)
    throw std::runtime_error(command.front() + " failed: " + content_of(output));
}

void PostgresServer::start() {
  if (process_ != 0) return;
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (port_ == 0) port_ = free_port();
    if (start_once()) return;
    if (databases_ == 0) port_ = 0;  // somebody else was faster to take it
  }
  throw std::runtime_error("PostgreSQL does not start: " + log());
}

bool PostgresServer::start_once() {
  std::vector<std::string> command{program("postgres"), "-D", folder_ / "data", "-p",
                                   std::to_string(port_)};
  std::vector<std::string> settings{
      "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off",
      "full_page_writes=off",       "autovacuum=off",           "shared_buffers=32MB",
      "max_wal_size=256MB"};
  settings.insert(settings.end(), options_.settings.begin(), options_.settings.end());
  for (const auto& setting : settings) {
    command.emplace_back("-c");
    command.push_back(setting);
  }
  process_ = start_program(command, folder_ / "server.log");
  for (int waits = 0; waits < 6000; ++waits) {
    if (status() == "ready" || status() == "standby") return true;
    if (waitpid(process_, nullptr, WNOHANG) != 0) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  stop(Stop::immediate);
  return false;
}

/// What the server says of itself, once it says that in a file of the process that we started.
std::string PostgresServer::status() const {
  std::istringstream lines(content_of(folder_ / "data/postmaster.pid"));
  std::string first;
  std::string line;
  std::getline(lines, first);
  for (int number = 2; number <= 8; ++number) {
    if (!std::getline(lines, line)) return {};
  }
  if (first != std::to_string(process_)) return {};
  return line.substr(0, line.find(' '));
}

void PostgresServer::stop(Stop how) {
  if (process_ == 0) return;
  thaw();
  kill(process_, how == Stop::fast ? SIGINT : SIGQUIT);
  waitpid(process_, nullptr, 0);
  process_ = 0;
}

void PostgresServer::restart(Stop how) {
  stop(how);
  start();
}

void PostgresServer::promote() {
  run({program("pg_ctl"), "promote", "-w", "-D", folder_ / "data"});
}

/// The server's processes: the first one and its children.
std::vector<pid_t> PostgresServer::processes() const {
  std::vector<pid_t> found{process_};
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const pid_t process = std::atoi(entry.path().filename().c_str());
    if (process <= 0) continue;
    const std::string stat = content_of(entry.path() / "stat");
    const auto after_name = stat.rfind(')');
    if (after_name == std::string::npos) continue;
    char state = 0;
    pid_t parent = 0;
    std::istringstream(stat.substr(after_name + 1)) >> state >> parent;
    if (parent == process_) found.push_back(process);
  }
  return found;
}

void PostgresServer::freeze() {
  for (const pid_t process : processes()) kill(process, SIGSTOP);
}

void PostgresServer::thaw() {
  for (const pid_t process : processes()) kill(process, SIGCONT);
}

std::string PostgresServer::url(const std::string& database) const {
  return url_through(port_, database);
}

std::string PostgresServer::url_through(std::uint16_t port, const std::string& database) const {
  return "postgresql://" + user() + ":" + password() + "@127.0.0.1:" + std::to_string(port) + "/" +
         database;
}

std::string PostgresServer::new_database() {
  const std::string name = "test_" + std::to_string(++databases_);
  sql("CREATE DATABASE " + name);
  return url(name);
}

std::string PostgresServer::sql(const std::string& statements, const std::string& database) const {
  programs::Program psql(
      {program("psql"), "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-d", url(database)});
  psql.write(statements + "\n");
  const int status = psql.finish();
  std::string output = psql.output();
  if (status != 0) throw std::runtime_error("psql: " + output);
  while (output.ends_with('\n')) output.pop_back();
  return output;
}

std::string PostgresServer::log() const {
  return content_of(folder_ / "server.log");
}

}  // namespace globus_sdk_test
