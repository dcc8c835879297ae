/*
 * bind_fuzz.c - whatever is bound, no byte is read that the library would not
 * read, and what is put into the record is well-formed and within its limits.
 *
 * Each value of the program's has memory of its own of exactly its size, so
 * that the address sanitizer sees a byte too many.
 */
#include <stdlib.h>

#include "fake_shim.h"
#include "mysql/bind.h"

#define PARAMS 12
#define ROWS 4
#define ROW_SIZE 200 /* the value, at its end the length and the indicator */
#define LENGTH_AT (ROW_SIZE - 16)
#define INDICATOR_AT (ROW_SIZE - 8)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is left of the fuzzer's bytes; zeros behind them. */
struct input {
	const uint8_t *at;
	size_t left;
};

static uint8_t
byte(struct input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->at++;
}

static void
bytes(struct input *in, void *to, size_t len)
{
	for (size_t i = 0; i < len; i++)
		((uint8_t *)to)[i] = byte(in);
}

/* Memory of the program's; all of it is freed at the end. */
static void *blocks[PARAMS * (3 * ROWS + 5)];
static size_t block_count;

static void *
block(struct input *in, size_t len)
{
	void *at = malloc(len);

	bytes(in, at, len);
	blocks[block_count++] = at;
	return at;
}

/* Bytes of a value that is no text or blob; -1: it is one. */
static int
fixed_size(unsigned type)
{
	switch (type) {
	case 1:
		return 1;
	case 2:
	case 13:
		return 2;
	case 3:
	case 4:
	case 9:
		return 4;
	case 5:
	case 8:
		return 8;
	case 7:
	case 10:
	case 11:
	case 12:
		return sizeof(MYSQL_TIME);
	case 0:
	case 15:
	case 245:
	case 246:
	case 249:
	case 250:
	case 251:
	case 252:
	case 253:
	case 254:
		return -1;
	default:
		return 0;
	}
}

/* A text or blob of its length, or with a NUL at its end. */
static void *
text(struct input *in, signed char indicator, unsigned long *ret_len)
{
	unsigned long len = byte(in);
	char *at;

	if (len == 255)
		len = (unsigned long)-1;
	else if (len == 254)
		len = 1ul << 40; /* refused unread */
	*ret_len = len;
	if (len == (unsigned long)-1 || indicator == INDICATOR_TERMINATED) {
		at = block(in, 20);
		at[19] = '\0';
		return at;
	}
	return block(in, len < 254 ? len : 0);
}

/* A value alone, in the memory of its own. */
static void
make_one(struct input *in, MYSQL_BIND *bind, const struct batch *batch)
{
	int size = fixed_size(bind->buffer_type);
	unsigned long *len = block(in, sizeof(*len));

	bind->is_null = byte(in) % 2 ? block(in, 1) : NULL;
	bind->indicator = (void *)16;
	if (size >= 0) {
		bind->buffer = block(in, (size_t)size);
		bind->length = (void *)16;
		return;
	}
	bind->buffer = text(in, INDICATOR_NONE, len);
	bind->buffer_length = *len;
	bind->length = byte(in) % 2 ? len : NULL;
	/* MySQL does not look for a NUL. */
	if (!batch->mariadb && *len == (unsigned long)-1)
		bind->buffer = block(in, 0);
}

static void
make_columns(struct input *in, MYSQL_BIND *bind, const struct batch *batch)
{
	int size = fixed_size(bind->buffer_type);
	bool number = size > 0 && size <= 8;
	signed char *indicators = block(in, batch->rows);
	unsigned long *lengths = malloc(batch->rows * sizeof(*lengths));
	void **pointers = malloc(batch->rows * sizeof(*pointers));

	blocks[block_count++] = lengths;
	blocks[block_count++] = pointers;
	bind->is_null = (void *)16;
	bind->indicator = byte(in) % 4 ? indicators : NULL;
	bind->length = lengths;
	bind->buffer = pointers;
	if (number)
		bind->buffer = block(in, batch->rows * (size_t)size);
	for (uint32_t row = 0; row < batch->rows; row++) {
		int indicator = bind->indicator ? indicators[row] : 0;

		if (size < 0)
			pointers[row] = text(
			    in, (signed char)indicator, &lengths[row]);
		else
			pointers[row] = block(in, (size_t)size);
		if (indicator > 0 || byte(in) % 8 == 0)
			pointers[row] = indicator > 0 ? (void *)16 : NULL;
	}
}

