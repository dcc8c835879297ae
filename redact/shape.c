/*
 * shape.c - statements of one shape are one text.
 */
#include "redact/shape.h"

/* The fingerprint's version and dialect come before the first item. */
static const struct {
	char text[12];
	size_t len;
} prefixes[] = {
    [REDACT_SQLITE] = {"1 sqlite", 8},
    [REDACT_POSTGRES] = {"1 postgres", 10},
    [REDACT_MYSQL] = {"1 mysql", 7},
};

void
shape_begin(
    struct shape *shape, struct redact_mode mode, char *normal, size_t cap)
{
	shape->hash.streams = false;

	out_begin(&shape->normal, normal, cap);
	shape->blank = shape->sign = shape->waits = false;
	shape->operand = true;
	shape->semicolons = 0;
	shape->fold = FOLD_NONE;
	memcpy(shape->hash.bytes, prefixes[mode.dialect].text,
	    sizeof(prefixes[0].text));
	shape->hash.len = prefixes[mode.dialect].len;
}

/* Tell the hash what it was not told of a list that is none to fold. */
static void
fold_give_up(struct shape *shape)
{
	struct hash *hash = &shape->hash;
	const enum fold fold = shape->fold;

	shape->fold = FOLD_NONE;
	if (fold == FOLD_COMMA || (fold == FOLD_ROW && !shape->first_row))
		hash_byte(hash, ',');
	if (fold != FOLD_LIST && fold != FOLD_ROW)
		return;
	hash_byte(hash, '(');
	for (size_t i = 0; i < shape->values; i++) {
		hash_byte(hash, '?');
		if (i + 1 < shape->values || !shape->value)
			hash_byte(hash, ',');
	}
}

static void
fold_open(struct shape *shape, enum fold fold)
{
	shape->fold = fold;
	shape->values = 0;
	shape->value = false;
	shape->fold_value = out_total(&shape->normal);
}

/* The list is at its end, which is written, and all values. */
static void
fold_close_list(struct shape *shape, char close)
{
	out_rewind(&shape->normal, shape->fold_value);
	out_byte(&shape->normal, '?');
	out_byte(&shape->normal, close);
	shape->fold = FOLD_NONE;
	hash_byte(&shape->hash, '(');
	hash_byte(&shape->hash, '?');
}

static void
fold_close_row(struct shape *shape)
{
	shape->fold = FOLD_ROWS;
	if (!shape->first_row) {
		out_rewind(&shape->normal, shape->fold_mark);
		return;
	}
	hash_byte(&shape->hash, '(');
	for (size_t i = 0; i < shape->values; i++) {
		if (i > 0)
			hash_byte(&shape->hash, ',');
		hash_byte(&shape->hash, '?');
	}
	hash_byte(&shape->hash, ')');
}

static bool
is_value(const struct item *item)
{
	return item->class == TOKEN_STRING || item_is_param(item) ||
	       item_word(item) == W_NULL ||
	       (item->class == TOKEN_OPERATOR && item->len == 1 &&
		   *item->at == '?');
}

/* An item inside a list or a row; false if it makes the list no such. */
static bool
fold_take_inside(struct shape *shape, const struct item *item)
{
	if (is_value(item)) {
		if (shape->value)
			return false;
		shape->value = true;
		shape->values++;
		return true;
	}
	if (item->class == TOKEN_COMMA && shape->value) {
		shape->value = false;
		return true;
	}
	return false;
}

static bool
is_close(const struct item *item)
{
	return item->class == TOKEN_CLOSE ||
	       (item->class == TOKEN_OPERATOR && *item->at == ']');
}

static bool
is_open(const struct item *item)
{
	return item->class == TOKEN_OPEN ||
	       (item->class == TOKEN_OPERATOR && *item->at == '[');
}

/* What the item is to the hash where nothing is folded. */
static void
hash_item(struct shape *shape, const struct item *item)
{
	if (item->class == TOKEN_STRING || item_is_param(item) ||
	    item->class == TOKEN_ILLEGAL)
		hash_byte(&shape->hash, '?');
	else if (item->class == TOKEN_WORD || item->class == TOKEN_VARIABLE)
		hash_word(&shape->hash, item->at, item->len);
	else
		hash_text(&shape->hash, item->at, item->len);
}

/*
 * Fold, when the item stands in the normal form, whose length was `before`;
 * true if the hash need not be told of it.
 */
static bool
fold_take(struct shape *shape, const struct item *item, size_t before)
{
	switch (shape->fold) {
	case FOLD_NONE:
		return false;
	case FOLD_READY:
		shape->fold = FOLD_NONE;
		if (!is_open(item))
			return false;
		shape->first_row = true;
		fold_open(shape, shape->ready);
		return true;
	case FOLD_LIST:
		if (is_close(item) && shape->value) {
			fold_close_list(shape, *item->at);
			return false;
		}
		if (item->class == TOKEN_OPEN && shape->values == 0) {
			hash_byte(&shape->hash, '('); /* IN ((1, 2), (3, 4)) */
			fold_open(shape, FOLD_ROW);
			return true;
		}
		break;
	case FOLD_ROW:
		if (is_close(item) && shape->value) {
			fold_close_row(shape);
			return true;
		}
		break;
	case FOLD_ROWS:
		if (item->class == TOKEN_COMMA) {
			shape->fold_mark = before;
			shape->fold = FOLD_COMMA;
			return true;
		}
		shape->fold = FOLD_NONE;
		return false;
	case FOLD_COMMA:
		if (item->class == TOKEN_OPEN) {
			shape->first_row = false;
			fold_open(shape, FOLD_ROW);
			return true;
		}
		break;
	}
	if ((shape->fold == FOLD_LIST || shape->fold == FOLD_ROW) &&
	    fold_take_inside(shape, item))
		return true;
	fold_give_up(shape);
	return false;
}

