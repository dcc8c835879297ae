/*
 * Any bytes, in any mode: redact_has_secret() ends, and a secret that it sees
 * it sees behind another statement, too.
 */
#include "tests/redact/fuzz_input.h"

static const char other[] = "SELECT 1;";
#define OTHER_LEN (sizeof(other) - 1)

static bool
has_secret_behind(const struct input *input)
{
	const size_t len = OTHER_LEN + input->len;
	char *text = malloc(len);
	bool has_secret;

	memcpy(text, other, OTHER_LEN);
	memcpy(text + OTHER_LEN, input->text, input->len);
	has_secret = redact_has_secret(input->mode, text, len);
	free(text);
	return has_secret;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct input input = input_of(data, size);

	if (redact_has_secret(input.mode, input.text, input.len))
		hold(has_secret_behind(&input));
	return 0;
}
