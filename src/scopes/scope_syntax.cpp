// SPDX-License-Identifier: Apache-2.0
#include "scopes/scope_syntax.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "globus_sdk/scopes/errors.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// Every character that is white space to Unicode but the space itself, in UTF-8.
constexpr std::array<std::string_view, 28> white_space{
    "\t",           "\n",           "\v",           "\f",           "\r",           "\x1c",
    "\x1d",         "\x1e",         "\x1f",         "\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80",
    "\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85",
    "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
    "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80"};

std::string_view without_white_space(std::string_view text) {
  const auto leading = [&](std::string_view space) { return text.starts_with(space); };
  const auto trailing = [&](std::string_view space) { return text.ends_with(space); };
  for (auto found = std::ranges::find_if(white_space, leading); found != white_space.end();
       found = std::ranges::find_if(white_space, leading)) {
    text.remove_prefix(found->size());
  }
  for (auto found = std::ranges::find_if(white_space, trailing); found != white_space.end();
       found = std::ranges::find_if(white_space, trailing)) {
    text.remove_suffix(found->size());
  }
  return text;
}

/// Reads a text from its first to its last byte, once.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  ScopeGraph read() {
    while (at_ < text_.size()) {
      switch (text_[at_]) {
        case ' ':
          read_space();
          break;
        case '*':
          read_star();
          break;
        case '[':
          read_opening();
          break;
        case ']':
          read_closing();
          break;
        default:
          read_name();
      }
    }
    check_end();
    return std::move(graph_);
  }

 private:
  enum class Last : std::uint8_t { nothing, name, star, opening, closing };
  /// A scope whose brackets are open, and where they were opened.
  struct Parent {
    ScopeGraph::Id scope = 0;
    std::size_t bracket = 0;
  };

  [[noreturn]] static void fail(const char* reason, std::size_t position) {
    throw ScopeParseError(reason, position);
  }

  bool next_is(char character) const {
    return at_ + 1 < text_.size() && text_[at_ + 1] == character;
  }

  void took(Last last) {
    last_ = last;
    ++at_;
  }

  void expect_no_star_before() const {
    if (last_ == Last::star) fail("a scope has to follow '*'", at_);
  }

  void read_space() {
    if (next_is('[')) fail("a space before '['", at_ + 1);
    ++at_;
  }

  void read_star() {
    expect_no_star_before();
    if (next_is(' ')) fail("a space after '*'", at_ + 1);
    took(Last::star);
  }

  void read_opening() {
    expect_no_star_before();
    if (last_ == Last::nothing) fail("no scope before '['", at_);
    if (last_ == Last::opening) fail("'[' after '['", at_);
    parents_.push_back({scope_, at_});
    took(Last::opening);
  }

  void read_closing() {
    expect_no_star_before();
    if (parents_.empty()) fail("']' without a '[' that it closes", at_);
    if (last_ == Last::opening) fail("nothing between '[' and ']'", at_);
    const bool is_followed = at_ + 1 < text_.size();
    if (is_followed && !next_is(' ') && !next_is(']')) {
      fail("neither a space nor another ']' after ']'", at_ + 1);
    }
    parents_.pop_back();
    took(Last::closing);
  }

  void read_name() {
    const std::size_t begin = at_;
    at_ = std::min(text_.find_first_of(special_scope_characters, begin), text_.size());
    std::string_view name = text_.substr(begin, at_ - begin);
    // line ends and the like are trimmed at the text's end, where a file or a shell leaves them
    if (at_ == text_.size()) name = without_white_space(name);
    if (name.empty()) return;
    scope_ = graph_.scope(name);
    const bool optional = last_ == Last::star;
    if (parents_.empty()) {
      graph_.add_root(scope_, optional);
    } else {
      graph_.add_dependency(parents_.back().scope, scope_, optional, begin);
    }
    last_ = Last::name;
  }

  void check_end() const {
    expect_no_star_before();
    if (last_ == Last::opening) fail("nothing after '['", at_);
    if (!parents_.empty()) fail("no ']' for this '['", parents_.back().bracket);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Last last_ = Last::nothing;
  ScopeGraph::Id scope_ = 0;
  std::vector<Parent> parents_{};
  ScopeGraph graph_{};
};

}  // namespace

ScopeGraph read_scopes(std::string_view text) {
  if (text.size() > max_scope_text) {
    throw ScopeParseError("the text has more than 4 MiB", max_scope_text);
  }
  return Reader(text).read();
}

}  // namespace globus_sdk::inline v0::detail
