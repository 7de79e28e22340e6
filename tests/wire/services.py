# SPDX-License-Identifier: Apache-2.0
"""Which clients are recorded, and where their methods depart from the naming rule."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Service:
    """Where a client's methods are declared, below include/globus_sdk, and what it is made of."""

    headers: list
    made_of: str = 'AccessTokenAuthorizer("access-token")'
    # the client that it is made of instead, if it has no requests of its own
    client: str = ""
    # methods that another client has, too: the client's name stands before that of their options
    shared_names: tuple = ()


# One line for each client with a file of records.
SERVICES = {
    "AuthClient": Service(["auth/auth_client.hpp"]),
    "ConfidentialAppAuthClient": Service(
        ["auth/confidential_app_auth_client.hpp", "auth/login_client.hpp"],
        '"client-id", "client-secret"'),
    "ComputeClientV2": Service(["compute/compute_client_v2.hpp"]),
    "ComputeClientV3": Service(["compute/compute_client_v3.hpp"]),
    "FlowsClient": Service(["flows/flows_client.hpp"]),
    "GCSClient": Service(
        ["gcs/gcs_client.hpp"],
        '"abc.def.data.globus.org", AccessTokenAuthorizer("access-token")',
        shared_names=("create_role", "delete_role", "get_endpoint", "get_role_list",
                      "update_endpoint")),
    "GroupsClient": Service(["groups/groups_client.hpp"]),
    "GroupsManager": Service(["groups/groups_manager.hpp"], client="GroupsClient",
                             shared_names=("create_group", "set_group_policies")),
    "NativeAppAuthClient": Service(
        ["auth/native_app_auth_client.hpp", "auth/login_client.hpp"], '"client-id"'),
    "SearchClient": Service(["search/search_client.hpp"],
                            shared_names=("create_role", "delete_role", "get_role_list",
                                          "get_task")),
    "SpecificFlowClient": Service(
        ["flows/specific_flow_client.hpp"],
        '"f47431cd-d65f-578e-aa96-2f95794af624", AccessTokenAuthorizer("access-token")'),
    "TimersClient": Service(["timers/timers_client.hpp"]),
    "TransferClient": Service(["transfer/transfer_client.hpp"]),
    "TransferClientV2": Service(["transfer/transfer_client_v2.hpp"],
                                shared_names=("get_bookmark", "get_stream_access_point",
                                              "get_tunnel", "get_tunnel_events", "list_tunnels")),
}


# required texts that a service takes when they are empty
MAY_BE_EMPTY = {
    "GroupsManager.create_group.description",
    "SearchClient.create_index.description",
    "SearchClient.search.q",
}


@dataclass(frozen=True)
class Departure:
    """What one method, of one client or of all, does not have from the rule, and why."""

    method: str
    why: str
    options: str = ""  # the struct's name
    returns: dict = field(default_factory=dict)  # of Python's type the one here
    left_out: list = field(default_factory=list)  # parameters of Python's that are not there


# All of them: what stands neither in the rule nor here fails, and so does an entry about nothing.
DEPARTURES = [
    Departure("get_jwk", "JWK stays in capitals, as in GetJWKResponse", options="GetJWKOptions"),
    Departure("get_jwk", "Python returns what as_pem says; a GetJWKResponse has both forms",
              returns={"dict": "GetJWKResponse", "RSAPublicKey": "GetJWKResponse"},
              left_out=["as_pem"]),
    Departure("task_wait", "besides true or false it has the task, and what ended the wait",
              returns={"bool": "TaskWaitResult"}),
    Departure("ConfidentialAppAuthClient.oauth2_start_flow",
              "another client has a method of that name with other options",
              options="ConfidentialAppFlowOptions"),
    Departure("NativeAppAuthClient.oauth2_start_flow",
              "another client has a method of that name with other options",
              options="NativeAppFlowOptions"),
    Departure("oauth2_get_authorize_url", "the same options as of a flow's get_authorize_url",
              options="AuthorizeURLOptions"),
    Departure("oauth2_refresh_token", "three methods have the same options",
              options="TokenRequestOptions"),
    Departure("oauth2_revoke_token", "three methods have the same options",
              options="TokenRequestOptions"),
    Departure("oauth2_token", "three methods have the same options", options="TokenRequestOptions"),
    Departure("oauth2_get_dependent_tokens", "named for what is asked for",
              options="DependentTokensOptions"),
    Departure("oauth2_token_introspect", "named for what is done",
              options="TokenIntrospectOptions"),
]


@dataclass(frozen=True)
class AddedUUID:
    """Where a method puts a random UUID into a document that has none, and why."""

    method: str
    path: list
    why: str


ADDED_UUIDS = [
    AddedUUID("create_tunnel", ["data", "attributes", "submission_id"],
              "sent any number of times, it makes one tunnel; Python adds it, too"),
]
