// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/files/glob.hpp"

#include <cstddef>
#include <optional>
#include <vector>

#include "sandbox/transfer/files/file_names.hpp"

namespace globus_sandbox::transfer {

namespace {

using Characters = std::u32string;

Characters characters_of(std::string_view text) {
  Characters result;
  const bool utf8 = is_utf8(text);
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const std::size_t length = !utf8 || first < 0x80 ? 1
                               : first >= 0xF0       ? 4
                               : first >= 0xE0       ? 3
                                                     : 2;
    char32_t character = first;
    for (std::size_t j = 1; j < length; ++j)
      character = (character << 8U) | static_cast<unsigned char>(text[i + j]);
    result += character;
    i += length;
  }
  return result;
}

char32_t lower(char32_t character) {
  return character >= U'A' && character <= U'Z' ? character + 32 : character;
}

/// One step of a pattern.
struct Step {
  enum class Kind { one_of, any_one, any_run } kind = Kind::one_of;
  bool negated = false;
  std::vector<std::pair<char32_t, char32_t>> ranges{};
};

/// Reads `[...]` that begins at `index`; nothing when it is never closed.
std::optional<Step> read_set(const Characters& pattern, std::size_t& index) {
  std::size_t i = index + 1;
  Step step;
  if (i < pattern.size() && pattern[i] == U'!') {
    step.negated = true;
    ++i;
  }
  const std::size_t first = i;
  for (; i < pattern.size(); ++i) {
    if (pattern[i] == U']' && i != first) {
      index = i + 1;
      return step;
    }
    if (i + 2 < pattern.size() && pattern[i + 1] == U'-' && pattern[i + 2] != U']') {
      step.ranges.emplace_back(pattern[i], pattern[i + 2]);
      i += 2;
    } else {
      step.ranges.emplace_back(pattern[i], pattern[i]);
    }
  }
  return std::nullopt;
}

std::vector<Step> steps_of(const Characters& pattern, const GlobSyntax& syntax) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < pattern.size();) {
    const char32_t character = pattern[i];
    if (character == U'*') {
      steps.push_back({Step::Kind::any_run});
      ++i;
      continue;
    }
    if (character == U'?' && !syntax.only_star) {
      steps.push_back({Step::Kind::any_one});
      ++i;
      continue;
    }
    if (character == U'[' && !syntax.only_star) {
      if (auto set = read_set(pattern, i)) {
        steps.push_back(std::move(*set));
        continue;
      }
    }
    if (character == U'\\' && syntax.backslash_escapes && i + 1 < pattern.size()) ++i;
    steps.push_back({Step::Kind::one_of, false, {{pattern[i], pattern[i]}}});
    ++i;
  }
  return steps;
}

bool step_matches(const Step& step, char32_t character, const GlobSyntax& syntax) {
  const bool is_literal = step.kind == Step::Kind::one_of && !step.negated &&
                          step.ranges.size() == 1 && step.ranges[0].first == step.ranges[0].second;
  if (syntax.slash_is_special && character == U'/' && !is_literal) return false;
  if (step.kind == Step::Kind::any_one) return true;
  for (const auto& [low, high] : step.ranges) {
    if (character >= low && character <= high) return !step.negated;
    if (syntax.ignore_case && lower(character) >= lower(low) && lower(character) <= lower(high))
      return !step.negated;
  }
  return step.negated;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text, GlobSyntax syntax) {
  const auto steps = steps_of(characters_of(pattern), syntax);
  const auto characters = characters_of(text);
  std::size_t at = 0;
  std::size_t step = 0;
  // where to go on when a later step fails: behind the last `*`, with one more character taken by
  // it
  std::optional<std::size_t> star;
  std::size_t star_at = 0;
  while (at < characters.size()) {
    if (step < steps.size() && steps[step].kind == Step::Kind::any_run) {
      star = step++;
      star_at = at;
    } else if (step < steps.size() && step_matches(steps[step], characters[at], syntax)) {
      ++step;
      ++at;
    } else if (star && !(syntax.slash_is_special && characters[star_at] == U'/')) {
      step = *star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
  while (step < steps.size() && steps[step].kind == Step::Kind::any_run) ++step;
  return step == steps.size();
}

bool has_wildcards(std::string_view pattern) {
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\')
      ++i;
    else if (pattern[i] == '*' || pattern[i] == '?' || pattern[i] == '[')
      return true;
  }
  return false;
}

std::string without_escapes(std::string_view pattern) {
  std::string result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '\\' && i + 1 < pattern.size()) ++i;
    result += pattern[i];
  }
  return result;
}

}  // namespace globus_sandbox::transfer
