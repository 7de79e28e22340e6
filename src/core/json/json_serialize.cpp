// SPDX-License-Identifier: Apache-2.0
// Document to text. Boost.JSON's own writer has no indented form, and writes 1.5 as 1.5E0.
#include <array>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>

#include "core/base/hexadecimal.hpp"
#include "core/base/utf8.hpp"
#include "core/json/json_serialize.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace json = boost::json;

class Writer {
 public:
  /// @param indent spaces a level; nothing for all in one line.
  explicit Writer(std::optional<std::size_t> indent) : indent_(indent) {}

  void write(const json::value& value) {
    switch (value.kind()) {
      case json::kind::null:
        out_ += "null";
        break;
      case json::kind::bool_:
        out_ += value.get_bool() ? "true" : "false";
        break;
      case json::kind::int64:
        write_integer(value.get_int64());
        break;
      case json::kind::uint64:
        write_integer(value.get_uint64());
        break;
      case json::kind::double_:
        write_double(value.get_double());
        break;
      case json::kind::string:
        write_string(value.get_string());
        break;
      case json::kind::array:
        write_array(value.get_array());
        break;
      case json::kind::object:
        write_object(value.get_object());
        break;
    }
  }

  void write(const JsonNode& node) {
    using Kind = JsonNode::Kind;
    switch (node.kind) {
      case Kind::null:
        out_ += "null";
        break;
      case Kind::boolean:
        out_ += node.flag ? "true" : "false";
        break;
      case Kind::int64:
        write_integer(node.int64);
        break;
      case Kind::uint64:
        write_integer(node.uint64);
        break;
      case Kind::real:
        write_double(node.real);
        break;
      case Kind::string:
        write_string(node.string());
        break;
      case Kind::array:
        write_array(node);
        break;
      case Kind::object:
        write_object(node);
        break;
    }
  }

  void write_string(std::string_view text) {
    out_ += '"';
    while (true) {
      const std::size_t plain = plain_size(text);
      out_.append(text.data(), plain);
      text.remove_prefix(plain);
      if (text.empty()) break;
      text.remove_prefix(write_other(text));
    }
    out_ += '"';
  }

  std::string take() { return std::move(out_); }

 private:
  template <class T> void write_integer(T number) {
    std::array<char, 24> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
    out_.append(text.data(), written.ptr);
  }

  void write_double(double number) {
    if (!std::isfinite(number)) {
      throw GlobusSDKUsageError("JSON cannot hold a number that is infinite or NaN");
    }
    std::array<char, 32> text{};
    const auto written = std::to_chars(text.data(), text.data() + text.size(), number);
    const std::string_view digits(text.data(), static_cast<std::size_t>(written.ptr - text.data()));
    out_ += digits;
    // A reader shall see that it is no integer.
    if (digits.find_first_of(".e") == std::string_view::npos) out_ += ".0";
  }

  /// How many characters at the beginning of `text` are ASCII and stand for themselves.
  static std::size_t plain_size(std::string_view text) {
    std::size_t size = 0;
    while (size < text.size()) {
      const auto byte = static_cast<unsigned char>(text[size]);
      if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') break;
      ++size;
    }
    return size;
  }

  /// Writes the character that `text` begins with, which is not a plain one.
  ///
  /// @return how many bytes it has.
  std::size_t write_other(std::string_view text) {
    const auto character = first_character(text);
    if (!character) {
      // a byte that is no UTF-8, as Python has it in the name of a file
      write_escape(0xDC00U + static_cast<unsigned char>(text[0]));
      return 1;
    }
    if (character->code < 0x80) {
      write_special(text[0]);
    } else if (is_surrogate(character->code)) {
      write_escape(character->code);
    } else {
      out_ += text.substr(0, character->size);
    }
    return character->size;
  }

  void write_escape(char32_t code) {
    out_ += "\\u";
    append_hexadecimal(out_, static_cast<unsigned char>(code >> 8U));
    append_hexadecimal(out_, static_cast<unsigned char>(code & 0xFFU));
  }

  /// Writes a quote, a backslash or a control character.
  void write_special(char c) {
    switch (c) {
      case '"':
        out_ += "\\\"";
        return;
      case '\\':
        out_ += "\\\\";
        return;
      case '\n':
        out_ += "\\n";
        return;
      case '\r':
        out_ += "\\r";
        return;
      case '\t':
        out_ += "\\t";
        return;
      case '\b':
        out_ += "\\b";
        return;
      case '\f':
        out_ += "\\f";
        return;
      default:
        break;
    }
    write_escape(static_cast<unsigned char>(c));
  }

  void write_array(const json::array& array) {
    open('[');
    for (const json::value& element : array) {
      separate(&element == &array[0]);
      write(element);
    }
    close(']', array.empty());
  }
  void write_array(const JsonNode& array) {
    open('[');
    for (std::size_t i = 0; i < array.size; ++i) {
      separate(i == 0);
      write(array.element(i));
    }
    close(']', array.size == 0);
  }

  void write_object(const json::object& object) {
    open('{');
    for (const auto& member : object) {
      separate(&member == &*object.begin());
      write_member(member.key(), member.value());
    }
    close('}', object.empty());
  }
  void write_object(const JsonNode& object) {
    open('{');
    for (std::size_t i = 0; i < object.size; ++i) {
      separate(i == 0);
      write_member(object.key(i), object.member(i));
    }
    close('}', object.size == 0);
  }

  template <class Value> void write_member(std::string_view key, const Value& value) {
    write_string(key);
    out_ += indent_ ? ": " : ":";
    write(value);
  }

  void open(char bracket) {
    out_ += bracket;
    ++depth_;
  }
  void separate(bool first) {
    if (!first) out_ += ',';
    new_line();
  }
  void close(char bracket, bool empty) {
    --depth_;
    if (!empty) new_line();
    out_ += bracket;
  }
  void new_line() {
    if (indent_) out_.append(1, '\n').append(depth_ * *indent_, ' ');
  }

  std::string out_{};
  std::optional<std::size_t> indent_;
  std::size_t depth_ = 0;
};

template <class Value>
std::string written(const Value& value, std::optional<std::size_t> indent = std::nullopt) {
  Writer writer(indent);
  writer.write(value);
  return writer.take();
}

}  // namespace

std::string serialize(const json::value& value) {
  return written(value);
}

std::string serialize(const JsonNode& node) {
  return written(node);
}

std::string serialize(const JsonNode& node, std::size_t indent) {
  return written(node, indent);
}

std::string quoted(std::string_view text) {
  Writer writer(std::nullopt);
  writer.write_string(text);
  return writer.take();
}

}  // namespace globus_sdk::inline v0::detail
