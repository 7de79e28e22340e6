// SPDX-License-Identifier: Apache-2.0
#include "soak/judge.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <set>
#include <sstream>
#include <string_view>
#include <typeinfo>

#include "globus_sdk/core/errors.hpp"

namespace soak {

namespace {

/// The name of a class, without its namespaces.
std::string class_of(const std::exception& thrown) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(typeid(thrown).name(), nullptr, nullptr, &status), std::free);
  const std::string text = status == 0 ? name.get() : typeid(thrown).name();
  const std::size_t colon = text.rfind("::");
  return colon == std::string::npos ? text : text.substr(colon + 2);
}

/// What the SDK may do after an answer, or none: a restatement of its documents.
enum class Next {
  end_well,  ///< the answer is good
  repeat,    ///< the request is sent again, while there are retries
  fail,      ///< the call fails
};

bool is_good(const Entry& entry) {
  return entry.fault.trouble == Trouble::none && entry.status < 400;
}

/// A token that is over: another one is fetched.
bool is_expired_token(const Entry& entry) {
  const bool comes_whole =
      entry.fault.trouble == Trouble::none || entry.fault.trouble == Trouble::cut_compressed;
  return comes_whole && entry.status == 401;
}

Next next_of(const Entry& entry) {
  switch (entry.fault.trouble) {
    case Trouble::none:
      return is_good(entry) ? Next::end_well : Next::fail;
    case Trouble::reset:
    case Trouble::closed:
    case Trouble::cut:
    case Trouble::cut_by_reset:
    case Trouble::stalled:
    case Trouble::not_compressed:
    case Trouble::server_error:
      return entry.is_safe_to_repeat ? Next::repeat : Next::fail;
    case Trouble::unavailable:
    case Trouble::too_many:
    case Trouble::too_many_seconds:
    case Trouble::too_many_date:
    case Trouble::too_many_past:
      return Next::repeat;
    default:
      return Next::fail;
  }
}

/// Whether libcurl, or the SDK without spending a retry, may go to another connection.
bool may_be_free(const Entry& entry) {
  const Trouble trouble = entry.fault.trouble;
  return entry.is_safe_to_repeat && (trouble == Trouble::reset || trouble == Trouble::closed ||
                                     trouble == Trouble::cut || trouble == Trouble::cut_by_reset);
}

/// Whether nobody can tell if a refresh token was redeemed: authorizers try once more.
bool is_unclear(const Entry& entry) {
  return entry.redeems_refresh_token && next_of(entry) == Next::fail &&
         entry.fault.trouble != Trouble::too_many_absurd &&
         entry.fault.trouble != Trouble::unauthorized && entry.fault.trouble != Trouble::bomb;
}

/// The ends that a fault leads to when nothing comes after it.
std::set<std::string> ends_of(const Entry& entry, const Kind& kind) {
  const bool is_of_auth = entry.target.starts_with("/auth/");
  const std::string api_error = (is_of_auth ? std::string("AuthAPIError") : kind.api_error) + " " +
                                std::to_string(entry.status);
  switch (entry.fault.trouble) {
    case Trouble::none:
      return {entry.status < 400 ? right_answer : api_error};
    case Trouble::cut_compressed:
      // libcurl takes what could be unpacked for the whole; it is no JSON then, unless no more than
      // the sum at the end was cut
      if (entry.status >= 400) return {api_error, "GlobusConnectionError"};
      return {"JsonError", right_answer, "GlobusConnectionError"};
    case Trouble::cut:
      // of the last bytes libcurl needs not all
      return {"GlobusConnectionError", right_answer};
    case Trouble::reset:
    case Trouble::closed:
    case Trouble::cut_by_reset:
    case Trouble::not_compressed:
      return {"GlobusConnectionError"};
    case Trouble::stalled:
      return {"GlobusTimeoutError"};
    case Trouble::bomb:
      return {"NetworkError"};
    default:
      return {api_error};
  }
}

/// How many retries a request has had: the least and the most.
struct Spent {
  int least = 0;
  int most = 0;
};

/// Follows the requests of one address. Says what should not have been sent.
class Walk {
 public:
  Walk(const Kind& kind, int refused) : kind_(kind), spent_{refused, refused} {}

  /// @return what is wrong.
  std::string take(const Entry& entry) {
    std::string wrong;
    if (last_ != nullptr) wrong = go_on_from(*last_);
    last_ = &entry;
    return wrong;
  }
  /// Whether the SDK may turn to another address: it has what it asked for, or needs a token first.
  bool may_be_left() const {
    return is_good(*last_) || is_expired_token(*last_) ||
           ends_of(*last_, kind_).contains(right_answer);
  }
  /// Whether the SDK may end the call here, however it ends.
  bool may_end() const {
    const bool may_ask_again = is_unclear(*last_) && by_authorizer() && !has_asked_again_;
    if (may_ask_again) return false;
    if (is_expired_token(*last_)) return has_new_token_;
    return next_of(*last_) != Next::repeat || spent_.most >= most_retries ||
           ends_of(*last_, kind_).contains(right_answer);
  }