void
shape_ready(struct shape *shape, enum word_id id)
{
	shape->ready = id == W_IN || id == W_ARRAY ? FOLD_LIST : FOLD_ROW;
	shape->fold = FOLD_READY;
	shape->waits = true;
}

/* What is hidden is one `?`, and so is a NULL among values that may be folded,
 * since it is one of them to the hash. */
static bool
is_kept(const struct shape *shape, const struct item *item)
{
	if (item_word(item) == W_NULL)
		return (shape->fold != FOLD_LIST && shape->fold != FOLD_ROW) ||
		       shape->value;
	return item->class != TOKEN_STRING && item->class != TOKEN_ILLEGAL &&
	       item->class != TOKEN_TEXT_PARAM;
}

static void
shape_keep(struct shape *shape, const char *at, size_t len)
{
	const bool blank = shape->blank && out_total(&shape->normal) > 0;

	shape->blank = false;
	if (blank && at[-1] == ' ') {
		at--;
		len++;
	} else if (blank) {
		out_byte(&shape->normal, ' ');
	}
	out_keep(&shape->normal, at, len);
}

void
shape_hide(struct shape *shape)
{
	if (shape->blank && out_total(&shape->normal) > 0)
		out_byte(&shape->normal, ' ');
	shape->blank = false;
	out_byte(&shape->normal, '?');
}

static void
normal_put(struct shape *shape, const struct item *item)
{
	if (is_kept(shape, item))
		shape_keep(shape, item->at, item->len);
	else
		shape_hide(shape);
}

/* Statements are told apart, but the last one's end says nothing. */
static bool
take_semicolon(struct shape *shape, const struct item *item)
{
	if (item->class == TOKEN_SEMICOLON) {
		if (shape->semicolons++ == 0)
			shape->semicolon_mark = out_total(&shape->normal);
		if (shape->fold != FOLD_NONE)
			fold_give_up(shape);
		shape->sign = false;
		shape->operand = true;
		normal_put(shape, item);
		return true;
	}
	if (shape->semicolons && shape->semicolon_mark > 0)
		hash_byte(&shape->hash, ';');
	shape->semicolons = 0;
	return false;
}

static bool
is_sign(const struct item *item)
{
	return item->class == TOKEN_OPERATOR && item->len == 1 &&
	       (*item->at == '-' || *item->at == '+');
}

static bool
wants_operand(const struct item *item)
{
	switch (item->class) {
	case TOKEN_OPERATOR:
		return *item->at != ']' && *item->at != '}';
	case TOKEN_COMPARE:
	case TOKEN_COMMA:
	case TOKEN_OPEN:
	case TOKEN_SEMICOLON:
		return true;
	case TOKEN_WORD:
		return word_has(item->word, TRAIT_BEFORE_OPERAND);
	default:
		return false;
	}
}

/* A sign waits: it belongs to a number, or is told of now. */
static void
settle_sign(struct shape *shape, const struct item *item)
{
	if (!shape->sign)
		return;
	shape->sign = false;
	if (item->class == TOKEN_STRING) {
		out_rewind(&shape->normal, shape->sign_mark);
		shape->blank = false;
		return;
	}
	if (shape->fold == FOLD_LIST || shape->fold == FOLD_ROW)
		fold_give_up(shape);
	hash_byte(&shape->hash, shape->sign_byte);
}

/* Whether the item is a sign that is kept waiting. */
static bool
take_sign(struct shape *shape, const struct item *item)
{
	if (!shape->operand || !is_sign(item))
		return false;
	normal_put(shape, item);
	shape->sign = true;
	shape->sign_byte = *item->at;
	shape->sign_mark = out_total(&shape->normal) - 1;
	return true;
}

/* What is no blank. */
static void
take_solid(struct shape *shape, const struct item *item)
{
	const size_t before = out_total(&shape->normal);

	if (take_semicolon(shape, item))
		return;
	settle_sign(shape, item);
	if (take_sign(shape, item))
		return;
	shape->operand = wants_operand(item);
	normal_put(shape, item);
	if (fold_take(shape, item, before))
		return;
	hash_item(shape, item);
	if (word_has(item->word, TRAIT_OPENS_LIST))
		shape_ready(shape, item_word(item));
}

/* Most items of lists: a value behind a comma, or a comma behind a value. */
static bool
take_listed(struct shape *shape, const struct item *item)
{
	const bool value = item->class == TOKEN_STRING;

	if ((shape->fold != FOLD_LIST && shape->fold != FOLD_ROW) ||
	    shape->sign || (!value && item->class != TOKEN_COMMA) ||
	    value == shape->value)
		return false;
	if (value)
		shape_hide(shape);
	else
		shape_keep(shape, item->at, 1);
	shape->values += value;
	shape->value = value;
	shape->operand = !value;
	return true;
}

void
shape_take(struct shape *shape, const struct item *item)
{
	if (item->class == TOKEN_BLANK) {
		shape->blank = true;
		return;
	}
	if (take_listed(shape, item))
		return;
	take_solid(shape, item);
	shape->waits = shape->fold != FOLD_NONE || shape->sign ||
		       shape->semicolons > 0;
}

uint64_t
shape_end(struct shape *shape)
{
	if (shape->sign)
		settle_sign(shape, &(struct item){.class = TOKEN_END});
	if (shape->fold != FOLD_NONE)
		fold_give_up(shape);
	if (shape->semicolons)
		out_rewind(&shape->normal, shape->semicolon_mark);
	return hash_end(&shape->hash);
}
