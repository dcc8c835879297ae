/*
 * ini_replace.c - the `$name`s in a value, as oslo.config replaces them.
 *
 * Follows ConfigOpts._substitute() and its StrSubWrapper, and the
 * string.Template of Python that they stand on.
 */
#include "shim/ini_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What a value may become by replacing, against `a = $b$b` to the power n. */
#define VALUE_MAX (1024 * 1024)
#define REPLACE_MAX 1000
#define DEPTH_MAX 50

/* What a `$name` turned out to be: known, set in the file, or both. */
struct target {
	const struct ini_option *option;
	const struct entry *entry;
	struct piece group; /* where names in its value are looked up first */
};

/* A value that is being replaced in; `up` waits for it. */
struct frame {
	const struct frame *up;
	const struct target *target;
	unsigned depth;
};

struct search {
	const struct ini *ini;
	ini_find_option *find;
	unsigned replaced;
	struct config_problem *problem;
};

struct buffer {
	char *at;
	size_t len;
	size_t room;
};

static bool
group_known(const struct search *search, struct piece group)
{
	static const struct piece any = {"", 0};

	return !piece_equal(group, ini_default) &&
	       (search->find(group, any) ||
		   ini_find_entry(search->ini, group, any));
}

static bool
find_in_group(const struct search *search, struct piece group,
    struct piece name, struct target *target)
{
	/* Without a group a group's own name comes before an option's. */
	if (name.len == 0 ||
	    (piece_equal(group, ini_default) && group_known(search, name)))
		return false;
	target->group = group;
	target->option = search->find(group, name);
	target->entry = target->option
			    ? ini_find_option_entry(search->ini, target->option)
			    : ini_find_entry(search->ini, group, name);
	return target->option || target->entry;
}

/* StrSubWrapper.__getitem__(): `group.name`, or `name` seen from `group`. */
static bool
find_target(const struct search *search, struct piece group, struct piece key,
    struct target *target)
{
	const char *dot = memchr(key.at, '.', key.len);
	struct piece name = key;

	if (dot) {
		group = (struct piece){key.at, (size_t)(dot - key.at)};
		name.at = dot + 1;
		name.len = key.len - group.len - 1;
		if (!group_known(search, group))
			return false;
	}
	return find_in_group(search, group, name, target) ||
	       find_in_group(search, ini_default, key, target);
}

static bool
append(struct buffer *buffer, const char *at, size_t len)
{
	if (buffer->room - buffer->len < len) {
		size_t room = (buffer->len + len) * 2;
		char *grown = realloc(buffer->at, room);

		if (!grown)
			return false;
		buffer->at = grown;
		buffer->room = room;
	}
	if (len)
		memcpy(buffer->at + buffer->len, at, len);
	buffer->len += len;
	return true;
}

/*
 * Return the bytes of a name's character, or 0.  The class is [_a-z] or
 * [._a-z0-9] without regard to case, which in Python lets in four letters
 * from outside ASCII: dotted I, dotless i, long s and the Kelvin sign.
 */
static size_t
name_char(struct piece text, bool first)
{
	uint32_t code;
	size_t size = utf8_read(text.at, text.len, &code);
	char c = size == 1 ? ascii_lower(*text.at) : 0;

	if (size == 0)
		return 0;
	if (c == '_' || (c >= 'a' && c <= 'z'))
		return 1;
	if (!first && (c == '.' || (c >= '0' && c <= '9')))
		return 1;
	if (code == 0x130 || code == 0x131 || code == 0x17f || code == 0x212a)
		return size;
	return 0;
}

static struct piece
scan_name(struct piece text)
{
	struct piece name = {text.at, 0};
	size_t size;

	while ((size = name_char(text, name.len == 0)) != 0) {
		text.at += size;
		text.len -= size;
		name.len += size;
	}
	return name;
}

/*
 * Read what follows a `$`: returns its bytes, and the name in *ret_name, which
 * is empty for a second `$`.  0: the `$` means itself.
 */
static size_t
scan_placeholder(struct piece text, struct piece *ret_name)
{
	*ret_name = (struct piece){text.at, 0};
	if (text.len == 0)
		return 0;
	if (*text.at == '$')
		return 1;
	if (*text.at != '{') {
		*ret_name = scan_name(text);
		return ret_name->len;
	}
	*ret_name = scan_name((struct piece){text.at + 1, text.len - 1});
	if (ret_name->len == 0 || ret_name->len + 1 == text.len ||
	    ret_name->at[ret_name->len] != '}')
		return 0;
	return ret_name->len + 2;
}

/* What may be told of a value that is in error: what it is called. */
static struct piece
target_name(const struct target *target)
{
	return target->entry ? target->entry->key
			     : piece_of(target->option->name);
}

static enum osprof_error
refuse(const struct search *search, const struct target *target,
    const char *what, const char *remedy)
{
	struct piece name = target_name(target);

	ini_problem(search->problem, target->entry ? target->entry->line : 0,
	    "%.*s: %s%s", name.len < 64 ? (int)name.len : 64, name.at, what,
	    remedy);
	return OSPROF_ECONFIG;
}

/* In a secret value the name may be a piece of the secret: `pa$word`. */
static enum osprof_error
refuse_name(
    const struct search *search, const struct target *target, struct piece name)
{
	char what[80] = "a $name in it";

	if (target->option && !target->option->secret)
		snprintf(what, sizeof(what), "$%.*s",
		    name.len < 64 ? (int)name.len : 64, name.at);
	return refuse(search, target, what,
	    " is no known option; write $$ for a dollar sign");
}

