// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional.hpp>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <string>

#include "sandbox/server/connection_types.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox {

/// A request's body as Beast's parser hands it on: into memory, or into a file where one is given.
struct RequestBody {
  struct value_type {
    std::string text{};
    std::shared_ptr<ReceivedFile> file{};
    std::uint64_t size = 0;    ///< received until now
    std::int64_t cut_at = -1;  ///< where the receiving of a file is to end; -1: with the body
    bool is_cut = false;       ///< it has ended there
    int storage_error = 0;     ///< errno of the write that ended it
  };

  class reader {
   public:
    template <bool is_request, class Fields>
    reader(boost::beast::http::header<is_request, Fields>&, value_type& body) : body_(body) {}

    void init(const boost::optional<std::uint64_t>& size, error_code& error) {
      error = {};
      if (size && !body_.file) body_.text.reserve(static_cast<std::size_t>(*size));
    }

    template <class Buffers> std::size_t put(const Buffers& buffers, error_code& error) {
      error = {};
      std::size_t taken = 0;
      for (auto it = asio::buffer_sequence_begin(buffers);
           it != asio::buffer_sequence_end(buffers) && !error; ++it) {
        const asio::const_buffer buffer = *it;
        taken += buffer.size();
        take(static_cast<const char*>(buffer.data()), buffer.size(), error);
      }
      return taken;
    }

    void finish(error_code& error) {
      error = {};
      if (body_.cut_at >= 0) end(error);
    }

   private:
    void take(const char* data, std::size_t size, error_code& error) {
      if (!body_.file) {
        body_.text.append(data, size);
        body_.size += size;
        return;
      }
      std::uint64_t left = size;
      if (body_.cut_at >= 0)
        left = std::min(left, static_cast<std::uint64_t>(body_.cut_at) - body_.size);
      while (left > 0) {
        const ssize_t written = ::write(body_.file->descriptor(), data, left);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
          body_.storage_error = errno;
          error = asio::error::operation_aborted;
          return;
        }
        data += written;
        left -= static_cast<std::uint64_t>(written);
        body_.size += static_cast<std::uint64_t>(written);
      }
      if (body_.cut_at >= 0 && body_.size == static_cast<std::uint64_t>(body_.cut_at)) end(error);
    }

    void end(error_code& error) {
      body_.is_cut = true;
      error = asio::error::operation_aborted;
    }

    value_type& body_;
  };
};

}  // namespace globus_sandbox