static void
make_rows(struct input *in, MYSQL_BIND *bind, const struct batch *batch)
{
	int size = fixed_size(bind->buffer_type);
	size_t last = batch->rows - 1;
	/* Nothing is read behind the last row's indicator. */
	char *rows = block(in, last * ROW_SIZE + INDICATOR_AT + 1);

	for (size_t row = 0; row < batch->rows; row++) {
		unsigned long len = byte(in);

		if (len == 255)
			len = (unsigned long)-1;
		else
			len %= LENGTH_AT;
		rows[row * ROW_SIZE + LENGTH_AT - 1] = '\0';
		memcpy(rows + row * ROW_SIZE + LENGTH_AT, &len, sizeof(len));
	}
	bind->buffer = size == 0 ? (void *)16 : rows;
	bind->length = (void *)(rows + LENGTH_AT);
	bind->is_null = (void *)16;
	bind->indicator = byte(in) % 4 ? (signed char *)rows + INDICATOR_AT
				       : NULL;
}

static void
make_bind(struct input *in, MYSQL_BIND *bind, const struct batch *batch)
{
	memset(bind, 0, sizeof(*bind));
	bind->buffer_type = byte(in);
	bind->is_unsigned = byte(in) % 2;
	if (!batch->rows)
		make_one(in, bind, batch);
	else if (batch->row_size)
		make_rows(in, bind, batch);
	else
		make_columns(in, bind, batch);
	if (byte(in) % 8 == 0) {
		bind->buffer = NULL;
		if (!batch->rows && bind->length != (void *)16)
			bind->length = NULL;
	}
}

/* Stop the fuzzer if the field is not what readers take. */
static void
check_params(const char *at, size_t len, struct shim_limits limits)
{
	uint32_t index = 0;
	struct param param;

	while (len) {
		size_t size;

		if (len < sizeof(param))
			abort();
		memcpy(&param, at, sizeof(param));
		size = RECORD_PADDED(
		    sizeof(param) + param.kept + param.name_len);
		if (size > len || param.index <= index ||
		    param.index > limits.max_params ||
		    param.kept > (limits.max_param > MOMENT_MAX
					 ? limits.max_param
					 : MOMENT_MAX) ||
		    param.kept > param.len || param.type > PARAM_KEYWORD)
			abort();
		index = param.index;
		at += size;
		len -= size;
	}
}

static void
put(const struct binds *binds, const struct batch *batch,
    const struct hidden *hidden, size_t room, struct shim_limits limits)
{
	char *record = malloc(room);
	struct fields fields = {.at = record, .end = record + room};
	const char *at = record;

	memset(record, 0, room);
	binds_put(&fields, binds, batch, hidden);
	if (fields.at > fields.end)
		abort();
	while (at < fields.at) {
		struct field head;

		memcpy(&head, at, sizeof(head));
		at += sizeof(head);
		if (head.key == FIELD_PARAMS)
			check_params(at, head.len, limits);
		at += RECORD_PADDED(head.len);
	}
	if (at != fields.at)
		abort();
	free(record);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[PARAMS] = {"a", NULL, "secret", "d"};
	struct input in = {data, size};
	struct shim_limits limits = {byte(&in), byte(&in)};
	struct hidden hidden = {.any = byte(&in) % 4 == 0, .bits = {6}};
	struct batch batch = {.mariadb = byte(&in) % 2};
	MYSQL_BIND array[PARAMS];
	unsigned count = byte(&in) % (PARAMS + 1);
	struct binds binds = {0};
	size_t room;

	shim_set_limits(limits.max_param, limits.max_params);
	if (batch.mariadb)
		batch.rows = byte(&in) % (ROWS + 1);
	if (batch.rows && byte(&in) % 2)
		batch.row_size = ROW_SIZE;
	batch.callback = batch.rows && byte(&in) % 16 == 0;
	for (unsigned i = 0; i < count; i++)
		make_bind(&in, &array[i], &batch);
	binds_take(&binds, array, count, byte(&in) % 2 ? names : NULL);
	for (uint8_t sends = byte(&in) % 4; sends; sends--) {
		size_t len = byte(&in);

		binds_send(&binds, &hidden, byte(&in), block(&in, len), len);
	}
	room = binds_room(&binds, &batch, &hidden);
	put(&binds, &batch, &hidden, room, limits);
	put(&binds, &batch, &hidden, byte(&in), limits);
	binds_executed(&binds);
	binds_free(&binds);
	while (block_count)
		free(blocks[--block_count]);
	return 0;
}
