/*
 * redact_lines.c - osprof redact --jsonl: a statement a line, an answer a line.
 */
#include "cli/redact.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collectors/json_scan.h"
#include "redact/mode.h"

#define PARAMS_MAX 4096
#define TABLES_ROOM ((size_t)64 << 10)

/* What a line asks for; `sql` has the raw string until it is decoded. */
struct request {
	struct redact_mode mode;
	struct text dialect;
	struct text sql;
	struct text modes;
};

/* Room for the answers, used again for each line. */
struct room {
	char *sql;
	char *redacted;
	char *normal;
	size_t cap;
	char summary[256];
	char tables[TABLES_ROOM];
	struct redact_param params[PARAMS_MAX];
};

static bool
read_members(struct text line, struct request *request)
{
	struct scan scan = {line.at, line.at + line.len};
	struct text key, value;

	if (!scan_open(&scan))
		return false;
	while (scan_key(&scan, &key)) {
		if (!scan_value(&scan, &value))
			return false;
		if (text_is(key, "dialect"))
			request->dialect = value;
		else if (text_is(key, "sql"))
			request->sql = value;
		else if (text_is(key, "mode"))
			request->modes = value;
	}
	return scan_close(&scan) && scan_at_end(&scan);
}

/* A string without its quotes, anything else as it stands. */
static struct text
bare(struct text raw)
{
	if (scan_is_string(raw))
		return (struct text){raw.at + 1, raw.len - 2};
	return raw;
}

/* {"sql_mode": "ANSI", ...}; a mode that is not known may be any. */
static bool
read_modes(struct request *request)
{
	struct text key, value;
	struct scan scan;

	if (!request->modes.at || text_is(request->modes, "null"))
		return true;
	if (scan_is_string(request->modes)) {
		if (!text_is(bare(request->modes), "default"))
			redact_mode_forget(&request->mode);
		return true;
	}
	scan = (struct scan){
	    request->modes.at, request->modes.at + request->modes.len};
	if (!scan_open(&scan))
		return false;
	while (scan_key(&scan, &key)) {
		if (!scan_value(&scan, &value))
			return false;
		value = bare(value);
		if (!redact_mode_set(
			&request->mode, key.at, key.len, value.at, value.len))
			redact_mode_forget(&request->mode);
	}
	return scan_close(&scan);
}

/* Returns what is wrong with the line; NULL: nothing. */
static const char *
read_request(struct text line, struct request *request)
{
	enum redact_dialect dialect;
	struct text name;

	if (!read_members(line, request))
		return "the line is no JSON object";
	if (!request->sql.at || !scan_is_string(request->sql))
		return "sql is missing, or no string";
	if (!request->dialect.at || !scan_is_string(request->dialect))
		return "dialect is missing, or no string";
	name = bare(request->dialect);
	if (!redact_dialect_find(name.at, name.len, &dialect))
		return "dialect is none of postgres, mysql, sqlite";
	request->mode = redact_default_mode(dialect);
	if (!read_modes(request))
		return "mode is no object";
	return NULL;
}

static bool
room_for(struct room *room, size_t len)
{
	if (len <= room->cap)
		return true;
	free(room->sql);
	free(room->redacted);
	free(room->normal);
	room->cap = len + len / 2;
	room->sql = malloc(room->cap);
	room->redacted = malloc(room->cap);
	room->normal = malloc(room->cap);
	if (room->sql && room->redacted && room->normal)
		return true;
	room->cap = 0;
	return false;
}

static void
put_key(struct json_out *json, const char *key)
{
	json_put_literal(json, ", ");
	json_put_string(json, key, strlen(key));
	json_put_literal(json, ": ");
}

static void
put_text_or_null(struct json_out *json, const char *text, size_t len)
{
	if (text)
		json_put_string(json, text, len);
	else
		json_put_literal(json, "null");
}

