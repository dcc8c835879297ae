/*
 * reader.h - from stored JSON back to messages, for every driver.
 *
 * The text of a message is checked whole and then handed on as it is: who
 * prints it may splice it in.  What is none is skipped, by whoever calls.
 */
#ifndef COLLECTORS_READER_H
#define COLLECTORS_READER_H

#include <stdbool.h>

#include "collectors/collector.h"
#include "collectors/json.h"

/*
 * Take a whole message apart, as it stands on a line or in a key.
 *
 * The texts lie in `json`, or in `scratch` (all zero at first, the caller's to
 * json_free(), overwritten by the next call) where they had escapes.  False
 * where it is malformed or without a name, base_id or trace_id.
 */
bool reader_message(
    struct text json, struct json_out *scratch, struct message *ret_message);

/*
 * Take the SQL drivers' payload apart, {"info": ...}: as an object, or encoded
 * once more into a string, as OSProfiler stores it.  Sets `json`, `info` and
 * `host` of the message and leaves the rest alone.
 */
bool reader_payload(
    struct text stored, struct json_out *scratch, struct message *message);

/* Whether a message of that name begins a trace point. */
bool reader_is_start(struct text name);

#endif
