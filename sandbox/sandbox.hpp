// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace globus_sandbox {

/// How a sandbox is started.
struct SandboxOptions {
  /// Of the server on 127.0.0.1; 0: chosen by the system.
  std::uint16_t port = 0;
  /// Names and folders. Where none is given there are SOURCE and DESTINATION, in temporary folders,
  /// or in folders beside the state file.
  std::vector<std::pair<std::string, std::filesystem::path>> collections{};
  /// A SQLite file that a later sandbox goes on with; in memory when empty.
  std::filesystem::path state{};
  /// Logins show no page: the first user consents, or the one that the request names.
  bool auto_consent = false;
  /// A refresh token is good once, and the answer carries the next.
  bool rotate_refresh_tokens = false;
  /// With rotation: how long a refresh token that was redeemed may be redeemed again, for clients
  /// that lost the answer.
  std::chrono::seconds refresh_token_grace{0};
  /// Of access tokens.
  std::chrono::seconds token_lifetime{172800};
  /// HTTPS with a certificate authority of the sandbox's own.
  bool tls = false;
  /// The services answer every user who reaches 127.0.0.1, and not only the one that this process
  /// runs as: for containers where users cannot be told apart. Control asks those others for
  /// `GLOBUS_SANDBOX_CONTROL_SECRET` as a bearer token.
  bool serve_everyone = false;
};

/// What the sandbox received, without secrets.
struct ReceivedRequest {
  double time = 0;  ///< seconds since the epoch
  std::string method;
  std::string path;  ///< as it was sent, with the service's prefix, without the query
  int status = 0;    ///< 0 where there was no answer, or is none yet
};

/// What happens to the next requests that match. Exactly one of `status`, `delay`, `drop_before`,
/// `drop_after`, `truncate_at`, `reset_at`, `stall_at`, `bytes_per_second`, `cut_upload_at` and
/// `require` is set.
struct Fault {
  std::string method{};  ///< any, when empty
  std::string path{};    ///< regular expression (ECMAScript) searched in the whole path
  int count = 0;  ///< of requests that meet it; then it is over; 0: 1, or no end to `require`
  int every = 1;  ///< 10: every tenth of the requests that match
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers{};  ///< with `status`
  std::string body{};                                          ///< with `status`
  double delay = 0;                                            ///< seconds; then answered as usual
  bool drop_before = false;       ///< the connection closes before the request takes effect
  bool drop_after = false;        ///< it closes after the request took effect, without an answer
  std::int64_t truncate_at = -1;  ///< the answer ends after this many bytes of its body
  std::int64_t reset_at = -1;     ///< after this many, the connection is reset
  std::int64_t stall_at = -1;     ///< after this many, nothing comes for `stall_seconds`
  double stall_seconds = 0;       ///< with `stall_at`
  std::int64_t bytes_per_second = 0;  ///< how fast the answer's body comes at most
  /// The connection closes after this many bytes of the request's body, or at its end, and the
  /// request has no effect.
  std::int64_t cut_upload_at = -1;
  /// Authorization parameters as a JSON object, such as `{"session_required_mfa": true}`: who has a
  /// token, but not what they ask for, gets a 403 that carries them. `prompt` asks for a login
  /// since the fault was added, `required_scopes` for consents.
  std::string require{};
};

/// A local Globus on loopback, running in threads of this process until it is destroyed.
///
/// It answers processes of the user that this process runs as when it starts, and nobody else on
/// the machine (see `SandboxOptions::serve_everyone`), and no page of another site.
///
/// It raises this process' soft limit of open files to the hard one, so that it can hold many
/// connections. Every method may be called from any thread.
class Sandbox {
 public:
  /// Starts it; throws std::invalid_argument for options that make no sense, and std::runtime_error
  /// or std::system_error where the system refuses the port or a file.
  explicit Sandbox(SandboxOptions options = {});
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  std::uint16_t port() const;
  /// `http://127.0.0.1:PORT` (`https://localhost:PORT` under TLS), without a slash at its end.
  std::string url() const;
  /// Base URL of a service, such as "auth" or "transfer"; ends in '/'.
  std::string service_url(const std::string& service) const;
  /// PEM file of the certificate authority; empty without TLS.
  std::filesystem::path ca_file() const;
  /// Every GLOBUS_SDK_SERVICE_URL_*, GLOBUS_SDK_VERIFY_SSL (under TLS) and GLOBUS_SANDBOX_*
  /// variable, as `globus-sandbox exec` sets them.
  std::map<std::string, std::string> environment() const;
  /// A variable of `environment()` by its name after `GLOBUS_SANDBOX_`, such as "CLIENT_ID",
  /// "TRANSFER_TOKEN" or "COLLECTION_SOURCE". Throws std::out_of_range for one that is none.
  std::string value(const std::string& name) const;
  /// Folder of a collection by its name, such as "SOURCE".
  std::filesystem::path folder(const std::string& collection_name) const;
  /// The one line of JSON that `serve` prints.
  std::string description() const;

  /// What a request to `/_sandbox/` does, by its method and its path below that, such as `POST`,
  /// `users` and `{"username": "ada@home.example"}`; its answer. Throws std::invalid_argument with
  /// what it says is wrong.
  std::string control(const std::string& method, const std::string& name,
                      const std::string& body = {});

  std::vector<ReceivedRequest> requests() const;
  void clear_requests();
  /// Throws std::invalid_argument, with a message that names the field, for one that makes no
  /// sense.
  void add_fault(Fault fault);
  void clear_faults();
  /// Makes a token expire now, or revokes it.
  void expire(const std::string& token);
  void revoke(const std::string& token);
  /// Lets a collection's credentials expire or be good again, by its id.
  void set_credentials_expired(const std::string& collection_id, bool expired);
  /// Makes a collection ask for a `data_access` consent.
  void set_requires_data_access(const std::string& collection_id, bool required);
  /// Slows every task down to about this many bytes a second; 0 is as fast as it goes.
  void set_bandwidth_limit(std::int64_t bytes_per_second);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace globus_sandbox
