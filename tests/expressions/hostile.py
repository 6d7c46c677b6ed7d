"""Hostile expressions by the thousand: what somebody would write who wants files, the network, settings, or the machine busy."""

from __future__ import annotations

import random

FILE = "/etc/passwd"
CALLS = [
    f"read_csv('{FILE}')", f"read_text('{FILE}')", f"read_blob('{FILE}')", f"read_parquet('{FILE}')", f"read_json_auto('{FILE}')", f"glob('{FILE}')",
    "parquet_scan('s3://bucket/x')", "read_csv('http://127.0.0.1:9/x')", "getenv('HOME')", "current_setting('memory_limit')", "set_config('a', 'b', false)",
    f"pg_read_file('{FILE}')", f"pg_ls_dir('{FILE}')", "pg_sleep(60)", "lo_import('/etc/passwd')", "dblink('host=127.0.0.1', 's')", "query('select 1')",
    "query_table('t')", "nextval('s')", "currval('s')", "generate_series(1, 1000000000)", "range(1000000000)", "repeat('x', 1000000000)", "pragma_version()",
    "duckdb_settings()", "sniff_csv('x')", "load_extension('x')", "system('id')", "eval('1')", "exec('1')", "__import__('os')", "open('x')", "getattr(i, 'x')",
    "current_date()", "now()", "random()", "uuid()", "error('x')", "version()", "current_user()", "regexp_matches(s, '(a+)+$')", "xpath('x', 'y')",
    "list_transform([1], x -> x)", "struct_extract(i, 'x')", "txid_current()", "pg_terminate_backend(1)", "write_log('x')", "checkpoint()",
]  # fmt: skip
STATEMENTS = [
    f"attach '{FILE}' as x", f"copy (select 1) to '{FILE}'", f"copy given from '{FILE}'", "install httpfs", "load httpfs", "pragma database_list",
    "set memory_limit = '99GB'", "reset memory_limit", "create table x (i int)", "drop table given", "insert into given values (1)", "delete from given",
    "update given set i = 1", "alter table given add x int", "call pragma_version()", "select 1", "select * from given", f"from '{FILE}'", "values (1)",
    "with x as (select 1) select 1", "export database 'x'", "import database 'x'", "use x", "vacuum", "begin", "commit", "explain select 1", "grant all to x",
    "do $$ begin end $$", "listen x", "truncate given", "execute x", "prepare x as select 1", "describe given", "show tables", "summarize given",
]  # fmt: skip
SUBQUERIES = [
    "(select 1)", "exists (select 1)", "i in (select 1)", "i = any (select 1)", "i = all (array[1])", "(values (1))", "(table given)", "(from given)",
    "sum(i) over ()", "row_number() over (order by i)", "lag(i) over (partition by s)", "sum(i) filter (where p)", "i within group (order by i)",
    "unnest([1, 2])", "[x for x in [1]]", "{'a': 1}", "map {1: 2}", "array[1]", "row(1, 2)", "i[1]", "*", "given.*", "columns(*)", "count(*)", "(i, j)",
    "$1", "?", ":name", "%(name)s", "@x", "@@version", "#1", "i::text", "cast(i as text)", "try_cast(i as int)", "convert(i, text)", "i::regclass",
    "i collate c", "interval '1' day", "timestamp '2023-01-01'", "x'ff'", "e'\\n'", "u&'\\0041'", "$$text$$", "1e999", "0x10", "1_000", "i like s",
    "s similar to 'x'", "s ~ 'x'", "s glob 'x'", "s ilike 'x'", "s regexp 'x'", "s like 'x' escape 'y'", "i is distinct from j", "p is true", "i := 1",
    "a -> b", "lambda x: x", "i ** 2", "i ^ 2", "i & 1", "i | 1", "~i", "i << 1", "i // 2", "s[1:2]", "s at time zone 'x'", "default", "i as x", "i x",
]  # fmt: skip
TAILS = ["; {}", "i; {}", "i -- {}", "i /* {} */", "/* */ {}", "i union all {}", "i) from given; {} --", "' or 1=1; {}", "\" ; {}", "`{}`", "\\; {}", "i\x00; {}",
         "({}", "{})", "{{{}}}", "i\n{}", "\u2028{}", "i，{}", "ｉ； {}"]  # fmt: skip


def deep(depth: int) -> list[str]:
    """Things inside one another, or in a row, so many times."""
    return [
        "(" * depth + "i" + ")" * depth, "(" * depth, ")" * depth, "abs(" * depth + "i" + ")" * depth, "not " * depth + "p", "- " * depth + "i",
        "case when p then " * depth + "1" + " end" * depth, "i" + " + i" * depth, "p" + " and p" * depth, "p = not " * depth + "p",
        "coalesce(" + "i, " * depth + "i)", "i in (" + "1, " * depth + "1)", "'" + "x" * depth + "'", "1" * depth, "x" * depth, "1." + "1" * depth, "'" * depth,
        "i is not null = " * depth + "p", "round(" * depth + "a" + " / 3, 2)" * depth, "i / " * depth + "i", "i between " * depth + "1", "i." * depth + "i",
        "(i / " * depth + "3" + ")" * depth, "least(" * depth + "i" + ", 1)" * depth, "s like '" + "%_" * depth + "'", "\ufeff" * depth, "😀" * depth, " " * depth,
        "i" + "\u0301" * depth, "count(distinct " * depth + "i" + ")" * depth, "add_months(" * depth + "d" + ", 1)" * depth, "wrong " * depth, "wrong(" * depth,
    ]  # fmt: skip


LOOKALIKES = [
    "ｓｅｌｅｃｔ １", "（i）", "i ＋ 1", "‘x’", "“x”", "i\u200b", "\u202ei", "i\u00a0+ 1", "іn", "ѕum(i)", "sum\u200b(i)", "a\u0301rea", "Ⅰ", "１２", "١٢", "i＝1",
    "i；drop", "s = '\u202eabc'", "s = 'a\u0301'", "s = '\x00'", "s = '\ud800'", "\ud800", "ﬁeld", "K = 1", "ſum(i)", "cou\u00adnt(i)", "i ≥ 1", "i ≠ 1", "i × 2", "i ÷ 2",
]  # fmt: skip


def hostile(count: int, seed: int) -> list[str]:
    """So many different hostile expressions, the fixed ones first."""
    rng = random.Random(seed)
    single = CALLS + STATEMENTS + SUBQUERIES + LOOKALIKES
    found = dict.fromkeys(single + [text for depth in (150, 3_000, 100_000) for text in deep(depth)])
    while len(found) < count:
        core = rng.choice(CALLS + STATEMENTS + SUBQUERIES)
        wrapped = rng.choice([*TAILS, "coalesce({}, 1)", "i = {}", "p and {}", "case when {} then 1 end", "sum({})", "not {}"])
        found[wrapped.format(core.replace("{", "{{").replace("}", "}}") if rng.random() < 0.1 else core)] = None
    return list(found)
