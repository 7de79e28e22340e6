// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/container/small_vector.hpp>
#include <boost/json/error.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/string_view.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/json/json_node.hpp"

namespace globus_sdk::inline v0::detail {

/// Makes the nodes of a document from the events of Boost.JSON's parser, whose handler it is.
class JsonBuilder {
 public:
  constexpr static std::size_t max_object_size = std::size_t(-1);
  constexpr static std::size_t max_array_size = std::size_t(-1);
  constexpr static std::size_t max_key_size = std::size_t(-1);
  constexpr static std::size_t max_string_size = std::size_t(-1);

  using Error = boost::json::error_code;
  using Piece = boost::json::string_view;

  /// @param kept texts that stand in this are not copied.
  /// @param memory where all else goes.
  JsonBuilder(std::string_view kept, boost::json::monotonic_resource& memory)
      : kept_(kept), memory_(memory) {}

  bool add(JsonNode node) {
    open_.push_back(node);
    return true;
  }

  /// What was built, after the end of the document.
  JsonNode root() const { return open_.back(); }

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return true; }
  bool on_array_begin(Error&) { return true; }
  bool on_object_end(std::size_t count, Error& error);
  bool on_array_end(std::size_t count, Error& error);

  bool on_key_part(Piece text, std::size_t, Error&) { return add_part(text); }
  bool on_key(Piece text, std::size_t, Error&) { return add_string(text); }
  bool on_string_part(Piece text, std::size_t, Error&) { return add_part(text); }
  bool on_string(Piece text, std::size_t, Error&) { return add_string(text); }

  bool on_number_part(Piece text, Error&) { return add_part(text); }
  bool on_int64(std::int64_t number, Piece, Error&) { return add_integer(number); }
  bool on_uint64(std::uint64_t number, Piece, Error&) { return add_integer(number); }
  /// Refuses what is not finite. Reads the text anew, since Boost.JSON's number is often the one
  /// beside the nearest.
  bool on_double(double number, Piece text, Error& error);
  bool on_bool(bool flag, Error&) { return add(JsonNode::of(flag)); }
  bool on_null(Error&) { return add(JsonNode()); }

  bool on_comment_part(Piece, Error&) { return true; }
  bool on_comment(Piece, Error&) { return true; }

 private:
  bool add_part(Piece text) {
    part_.append(text.data(), text.size());
    return true;
  }
  template <class Integer> bool add_integer(Integer number) {
    part_.clear();
    return add(JsonNode::of(number));
  }
  bool add_string(Piece text);
  std::string_view copied(std::string_view text);
  /// The last `count` of the open ones, moved to where they stay, with room for `extra` bytes more;
  /// null for none.
  JsonNode* settle(std::size_t count, std::size_t extra);

  std::string_view kept_;
  boost::json::monotonic_resource& memory_;
  // children of what has not ended; most documents need no more than this
  boost::container::small_vector<JsonNode, 256> open_{};
  std::string part_{};  // the beginning of a string or number that comes in pieces
};

}  // namespace globus_sdk::inline v0::detail
