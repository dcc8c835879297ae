/*
 * collector_tool.c - the drivers from a command line, for the tests in Python.
 *
 *	collector_tool write URI COUNT BATCH [BASE_ID [HOST]]
 *		writes COUNT points, BATCH messages at a time
 *	collector_tool read URI BASE_ID		prints each message
 *	collector_tool count URI BASE_ID	prints how many
 *	collector_tool list URI			prints base_id, timestamp,
 *points
 *
 * A failure prints its code and problem and exits 1.  `write` then tries the
 * same batch again for a line on stdin.
 */
#include "collectors/message.h"
#include "shim/record.h"
#include "tests/collectors/build_record.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct build build;
static struct message_context context;
static struct message_batch batch;

static int
failed(enum osprof_error error, const char *problem)
{
	printf("error %d: %s\n", (int)error, problem);
	fflush(stdout);
	return 1;
}

static void
add_point(uint64_t number, const char *base_id)
{
	static const struct clock_pair clock = {0, 1700000000000000000};
	uint64_t pid = (uint64_t)getpid();

	context.clocks = &clock;
	context.clock_count = 1;
	for (uint8_t kind = RECORD_START; kind <= RECORD_STOP; kind++) {
		build_begin(&build, kind, RECORD_DB);
		build_record(&build)->time_ns = number * 2000000 +
						(kind == RECORD_STOP) * 1000000;
		memcpy(build_record(&build)->id.byte, &pid, 8);
		memcpy(build_record(&build)->id.byte + 8, &number, 8);
		build_record(&build)->parent = build_record(&build)->base;
		if (base_id)
			build_text(&build, FIELD_BASE_TEXT, base_id);
		if (base_id)
			build_text(&build, FIELD_PARENT_TEXT, base_id);
		if (kind == RECORD_START)
			build_text(&build, FIELD_STATEMENT,
			    "SELECT \"a\\b\" FROM t -- \xc3\xa9\n");
		else
			build_u64(&build, FIELD_ROWS, number);
		message_add(&batch, &context, build.bytes, build.size);
	}
}

static int
write_batch(struct collector *collector)
{
	char line[16];

	for (;;) {
		enum osprof_error error = collector->driver->write(
		    collector, batch.messages, batch.count);

		if (!error)
			return 0;
		failed(error, collector->problem);
		if (!fgets(line, sizeof(line), stdin))
			return 1;
	}
}

static int
run_write(struct collector *collector, char **argv)
{
	uint64_t count = strtoull(argv[3], NULL, 10);
	size_t size = strtoull(argv[4], NULL, 10);
	const char *base_id = argv[5];
	int result = 0;

	message_context_init(&context, "shop", "web", "h1");
	for (uint64_t i = 0; i < count && !result; i++) {
		add_point(i, base_id);
		if (batch.count < size && i + 1 < count)
			continue;
		result = write_batch(collector);
		message_batch_clear(&batch);
	}
	message_batch_free(&batch);
	message_context_free(&context);
	return result;
}

static void
print(const char *key, struct text text)
{
	if (text.at)
		printf("%s=%.*s\n", key, (int)text.len, text.at);
	else
		printf("%s is null\n", key);
}

static bool
print_message(void *arg, const struct message *message)
{
	(void)arg;
	print("name", message->name);
	print("base_id", message->base_id);
	print("trace_id", message->trace_id);
	print("parent_id", message->parent_id);
	print("timestamp", message->timestamp);
	print("project", message->project);
	print("service", message->service);
	print("host", message->host);
	print("info", message->info);
	print("json", message->json);
	return true;
}

static bool
count_message(void *arg, const struct message *message)
{
	(void)message;
	++*(uint64_t *)arg;
	return true;
}

static bool
print_trace(void *arg, const struct trace_summary *trace)
{
	(void)arg;
	printf("%.*s %.*s %llu\n", (int)trace->base_id.len, trace->base_id.at,
	    trace->timestamp.at ? (int)trace->timestamp.len : 1,
	    trace->timestamp.at ? trace->timestamp.at : "-",
	    (unsigned long long)trace->points);
	return true;
}

static enum osprof_error
run_reading(struct collector *collector, char **argv)
{
	const struct collector_driver *driver = collector->driver;
	uint64_t count = 0;
	enum osprof_error error;

	if (strcmp(argv[1], "list") == 0)
		return driver->list(collector, print_trace, NULL);
	if (strcmp(argv[1], "read") == 0)
		return driver->read(collector, argv[3], print_message, NULL);
	error = driver->read(collector, argv[3], count_message, &count);
	printf("%llu messages, %llu skipped\n", (unsigned long long)count,
	    (unsigned long long)collector->skipped);
	return error;
}

int
main(int argc, char **argv)
{
	bool writes = argc > 4 && strcmp(argv[1], "write") == 0;
	struct collector_config config = {
	    .mode = writes ? COLLECTOR_WRITE : COLLECTOR_READ,
	    .connection_string = argc > 2 ? argv[2] : "",
	    .host = writes && argc > 6 ? argv[6] : NULL,
	};
	char problem[COLLECTOR_PROBLEM] = "";
	struct collector *collector;
	enum osprof_error error = collector_open(&config, &collector, problem);
	int result = 0;

	signal(SIGXFSZ, SIG_IGN); /* the drain has it blocked */
	if (error)
		return failed(error, problem);
	if (writes)
		result = run_write(collector, argv);
	else
		error = run_reading(collector, argv);
	if (error)
		result = failed(error, collector->problem);
	collector_close(collector);
	return result;
}
