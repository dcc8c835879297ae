/*
 * trace_list.c - osprof trace list: the traces in storage, newest last.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/arena.h"
#include "cli/arguments.h"
#include "cli/cli.h"
#include "cli/json_indent.h"
#include "cli/line.h"
#include "cli/progress.h"
#include "collectors/collector.h"

static const struct usage usage = {
    .command = "osprof trace list",
    .help = "usage: osprof trace list [options]\n"
	    "\n"
	    "List the traces in storage, newest last.\n"
	    "\n"
	    "  --json                   write a JSON list\n"
	    "  --out FILE               write to FILE instead of stdout\n"
	    "  --connection-string S    the storage; else "
	    "$OSPROFILER_CONNECTION_STRING,\n"
	    "                           the configuration's, or sqlite://\n"
	    "  -h, --help               print this\n",
};

enum { COLUMNS = 3 };
static const char *const title[COLUMNS] = {"base_id", "timestamp", "points"};

/* A trace, its cells as the table shows them. */
struct row {
	struct row *next;
	struct text base_id;
	struct text timestamp;
	uint64_t points;
};

struct list {
	const char *connection_string;
	const char *path;
	bool json;
	struct arena arena;
	struct row *rows, **end;
	struct progress progress;
	bool no_memory;
};

static bool
keep_text(struct arena *arena, struct text text, struct text *ret_text)
{
	char *copy;

	*ret_text = (struct text){0};
	if (!text.at)
		return true;
	copy = arena_take(arena, text.len + 1);
	if (!copy)
		return false;
	memcpy(copy, text.at, text.len);
	*ret_text = (struct text){copy, text.len};
	return true;
}

static bool
take_trace(void *arg, const struct trace_summary *trace)
{
	struct list *list = arg;
	struct row *row = arena_take(&list->arena, sizeof(*row));

	progress_step(&list->progress);
	list->no_memory = !row ||
			  !keep_text(
			      &list->arena, trace->base_id, &row->base_id) ||
			  !keep_text(
			      &list->arena, trace->timestamp, &row->timestamp);
	if (list->no_memory)
		return false;
	row->points = trace->points;
	row->next = NULL;
	*list->end = row;
	list->end = &row->next;
	return true;
}

static bool
read_traces(struct list *list)
{
	struct collector_config config = {.mode = COLLECTOR_READ};
	char problem[COLLECTOR_PROBLEM] = "";
	char *storage = choose_storage(list->connection_string);
	struct collector *collector = NULL;
	enum osprof_error err;

	if (!storage)
		return false;
	config.connection_string = storage;
	err = collector_open(&config, &collector, problem);
	if (err == OSPROF_OK) {
		err = collector->driver->list(collector, take_trace, list);
		strcpy(problem, collector->problem);
	}
	if (list->no_memory)
		strcpy(problem, "no memory for so many traces");
	progress_end(&list->progress);
	if (err != OSPROF_OK || list->no_memory)
		complain("%s", problem);
	collector_close(collector);
	free(storage);
	return err == OSPROF_OK && !list->no_memory;
}

/* A cell's text, made safe, in `line`. */
static void
fill_cell(struct line *line, const struct row *row, int column)
{
	struct text text = column == 0 ? row->base_id : row->timestamp;

	line_drop(line);
	if (column == 2)
		line_format(line, "%" PRIu64, row->points);
	else if (text.at)
		line_text(line, text);
	else
		line_plain(line, "None");
}

static void
measure(const struct list *list, struct line *cell, unsigned width[COLUMNS])
{
	for (int i = 0; i < COLUMNS; i++)
		width[i] = (unsigned)strlen(title[i]);
	for (const struct row *row = list->rows; row; row = row->next)
		for (int i = 0; i < COLUMNS; i++) {
			fill_cell(cell, row, i);
			if (cell->used > width[i])
				width[i] = cell->used;
		}
}

static void
put_blanks(struct out *out, unsigned count, char c)
{
	while (count-- > 0)
		out_char(out, c);
}

static void
put_border(struct out *out, const unsigned width[COLUMNS])
{
	for (int i = 0; i < COLUMNS; i++) {
		out_char(out, '+');
		put_blanks(out, width[i] + 2, '-');
	}
	out_text(out, "+\n");
}

/* A row of cells; NULL: the titles. */
static void
put_row(struct out *out, struct line *cell, const struct row *row,
    const unsigned width[COLUMNS])
{
	for (int i = 0; i < COLUMNS; i++) {
		if (row) {
			fill_cell(cell, row, i);
		} else {
			line_drop(cell);
			line_plain(cell, title[i]);
		}
		out_text(out, "| ");
		out_bytes(out, cell->text, cell->len);
		put_blanks(out, width[i] - cell->used + 1, ' ');
	}
	out_text(out, "|\n");
}

/* The real one's table: PrettyTable's, aligned left. */
static void
write_table(struct out *out, const struct list *list)
{
	struct line cell = {0};
	unsigned width[COLUMNS];

	measure(list, &cell, width);
	put_border(out, width);
	put_row(out, &cell, NULL, width);
	put_border(out, width);
	for (const struct row *row = list->rows; row; row = row->next)
		put_row(out, &cell, row, width);
	put_border(out, width);
	if (cell.failed)
		out_fail(out, ENOMEM);
	line_free(&cell);
}

static void
write_json(struct out *out, const struct list *list)
{
	out_char(out, '[');
	for (const struct row *row = list->rows; row; row = row->next) {
		out_text(out, "\n  {\n    \"base_id\": ");
		json_string(out, row->base_id.at, row->base_id.len);
		out_text(out, ",\n    \"timestamp\": ");
		json_string(out, row->timestamp.at, row->timestamp.len);
		out_format(out, ",\n    \"points\": %" PRIu64 "\n  }%s",
		    row->points, row->next ? "," : "");
	}
	out_text(out, list->rows ? "\n]\n" : "]\n");
}

static bool
write_traces(const struct list *list)
{
	struct out out;

	if (!out_open(&out, list->path))
		return complain_output(list->path);
	if (list->json)
		write_json(&out, list);
	else
		write_table(&out, list);
	return out_close(&out) || complain_output(list->path);
}

int
trace_list_command(int argc, char **argv)
{
	struct list list = {.end = NULL};
	const struct argument arguments[] = {
	    {"json", .flag = &list.json},
	    {"out", .text = &list.path},
	    {"connection-string", .text = &list.connection_string},
	    {0},
	};
	int status = read_only_arguments(&usage, arguments, argc, argv);

	if (status >= 0)
		return status;
	list.end = &list.rows;
	progress_init(&list.progress);
	status = read_traces(&list) && write_traces(&list) ? EXIT_GOOD
							   : EXIT_BAD;
	arena_free(&list.arena);
	return status;
}
