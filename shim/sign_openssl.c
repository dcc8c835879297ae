/*
 * sign_openssl.c - the signing plugin: HMAC-SHA1 of OpenSSL's EVP_MAC.
 *
 * The traced program may use OpenSSL in its own way.  So this is a copy of
 * libcrypto that nobody else sees, where there is a static one to make it of;
 * it reads no configuration file and leaves nothing to be done at exit.  Where
 * there is none, a library context of our own is as far apart as can be.
 */
#include "shim/sign_engine.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static OSSL_LIB_CTX *library;
static EVP_MAC *algorithm;

static void
fetch(void)
{
#ifdef OSPROF_OWN_LIBCRYPTO
	OPENSSL_init_crypto(
	    OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL);
#endif
	library = OSSL_LIB_CTX_new();
	if (library)
		algorithm = EVP_MAC_fetch(library, "HMAC", NULL);
}

static bool
hmac(const char *key, size_t key_len, const char *text, size_t len,
    unsigned char mac[SIGN_MAC_LEN])
{
	char digest[] = "SHA1";
	const OSSL_PARAM params[] = {
	    OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
	    OSSL_PARAM_construct_end(),
	};
	EVP_MAC_CTX *context = NULL;
	size_t size = 0;
	bool done;

	pthread_once(&once, fetch);
	if (algorithm)
		context = EVP_MAC_CTX_new(algorithm);
	done = context &&
	       EVP_MAC_init(
		   context, (const unsigned char *)key, key_len, params) &&
	       EVP_MAC_update(context, (const unsigned char *)text, len) &&
	       EVP_MAC_final(context, mac, &size, SIGN_MAC_LEN) &&
	       size == SIGN_MAC_LEN;
	EVP_MAC_CTX_free(context);
	return done;
}

extern const struct sign_engine osprof_sign_engine;

__attribute__((visibility("default")))
const struct sign_engine osprof_sign_engine = {
    .abi = SIGN_ENGINE_ABI,
    .hmac = hmac,
};
