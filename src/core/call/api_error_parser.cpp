// SPDX-License-Identifier: Apache-2.0
#include "core/call/api_error_parser.hpp"

#include <algorithm>
#include <initializer_list>

namespace globus_sdk::inline v0::detail {

namespace {

using Names = std::initializer_list<std::string_view>;

/// A member that is a string; nothing where it is absent or of another kind.
std::optional<std::string> text_member(const JsonView& document, std::string_view name) {
  const auto member = document.get(name);
  if (!member || !member->is_string()) return std::nullopt;
  return member->as<std::string>();
}

/// The first of these members that is a string with something in it.
std::string first_text(const JsonView& document, Names names) {
  for (std::string_view name : names) {
    auto text = text_member(document, name);
    if (text && !text->empty()) return *std::move(text);
  }
  return {};
}

/// A member that is a list, all of whose elements fulfil `is_right`.
std::optional<JsonView> list_member(const JsonView& document, std::string_view name,
                                    bool (JsonView::*is_right)() const noexcept) {
  auto member = document.get(name);
  if (!member || !member->is_array()) return std::nullopt;
  for (const JsonView& element : *member) {
    if (!(element.*is_right)()) return std::nullopt;
  }
  return member;
}

std::optional<std::vector<std::string>> texts_member(const JsonView& document,
                                                     std::string_view name) {
  const auto list = list_member(document, name, &JsonView::is_string);
  if (!list) return std::nullopt;
  return list->as<std::vector<std::string>>();
}

/// A document as one of the errors; its message is the first of `message_fields`.
ErrorSubdocument subdocument(const JsonView& document, Names message_fields) {
  return {.code = first_text(document, {"code"}),
          .title = first_text(document, {"title"}),
          .detail = first_text(document, {"detail"}),
          .message = first_text(document, message_fields),
          .raw = document};
}

std::vector<ErrorSubdocument> subdocuments(const JsonView& list, Names message_fields) {
  std::vector<ErrorSubdocument> errors;
  for (const JsonView& document : list) errors.push_back(subdocument(document, message_fields));
  return errors;
}

/// The code that all errors which have one agree on.
std::string common_code(const std::vector<ErrorSubdocument>& errors) {
  std::string code;
  for (const ErrorSubdocument& error : errors) {
    if (error.code.empty()) continue;
    if (!code.empty() && code != error.code) return {};
    code = error.code;
  }
  return code;
}

std::vector<std::string> messages_of(const std::vector<ErrorSubdocument>& errors) {
  std::vector<std::string> messages;
  for (const ErrorSubdocument& error : errors) {
    if (!error.message.empty()) messages.push_back(error.message);
  }
  return messages;
}

/// Globus Auth puts the request's id into each of the errors.
std::string common_id(const std::vector<ErrorSubdocument>& errors) {
  std::string common;
  for (const ErrorSubdocument& error : errors) {
    const auto id = error.get("id");
    if (!id || id->is_null()) continue;
    if (!id->is_string() || (!common.empty() && *id != common)) return {};
    common = id->as<std::string>();
  }
  return common;
}

/// `body.start`: where in a request the validation of a field failed.
std::string location(const JsonView& error) {
  const auto steps = error.get("loc");
  if (!steps || !steps->is_array()) return {};
  std::string path;
  for (const JsonView& step : *steps) {
    if (!path.empty()) path += '.';
    path += step.is_string() ? step.as<std::string>() : step.dump();
  }
  return path;
}

/// `{"detail": [{"loc": [...], "msg": "..."}]}`, as Timers writes failed validations.
void parse_detail_list(const JsonView& list, APIErrorDetails& details) {
  details.errors = subdocuments(list, {"msg", "message"});
  details.code = common_code(details.errors);
  for (const ErrorSubdocument& error : details.errors) {
    if (error.message.empty()) continue;
    const std::string where = location(error.raw);
    details.messages.push_back(where.empty() ? error.message : error.message + ": " + where);
  }
}

/// `{"error": {"code": "...", "detail": ...}}`, as Flows and Timers write errors; `detail` may be a
/// list of failed validations.
void parse_error_document(const JsonView& error, APIErrorDetails& details) {
  details.errors = {subdocument(error, {"detail", "title"})};
  details.code = details.errors.front().code;
  if (const auto list = list_member(error, "detail", &JsonView::is_object)) {
    details.messages = messages_of(subdocuments(*list, {"msg"}));
  }
  if (details.messages.empty()) details.messages = messages_of(details.errors);
  const std::string summary = first_text(error, {"message"});
  if (details.messages.empty() && !summary.empty()) details.messages = {summary};
}

/// `{"errors": [...]}`, in JSON:API or beside a `code` and `message`.
void parse_error_list(const JsonView& document, const JsonView& list, bool json_api,
                      APIErrorDetails& details) {
  details.errors = json_api ? subdocuments(list, {"detail", "title"})
                            : subdocuments(list, {"message", "detail", "title"});
  const std::string own_code = json_api ? std::string() : first_text(document, {"code"});
  details.code = own_code.empty() ? common_code(details.errors) : own_code;
  details.messages = messages_of(details.errors);
  const auto own_message = text_member(document, "message");
  if (!own_code.empty() && own_message) details.messages = {*own_message};
  details.request_id = common_id(details.errors);
}

/// `{"code": "...", "message": "..."}`, and whatever else is no list.
void parse_document(const JsonView& document, APIErrorDetails& details) {
  details.errors = {subdocument(document, {"message", "detail", "title"})};
  details.code = details.errors.front().code;
  details.messages = messages_of(details.errors);
}

/// `{"error": "...", "error_description": "..."}`: OAuth2. Fills what nothing better has filled.
void parse_oauth2(const JsonView& document, APIErrorDetails& details) {
  const auto error = text_member(document, "error");
  if (!error) return;
  if (details.code.empty()) details.code = *error;
  const auto description = text_member(document, "error_description");
  if (details.messages.empty() && description) details.messages = {*description};
}

AuthorizationParameterInfo parse_authorization_parameters(const JsonView& document) {
  AuthorizationParameterInfo info;
  const auto parameters = document.get("authorization_parameters");
  if (!parameters || !parameters->is_object()) return info;
  info.has_data = true;
  info.session_message = text_member(*parameters, "session_message");
  info.session_required_identities = texts_member(*parameters, "session_required_identities");
  info.session_required_single_domain = texts_member(*parameters, "session_required_single_domain");
  info.session_required_policies = texts_member(*parameters, "session_required_policies");
  info.required_scopes = texts_member(*parameters, "required_scopes");
  info.prompt = text_member(*parameters, "prompt");
  const auto mfa = parameters->get("session_required_mfa");
  if (mfa && mfa->is_bool()) info.session_required_mfa = mfa->as<bool>();
  return info;
}

/// A list of policies may also be written as one text with commas.
std::optional<std::vector<std::string>> comma_separated(const JsonView& document,
                                                        std::string_view name) {
  const auto text = text_member(document, name);
  if (!text) return std::nullopt;
  std::vector<std::string> parts(1);
  for (char c : *text) {
    if (c == ',') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

ConsentRequiredInfo parse_consent_required(const JsonView& document) {
  ConsentRequiredInfo info;
  if (text_member(document, "code") != "ConsentRequired") return info;
  if (auto scopes = texts_member(document, "required_scopes")) {
    info.required_scopes = *std::move(scopes);
  } else if (auto scope = text_member(document, "required_scope")) {
    info.required_scopes = {*std::move(scope)};
  }
  return info;
}

ErrorInfoContainer parse_info(const JsonView& document) {
  ErrorInfoContainer info{parse_authorization_parameters(document),
                          parse_consent_required(document)};
  auto& parameters = info.authorization_parameters;
  if (parameters && !parameters.session_required_policies) {
    parameters.session_required_policies =
        comma_separated(document["authorization_parameters"], "session_required_policies");
  }
  return info;
}

}  // namespace

APIErrorDetails parse_api_error(const JsonView& document, bool json_api) {
  APIErrorDetails details;
  if (!document.is_object()) return details;
  const auto list = list_member(document, "errors", &JsonView::is_object);
  const auto error = document.get("error");
  const auto detail = list_member(document, "detail", &JsonView::is_object);
  const bool has_code = text_member(document, "code").has_value();
  // whose own code and message say it all, whatever else is in it
  const bool is_complete = has_code && text_member(document, "message").has_value();
  if (list && !list->empty()) {
    parse_error_list(document, *list, json_api, details);
  } else if (error && error->is_object() && !is_complete) {
    parse_error_document(*error, details);
  } else if (detail && !detail->empty() && !has_code) {
    parse_detail_list(*detail, details);
  } else {
    parse_document(document, details);
  }
  parse_oauth2(document, details);
  if (details.request_id.empty()) details.request_id = first_text(document, {"request_id"});
  details.info = parse_info(document);
  return details;
}

}  // namespace globus_sdk::inline v0::detail
