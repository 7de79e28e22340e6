// SPDX-License-Identifier: Apache-2.0
#pragma once

// What connections are made of. Boost.Asio and Boost.Beast are expensive to compile: this and the
// headers that include it are for one .cpp file, the server's.

#include <algorithm>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>

namespace globus_sandbox {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

/// Everything that happens on a connection happens in its strand: one after the other.
using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<tcp, Strand>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Strand>;

/// A time to wait, as a timer takes it: a year at most.
inline std::chrono::steady_clock::duration to_wait(std::chrono::duration<double> time) {
  constexpr std::chrono::duration<double> year{365.0 * 24 * 60 * 60};
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::min(time, year));
}

}  // namespace globus_sandbox