 private:
  bool by_authorizer() const { return std::string_view(kind_.api_error) == "TransferAPIError"; }

  std::string go_on_from(const Entry& entry) {
    if (is_good(entry)) {
      spent_ = {};
      has_asked_again_ = false;
      // a token may be fetched again when the clock jumps
      return entry.target.ends_with("/oauth2/token") ? "" : "was sent again after a good answer";
    }
    if (is_expired_token(entry)) {
      return std::exchange(has_new_token_, true) ? "was sent again after a second 401" : "";
    }
    if (is_unclear(entry) && by_authorizer()) {
      spent_ = {};
      return std::exchange(has_asked_again_, true) ? "the token was redeemed a third time" : "";
    }
    if (next_of(entry) == Next::fail) {
      return entry.is_safe_to_repeat ? "was sent again after what is final"
                                     : "was sent again, and may have been processed";
    }
    spent_.least += may_be_free(entry) ? 0 : 1;
    spent_.most += 1;
    return spent_.least > most_retries ? "was sent too often" : "";
  }

  const Kind& kind_;
  const Entry* last_ = nullptr;
  Spent spent_;
  bool has_new_token_ = false;
  bool has_asked_again_ = false;
};

std::string judge_strictly(const Call& call, const Kind& kind, const Ending& ending,
                           const std::vector<Entry>& journal) {
  const auto refused =
      static_cast<int>(std::ranges::count(call.plan.faults, Trouble::refused, &Fault::trouble));
  if (journal.empty()) {
    const bool never_came = refused > most_retries || meets(call.plan, Trouble::no_tls);
    return never_came && ending.name == "GlobusConnectionError" ? ""
                                                                : "the server received nothing";
  }
  std::vector<std::pair<std::string, Walk>> walks;
  for (const Entry& entry : journal) {
    const std::string key = entry.method + " " + entry.target;
    auto walk = std::ranges::find(walks, key, &std::pair<std::string, Walk>::first);
    if (walk == walks.end()) {
      walks.emplace_back(key, Walk(kind, walks.empty() ? refused : 0));
      walk = walks.end() - 1;
    }
    if (const std::string wrong = walk->second.take(entry); !wrong.empty()) {
      return key + ": " + wrong;
    }
  }
  const Entry& last = journal.back();
  const std::string last_key = last.method + " " + last.target;
  for (const auto& [key, walk] : walks) {
    if (key != last_key && !walk.may_be_left()) return key + ": was left without a good answer";
    if (key == last_key && !walk.may_end()) return key + ": was to be sent again";
  }
  if (!ends_of(last, kind).contains(ending.label())) return "another end is right";
  return {};
}

std::string judge_leniently(const Kind& kind, const Ending& ending,
                            const std::vector<Entry>& journal) {
  if (ending.name == right_answer) return {};
  std::set<std::string> ends;
  for (const Entry& entry : journal) {
    if (!is_good(entry)) ends.merge(ends_of(entry, kind));
  }
  return ends.contains(ending.label()) ? "" : "none of the faults explains that end";
}

/// Where a call hangs, its limits of a second end it; on a busy machine even earlier than planned.
bool is_ended_by_limit(const Call& call, const Ending& ending) {
  if (!hangs_until_a_limit(call.plan)) return false;
  const bool never_connects = call.plan.first_trouble() == Trouble::silent_names ||
                              call.plan.first_trouble() == Trouble::no_connection;
  const bool wants_connection_timeout = never_connects && !call.plan.ends_by_deadline;
  return ending.name ==
         (wants_connection_timeout ? "GlobusConnectionTimeoutError" : "GlobusTimeoutError");
}

}  // namespace

Ending ending_of(const std::exception_ptr& thrown) {
  if (!thrown) return {right_answer};
  try {
    std::rethrow_exception(thrown);
  } catch (const globus_sdk::GlobusAPIError& error) {
    return {class_of(error), error.http_status(), error.what()};
  } catch (const std::exception& error) {
    return {class_of(error), 0, error.what()};
  } catch (...) {
    return {"something that is no exception"};
  }
}

std::string judge(const Call& call, const Kind& kind, const Ending& ending,
                  const std::vector<Entry>& journal) {
  if (ending.name == "WrongAnswer") return "a wrong answer was taken for a right one";
  if (call.plan.stopped_in) return ending.name == "CancelledError" ? "" : "was not stopped";
  if (is_ended_by_limit(call, ending)) return {};
  // the date lies elsewhere for a clock that has jumped since
  const bool is_late = meets(call.plan, Trouble::too_many_date) && ending.status == 429;
  if (is_late) return {};
  if (kind.judged == Kind::Judged::leniently) return judge_leniently(kind, ending, journal);
  return judge_strictly(call, kind, ending, journal);
}

}  // namespace soak
