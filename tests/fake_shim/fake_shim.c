/*
 * fake_shim.c - a shim that keeps the points in memory.
 */
#include "fake_shim.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shim/gate.h"
#include "shim/handles.h"
#include "shim/hide.h"
#include "shim/process.h"

#define POINTS_MAX 4096
#define RECORD_MAX 16384

/* A record, with a ring of its own that ends behind it. */
struct made {
	struct ring ring;
	struct writer writer;
	struct record record; /* its size is 0 until it is published */
	char fields[];
};

struct point_seen {
	struct made *start;
	struct made *stop; /* NULL: not ended */
	unsigned trace;
	int parent;
	const void *caller;
};

atomic_uint gate;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct point_seen seen[POINTS_MAX];
static size_t count;
static bool full, per_transaction;
static struct shim_limits limits = {256, 256};
static unsigned traces;

static _Thread_local int open_point[64];
static _Thread_local int depth;
static unsigned forks;

static unsigned hidden, transactions;

static void
forget(void)
{
	for (size_t i = 0; i < count; i++) {
		free(seen[i].start);
		free(seen[i].stop);
	}
	memset(seen, 0, count * sizeof(*seen));
	count = 0;
	traces = 0;
	depth = 0;
	full = false;
}

void
shim_on_again(void)
{
	static unsigned epoch;

	epoch += GATE_EPOCH;
	atomic_store(
	    &gate, epoch | GATE_SQL | GATE_HANDLES | hidden | transactions);
}

void
shim_on(void)
{
	forget();
	shim_on_again();
}

void
shim_off(void)
{
	atomic_store(&gate, 0);
}

void
shim_full(bool is_full)
{
	full = is_full;
}

void
shim_hide_args(bool hide)
{
	hidden = hide ? GATE_HIDE_ARGS : 0;
}

void
shim_transactions(bool trace)
{
	transactions = trace ? GATE_TRANSACTIONS : 0;
}

void
shim_set_limits(uint32_t max_param, uint32_t max_params)
{
	limits = (struct shim_limits){max_param, max_params};
}

void
shim_per_transaction(bool is)
{
	per_transaction = is;
}

unsigned
gate_settle(void)
{
	return atomic_load(&gate);
}

static atomic_int waiting;

int
shim_waiting(void)
{
	return atomic_load(&waiting);
}

void
process_lock(void)
{
	atomic_fetch_add(&waiting, 1);
	pthread_mutex_lock(&lock);
	atomic_fetch_sub(&waiting, 1);
}

void
process_unlock(void)
{
	pthread_mutex_unlock(&lock);
}

void
process_count_no_ring(void)
{
}

struct shim_limits
shim_limits(void)
{
	return limits;
}

void
implicit_renew(struct implicit *implicit)
{
	if (per_transaction)
		implicit->given = false;
}

static struct made *
record_begin(struct fields *fields, size_t wanted)
{
	size_t room = wanted < RECORD_MAX ? wanted / 8 * 8 : RECORD_MAX;
	size_t size = (sizeof(struct made) + room + 63) / 64 * 64;
	struct made *made = aligned_alloc(64, size);

	memset(made, 0, size);
	made->writer.ring = &made->ring;
	made->writer.at = (char *)&made->record;
	made->writer.end = made->fields + room;
	fields->writer = &made->writer;
	fields->record = &made->record;
	fields->at = made->fields;
	fields->end = made->writer.end;
	fields->cut = false;
	return made;
}

static bool
open_span(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t wanted, bool pushes)
{
	struct point_seen *point;

	memset(span, 0, sizeof(*span));
	pthread_mutex_lock(&lock);
	if (full || count == POINTS_MAX) {
		pthread_mutex_unlock(&lock);
		return false;
	}
	point = &seen[count];
	if (implicit && !implicit->given) {
		traces++;
		memcpy(implicit->base.byte, &traces, sizeof(traces));
		implicit->given = true;
	}
	if (implicit)
		memcpy(&point->trace, implicit->base.byte, sizeof(traces));
	span->recorded = true;
	span->pushed = pushes;
	span->forks = forks;
	memcpy(span->id.byte, &count, sizeof(count));
	point->caller = caller;
	point->parent = depth ? open_point[depth - 1] : -1;
	if (pushes)
		open_point[depth++] = (int)count;
	count++;
	point->start = record_begin(fields, wanted);
	pthread_mutex_unlock(&lock);
	return true;
}

bool
span_open(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t wanted)
{
	return open_span(span, fields, caller, implicit, wanted, true);
}

bool
span_open_detached(struct span *span, struct fields *fields, const void *caller,
    struct implicit *implicit, size_t wanted)
{
	return open_span(span, fields, caller, implicit, wanted, false);
}

static size_t
number_of(const struct span *span)
{
	size_t i;

	memcpy(&i, span->id.byte, sizeof(i));
	return i;
}

