// SPDX-License-Identifier: Apache-2.0
// ClassAds, as far as a file transfer plugin needs them: HTCondor's records of names and values.
#pragma once

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace classads {

/// The attributes of one ad, by their names in small letters. An attribute whose value is not
/// simply a text has none here.
using Ad = std::map<std::string, std::optional<std::string>>;

inline std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& letter : result) {
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return result;
}

/// Reads ads of the new form, `[ Url = "..."; LocalFileName = "..." ]`. Values may be any
/// expressions; those that are not simply a text are passed over.
class NewFormReader {
 public:
  explicit NewFormReader(std::string_view text) : text_(text) {}

  std::vector<Ad> read() {
    std::vector<Ad> ads;
    while (true) {
      pass_blanks();
      // ads may follow each other as they are, or stand in a list
      if (peek() == ',' || peek() == '{' || peek() == '}') {
        ++at_;
      } else if (is_at_end()) {
        return ads;
      } else {
        ads.push_back(read_ad());
      }
    }
  }

 private:
  bool is_at_end() const { return at_ >= text_.size(); }
  char peek() const { return is_at_end() ? '\0' : text_[at_]; }
  [[noreturn]] void fail(const std::string& what) const {
    throw std::runtime_error("the ClassAds cannot be read: " + what + " at byte " +
                             std::to_string(at_));
  }

  Ad read_ad() {
    if (peek() != '[') fail("no [");
    ++at_;
    Ad ad;
    while (true) {
      pass_blanks();
      if (peek() == ';') {
        ++at_;
      } else if (peek() == ']') {
        ++at_;
        return ad;
      } else {
        std::string name = lowered(read_name());
        pass_blanks();
        if (peek() != '=') fail("no = after the name of an attribute");
        ++at_;
        ad.insert_or_assign(std::move(name), read_value());
      }
    }
  }

  std::string read_name() {
    if (peek() == '\'') return read_quoted();
    const std::size_t begin = at_;
    while (std::isalnum(static_cast<unsigned char>(peek())) != 0 || peek() == '_') ++at_;
    if (at_ == begin) fail("no name of an attribute");
    return std::string(text_.substr(begin, at_ - begin));
  }

  /// The value, if it is a text and nothing else.
  std::optional<std::string> read_value() {
    pass_blanks();
    std::optional<std::string> text;
    if (peek() == '"') text = read_quoted();
    pass_blanks();
    if (peek() == ';' || peek() == ']') return text;
    pass_expression();
    return std::nullopt;
  }

  /// Goes to the end of an expression: a `;` or `]` that is outside of all brackets.
  void pass_expression() {
    int depth = 0;
    while (true) {
      pass_blanks();
      const char letter = peek();
      if (is_at_end()) fail("the end, within an attribute");
      if (depth == 0 && (letter == ';' || letter == ']')) return;
      if (letter == '"' || letter == '\'') {
        read_quoted();
        continue;
      }
      if (letter == '[' || letter == '{' || letter == '(') ++depth;
      if (letter == ']' || letter == '}' || letter == ')') --depth;
      ++at_;
    }
  }

