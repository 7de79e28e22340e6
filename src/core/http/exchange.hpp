// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <exception>
#include <optional>
#include <string>
#include <vector>

#include "core/base/wipe.hpp"
#include "core/http/body_doors.hpp"
#include "core/http/certificate_failure.hpp"
#include "core/http/easy_handle.hpp"
#include "core/http/outgoing_request.hpp"
#include "core/http/resolved_transport_settings.hpp"

namespace globus_sdk::inline v0::detail {

/// One request on one easy handle: sets the handle up, collects the answer, judges how it ended.
/// The handle, the settings and the request must outlive it.
class Exchange {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param doors for those bodies of the request that are not in memory; they must outlive it too.
  Exchange(EasyHandle& handle, const ResolvedTransportSettings& settings,
           const OutgoingRequest& request, const BodyDoors& doors = {});
  ~Exchange() { wipe(authorization_line_); }
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// When the server will have been silent for too long; nothing when it may take forever. What
  /// came since it was last asked counts as come `now`: the clock is not read for every line.
  std::optional<Clock::time_point> silence_ends(Clock::time_point now);
  /// Asked when silence_ends() has come: true when there was no progress meanwhile.
  bool is_silent(Clock::time_point now);

  /// To be called when the transfer goes on that waited for a sink or a source.
  void resume();

  /// The outcome, once libcurl has said how the transfer ended.
  Outcome finish(CURLcode code);
  /// The outcome of a transfer that is broken off.
  NetworkFailure timed_out() const;

 private:
  bool sends_body() const;
  std::optional<PlainGet> plain_get() const;
  const ProxyServer* proxy() const;
  bool leaves_handle_as_it_was() const;
  void set_up();
  void set_url();
  void set_transfer();
  void set_body();
  void set_headers();
  void set_security();
  void set_proxy();
  void set_connection();
  bool on_header(std::string_view line);
  bool on_head();
  bool on_location(const std::string& location);
  void reserve_body();
  std::size_t on_body(std::string_view bytes);
  std::size_t to_sink(std::string_view bytes);
  void set_wiping();
  std::size_t on_read(char* buffer, std::size_t room);
  std::size_t from_source(char* buffer, std::size_t room);
  bool on_rewind();
  bool was_sent() const;
  long status() const;
  std::exception_ptr body_failure() const;
  bool is_connected() const;
  NetworkFailure failure(CURLcode code) const;
  std::optional<NetworkFailure> refused_redirect(long status) const;

  EasyHandle& handle_;
  CURL* easy_;
  const ResolvedTransportSettings& settings_;
  const OutgoingRequest& request_;
  const BodyDoors doors_;
  std::string authorization_line_{};
  std::vector<curl_slist> header_list_{};
  Slist connect_to_list_{};
  CertificateCheck certificates_{};
  Answer answer_{};
  std::size_t header_bytes_ = 0;
  std::size_t sent_ = 0;
  bool head_ended_ = false;
  bool sink_has_begun_ = false;
  bool waits_for_body_ = false;  // for its sink or source
  bool ends_early_ = false;      // the source, which promised more
  bool leads_to_login_ = false;  // the server redirects to where a person logs in
  bool too_large_ = false;
  bool has_no_memory_ = false;
  const char* wrong_head_ = nullptr;  // why it is not taken
  bool active_ = false;               // something came or went since the clock was last read
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_activity_ = started_;
  curl_off_t uploaded_ = 0;
  std::array<char, CURL_ERROR_SIZE> error_text_;

  friend struct ExchangeCallbacks;
};

/// The proxy for what goes there; null for none.
const ProxyServer* proxy_for(const ResolvedTransportSettings& settings,
                             const Destination& destination);

/// Whether libcurl writes to a TLS connection on the way there.
bool uses_tls(const ResolvedTransportSettings& settings, const Destination& destination);

NetworkFailure deadline_failure(bool surely_not_processed);
NetworkFailure cancelled_failure();
/// @param cause what a sink or a source threw.
NetworkFailure failed_body(std::exception_ptr cause);

}  // namespace globus_sdk::inline v0::detail
