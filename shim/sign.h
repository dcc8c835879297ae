/*
 * sign.h - OSProfiler's signed trace ids: X-Trace-Info and X-Trace-HMAC.
 *
 * The info is the URL-safe base64 of a JSON object with base_id and parent_id,
 * the HMAC is that text's HMAC-SHA1 in hexadecimal.  It holds no time and no
 * nonce: who has seen a pair can send it again.
 *
 * The hashing is OpenSSL's.  It lies in a plugin that is loaded by the first
 * pair to be signed or checked, so that a program without signed traces never
 * has libcrypto in it for our sake.
 */
#ifndef SHIM_SIGN_H
#define SHIM_SIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "osprof.h"
#include "shim/plugin.h"

/* The longest info that is written, its NUL included: two ids of 255 bytes. */
#define SIGN_INFO_SIZE 4224
/* The longest that is read. */
#define SIGN_INFO_MAX (8 * 1024)
#define SIGN_HMAC_LEN 40

/* Empty: missing, null or another value that is false to Python. */
struct sign_ids {
	char base_id[OSPROF_ID_SIZE];
	char parent_id[OSPROF_ID_SIZE];
};

/*
 * Write the info of these ids, byte for byte as OSProfiler does; parent_id may
 * be NULL.  False if an id has more than 255 bytes.  Bytes that are no UTF-8
 * go as U+FFFD, as they do in messages.
 */
bool sign_pack(
    const char *base_id, const char *parent_id, char info[SIGN_INFO_SIZE]);

/*
 * Write the HMAC of `info`.  False, and why, where the plugin is missing or
 * cannot; so too with an empty key, which signs nothing.
 */
bool sign_hmac(const char *key, const char *info, char hmac[SIGN_HMAC_LEN + 1],
    char problem[PLUGIN_PROBLEM]);

/*
 * Copy the first of a list of keys (hmac_keys), the one that signs what goes
 * out; to be freed with sign_key_free().  NULL where it has none.
 */
char *sign_first_key(const char *keys);
void sign_key_free(char *key);

/* Whether `key` is one of a list. */
bool sign_has_key(const char *keys, const char *key);

/*
 * Check a pair as it was received against a list of keys, in constant time per
 * key; the first that matches counts.
 *
 * OSPROF_EINVAL where none does, or where what was signed is not what
 * OSProfiler's middleware takes: an object with base_id, at will parent_id and
 * hmac_key, and nothing else.  OSPROF_ENODRIVER where the plugin is missing or
 * cannot; `problem` says why.  An id that is an integer comes as its digits; a
 * list, an object, `true` or a fraction is refused.
 */
enum osprof_error sign_verify(const char *info, const char *hmac,
    const char *keys, struct sign_ids *ret_ids, char problem[PLUGIN_PROBLEM]);

/*
 * Read an info whose signature was checked.  For sign_verify() and its tests.
 */
bool sign_unpack(const char *info, size_t len, struct sign_ids *ret_ids);

#endif
