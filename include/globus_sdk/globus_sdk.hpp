// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Everything but the asynchronous mode, which is in globus_sdk/async.hpp.

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/id_token_decoder.hpp"
#include "globus_sdk/auth/identity_map.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/basic_authorizer.hpp"
#include "globus_sdk/authorizers/client_credentials_authorizer.hpp"
#include "globus_sdk/authorizers/null_authorizer.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/core/version.hpp"
#include "globus_sdk/scopes/consents.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/scopes/scope.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"
#include "globus_sdk/token_storage/json_token_storage.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/token_storage/scope_requirements_validator.hpp"
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"
#include "globus_sdk/token_storage/validating_token_storage.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"
