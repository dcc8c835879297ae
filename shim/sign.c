/*
 * sign.c - signing and checking pairs; the hashing is the plugin's.
 *
 * A key is tried only on text that could be a pair: whoever sends nonsense
 * makes nobody load libcrypto.
 */
#include "shim/sign.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shim/piece.h"
#include "shim/sign_engine.h"

/*
 * The plugin.
 */

static _Atomic(const struct sign_engine *) engine;

static const struct sign_engine *
engine_load(char problem[PLUGIN_PROBLEM])
{
	const struct sign_engine *found = atomic_load(&engine);
	char path[PATH_MAX];

	if (found)
		return found;
	if (!plugin_find(SIGN_ENGINE_FILE, path, problem))
		return NULL;
	found = plugin_open(path, SIGN_ENGINE_SYMBOL, false, problem);
	if (found && found->abi != SIGN_ENGINE_ABI) {
		snprintf(problem, PLUGIN_PROBLEM,
		    "%.300s is of another version of osprof: "
		    "install one version whole",
		    path);
		return NULL;
	}
	atomic_store(&engine, found);
	return found;
}

/* The HMAC as hexadecimal text. */
static bool
hmac_text(struct piece key, const char *info, size_t len,
    char hmac[SIGN_HMAC_LEN + 1], char problem[PLUGIN_PROBLEM])
{
	const struct sign_engine *with = engine_load(problem);
	unsigned char mac[SIGN_MAC_LEN];

	if (!with)
		return false;
	if (!with->hmac(key.at, key.len, info, len, mac)) {
		snprintf(
		    problem, PLUGIN_PROBLEM, "OpenSSL makes no HMAC-SHA1 here");
		return false;
	}
	for (size_t i = 0; i < sizeof(mac); i++)
		snprintf(hmac + 2 * i, 3, "%02x", mac[i]);
	return true;
}

bool
sign_hmac(const char *key, const char *info, char hmac[SIGN_HMAC_LEN + 1],
    char problem[PLUGIN_PROBLEM])
{
	if (!*key) {
		snprintf(problem, PLUGIN_PROBLEM, "the key is empty");
		return false;
	}
	return hmac_text(piece_of(key), info, strlen(info), hmac, problem);
}

/*
 * Keys.
 */

/* Take the next key off a comma list; white space around it is no part. */
static bool
next_key(struct piece *list, struct piece *ret_key)
{
	while (list->len) {
		const char *comma = memchr(list->at, ',', list->len);
		size_t len = comma ? (size_t)(comma - list->at) : list->len;

		*ret_key = piece_strip((struct piece){list->at, len});
		list->at += len + (comma != NULL);
		list->len -= len + (comma != NULL);
		if (ret_key->len)
			return true;
	}
	return false;
}

char *
sign_first_key(const char *keys)
{
	struct piece list = piece_of(keys), key;

	return next_key(&list, &key) ? strndup(key.at, key.len) : NULL;
}

void
sign_key_free(char *key)
{
	if (key)
		explicit_bzero(key, strlen(key));
	free(key);
}

bool
sign_has_key(const char *keys, const char *key)
{
	struct piece list = piece_of(keys), each;

	while (next_key(&list, &each))
		if (piece_is(each, key))
			return true;
	return false;
}

/*
 * Checking.
 */

/* Whether the text could be an HMAC at all. */
static bool
is_hmac(struct piece hmac)
{
	for (size_t i = 0; i < hmac.len; i++) {
		char c = hmac.at[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return hmac.len == SIGN_HMAC_LEN;
}

/* Takes as long wherever the first difference is. */
static bool
is_equal(const char *one, const char *other, size_t len)
{
	volatile unsigned char differ = 0;

	for (size_t i = 0; i < len; i++)
		differ |= (unsigned char)(one[i] ^ other[i]);
	return differ == 0;
}

enum osprof_error
sign_verify(const char *info, const char *hmac, const char *keys,
    struct sign_ids *ret_ids, char problem[PLUGIN_PROBLEM])
{
	struct piece list = piece_of(keys), key;
	struct piece given = piece_strip(piece_of(hmac));
	size_t len = strlen(info);
	char ours[SIGN_HMAC_LEN + 1];

	snprintf(problem, PLUGIN_PROBLEM,
	    "the signature fits none of the keys, or signs no trace");
	if (!len || len > SIGN_INFO_MAX || !is_hmac(given))
		return OSPROF_EINVAL;
	while (next_key(&list, &key)) {
		if (!hmac_text(key, info, len, ours, problem))
			return OSPROF_ENODRIVER;
		if (is_equal(ours, given.at, SIGN_HMAC_LEN))
			return sign_unpack(info, len, ret_ids) ? OSPROF_OK
							       : OSPROF_EINVAL;
	}
	return OSPROF_EINVAL;
}
