// SPDX-License-Identifier: Apache-2.0
#include "core/call/secrets.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "core/base/ascii.hpp"
#include "core/base/redacted_url.hpp"
#include "core/base/url_encoding.hpp"
#include "core/base/wipe.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

void add_of_value(Secrets& secrets, const boost::json::value& value, bool is_secret) {
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) {
      add_of_value(secrets, member.value(),
                   is_secret || is_secret_member(std::string_view(member.key())));
    }
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array) add_of_value(secrets, element, is_secret);
  } else if (const auto* text = is_secret ? value.if_string() : nullptr) {
    if (!text->empty()) secrets.emplace_back(std::string_view(*text));
  }
}

}  // namespace

void add_secrets(Secrets& secrets, const Json& document) {
  add_of_value(secrets, document.value(), false);
}

void add_secrets_of_text(Secrets& secrets, const std::string& text) {
  const std::string_view trimmed = ascii_trimmed(text);
  if (!trimmed.starts_with('{') && !trimmed.starts_with('[')) {
    return add_secrets(secrets, form_decode(trimmed));
  }
  if (const auto document = parse_json(text)) add_secrets(secrets, Json(*document));
}

void wipe_secrets(Answer& answer) noexcept {
  for (std::string& secret : answer.secrets) wipe(secret);
  if (answer.is_secret) wipe(answer.body);
}

}  // namespace globus_sdk::inline v0::detail
