// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/gare/gare.hpp"

namespace globus_sdk::inline v0::detail {

/// Reads a document in one form, and throws ValidationError when it is in another.
using ReadForm = GARE (*)(const JsonView& document);

/// `authorization_parameters` as services have written them: without a code, lists as texts with
/// commas.
GARE read_authorization_parameters_form(const JsonView& document);
/// `{"code": "ConsentRequired", "required_scopes": [...]}`, of Transfer.
GARE read_transfer_consent_form(const JsonView& document);
/// `{"code": "ConsentRequired", "required_scope": "..."}`, of action providers.
GARE read_action_provider_consent_form(const JsonView& document);
/// `{"error": "dependent_consent_required", "errors": [{"unapproved_scopes": [...]}]}`, of Auth.
GARE read_dependent_consent_form(const JsonView& document);

/// All of them, in the order in which they are tried.
inline constexpr std::array<ReadForm, 4> legacy_forms{
    read_authorization_parameters_form, read_transfer_consent_form,
    read_action_provider_consent_form, read_dependent_consent_form};

}  // namespace globus_sdk::inline v0::detail
