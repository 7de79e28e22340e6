// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/payload.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "core/arguments/object_of.hpp"

namespace globus_sdk::inline v0 {

Payload::Payload() : object_(std::make_unique<boost::json::object>()) {}
Payload::Payload(const Payload& other)
    : object_(std::make_unique<boost::json::object>(*other.object_)) {}
Payload::Payload(Payload&& other) noexcept = default;
Payload& Payload::operator=(const Payload& other) {
  if (this != &other) object_ = std::make_unique<boost::json::object>(*other.object_);
  return *this;
}
Payload& Payload::operator=(Payload&& other) noexcept = default;
Payload::~Payload() = default;

Payload& Payload::set(std::string_view name, const Json& value) {
  (*object_)[name] = value.value();
  return *this;
}

Payload& Payload::set(std::string_view name, const Payload& value) {
  (*object_)[name] = *value.object_;
  return *this;
}

Payload& Payload::merge(const Field<Json>& members) {
  if (!members) return *this;
  for (const auto& member : detail::object_of(*members, "additional_fields")) {
    (*object_)[member.key()] = member.value();
  }
  return *this;
}

Payload& Payload::append(std::string_view list, Payload element) {
  boost::json::value& member = (*object_)[list];
  if (member.is_null()) member.emplace_array();
  member.as_array().push_back(std::move(*element.object_));
  return *this;
}

bool Payload::contains(std::string_view name) const {
  return object_->contains(name);
}

Json Payload::json() const {
  return Json(*object_);
}

Json Payload::to_json(const Timestamp& value) {
  return Json(value.iso());
}

Json Payload::to_json(const Strings& values) {
  return Json(values.values());
}

}  // namespace globus_sdk::inline v0
