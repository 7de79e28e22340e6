# SPDX-License-Identifier: Apache-2.0
"""The recorded logins as C++: how each is started, and asked for its authorize URL."""

import cpp_code


def flow_functions(flow, index, signatures):
    client = flow["client"]
    start, url = "oauth2_start_flow", "oauth2_get_authorize_url"
    started = cpp_code.call_of(client, start, signatures[start], flow["start"])
    asked = cpp_code.call_of(client, url, signatures[url], flow["authorize"])
    return ["", *cpp_code.functions("void", f"start_{index}", client, started, lambda arguments:
                                f"{cpp_code.invocation(start, arguments)};"),
            "", *cpp_code.functions("std::string", f"authorize_url_{index}", client, asked,
                                lambda arguments: f"return {cpp_code.invocation(url, arguments)};")]


def code(sources, records):
    clients = list(dict.fromkeys(flow["client"] for flow in records["flows"]))
    lines, replays = [], []
    for client in clients:
        signatures = sources.records(client)["signatures"]
        rows = []
        for index, flow in enumerate(records["flows"]):
            if flow["client"] == client:
                lines += flow_functions(flow, index, signatures)
                rows.append(f"{{{index}, start_{index}, authorize_url_{index}}},")
        flows = f"flows_of_{cpp_code.maker(client)[len('make_'):]}"
        lines += cpp_code.table("Client", "RecordedFlow<Client>", flows, rows)
        mode_client = f"Basic{client}<TypeParam>"
        replays += [f"replay_flows<TypeParam, {mode_client}>(records, {flows}<{mode_client}>,",
                    f"    {cpp_code.maker(client)}<TypeParam>, count);"]
    return cpp_code.file(
        cpp_code.includes(clients, "wire/replay_flows.hpp"),
        lines + cpp_code.makers(clients)
        + cpp_code.test_of_records("FlowRecords", [
            'const auto records = load_records("flows.json").at("flows").as_array();',
            "Count count;", *replays,
            "EXPECT_EQ(count.delivered, static_cast<int>(records.size()));",
            'report(mode_name<TypeParam>, "flows.json", count);']))
