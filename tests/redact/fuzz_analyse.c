/*
 * Any bytes, in any mode: redact_analyse() redacts as redact_sql_mode() does,
 * whatever room it is given; its normal form, summary and tables are of what
 * the redacted text shows, and what it points to lies in the text.
 */
#include "tests/redact/fuzz_input.h"

struct result {
	char *out, *normal;
	size_t len, room;
	char summary[300], tables[256];
	struct redact_param params[8];
	struct redact_analysis analysis;
};

/* With little room or much, by the text's last byte. */
static void
analyse(const struct input *input, struct result *r)
{
	const size_t last = input->len ? (uint8_t)input->text[input->len - 1]
				       : 0;

	r->room = last < 128 ? input->len : last % (input->len + 1);
	r->out = malloc(input->len + 1);
	r->normal = malloc(r->room + 1);
	r->analysis = (struct redact_analysis){
	    .normal = r->normal,
	    .normal_cap = r->room,
	    .outline = {.summary = r->summary,
		.summary_cap = last < 128 ? sizeof(r->summary) : last,
		.tables = r->tables,
		.tables_cap = last < 128 ? sizeof(r->tables) : last,
		.params = r->params,
		.params_cap = last % 9},
	};
	r->len = redact_analyse(input->mode, input->text, input->len, r->out,
	    input->len, &r->analysis);
}

static void
redacts_likewise(const struct input *input, const struct result *r)
{
	char *out = malloc(input->len + 1);

	hold(redact_sql_mode(input->mode, input->text, input->len, out,
		 input->len) == r->len);
	hold(memcmp(out, r->out, r->len) == 0);
	free(out);
}

static void
tells_what_is_shown(const struct result *r)
{
	const struct redact_outline *o = &r->analysis.outline;
	const char *table = r->tables;

	hold(r->analysis.normal_len <= r->len);
	if (r->analysis.normal_len <= r->room)
		hold(is_some_of(
		    r->normal, r->analysis.normal_len, r->out, r->len));
	hold(o->summary_len <= 255 && o->summary_len <= o->summary_cap);
	hold(is_some_of(r->summary, o->summary_len, r->out, r->len));
	hold(o->tables_len <= o->tables_cap);
	for (size_t i = 0; i < o->table_count; i++) {
		hold(is_some_of(table, strlen(table), r->out, r->len));
		table += strlen(table) + 1;
	}
	hold(table == r->tables + o->tables_len);
}

static void
lies_in(const struct input *input, const char *at, size_t len)
{
	hold(
	    !at || (at >= input->text && at + len <= input->text + input->len));
}

static void
points_into_the_text(const struct input *input, const struct result *r)
{
	const struct redact_outline *o = &r->analysis.outline;

	lies_in(input, o->operation, o->operation_len);
	for (size_t i = 0; i < o->param_count && i < o->params_cap; i++) {
		lies_in(input, r->params[i].column, r->params[i].column_len);
		lies_in(input, r->params[i].name, r->params[i].name_len);
		hold(r->params[i].index > 0);
		hold(is_some_of(r->params[i].column, r->params[i].column_len,
		    r->out, r->len));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct input input = input_of(data, size);
	struct result r;

	analyse(&input, &r);
	redacts_likewise(&input, &r);
	tells_what_is_shown(&r);
	points_into_the_text(&input, &r);
	free(r.out);
	free(r.normal);
	return 0;
}