  /// Passes blanks and comments.
  void pass_blanks() {
    while (true) {
      if (text_.substr(at_, 2) == "//") {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (text_.substr(at_, 2) == "/*") {
        const std::size_t end = text_.find("*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + 2;
      } else if (!is_at_end() && std::isspace(static_cast<unsigned char>(peek())) != 0) {
        ++at_;
      } else {
        return;
      }
    }
  }

  /// A text in quotes of either kind, without them.
  std::string read_quoted() {
    const char quote = peek();
    ++at_;
    std::string text;
    while (peek() != quote) {
      if (is_at_end()) fail("the end, within a text");
      if (peek() != '\\') {
        text += text_[at_++];
        continue;
      }
      ++at_;
      text += read_escape();
    }
    ++at_;
    return text;
  }

  /// What follows a backslash: a letter that stands for a character, or up to three octal digits.
  char read_escape() {
    constexpr std::string_view letters = "abfnrtv";
    constexpr std::string_view characters = "\a\b\f\n\r\t\v";
    if (is_at_end()) fail("the end, within a text");
    const char letter = peek();
    if (letter < '0' || letter > '7') {
      ++at_;
      const std::size_t index = letters.find(letter);
      return index == std::string_view::npos ? letter : characters[index];
    }
    const std::size_t most = letter <= '3' ? 3 : 2;
    int code = 0;
    for (std::size_t digits = 0; digits < most && peek() >= '0' && peek() <= '7'; ++digits) {
      code = code * 8 + (text_[at_++] - '0');
    }
    return static_cast<char>(code);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// A line of the old form, `Url = "..."`: its name, and the text if it is one.
inline std::pair<std::string, std::optional<std::string>> read_line(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) {
    throw std::runtime_error("the ClassAds cannot be read: a line without =");
  }
  const auto trimmed = [](std::string_view part) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t begin = part.find_first_not_of(blanks);
    if (begin == std::string_view::npos) return std::string_view();
    return part.substr(begin, part.find_last_not_of(blanks) - begin + 1);
  };
  std::string name = lowered(trimmed(line.substr(0, equals)));
  const std::string_view value = trimmed(line.substr(equals + 1));
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return {name, std::nullopt};
  std::string text;
  for (std::size_t at = 1; at + 1 < value.size(); ++at) {
    const bool is_escape = value[at] == '\\' && at + 2 < value.size() && value[at + 1] == '"';
    if (value[at] == '"') return {name, std::nullopt};  // more than one text
    text += value[is_escape ? ++at : at];
  }
  return {std::move(name), std::move(text)};
}

/// Reads ads of the old form: an attribute a line, and an empty line between two ads.
inline std::vector<Ad> read_old_form(std::string_view text) {
  std::vector<Ad> ads;
  Ad ad;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) {
      if (!ad.empty()) ads.push_back(std::exchange(ad, {}));
    } else if (line[begin] != '#') {
      auto [name, value] = read_line(line);
      ad.insert_or_assign(std::move(name), std::move(value));
    }
  }
  if (!ad.empty()) ads.push_back(std::move(ad));
  return ads;
}

/// Reads a file of ads, in the old or the new form.
inline std::vector<Ad> read(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  const bool is_new = std::string_view("[{/").find(text[begin]) != std::string_view::npos;
  return is_new ? NewFormReader(text).read() : read_old_form(text);
}

/// An ad that is written, in the new form.
class Writer {
 public:
  Writer& text(std::string_view name, std::string_view value) {
    std::string quoted = "\"";
    for (const char letter : value) {
      const auto code = static_cast<unsigned char>(letter);
      if (letter == '"' || letter == '\\') {
        quoted.append(1, '\\').append(1, letter);
      } else if (code < 0x20 || code == 0x7f) {
        quoted.append(1, '\\');
        for (const int shift : {6, 3, 0}) quoted += static_cast<char>('0' + ((code >> shift) & 7));
      } else {
        quoted += letter;
      }
    }
    return expression(name, quoted + '"');
  }
  Writer& boolean(std::string_view name, bool value) {
    return expression(name, value ? "true" : "false");
  }
  Writer& integer(std::string_view name, std::int64_t value) {
    return expression(name, std::to_string(value));
  }
  Writer& real(std::string_view name, double value) {
    return expression(name, std::to_string(value));
  }
  Writer& expression(std::string_view name, std::string_view value) {
    ad_.append(ad_.empty() ? "[ " : "; ").append(name).append(" = ").append(value);
    return *this;
  }
  std::string str() const { return ad_.empty() ? "[ ]" : ad_ + " ]"; }

 private:
  std::string ad_{};
};

}  // namespace classads
