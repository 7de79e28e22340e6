// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string_view>
#include <vector>

namespace soak {

/// What goes wrong with one request.
enum class Trouble {
  none,
  refused,           ///< nobody listens yet
  no_connection,     ///< the port takes no more connections, and says nothing
  silent_names,      ///< the name servers do not answer
  no_tls,            ///< the connection ends while TLS begins
  reset,             ///< the connection breaks before a byte of the answer
  closed,            ///< it ends in good order before a byte of the answer
  cut,               ///< it ends within the answer
  cut_by_reset,      ///< it breaks within the answer
  stalled,           ///< nothing more comes after some bytes of the answer, or none
  server_error,      ///< 500, 502, 503 or 504
  unavailable,       ///< 503 with a Retry-After
  too_many,          ///< 429
  too_many_seconds,  ///< 429 with a Retry-After in seconds
  too_many_date,     ///< 429 with a Retry-After that is a date in a second
  too_many_past,     ///< 429 with a Retry-After that is a date long ago
  too_many_absurd,   ///< 429 with a Retry-After of days
  not_compressed,    ///< called gzip, which it is not
  cut_compressed,    ///< gzip that ends too early
  bomb,              ///< gzip that becomes far too large
  unauthorized,      ///< 401
};
constexpr int troubles = static_cast<int>(Trouble::unauthorized) + 1;

std::string_view name_of(Trouble trouble);

/// What goes wrong, in detail.
struct Fault {
  Trouble trouble = Trouble::none;
  int status = 0;           ///< of an answer that is an error
  double place = 0;         ///< how far into the answer, from 0 to 1
  bool has_effect = false;  ///< the request is worked on before things go wrong
  bool is_page = false;     ///< an error's body is a page for people
  int retry_after = 1;      ///< seconds, where they are asked for
};

/// How a good answer is written.
enum class Form { plain, chunked, compressed, compressed_and_chunked };

/// Where a call is when it is stopped.
enum class Stage { connecting, names, head, body, pause, renewal };
constexpr int stages = static_cast<int>(Stage::renewal) + 1;

std::string_view name_of(Stage stage);

/// All that is decided of a call before it begins. It depends on the seed and on the number of the
/// call alone, whatever else runs at the same time.
struct Plan {
  std::uint64_t seed = 0;
  std::uint64_t call = 0;
  std::uint64_t kind = 0;       ///< of call: a large number, of which each takes what it needs
  std::vector<Fault> faults{};  ///< of the first request, of the second, ...; then all is well
  std::optional<Stage> stopped_in{};
  bool ends_by_deadline = false;  ///< where an answer stalls: by the deadline, not the timeout

  Trouble first_trouble() const { return faults.empty() ? Trouble::none : faults.front().trouble; }
  /// The fault of a request of the call, by its number.
  Fault fault(std::size_t request) const {
    return request < faults.size() ? faults[request] : Fault{};
  }
  Form form(std::size_t request) const;
};

/// Whether one of a call's faults is such.
bool meets(const Plan& plan, Trouble trouble);
/// Whether something of the call never comes, and a time limit of a second is to end that.
bool hangs_until_a_limit(const Plan& plan);

/// Whether the plans of call to call have faults, and which.
struct Mischief {
  double share = 0.1;        ///< of calls that meet a fault
  double stopped = 0.02;     ///< of calls that are stopped
  bool waits = true;         ///< with faults that take seconds
  bool silent_names = true;  ///< with name servers that are silent
};

Plan make_plan(std::uint64_t seed, std::uint64_t call, const Mischief& mischief = {});

/// The same random numbers on every machine: the library's distributions differ.
class Random {
 public:
  explicit Random(std::uint64_t seed) : numbers_(seed) {}
  std::uint64_t below(std::uint64_t limit) { return numbers_() % limit; }
  double share() { return static_cast<double>(numbers_() >> 11) / 9007199254740992.0; }
  bool happens(double probability) { return share() < probability; }

 private:
  std::mt19937_64 numbers_;
};

/// A number that the seed and two others lead to.
std::uint64_t mixed(std::uint64_t seed, std::uint64_t one, std::uint64_t other);

}  // namespace soak
