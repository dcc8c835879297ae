/*
 * params.c - a statement's parameters as they stand in a message.
 */
#include "collectors/params.h"

#include "shim/record.h"

/* A number past this makes no list: it may be damage, and nulls take room. */
#define LIST_MAX 65536

#define GAP "null, "

/* One parameter, taken out of the field. */
struct value {
	struct param param;
	const char *at;   /* param.kept bytes */
	const char *name; /* param.name_len bytes */
};

/* Take the parameter at *offset and step over it. */
static bool
value_next(const char *at, size_t len, size_t *offset, struct value *ret_value)
{
	size_t room = len - *offset;
	uint64_t size;

	if (room < sizeof(ret_value->param))
		return false;
	memcpy(&ret_value->param, at + *offset, sizeof(ret_value->param));
	size = sizeof(ret_value->param) + ret_value->param.kept +
	       ret_value->param.name_len;
	if (RECORD_PADDED(size) > room)
		return false;
	ret_value->at = at + *offset + sizeof(ret_value->param);
	ret_value->name = ret_value->at + ret_value->param.kept;
	*offset += RECORD_PADDED(size);
	return true;
}

static bool
value_valid(const struct value *value)
{
	const struct param *param = &value->param;

	if (param->index == 0 || param->type > PARAM_KEYWORD)
		return false;
	if (param->type == PARAM_INT || param->type == PARAM_DOUBLE ||
	    param->type == PARAM_UINT)
		return param->kept == 8;
	return true;
}

bool
params_check(const char *at, size_t len, struct params *ret_params)
{
	struct params params = {.at = at, .len = len};
	struct value value;

	for (size_t offset = 0; offset < len;) {
		if (!value_next(at, len, &offset, &value) ||
		    !value_valid(&value))
			return false;
		if (value.param.name_len > 0 ||
		    value.param.index <= params.last_index ||
		    value.param.index > LIST_MAX)
			params.as_object = true;
		params.last_index = value.param.index;
	}
	*ret_params = params;
	return true;
}

size_t
params_gaps(const struct params *params)
{
	return params->as_object ? 0 : params->last_index * (sizeof(GAP) - 1);
}

static void
put_length(struct json_out *out, uint64_t len)
{
	json_put_literal(out, ", \"length\": ");
	json_put_u64(out, len);
	json_put_raw(out, "}", 1);
}

static void
put_text(struct json_out *out, const struct value *value)
{
	const struct param *param = &value->param;
	bool cut = param->kept < param->len;

	if (cut)
		json_put_literal(out, "{\"text\": ");
	if (param->type == PARAM_TEXT)
		json_put_string(out, value->at, param->kept);
	else
		json_put_string16(
		    out, value->at, param->kept, param->type == PARAM_TEXT16BE);
	if (cut)
		put_length(out, param->len);
}

static void
put_number(struct json_out *out, const struct value *value)
{
	int64_t integer;
	uint64_t natural;
	double real;

	if (value->param.type == PARAM_INT) {
		memcpy(&integer, value->at, sizeof(integer));
		json_put_i64(out, integer);
	} else if (value->param.type == PARAM_UINT) {
		memcpy(&natural, value->at, sizeof(natural));
		json_put_u64(out, natural);
	} else {
		memcpy(&real, value->at, sizeof(real));
		json_put_double(out, real);
	}
}

static void
put_blob(struct json_out *out, const struct value *value)
{
	json_put_literal(out, "{\"blob\": \"");
	json_put_hex(out, value->at, value->param.kept);
	json_put_raw(out, "\"", 1);
	put_length(out, value->param.len);
}

static void
put_zeroblob(struct json_out *out, const struct value *value)
{
	json_put_literal(out, "{\"zeroblob\": ");
	json_put_u64(out, value->param.len);
	json_put_raw(out, "}", 1);
}

static void
put_pointer(struct json_out *out, const struct value *value)
{
	json_put_literal(out, "{\"pointer\": ");
	json_put_string(out, value->at, value->param.kept);
	json_put_raw(out, "}", 1);
}

static void
put_keyword(struct json_out *out, const struct value *value)
{
	json_put_literal(out, "{\"keyword\": ");
	json_put_string(out, value->at, value->param.kept);
	json_put_raw(out, "}", 1);
}

static void
put_array(struct json_out *out, const struct value *value)
{
	json_put_literal(out, "{\"array\": ");
	json_put_string(out, value->at, value->param.kept);
	put_length(out, value->param.len);
}

static void
put_value(struct json_out *out, const struct value *value)
{
	switch ((enum param_type)value->param.type) {
	case PARAM_NULL:
		json_put_literal(out, "null");
		break;
	case PARAM_INT:
	case PARAM_DOUBLE:
	case PARAM_UINT:
		put_number(out, value);
		break;
	case PARAM_TEXT:
	case PARAM_TEXT16LE:
	case PARAM_TEXT16BE:
		put_text(out, value);
		break;
	case PARAM_BLOB:
		put_blob(out, value);
		break;
	case PARAM_ZEROBLOB:
		put_zeroblob(out, value);
		break;
	case PARAM_POINTER:
		put_pointer(out, value);
		break;
	case PARAM_ARRAY:
		put_array(out, value);
		break;
	case PARAM_KEYWORD:
		put_keyword(out, value);
		break;
	case PARAM_HIDDEN:
		json_put_literal(out, "{\"hidden\": true}");
		break;
	}
}

static void
put_key(struct json_out *out, const struct value *value)
{
	if (value->param.name_len > 0) {
		json_put_string(out, value->name, value->param.name_len);
	} else {
		json_put_literal(out, "\"?");
		json_put_u64(out, value->param.index);
		json_put_raw(out, "\"", 1);
	}
	json_put_literal(out, ": ");
}

void
params_put(const struct params *params, struct json_out *out)
{
	uint32_t next = 1;
	struct value value;

	json_put_raw(out, params->as_object ? "{" : "[", 1);
	for (size_t offset = 0; offset < params->len;) {
		if (offset > 0)
			json_put_literal(out, ", ");
		if (!value_next(params->at, params->len, &offset, &value))
			break; /* cannot be: params_check() saw them all */
		if (params->as_object)
			put_key(out, &value);
		else
			for (; next < value.param.index; next++)
				json_put_literal(out, GAP);
		put_value(out, &value);
		next = value.param.index + 1;
	}
	json_put_raw(out, params->as_object ? "}" : "]", 1);
}
