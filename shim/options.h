/*
 * options.h - the options of osprof.ini's group [profiler].
 *
 * Whoever includes this file first defines OPTION(name, old, type, fallback,
 * low, high, member).
 *   old       another spelling, read where `name` is absent (NULL: none)
 *   type      how a value is read and shown: option.c has a row for each
 *   fallback  the default, as it would stand in the file (NULL: none)
 *   low, high the least and the greatest value of a number
 *   member    where struct config has it
 * The first ones are OSProfiler's.  docs/osprof.ini.5.scd describes them all,
 * a test compares the two.
 */
#define OPTION_K (1024ULL)
#define OPTION_M (1024ULL * 1024)
#define OPTION_G (1024ULL * 1024 * 1024)

/* clang-format off */
OPTION(enabled,            "profiler_enabled", BOOL,     "false",     0,             0,               enabled)
OPTION(trace_sql,          "trace_sqlalchemy", BOOL,     "false",     0,             0,               trace_sql)
OPTION(hmac_keys,          NULL,               SECRET,   "",          0,             0,               hmac_keys)
OPTION(connection_string,  NULL,               SECRET,   "sqlite://", 0,             0,               connection_string)
OPTION(trace_transactions, NULL,               BOOL,     "false",     0,             0,               trace_transactions)
OPTION(hide_args,          NULL,               BOOL,     "false",     0,             0,               hide_args)
OPTION(hide_params,        NULL,               TEXT,     "",          0,             0,               hide_params)
OPTION(implicit_trace,     NULL,               IMPLICIT, "process",   0,             0,               implicit_trace)
OPTION(drain,              NULL,               DRAIN,    "thread",    0,             0,               drain)
OPTION(spool_dir,          NULL,               TEXT,     "",          0,             0,               spool_dir)
OPTION(ring_size,          NULL,               POWER,    "1M",        64 * OPTION_K, OPTION_G,        ring_size)
OPTION(on_full,            NULL,               FULL,     "drop",      0,             0,               on_full)
OPTION(max_statement,      NULL,               SIZE,     "32k",       64,            16 * OPTION_M,   max_statement)
OPTION(max_param,          NULL,               SIZE,     "256",       0,             4 * OPTION_K,    max_param)
OPTION(max_params,         NULL,               COUNT,    "256",       0,             32766,           max_params)
OPTION(spill_size,         NULL,               SIZE,     "64M",       0,             1024 * OPTION_G, spill_size)
OPTION(exit_timeout,       NULL,               SECONDS,  "2.0",       0,             3600,            exit_timeout_ms)
OPTION(project,            NULL,               TEXT,     NULL,        0,             0,               project)
OPTION(service,            NULL,               TEXT,     NULL,        0,             0,               service)
OPTION(host,               NULL,               TEXT,     NULL,        0,             0,               host)
/* clang-format on */
#undef OPTION