static enum osprof_error evaluate(struct search *search, const struct frame *up,
    const struct target *target, struct buffer *out);

/* Put the value of `target` in the place of a `$name`. */
static enum osprof_error
append_target(struct search *search, const struct frame *frame,
    const struct target *target, struct buffer *out)
{
	struct buffer value = {0};
	char spelled[256];
	enum osprof_error err = evaluate(search, frame, target, &value);

	if (err != OSPROF_OK)
		goto out;
	err = OSPROF_ENOMEM;
	if (!append(&value, "", 1))
		goto out;
	value.len--;
	if (!target->option || !target->option->spell) {
		if (append(out, value.at, value.len))
			err = OSPROF_OK;
		goto out;
	}
	snprintf(spelled, sizeof(spelled), "holds a NUL byte");
	if (strlen(value.at) != value.len ||
	    !target->option->spell(
		target->option, value.at, spelled, sizeof(spelled))) {
		err = refuse(search, target, spelled, "");
		goto out;
	}
	if (append(out, spelled, strlen(spelled)))
		err = OSPROF_OK;
out:
	free(value.at);
	return err;
}

static enum osprof_error
replace_name(struct search *search, const struct frame *frame,
    struct piece name, struct buffer *out)
{
	struct target target;
	enum osprof_error err;

	if (name.len == 0)
		return append(out, "$", 1) ? OSPROF_OK : OSPROF_ENOMEM;
	if (!find_target(search, frame->target->group, name, &target))
		return refuse_name(search, frame->target, name);
	err = append_target(search, frame, &target, out);
	if (err == OSPROF_OK &&
	    (++search->replaced > REPLACE_MAX || out->len > VALUE_MAX))
		return refuse(
		    search, frame->target, "its $names make it too long", "");
	return err;
}

/* string.Template.safe_substitute() */
static enum osprof_error
replace(struct search *search, const struct frame *frame, struct piece text,
    struct buffer *out)
{
	enum osprof_error err = OSPROF_OK;

	while (err == OSPROF_OK && text.len) {
		const char *dollar = memchr(text.at, '$', text.len);
		size_t before = dollar ? (size_t)(dollar - text.at) : text.len;
		struct piece name;
		size_t size;

		if (!append(out, text.at, before))
			return OSPROF_ENOMEM;
		text.at += before;
		text.len -= before;
		if (!dollar)
			break;
		text.at++;
		text.len--;
		size = scan_placeholder(text, &name);
		if (size == 0)
			name.len = 0;
		err = replace_name(search, frame, name, out);
		text.at += size;
		text.len -= size;
	}
	return err;
}

/* oslo.config makes `$$` of every `\$` before it looks for names. */
static bool
append_escaped(struct buffer *out, struct piece text)
{
	bool ok = true;

	for (size_t i = 0; ok && i < text.len; i++) {
		bool escape = text.at[i] == '\\' && i + 1 < text.len &&
			      text.at[i + 1] == '$';

		ok = append(out, escape ? "$" : text.at + i, 1);
	}
	return ok;
}

static bool
is_circular(const struct frame *frame)
{
	for (const struct frame *up = frame->up; up; up = up->up) {
		if (up->target->entry == frame->target->entry)
			return true;
	}
	return frame->depth > DEPTH_MAX;
}

/* Write the value of `target`, replaced, to `out`. */
static enum osprof_error
evaluate(struct search *search, const struct frame *up,
    const struct target *target, struct buffer *out)
{
	struct frame frame = {up, target, up ? up->depth + 1 : 0};
	struct buffer escaped = {0};
	const char *fallback = target->option ? target->option->fallback : NULL;
	enum osprof_error err = OSPROF_ENOMEM;

	if (!target->entry)
		return append(out, fallback, fallback ? strlen(fallback) : 0)
			   ? OSPROF_OK
			   : OSPROF_ENOMEM;
	if (is_circular(&frame))
		return refuse(search, target, "its value refers to itself", "");
	if (append_escaped(&escaped,
		(struct piece){target->entry->value, target->entry->len}))
		err = replace(search, &frame,
		    (struct piece){escaped.at, escaped.len}, out);
	free(escaped.at);
	return err;
}

enum osprof_error
ini_get(const struct ini *ini, const struct ini_option *option,
    ini_find_option *find, char **ret_value, unsigned *ret_line,
    struct config_problem *ret_problem)
{
	struct search search = {ini, find, 0, ret_problem};
	struct target target = {option, ini_find_option_entry(ini, option),
	    piece_of(option->group)};
	struct buffer value = {0};
	enum osprof_error err;

	*ret_value = NULL;
	*ret_line = target.entry ? target.entry->line : 0;
	if (!target.entry && !option->fallback)
		return OSPROF_OK;
	err = evaluate(&search, NULL, &target, &value);
	if (err == OSPROF_OK && !append(&value, "", 1))
		err = OSPROF_ENOMEM;
	if (err == OSPROF_OK && strlen(value.at) + 1 != value.len)
		err = refuse(&search, &target, "its value holds a NUL byte",
		    "; remove it");
	if (err == OSPROF_OK)
		*ret_value = value.at;
	else
		free(value.at);
	return err;
}
