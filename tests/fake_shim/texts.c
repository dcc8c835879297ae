/*
 * texts.c - the texts of a point, as the wrappers gave them.
 */
#include "inside.h"

#include <string.h>
#include <strings.h>

#include "shim/hide.h"

static bool
has_credential(const char *sql, size_t len)
{
	return memmem(sql, len, "identified", strlen("identified")) != NULL;
}

bool
put_statement(
    struct fields *fields, struct redact_mode mode, const char *sql, size_t len)
{
	(void)mode;
	if (fake_hides)
		put_text(fields, FIELD_STATEMENT, "hidden", 6);
	else
		put_text(fields, FIELD_STATEMENT, sql, len);
	return has_credential(sql, len);
}

static bool hides[HIDE_PARAMS];

void
shim_hide_param(unsigned index, bool hide)
{
	hides[index - 1] = hide;
}

bool
hides_params(void)
{
	return memchr(hides, true, sizeof(hides)) != NULL;
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
	is.any = hides_params();
	return is;
}

bool
statement_is_simple(const char *sql, size_t len)
{
	return len > 7 && strncasecmp(sql, "select ", 7) == 0 &&
	       !memchr(sql, ';', len);
}

bool
statement_known(struct redact_mode mode, const char *sql, size_t len)
{
	(void)mode;
	return len > 0 && !has_credential(sql, len);
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
	if (!fake_hides && !secret)
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
	return fake_hides ? copy_cut("hidden", 6, out, cap)
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
	size_t len = fake_hides ? 0 : strlen(message);

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

enum redact_charset
charset_named(const char *name)
{
	return strcmp(name, "UTF8") == 0 || strcmp(name, "LATIN1") == 0
		   ? REDACT_CHARSET_PLAIN
		   : REDACT_CHARSET_UNKNOWN;
}
