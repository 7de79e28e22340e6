// SPDX-License-Identifier: Apache-2.0
#pragma once

// The documents that payload classes turn into, and that they are sent as they are.

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <span>
#include <string>
#include <string_view>

#include "wire/replay.hpp"

namespace globus_sdk_test {

/// One recorded payload as functions; generate_calls.py writes them.
struct RecordedPayload {
  globus_sdk::Json (*document)() = nullptr;  ///< none where there is no such class
  std::string (*sent)() = nullptr;           ///< none where no method sends it by itself
  const char* expected = nullptr;            ///< what is sent then
};

/// Whether a text is a UUID, in lower case.
inline bool is_uuid(std::string_view text) {
  static const std::regex form("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  return std::regex_match(text.begin(), text.end(), form);
}

/// Whether a value is the expected one. `'UUID'` stands for any UUID.
inline bool is_as_expected(const boost::json::value& value, const boost::json::value& expected) {
  if (expected == "'UUID'") return value.is_string() && is_uuid(value.get_string());
  const auto* const members = expected.if_object();
  if (members == nullptr) return value == expected;
  const auto* const own = value.if_object();
  return own != nullptr && own->size() == members->size() &&
         std::ranges::all_of(*members, [own](const auto& member) {
           const auto* const found = own->if_contains(member.key());
           return found != nullptr && is_as_expected(*found, member.value());
         });
}

/// Makes and sends one recorded payload; returns what is wrong with it, or nothing.
inline std::string replay_payload(const RecordedPayload& payload,
                                  const boost::json::object& record) {
  std::string wrong;
  const globus_sdk::Json document = payload.document();
  if (!is_as_expected(document.value(), record.at("document")))
    wrong = "document: " + document.dump() + "\n";
  if (payload.sent == nullptr) return wrong;
  const std::string sent = payload.sent();
  if (!is_as_expected(boost::json::parse(sent), boost::json::parse(payload.expected))) {
    wrong += "sent: " + sent + ", not " + payload.expected + "\n";
  }
  return wrong;
}

/// Replays the file of payloads, in its order.
template <class Mode> void replay_payloads(std::span<const RecordedPayload> payloads) {
  const std::string code = code_of_all();
  Count count;
  const auto records = load_records("payloads.json").at("documents").as_array();
  ASSERT_EQ(records.size(), payloads.size());
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    const auto& record = records.at(i).as_object();
    const std::string name = text_or_empty(record.at("payload"));
    if (payloads[i].document == nullptr) {
      EXPECT_FALSE(defines_class(code, name)) << name << " is there and was left out";
      ++count.not_yet[name];
      continue;
    }
    ++count.delivered;
    const std::string wrong = replay_payload(payloads[i], record);
    if (wrong.empty()) ++count.reproduced;
    EXPECT_EQ(wrong, "") << boost::json::serialize(record);
  }
  report(mode_name<Mode>, "payloads.json", count);
}

}  // namespace globus_sdk_test
