// SPDX-License-Identifier: Apache-2.0
#include "soak/compressed.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/crc.hpp>
#include <cstdint>

namespace soak {

namespace {

std::string little_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((number >> shift) & 0xff);
  return bytes;
}

}  // namespace

std::string compressed(const std::string& text) {
  std::string packed(text.size() + 128, '\0');
  boost::beast::zlib::z_params state;
  state.next_in = text.data();
  state.avail_in = text.size();
  state.next_out = packed.data();
  state.avail_out = packed.size();
  boost::beast::zlib::deflate_stream stream;
  boost::system::error_code error;
  stream.write(state, boost::beast::zlib::Flush::finish, error);
  packed.resize(state.total_out);
  boost::crc_32_type sum;
  sum.process_bytes(text.data(), text.size());
  return std::string("\x1f\x8b\x08\0\0\0\0\0\x02\xff", 10) + packed +
         little_endian(sum.checksum()) + little_endian(static_cast<std::uint32_t>(text.size()));
}

const std::string& bomb() {
  static const std::string packed = compressed(std::string(std::size_t{4} << 20, ' '));
  return packed;
}

}  // namespace soak
