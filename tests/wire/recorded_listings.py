# SPDX-License-Identifier: Apache-2.0
"""Walks over the listings that the records call paginated, as C++."""

import cpp_code
from services import SERVICES


def walk(client, records, method):
    """A walk over all pages of a listing, by the recorded call with the fewest arguments."""
    recorded = [record["args"] for record in records["calls"]
                if record["method"] == method and not record.get("raises")]
    call = cpp_code.call_of(client, method, records["signatures"][method], min(recorded, key=len))
    names, arguments = call.named()
    return [f'walk.walk("{method}", [](const auto& client) {{',
            *cpp_code.indented([*names, f"return {cpp_code.invocation(method, arguments)};"]),
            "});"]


def test(declared, client, records):
    methods = records.get("paginated", {})
    if not methods:
        return []
    walks = [line for method in methods if cpp_code.declares(declared, method)
             for line in walk(client, records, method)]
    headers = ", ".join(f'"{header}"' for header in SERVICES[client].headers)
    return cpp_code.test_in_modes(f"{client}Listings", "AreWalked", [
        f'ListingWalk<TypeParam, Basic{client}> walk("{client}.json",',
        f"    {cpp_code.maker(client)}<TypeParam>);",
        *walks, f"walk.expect_all_walked({{{headers}}});"])
