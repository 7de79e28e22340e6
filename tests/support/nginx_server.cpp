// SPDX-License-Identifier: Apache-2.0
#include "support/nginx_server.hpp"

#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "support/certificates.hpp"
#include "support/loopback_port.hpp"

namespace globus_sdk_test {

namespace fs = std::filesystem;

namespace {

constexpr const char* nginx = "/usr/sbin/nginx";

/// Started by root, it would have another user's process read the files.
std::string user_line() {
  if (geteuid() != 0) return {};
  const passwd* const user = getpwuid(geteuid());
  return "user " + std::string(user->pw_name) + ";\n";
}

/// It is left to its Program to take note of that.
bool has_ended(pid_t process) {
  siginfo_t ended{};
  waitid(P_PID, static_cast<id_t>(process), &ended, WEXITED | WNOHANG | WNOWAIT);
  return ended.si_pid != 0;
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file) << text;
}

}  // namespace

bool NginxServer::is_installed() {
  return access(nginx, X_OK) == 0;
}

NginxServer::NginxServer(const std::string& more) {
  fs::create_directories(files() / "uploads");
  make_certificate();
  // another program may be faster to take the port
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (start(more)) return;
  }
  throw std::runtime_error("nginx does not start: " + error_log());
}

void NginxServer::make_certificate() const {
  const CertificateAuthority authority;
  const Certificate own = authority.issue();
  write(ca_file(), authority.certificate());
  write(folder_.path / "certificate.pem", own.certificate);
  write(folder_.path / "key.pem", own.key);
}

void NginxServer::write_configuration(const std::string& more) const {
  const std::string folder = folder_.path.string();
  std::ostringstream text;
  text << "daemon off;\n"
       << user_line() << "pid " << folder << "/pid;\n"
       << "events {}\n"
          "http {\n"
          "  log_format seen '$server_protocol $connection $request_method $uri';\n"
          "  access_log "
       << folder << "/access.log seen;\n";
  for (const char* name : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    text << "  " << name << "_temp_path " << folder << "/temporary;\n";
  }
  text << "  server {\n"
          "    listen 127.0.0.1:"
       << port_ << " ssl http2;\n"
       << "    ssl_certificate " << folder << "/certificate.pem;\n"
       << "    ssl_certificate_key " << folder << "/key.pem;\n"
       << "    root " << files().string() << ";\n"
       << "    client_max_body_size 0;\n"
          "    location /uploads/ { dav_methods PUT; }\n"
       << more << "  }\n}\n";
  write(folder_.path / "nginx.conf", text.str());
}

bool NginxServer::start(const std::string& more) {
  port_ = free_port();
  write_configuration(more);
  // it ends with this process, however that ends
  program_ = std::make_unique<programs::Program>(std::vector<std::string>{
      "/usr/bin/setpriv", "--pdeathsig", "TERM", nginx, "-p", folder_.path.string(), "-e",
      (folder_.path / "error.log").string(), "-c", (folder_.path / "nginx.conf").string()});
  for (int waits = 0; waits < 1000; ++waits) {
    if (has_ended(program_->process())) return false;
    if (accepts_connections(port_)) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::string NginxServer::error_log() const {
  std::ifstream file(folder_.path / "error.log");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<NginxServer::Request> NginxServer::requests() const {
  std::ifstream log(folder_.path / "access.log");
  std::vector<Request> found;
  Request request;
  while (log >> request.protocol >> request.connection >> request.method >> request.path) {
    found.push_back(request);
  }
  return found;
}

}  // namespace globus_sdk_test
