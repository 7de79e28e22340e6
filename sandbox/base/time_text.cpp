// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/time_text.hpp"

#include <fmt/format.h>

#include <array>
#include <ctime>

namespace globus_sandbox {

namespace {

using namespace std::chrono;

// not by strftime, whose names are those of the program's locale
constexpr std::array<std::string_view, 7> day_names{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// A text that is read from its beginning.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool at_end() const { return text_.empty(); }
  bool skip(char c) {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool skip(std::string_view text) {
    if (!text_.starts_with(text)) return false;
    text_.remove_prefix(text.size());
    return true;
  }
  /// Everything up to that character, and the character.
  bool skip_past(char c) {
    const auto found = text_.find(c);
    if (found == std::string_view::npos) return false;
    text_.remove_prefix(found + 1);
    return true;
  }
  /// The number of a month by the first three letters of its name.
  std::optional<int> month_name() {
    for (std::size_t i = 0; i < month_names.size(); ++i)
      if (skip(month_names.at(i))) return static_cast<int>(i) + 1;
    return std::nullopt;
  }
  /// Exactly that many digits.
  std::optional<int> digits(std::size_t count) {
    if (text_.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return std::nullopt;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(count);
    return value;
  }
  /// The digits after a decimal point, as microseconds.
  microseconds fraction() {
    long value = 0;
    long unit = 100000;
    while (!text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      value += (text_.front() - '0') * unit;
      unit /= 10;
      text_.remove_prefix(1);
    }
    return microseconds{value};
  }

 private:
  std::string_view text_;
};

/// The day of that date, if there is one.
std::optional<sys_days> day_of(std::optional<int> y, std::optional<int> m, std::optional<int> d) {
  if (!y || !m || !d) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)},
                            day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date};
}

std::optional<sys_days> read_date(Reader& reader) {
  const auto y = reader.digits(4);
  if (!y || !reader.skip('-')) return std::nullopt;
  const auto m = reader.digits(2);
  if (!m || !reader.skip('-')) return std::nullopt;
  return day_of(y, m, reader.digits(2));
}

std::optional<microseconds> read_time_of_day(Reader& reader) {
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23 || !reader.skip(':')) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  microseconds result = hours{*hour} + minutes{*minute};
  if (!reader.skip(':')) return result;
  const auto second = reader.digits(2);
  if (!second || *second > 60) return std::nullopt;
  result += seconds{*second};
  if (reader.skip('.')) result += reader.fraction();
  return result;
}

std::optional<minutes> read_offset(Reader& reader) {
  while (reader.skip(' ')) {}
  if (reader.at_end() || reader.skip('Z') || reader.skip('z')) return minutes{0};
  const bool is_west = reader.skip('-');
  if (!is_west && !reader.skip('+')) return std::nullopt;
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23) return std::nullopt;
  int minute = 0;
  if (!reader.at_end()) {
    reader.skip(':');
    const auto value = reader.digits(2);
    if (!value || *value > 59) return std::nullopt;
    minute = *value;
  }
  const minutes offset = hours{*hour} + minutes{minute};
  return is_west ? -offset : offset;
}

/// `06 Nov 1994 08:49:37 GMT`, or `06-Nov-94 08:49:37 GMT`.
std::optional<Instant> read_dated_time(Reader& reader) {
  const auto d = reader.digits(2);
  const bool is_old = reader.skip('-');
  if (!is_old && !reader.skip(' ')) return std::nullopt;
  const auto m = reader.month_name();
  if (!reader.skip(is_old ? '-' : ' ')) return std::nullopt;
  auto y = reader.digits(is_old ? 2 : 4);
  if (y && is_old) *y += *y < 70 ? 2000 : 1900;
  const auto date = day_of(y, m, d);
  if (!date || !reader.skip(' ')) return std::nullopt;
  const auto time = read_time_of_day(reader);
  if (!time || !reader.skip(" GMT") || !reader.at_end()) return std::nullopt;
  return Instant{*date} + *time;
}

/// `Nov  6 08:49:37 1994`, as C's asctime writes it.
std::optional<Instant> read_asctime(Reader& reader) {
  const auto m = reader.month_name();
  if (!reader.skip(' ')) return std::nullopt;
  const auto d = reader.skip(' ') ? reader.digits(1) : reader.digits(2);
  if (!reader.skip(' ')) return std::nullopt;
  const auto time = read_time_of_day(reader);
  if (!time || !reader.skip(' ')) return std::nullopt;
  const auto date = day_of(reader.digits(4), m, d);
  if (!date || !reader.at_end()) return std::nullopt;
  return Instant{*date} + *time;
}

std::tm calendar(Instant time) {
  const std::time_t whole = whole_seconds(time);
  std::tm fields{};
  ::gmtime_r(&whole, &fields);
  return fields;
}

std::string format(Instant time, const char* form) {
  const std::tm fields = calendar(time);
  std::array<char, 64> text{};
  const auto length = std::strftime(text.data(), text.size(), form, &fields);
  return {text.data(), length};
}

}  // namespace

std::string to_iso_text(Instant time) {
  return format(time, "%Y-%m-%dT%H:%M:%S+00:00");
}

std::string to_precise_iso_text(Instant time) {
  const auto fraction = time - floor<seconds>(time);
  return format(time, "%Y-%m-%dT%H:%M:%S") + fmt::format(".{:06}+00:00", fraction.count());
}

std::string to_spaced_text(Instant time) {
  return format(time, "%Y-%m-%d %H:%M:%S+00:00");
}

std::string to_http_text(Instant time) {
  const std::tm fields = calendar(time);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     day_names.at(static_cast<std::size_t>(fields.tm_wday)), fields.tm_mday,
                     month_names.at(static_cast<std::size_t>(fields.tm_mon)), fields.tm_year + 1900,
                     fields.tm_hour, fields.tm_min, fields.tm_sec);
}

std::optional<Instant> parse_http_text(std::string_view text) {
  Reader reader(text);
  // the day of the week says nothing that the date does not
  const bool has_comma = reader.skip_past(',');
  if (!(has_comma ? reader.skip(' ') : reader.skip_past(' '))) return std::nullopt;
  return has_comma ? read_dated_time(reader) : read_asctime(reader);
}

std::optional<Instant> parse_instant(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date) return std::nullopt;
  Instant result{*date};
  if (reader.at_end()) return result;
  if (!reader.skip('T') && !reader.skip('t') && !reader.skip(' ')) return std::nullopt;
  const auto time = read_time_of_day(reader);
  if (!time) return std::nullopt;
  const auto offset = read_offset(reader);
  if (!offset || !reader.at_end()) return std::nullopt;
  return result + *time - *offset;
}

}  // namespace globus_sandbox
