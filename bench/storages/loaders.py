# SPDX-License-Identifier: Apache-2.0
"""Fills a storage with many users in one statement: copies of the one that the SDK has stored.

Which table it is, and which columns that has, is read from the database.
"""

import sqlite3

FIRST_EXPIRY = 4_000_000_000  # of the user that is copied; each further one expires a second later


def load_sqlite(path, users):
    database = sqlite3.connect(path)
    columns = [row[1] for row in database.execute("PRAGMA table_info(token_storage)")]
    values = {"namespace": "printf('user-%08d', n)",
              "token_data_json": f"replace(token_data_json, '{FIRST_EXPIRY}', {FIRST_EXPIRY} + n)",
              "expires_at_seconds": f"{FIRST_EXPIRY} + n"}
    with database:
        database.execute(
            f"WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers "
            f"WHERE n + 1 < {users}) INSERT INTO token_storage ({', '.join(columns)}) "
            f"SELECT {', '.join(values.get(column, column) for column in columns)} "
            "FROM token_storage, numbers WHERE namespace = 'user-00000000'")
        database.execute("ANALYZE")
    database.close()


def load_postgres(server, database, users):
    def quoted(column, kind):
        if column == "namespace":
            name = "'user-' || lpad(n::text, 8, '0')"
            return f"convert_to({name}, 'UTF8')" if kind == "bytea" else name
        if column.startswith("expires"):
            return f"{FIRST_EXPIRY} + n"
        if kind in ("text", "json", "jsonb"):
            return f"replace({column}::text, '{FIRST_EXPIRY}', ({FIRST_EXPIRY} + n)::text)::{kind}"
        return column

    table = server.sql("SELECT table_name FROM information_schema.columns "
                       "WHERE table_schema = 'public' AND column_name LIKE 'expires%'", database)
    lines = server.sql("SELECT column_name, data_type FROM information_schema.columns "
                       f"WHERE table_schema = 'public' AND table_name = '{table}' "
                       "AND is_generated = 'NEVER' ORDER BY ordinal_position", database)
    columns = [line.split("|") for line in lines.splitlines()]
    server.sql(f"INSERT INTO {table} ({', '.join(name for name, _ in columns)}) "
               f"SELECT {', '.join(quoted(*column) for column in columns)} "
               f"FROM {table}, generate_series(1, {users - 1}) AS numbers(n)", database)
    server.sql("VACUUM ANALYZE", database)