static void
put_tables(struct json_out *json, const struct redact_outline *outline)
{
	const char *name = outline->tables;

	put_key(json, "tables");
	json_put_literal(json, "[");
	for (size_t i = 0; i < outline->table_count; i++) {
		if (i > 0)
			json_put_literal(json, ", ");
		json_put_string(json, name, strlen(name));
		name += strlen(name) + 1;
	}
	json_put_literal(json, "]");
}

static void
put_params(struct json_out *json, const struct redact_outline *outline)
{
	put_key(json, "params");
	json_put_literal(json, "[");
	for (size_t i = 0; i < outline->param_count && i < PARAMS_MAX; i++) {
		const struct redact_param *param = &outline->params[i];

		json_put_raw(json, i ? ", " : "", i ? 2 : 0);
		json_put_literal(json, "{\"index\": ");
		json_put_u64(json, param->index);
		put_key(json, "column");
		put_text_or_null(json, param->column, param->column_len);
		json_put_literal(json, "}");
	}
	json_put_literal(json, "]");
}

static void
put_answer(struct json_out *json, const struct room *room, size_t len,
    const struct redact_analysis *analysis)
{
	const struct redact_outline *outline = &analysis->outline;
	char fingerprint[17];

	snprintf(fingerprint, sizeof(fingerprint), "%016llx",
	    (unsigned long long)analysis->fingerprint);
	json_put_literal(json, "{\"redacted\": ");
	json_put_string(json, room->redacted, len);
	put_key(json, "normalized");
	json_put_string(json, room->normal, analysis->normal_len);
	put_key(json, "fingerprint");
	json_put_string(json, fingerprint, 16);
	put_key(json, "summary");
	json_put_string(json, outline->summary, outline->summary_len);
	put_key(json, "operation");
	put_text_or_null(json, outline->operation, outline->operation_len);
	put_tables(json, outline);
	put_params(json, outline);
	json_put_literal(json, "}");
}

static const char *
answer(struct json_out *json, struct room *room, struct text line)
{
	struct request request = {0};
	const char *wrong = read_request(line, &request);
	struct redact_analysis analysis = {0};
	size_t len;

	if (wrong)
		return wrong;
	if (!room_for(room, request.sql.len))
		return "there is no memory for it";
	len = scan_decode(request.sql, room->sql);
	analysis.normal = room->normal;
	analysis.normal_cap = room->cap;
	analysis.outline = (struct redact_outline){
	    .summary = room->summary,
	    .summary_cap = sizeof(room->summary),
	    .tables = room->tables,
	    .tables_cap = sizeof(room->tables),
	    .params = room->params,
	    .params_cap = PARAMS_MAX,
	};
	len = redact_analyse(
	    request.mode, room->sql, len, room->redacted, room->cap, &analysis);
	put_answer(json, room, len, &analysis);
	return NULL;
}

static bool
answer_line(struct out *out, struct room *room, struct text line)
{
	struct json_out json = {0};
	const char *wrong = answer(&json, room, line);

	if (wrong) {
		json_put_literal(&json, "{\"error\": ");
		json_put_string(&json, wrong, strlen(wrong));
		json_put_literal(&json, "}");
	}
	json_put_literal(&json, "\n");
	if (json.failed)
		out_fail(out, ENOMEM);
	else
		out_bytes(out, json.start, (size_t)(json.at - json.start));
	json_free(&json);
	return !wrong;
}

bool
redact_lines(struct out *out, int *ret_error)
{
	struct room *room = calloc(1, sizeof(*room));
	char *line = NULL;
	size_t cap = 0;
	ssize_t len = 0;
	bool good = true;

	errno = 0;
	while (room && (len = getline(&line, &cap, stdin)) > 0) {
		len -= line[len - 1] == '\n';
		good &= answer_line(
		    out, room, (struct text){line, (size_t)len});
	}
	*ret_error = !room ? ENOMEM : ferror(stdin) ? errno : 0;
	if (room) {
		free(room->sql);
		free(room->redacted);
		free(room->normal);
	}
	free(room);
	free(line);
	return good;
}