bool
span_ready(void)
{
	return true;
}

/* Take the span, and what a longjmp left above it, off the stack. */
static void
pop(const struct span *span)
{
	for (int i = depth; i-- > 0;) {
		if (open_point[i] == (int)number_of(span)) {
			depth = i;
			return;
		}
	}
}

void
span_detach(struct span *span)
{
	if (span->pushed)
		pop(span);
	span->pushed = false;
}

bool
span_close(
    struct span *span, struct fields *fields, size_t wanted, uint64_t stop_ns)
{
	struct point_seen *point;

	if (span->pushed)
		pop(span);
	if (!span->recorded)
		return false;
	span->recorded = false;
	if (span->forks != forks)
		return false;
	pthread_mutex_lock(&lock);
	point = &seen[number_of(span)];
	point->stop = record_begin(fields, wanted);
	point->stop->record.time_ns = stop_ns;
	pthread_mutex_unlock(&lock);
	return true;
}

static void
count_fork(void)
{
	forks++;
}

__attribute__((constructor)) static void
meet_forks(void)
{
	pthread_atfork(NULL, NULL, count_fork);
}

bool
put_statement(
    struct fields *fields, struct redact_mode mode, const char *sql, size_t len)
{
	(void)mode;
	if (hidden)
		put_text(fields, FIELD_STATEMENT, "hidden", 6);
	else
		put_text(fields, FIELD_STATEMENT, sql, len);
	return false;
}

static bool hides[HIDE_PARAMS];

void
shim_hide_param(unsigned index, bool hide)
{
	hides[index - 1] = hide;
}

bool
hidden_name(const char *name, size_t len)
{
	return len >= 6 && memcmp(name, "secret", 6) == 0;
}

struct hidden
hidden_params(struct redact_mode mode, const char *sql, size_t len)
{
	struct hidden is = {.any = false};

	(void)mode;
	(void)sql;
	(void)len;
	for (unsigned i = 0; i < HIDE_PARAMS; i++)
		is.bits[i / 64] |= (uint64_t)hides[i] << i % 64;
	is.any = memchr(hides, true, sizeof(hides)) != NULL;
	return is;
}

bool
statement_known(struct redact_mode mode, const char *sql, size_t len)
{
	(void)mode;
	(void)sql;
	return len > 0;
}

void
put_known_statement(
    struct fields *fields, struct redact_mode mode, const char *sql, size_t len)
{
	put_statement(fields, mode, sql, len);
}

void
put_error(struct fields *fields, enum redact_dialect dialect, const char *etype,
    const char *message, bool secret)
{
	(void)dialect;
	put_text(fields, FIELD_ETYPE, etype, strlen(etype));
	if (!hidden && !secret)
		put_text(fields, FIELD_MESSAGE, message, strlen(message));
}

static size_t
copy_cut(const char *text, size_t len, char *out, size_t cap)
{
	len = len < cap ? len : cap;
	memcpy(out, text, len);
	return len;
}

size_t
statement_shown(
    struct redact_mode mode, const char *sql, size_t len, char *out, size_t cap)
{
	(void)mode;
	return hidden ? copy_cut("hidden", 6, out, cap)
		      : copy_cut(sql, len, out, cap);
}

size_t
error_hidden(enum redact_dialect dialect, const char *message, size_t len,
    char *out, size_t cap, size_t *ret_whole)
{
	(void)dialect;
	(void)message;
	(void)len;
	*ret_whole = strlen("hidden");
	return copy_cut("hidden", *ret_whole, out, cap);
}

size_t
error_shown(enum redact_dialect dialect, const char *message, char *out,
    size_t cap, size_t *ret_whole)
{
	size_t len = hidden ? 0 : strlen(message);

	(void)dialect;
	*ret_whole = len;
	return copy_cut(message, len, out, cap);
}

void
put_shown_text(struct fields *fields, enum field_key key, const char *text,
    size_t len, size_t whole)
{
	(void)whole;
	if (len)
		put_text(fields, key, text, len);
}

/* The kind is the number that `mode` of a statement shows. */
enum redact_charset
charset_named(const char *name)
{
	return strcmp(name, "UTF8") == 0 || strcmp(name, "LATIN1") == 0
		   ? REDACT_CHARSET_PLAIN
		   : REDACT_CHARSET_UNKNOWN;
}

/* Of a text that does not fit: this shim has room for all that was asked. */
void put_cut_text(struct fields *fields, enum field_key key, const char *text);

void
put_cut_text(struct fields *fields, enum field_key key, const char *text)
{
	struct field head = {.key = (uint16_t)key, .flags = FIELD_CUT};
	size_t left = (size_t)(fields->end - fields->at);

	fields->cut = true;
	if (left < sizeof(head))
		return;
	head.len = (uint32_t)(left - sizeof(head));
	memcpy(fields->at, &head, sizeof(head));
	memcpy(fields->at + sizeof(head), text, head.len);
	fields->at = fields->end;
}

