// SPDX-License-Identifier: Apache-2.0
// Where apps keep their tokens. The Python SDK's apps compute the same path, or the two would not
// share a login.
#include <locale.h>
#include <wctype.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/base/utf8.hpp"
#include "core/process/home_folder.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/file_token_storage.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

// Unicode's letters, by the C library; without its locale only ASCII is known
class Letters {
 public:
  Letters() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {}
  ~Letters() {
    if (locale_ != nullptr) freelocale(locale_);
  }
  Letters(const Letters&) = delete;
  Letters& operator=(const Letters&) = delete;

  char32_t lower(char32_t c) const {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return locale_ == nullptr ? c
                              : static_cast<char32_t>(towlower_l(static_cast<wint_t>(c), locale_));
  }
  bool is_cased(char32_t c) const {
    if (lower(c) != c) return true;
    return locale_ != nullptr &&
           towupper_l(static_cast<wint_t>(c), locale_) != static_cast<wint_t>(c);
  }
  bool is_printable(char32_t c) const {
    if (c < 0x80) return c >= 0x20 && c != 0x7F;
    if (is_space_or_format(c)) return false;
    return locale_ == nullptr || iswprint_l(static_cast<wint_t>(c), locale_) != 0;
  }

 private:
  /// What the C library prints and Python does not: spaces, invisible format characters and private
  /// ones.
  static bool is_space_or_format(char32_t c) {
    static constexpr std::array<std::pair<char32_t, char32_t>, 29> ranges{{
        {0x80, 0xA0},       {0xAD, 0xAD},       {0x600, 0x605},       {0x61C, 0x61C},
        {0x6DD, 0x6DD},     {0x70F, 0x70F},     {0x890, 0x891},       {0x8E2, 0x8E2},
        {0x1680, 0x1680},   {0x180E, 0x180E},   {0x2000, 0x200F},     {0x2028, 0x202F},
        {0x205F, 0x2064},   {0x2066, 0x206F},   {0x3000, 0x3000},     {0xD800, 0xF8FF},
        {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB},   {0x110BD, 0x110BD},   {0x110CD, 0x110CD},
        {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},   {0xE0001, 0xE0001},
        {0xE0020, 0xE007F}, {0xF0000, 0xFFFFF}, {0x100000, 0x10FFFF}, {0xFFFE, 0xFFFF},
        {0x1FFFE, 0x1FFFF},
    }};
    return std::ranges::any_of(
        ranges, [c](const auto& range) { return c >= range.first && c <= range.second; });
  }

  locale_t locale_;
};

std::optional<std::u32string> decode_utf8(std::string_view text) {
  std::u32string characters;
  while (!text.empty()) {
    const auto character = first_character(text);
    if (!character) return std::nullopt;
    characters += character->code;
    text.remove_prefix(character->size);
  }
  return characters;
}

char32_t replacement(char32_t c) {
  static constexpr std::u32string_view reserved = U"<>:\"/\\|?*";
  if (reserved.find(c) != std::u32string_view::npos) return '+';
  return c == '.' || c == ' ' ? '-' : c;
}

/// Without what cannot be printed.
std::u32string printable(const std::u32string& text, const Letters& letters) {
  std::u32string result;
  for (const char32_t given : text) {
    const char32_t c = replacement(given);
    if (letters.is_printable(c)) result += c;
  }
  return result;
}

/// In lower case, with the two letters that depend on more than themselves.
std::string lower(const std::u32string& text, const Letters& letters) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends_word = i > 0 && letters.is_cased(text[i - 1]) &&
                           (i + 1 == text.size() || !letters.is_cased(text[i + 1]));
    if (text[i] == U'\u03A3' && ends_word) {
      append_utf8(result, U'\u03C2');
    } else if (text[i] == U'\u0130') {
      result += "i\u0307";
    } else {
      append_utf8(result, letters.lower(text[i]));
    }
  }
  return result;
}

/// Names that are devices on Windows.
bool is_reserved(std::string_view name) {
  if (name == "con" || name == "prn" || name == "aux" || name == "nul") return true;
  return name.size() == 4 && (name.starts_with("com") || name.starts_with("lpt")) &&
         name[3] >= '0' && name[3] <= '9';
}

std::string home_of_user() {
  auto home = home_folder();
  if (!home) {
    throw GlobusSDKUsageError(
        "the home folder of this user is not known; set HOME, or name the token file yourself");
  }
  return *std::move(home);
}

void require_plain(Text text, const char* name) {
  if (text.empty() || text.view() == "." || text.view() == ".." ||
      text.view().find_first_of(std::string_view("/\0", 2)) != std::string_view::npos) {
    throw GlobusSDKUsageError(std::string(name) + " cannot be a part of a file's name: '" +
                              text.str() + "'");
  }
}

}  // namespace

std::string slugify_app_name(Text app_name) {
  const auto characters = decode_utf8(app_name);
  if (!characters) throw GlobusSDKUsageError("the app name is not UTF-8");
  const Letters letters;
  const std::string slug = lower(printable(*characters, letters), letters);
  if (is_reserved(slug)) {
    throw GlobusSDKUsageError("the app name results in a reserved file name ('" + slug +
                              "'); choose another one");
  }
  if (slug.empty()) {
    throw GlobusSDKUsageError("the app name has no characters for a file name; choose another one");
  }
  return slug;
}

std::string globus_app_filepath(Text client_id, Text app_name, Text environment, Text extension) {
  require_plain(client_id, "client_id");
  require_plain(environment, "environment");
  std::string home = home_of_user();
  while (home.ends_with('/')) home.pop_back();
  const std::string prefix =
      environment.view() == "production" ? std::string() : environment.str() + "-";
  return home + "/.globus/app/" + client_id.str() + "/" + slugify_app_name(app_name) + "/" +
         prefix + "tokens." + extension.str();
}

}  // namespace globus_sdk::inline v0::detail
