/*
 * sign_engine.h - what the signing plugin, libosprof-sign.so, offers: one
 * object called osprof_sign_engine.
 */
#ifndef SHIM_SIGN_ENGINE_H
#define SHIM_SIGN_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#define SIGN_ENGINE_FILE "libosprof-sign.so"
#define SIGN_ENGINE_SYMBOL "osprof_sign_engine"
#define SIGN_ENGINE_ABI 1u
#define SIGN_MAC_LEN 20

struct sign_engine {
	unsigned abi;

	/* HMAC-SHA1.  From any thread.  False where the library cannot. */
	bool (*hmac)(const char *key, size_t key_len, const char *text,
	    size_t len, unsigned char mac[SIGN_MAC_LEN]);
};

#endif
