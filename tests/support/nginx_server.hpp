// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "support/program.hpp"
#include "support/scoped_folder.hpp"

namespace globus_sdk_test {

/// A server that is not ours: Debian's nginx with the files of a folder, under TLS, with HTTP/2. It
/// takes uploads below /uploads/.
class NginxServer {
 public:
  /// Whether this machine has it.
  static bool is_installed();

  /// @param more of its configuration: locations.
  explicit NginxServer(const std::string& more = "");

  /// `https://localhost:PORT`
  std::string url() const { return "https://localhost:" + std::to_string(port_); }
  /// Whose certificate a client has to trust.
  std::string ca_file() const { return (folder_.path / "ca.pem").string(); }
  /// The folder whose files it has.
  std::filesystem::path files() const { return folder_.path / "files"; }

  struct Request {
    std::string protocol;  ///< `HTTP/2.0`
    std::string connection;
    std::string method;
    std::string path;
  };
  /// What it was asked for so far.
  std::vector<Request> requests() const;

 private:
  void make_certificate() const;
  void write_configuration(const std::string& more) const;
  bool start(const std::string& more);
  std::string error_log() const;

  ScopedFolder folder_{};
  std::uint16_t port_ = 0;
  std::unique_ptr<programs::Program> program_{};
};

}  // namespace globus_sdk_test