size_t
points(void)
{
	return count;
}

/* Find a field in a record that was published. */
static const char *
find(const struct made *made, enum field_key key, size_t *ret_len)
{
	const char *at = made ? made->fields : NULL;
	const char *end = at ? (char *)&made->record + made->record.size : NULL;

	while (at && at < end) {
		struct field head;

		memcpy(&head, at, sizeof(head));
		at += sizeof(head);
		if (head.key == key) {
			*ret_len = head.len;
			return at;
		}
		at += RECORD_PADDED(head.len);
	}
	return NULL;
}

/* The field of a point: its STOP's, else its START's. */
static const char *
field_of(size_t i, enum field_key key, size_t *ret_len)
{
	const char *field = find(seen[i].stop, key, ret_len);

	return field ? field : find(seen[i].start, key, ret_len);
}

bool
point_ended(size_t i)
{
	return seen[i].stop && seen[i].stop->record.size;
}

bool
point_has(size_t i, enum field_key key)
{
	size_t len;

	return field_of(i, key, &len);
}

const char *
point_text(size_t i, enum field_key key)
{
	static _Thread_local char text[8][RECORD_MAX + 1];
	static _Thread_local unsigned turn;
	char *out = text[turn++ % 8];
	size_t len = 0;
	const char *field = field_of(i, key, &len);

	if (field)
		memcpy(out, field, len);
	out[len] = '\0';
	return out;
}

uint64_t
point_number(size_t i, enum field_key key)
{
	size_t len;
	const char *field = field_of(i, key, &len);
	uint64_t value = 0;

	if (field)
		memcpy(&value, field, sizeof(value));
	return value;
}

int64_t
point_code(size_t i)
{
	return (int64_t)point_number(i, FIELD_CODE);
}

int
point_parent(size_t i)
{
	return seen[i].parent;
}

unsigned
point_trace(size_t i)
{
	return seen[i].trace;
}

uint64_t
point_start_ns(size_t i)
{
	return seen[i].start->record.time_ns;
}

const void *
point_caller(size_t i)
{
	return seen[i].caller;
}

static int
print_value(char *out, size_t cap, const struct param *param, const char *at)
{
	static const char *const word[] = {
	    [PARAM_TEXT] = "text",
	    [PARAM_BLOB] = "blob",
	    [PARAM_POINTER] = "pointer",
	    [PARAM_TEXT16LE] = "text16le",
	    [PARAM_TEXT16BE] = "text16be",
	    [PARAM_ARRAY] = "array",
	    [PARAM_HIDDEN] = "hidden",
	    [PARAM_KEYWORD] = "keyword",
	};
	int64_t integer = 0;
	double number = 0;

	switch (param->type) {
	case PARAM_NULL:
		return snprintf(out, cap, "null");
	case PARAM_INT:
		memcpy(&integer, at, sizeof(integer));
		return snprintf(out, cap, "%lld", (long long)integer);
	case PARAM_UINT:
		memcpy(&integer, at, sizeof(integer));
		return snprintf(out, cap, "%llu", (unsigned long long)integer);
	case PARAM_DOUBLE:
		memcpy(&number, at, sizeof(number));
		return snprintf(out, cap, "%g", number);
	case PARAM_ZEROBLOB:
		return snprintf(
		    out, cap, "zeroblob(%llu)", (unsigned long long)param->len);
	default:
		return snprintf(out, cap, "%s(%llu)'%.*s'", word[param->type],
		    (unsigned long long)param->len, param->kept, at);
	}
}

const char *
point_params(size_t i)
{
	static char out[65536];
	size_t len = 0;
	const char *at = field_of(i, FIELD_PARAMS, &len);
	const char *end = at ? at + len : NULL;

	len = 0;
	out[0] = '\0';
	while (at && at < end) {
		struct param param;
		const char *value = at + sizeof(param);

		memcpy(&param, at, sizeof(param));
		len += (size_t)snprintf(out + len, sizeof(out) - len,
		    "%s%u%.*s=", len ? " " : "", param.index, param.name_len,
		    value + param.kept);
		len += (size_t)print_value(
		    out + len, sizeof(out) - len, &param, value);
		at += RECORD_PADDED(
		    sizeof(param) + param.kept + param.name_len);
	}
	return out;
}

static bool
made_has(const struct made *made, const void *bytes, size_t len)
{
	return made && memmem(&made->record, made->record.size, bytes, len);
}

bool
recorded_bytes(const void *bytes, size_t len)
{
	for (size_t i = 0; i < count; i++) {
		if (made_has(seen[i].start, bytes, len) ||
		    made_has(seen[i].stop, bytes, len))
			return true;
	}
	return false;
}
