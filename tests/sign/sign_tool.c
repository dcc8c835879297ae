/*
 * sign_tool.c - signs and checks what osprofiler_test.py sends: a line of
 * texts in hexadecimal, `-` for none; answers with a line.
 */
#include <stdio.h>
#include <string.h>

#include "shim/sign.h"

#define TEXT_MAX 20000

/* Read the next word of the line; NULL for `-`. */
static const char *
word(char **line, char text[TEXT_MAX])
{
	char *at = strtok_r(NULL, " \n", line);
	size_t len = 0;
	unsigned byte;

	if (!at || strcmp(at, "-") == 0)
		return NULL;
	for (; sscanf(at, "%2x", &byte) == 1; at += 2)
		text[len++] = (char)byte;
	text[len] = '\0';
	return text;
}

static void
print_hex(const char *text)
{
	putchar('x');
	for (; *text; text++)
		printf("%02x", (unsigned char)*text);
	putchar(' ');
}

static void
sign(char *line)
{
	static char keys[TEXT_MAX], base_id[TEXT_MAX], parent_id[TEXT_MAX];
	const char *key = word(&line, keys);
	const char *base = word(&line, base_id);
	const char *parent = word(&line, parent_id);
	char info[SIGN_INFO_SIZE], hmac[SIGN_HMAC_LEN + 1];
	char problem[PLUGIN_PROBLEM] = "";

	if (sign_pack(base, parent, info) &&
	    sign_hmac(key, info, hmac, problem))
		printf("%s %s\n", info, hmac);
	else
		printf("refused %s\n", problem);
}

static void
verify(char *line)
{
	static char keys[TEXT_MAX], info[TEXT_MAX], hmac[TEXT_MAX];
	char problem[PLUGIN_PROBLEM];
	struct sign_ids ids;
	enum osprof_error error;

	word(&line, keys);
	word(&line, info);
	word(&line, hmac);
	error = sign_verify(info, hmac, keys, &ids, problem);
	if (error == OSPROF_OK) {
		print_hex(ids.base_id);
		print_hex(ids.parent_id);
		putchar('\n');
	} else {
		puts(error == OSPROF_EINVAL ? "refused" : problem);
	}
}

int
main(void)
{
	static char line[4 * TEXT_MAX];

	while (fgets(line, sizeof(line), stdin)) {
		char *rest, *command = strtok_r(line, " \n", &rest);

		if (command && strcmp(command, "sign") == 0)
			sign(rest);
		else if (command && strcmp(command, "verify") == 0)
			verify(rest);
		fflush(stdout);
	}
	return 0;
}
