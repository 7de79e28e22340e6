// SPDX-License-Identifier: Apache-2.0
#include "core/base/iso8601.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>

namespace globus_sdk::inline v0::detail {

namespace {

using Microseconds = std::chrono::microseconds;
using Moment = std::chrono::sys_time<Microseconds>;

/// Reads a text from its front; every member either takes what it names or leaves all as it was.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_any(std::string_view wanted) {
    return std::ranges::any_of(wanted, [this](char c) { return take(c); });
  }

  /// Exactly `count` digits.
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    int number = 0;
    for (char c : rest_.substr(0, count)) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + (c - '0');
    }
    rest_.remove_prefix(count);
    return number;
  }

  /// All digits that follow, as a decimal fraction; at least one.
  std::optional<Microseconds> fraction() {
    long micros = 0;
    long unit = 100000;
    std::size_t count = 0;
    for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count) {
      micros += unit * (rest_[count] - '0');
      unit /= 10;
    }
    if (count == 0) return std::nullopt;
    rest_.remove_prefix(count);
    return Microseconds(micros);
  }

 private:
  std::string_view rest_;
};

std::optional<std::chrono::sys_days> read_date(Reader& reader) {
  const auto year = reader.digits(4);
  if (!year || *year == 0 || !reader.take('-')) return std::nullopt;
  const auto month = reader.digits(2);
  if (!month || !reader.take('-')) return std::nullopt;
  const auto day = reader.digits(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

/// `hh:mm`, `hh:mm:ss`, `hh:mm:ss.fraction`. A 60th second is a leap second, and taken for the
/// next.
std::optional<Microseconds> read_time_of_day(Reader& reader) {
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23 || !reader.take(':')) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  Microseconds time = std::chrono::hours(*hour) + std::chrono::minutes(*minute);
  if (!reader.take(':')) return time;
  const auto second = reader.digits(2);
  if (!second || *second > 60) return std::nullopt;
  time += std::chrono::seconds(*second);
  if (!reader.take_any(".,")) return time;
  const auto fraction = reader.fraction();
  if (!fraction) return std::nullopt;
  return time + *fraction;
}

/// `Z`, `+hh:mm`, `+hhmm`, `+hh`, or nothing at all, which is UTC.
std::optional<std::chrono::minutes> read_offset(Reader& reader) {
  if (reader.at_end() || reader.take_any("Zz")) return std::chrono::minutes(0);
  const bool west = reader.take('-');
  if (!west && !reader.take('+')) return std::nullopt;
  const auto hours = reader.digits(2);
  if (!hours || *hours > 23) return std::nullopt;
  const bool colon = reader.take(':');
  const auto minutes = (colon || !reader.at_end()) ? reader.digits(2) : std::optional<int>(0);
  if (!minutes || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return west ? -offset : offset;
}

/// Without a fraction and an offset.
std::string date_and_time(std::chrono::sys_seconds time, char separator) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss<std::chrono::seconds> clock{time - day};
  std::array<char, 64> text{};
  const int length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02u%c%02d:%02d:%02d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), separator,
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

}  // namespace

bool has_iso8601_text(std::chrono::duration<double> since_epoch) {
  constexpr double first = -62135596800.0;   // 0001-01-01
  constexpr double beyond = 253402300800.0;  // 10000-01-01
  return since_epoch.count() >= first && since_epoch.count() < beyond;
}

std::optional<Moment> parse_iso8601(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date) return std::nullopt;
  if (reader.at_end()) return Moment(*date);
  if (!reader.take_any("Tt ")) return std::nullopt;
  const auto time = read_time_of_day(reader);
  if (!time) return std::nullopt;
  const auto offset = read_offset(reader);
  if (!offset || !reader.at_end()) return std::nullopt;
  return Moment(*date) + *time - *offset;
}

std::string format_iso8601(Moment time, char separator) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto fraction = static_cast<long>((time - seconds).count());
  std::string text = date_and_time(seconds, separator);
  if (fraction != 0) {
    std::array<char, 32> digits{};
    const int length = std::snprintf(digits.data(), digits.size(), ".%06ld", fraction);
    text.append(digits.data(), static_cast<std::size_t>(length));
  }
  return text + "+00:00";
}

std::string format_iso8601_seconds(std::chrono::sys_seconds time) {
  return date_and_time(time, 'T') + 'Z';
}

}  // namespace globus_sdk::inline v0::detail
