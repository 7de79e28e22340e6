// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/requests/document_filter.hpp"

#include <boost/json/value.hpp>
#include <charconv>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "sandbox/base/text.hpp"
#include "sandbox/base/time_text.hpp"
#include "sandbox/base/uuid.hpp"
#include "sandbox/transfer/files/glob.hpp"
#include "sandbox/transfer/requests/errors.hpp"

namespace globus_sandbox::transfer {

class DocumentFilter::Clause {
 public:
  using Test = std::function<bool(const boost::json::value&)>;
  Clause(std::string field, Test test) : field_(std::move(field)), test_(std::move(test)) {}

  bool matches(const boost::json::object& document) const {
    const auto* value = document.if_contains(field_);
    return test_(value != nullptr ? *value : boost::json::value());
  }

 private:
  std::string field_;
  Test test_;
};

namespace {

using boost::json::value;

std::string_view text_of(const value& v) {
  return v.is_string() ? std::string_view(v.get_string()) : std::string_view();
}

struct TextPattern {
  bool inverted = false;
  bool is_glob = false;
  std::string text;

  bool matches(std::string_view candidate) const {
    return is_glob ? glob_matches(text, candidate, {.ignore_case = true, .only_star = true})
                   : candidate == text;
  }
};

TextPattern read_text_pattern(std::string_view text, bool with_globs) {
  TextPattern pattern;
  if (text.starts_with('!')) {
    pattern.inverted = true;
    text.remove_prefix(1);
  }
  if (with_globs && text.starts_with('~')) {
    pattern.is_glob = true;
    text.remove_prefix(1);
  } else if (text.starts_with('=')) {
    text.remove_prefix(1);
  }
  // a choice among words may be one among ids; a label in capitals is not that in small letters
  pattern.text = with_globs ? std::string(text) : canonical_uuid(text);
  return pattern;
}

/// None of the inverted patterns, and one of the others where there are any.
DocumentFilter::Clause::Test text_test(const std::vector<std::string>& values, bool with_globs) {
  std::vector<TextPattern> patterns;
  for (const auto& text : values) patterns.push_back(read_text_pattern(text, with_globs));
  return [patterns](const value& v) {
    const auto candidate = text_of(v);
    bool has_positive = false;
    bool is_positive = false;
    for (const auto& pattern : patterns) {
      const bool matches = pattern.matches(candidate);
      if (pattern.inverted && matches) return false;
      has_positive |= !pattern.inverted;
      is_positive |= !pattern.inverted && matches;
    }
    return is_positive || !has_positive;
  };
}

struct Comparison {
  std::string operation;
  std::int64_t number = 0;

  bool is_equality() const { return operation.empty() || operation == "="; }
  bool holds(std::int64_t candidate) const {
    if (operation == "<") return candidate < number;
    if (operation == "<=") return candidate <= number;
    if (operation == ">") return candidate > number;
    if (operation == ">=") return candidate >= number;
    if (operation == "!" || operation == "!=") return candidate != number;
    return candidate == number;
  }
};

Comparison read_comparison(const std::string& field, std::string_view text) {
  Comparison result;
  const auto begin = text.find_first_not_of("<>=!");
  result.operation = text.substr(0, begin);
  const auto digits = begin == std::string_view::npos ? std::string_view() : text.substr(begin);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), result.number);
  static constexpr std::string_view known = "  <  >  <= >= =  !  != ";
  const bool is_known = known.find(" " + result.operation + " ") != std::string_view::npos;
  if (error != std::errc{} || end != digits.data() + digits.size() || !is_known)
    throw bad_request("filter: " + field + " is compared with a number, not with '" +
                      std::string(text) + "'");
  return result;
}

DocumentFilter::Clause::Test number_test(const std::string& field,
                                         const std::vector<std::string>& values) {
  std::vector<Comparison> comparisons;
  for (const auto& text : values) comparisons.push_back(read_comparison(field, text));
  return [comparisons](const value& v) {
    if (!v.is_int64() && !v.is_uint64()) return false;
    const auto candidate = v.to_number<std::int64_t>();
    bool has_equality = false;
    bool is_equal = false;
    for (const auto& comparison : comparisons) {
      if (comparison.is_equality()) {
        has_equality = true;
        is_equal |= comparison.holds(candidate);
      } else if (!comparison.holds(candidate)) {
        return false;
      }
    }
    return is_equal || !has_equality;
  };
}

std::optional<Instant> read_bound(const std::string& field, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto time = parse_instant(text);
  if (!time) throw bad_request("filter: " + field + " takes dates, not '" + text + "'");
  return time;
}

DocumentFilter::Clause::Test time_test(const std::string& field,
                                       const std::vector<std::string>& values) {
  if (values.size() > 2) throw bad_request("filter: " + field + " takes a range of two dates");
  const auto from = read_bound(field, values[0]);
  const auto to = values.size() > 1 ? read_bound(field, values[1]) : std::nullopt;
  return [from, to](const value& v) {
    const auto time = parse_instant(text_of(v));
    if (!time) return false;
    return (!from || *time >= *from) && (!to || *time <= *to);
  };
}

DocumentFilter::Clause::Test boolean_test(const std::string& field,
                                          const std::vector<std::string>& values) {
  const auto& text = values[0];
  const bool wanted = text == "1" || text == "true" || text == "True";
  if (values.size() != 1 || (!wanted && text != "0" && text != "false" && text != "False"))
    throw bad_request("filter: " + field + " takes 0 or 1");
  return [wanted](const value& v) { return v.is_bool() && v.get_bool() == wanted; };
}

DocumentFilter::Clause::Test make_test(const std::string& field, FilterKind kind,
                                       const std::vector<std::string>& values) {
  switch (kind) {
    case FilterKind::text:
      return text_test(values, true);
    case FilterKind::choice:
      return text_test(values, false);
    case FilterKind::number:
      return number_test(field, values);
    case FilterKind::time:
      return time_test(field, values);
    case FilterKind::boolean:
      return boolean_test(field, values);
  }
  throw bad_request("filter: " + field);
}

}  // namespace

DocumentFilter DocumentFilter::parse(const std::vector<std::string>& texts,
                                     const FilterFields& fields) {
  DocumentFilter filter;
  for (const auto& text : texts) {
    if (text.empty()) continue;
    auto& clauses = filter.alternatives_.emplace_back();
    for (const auto& part : split(text, '/')) {
      const auto colon = part.find(':');
      if (colon == std::string::npos)
        throw bad_request("filter: a clause is FIELD:VALUE, which '" + part + "' is not");
      const auto field = part.substr(0, colon);
      const auto kind = fields.find(field);
      if (kind == fields.end())
        throw bad_request("filter: there is no filtering by '" + field + "'");
      const auto values = split(std::string_view(part).substr(colon + 1), ',');
      clauses.push_back(
          std::make_shared<const Clause>(field, make_test(field, kind->second, values)));
    }
  }
  return filter;
}

bool DocumentFilter::matches(const boost::json::object& document) const {
  if (alternatives_.empty()) return true;
  for (const auto& clauses : alternatives_) {
    bool all = true;
    for (const auto& clause : clauses) all = all && clause->matches(document);
    if (all) return true;
  }
  return false;
}

}  // namespace globus_sandbox::transfer
