/*
 * Any bytes, in any mode: redact_hidden_params() hides each parameter whose
 * name or told column has a pattern, and those of a text that it cannot read;
 * more patterns hide no less.  The text's last line is the patterns.
 */
#include "tests/redact/fuzz_input.h"

#define COUNT 100
#define WORDS ((COUNT + 63) / 64)

static bool
is_hidden(const uint64_t *hidden, unsigned index)
{
	return index > COUNT ||
	       hidden[(index - 1) / 64] >> (index - 1) % 64 & 1;
}

/* The patterns, terminated; the text ends before them. */
static char *
take_patterns(struct input *input)
{
	const char *line = memrchr(input->text, '\n', input->len);
	const char *end = input->text + input->len;

	if (!line)
		return strdup("password, *a*");
	input->len = (size_t)(line - input->text);
	return strndup(line + 1, (size_t)(end - line - 1));
}

static void
hides_what_is_told(
    const struct input *input, const char *patterns, const uint64_t *hidden)
{
	struct redact_param params[COUNT];
	struct redact_analysis a = {
	    .outline = {.params = params, .params_cap = COUNT}};

	redact_analyse(input->mode, input->text, input->len, NULL, 0, &a);
	for (size_t i = 0; i < a.outline.param_count && i < COUNT; i++)
		if (a.lost ||
		    (params[i].column &&
			redact_name_is_hidden(patterns, params[i].column,
			    params[i].column_len)) ||
		    (params[i].name &&
			redact_name_is_hidden(patterns, params[i].name + 1,
			    params[i].name_len - 1)))
			hold(is_hidden(hidden, params[i].index));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = input_of(data, size);
	char *patterns = take_patterns(&input);
	uint64_t hidden[WORDS], all[WORDS], any = 0;
	const bool is_any = redact_hidden_params(
	    input.mode, input.text, input.len, patterns, hidden, COUNT);

	redact_hidden_params(
	    input.mode, input.text, input.len, "*", all, COUNT);
	for (size_t i = 0; i < WORDS; i++) {
		any |= hidden[i];
		hold((hidden[i] & ~all[i]) == 0);
	}
	hold(is_any || any == 0);
	hides_what_is_told(&input, patterns, hidden);
	free(patterns);
	return 0;
}
