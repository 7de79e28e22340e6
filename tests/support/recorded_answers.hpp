// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the services answer, as it was recorded.

#include <algorithm>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "support/load_records.hpp"
#include "support/recording_server.hpp"

namespace globus_sdk_test {

/// The first recorded answer whose members are these; nothing where there is none.
inline std::optional<RecordedAnswer> find_recorded_answer(
    const std::map<std::string, std::string>& members) {
  static const boost::json::array answers = load_records("answers.json").at("answers").as_array();
  const auto is_right = [&members](const boost::json::value& answer) {
    return std::ranges::all_of(members, [&answer](const auto& member) {
      return answer.at(member.first).as_string() == std::string_view(member.second);
    });
  };
  const auto found = std::ranges::find_if(answers, is_right);
  if (found == answers.end()) return std::nullopt;
  return RecordedAnswer{static_cast<int>(found->at("status").as_int64()),
                        serialize(found->at("body"))};
}

/// The answer to a call: `recorded_answer("timer.get_job", "simple_500_error")`.
inline RecordedAnswer recorded_answer(const std::string& call,
                                      const std::string& which = "default") {
  const auto answer = find_recorded_answer({{"answer_of", call}, {"case", which}});
  if (!answer) throw std::runtime_error("no answer was recorded for " + call + ", " + which);
  return *answer;
}

/// The answer of a service to a request with that method and path; 501 where none was recorded.
inline RecordedAnswer recorded_answer_to(const RecordedRequest& request,
                                         const std::string& service) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  return find_recorded_answer({{"service", service},
                               {"case", "default"},
                               {"method", request.method},
                               {"path", path}})
      .value_or(RecordedAnswer{501, "{}"});
}

}  // namespace globus_sdk_test
