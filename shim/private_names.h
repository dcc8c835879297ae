/*
 * private_names.h - what libosprof.so exports to its client libraries.
 *
 * libosprof_sqlite.so and its kin share one core in a process, so these have
 * to be seen from outside the library, but they are no program's business:
 * they carry a prefix and the version node OSPROF_PRIVATE.
 */
#ifndef SHIM_PRIVATE_NAMES_H
#define SHIM_PRIVATE_NAMES_H

/* Marks their declarations. */
#define SHIM_EXPORT __attribute__((visibility("default")))

#define decimal_of_double osprof_private_decimal_of_double
#define decimal_of_float osprof_private_decimal_of_float
#define decimal_widen	osprof_private_decimal_widen
#define gate		osprof_private_gate
#define gate_settle	osprof_private_gate_settle
#define handles_search	osprof_private_handles_search
#define handles_add	osprof_private_handles_add
#define handles_count	osprof_private_handles_count
#define hidden_name	osprof_private_hidden_name
#define hidden_params	osprof_private_hidden_params
#define hides_params	osprof_private_hides_params
#define implicit_renew	osprof_private_implicit_renew
#define span_open	osprof_private_span_open
#define span_open_detached osprof_private_span_open_detached
#define span_close	osprof_private_span_close
#define span_detach	osprof_private_span_detach
#define span_ready	osprof_private_span_ready
#define put_cut_text	osprof_private_put_cut_text
#define put_statement	osprof_private_put_statement
#define put_known_statement osprof_private_put_known_statement
#define statement_is_simple osprof_private_statement_is_simple
#define statement_known	osprof_private_statement_known
#define transaction_step	osprof_private_transaction_step
#define transaction_end	osprof_private_transaction_end
#define put_error	osprof_private_put_error
#define statement_shown	osprof_private_statement_shown
#define put_shown_text	osprof_private_put_shown_text
#define error_shown	osprof_private_error_shown
#define error_hidden	osprof_private_error_hidden
#define charset_named	osprof_private_charset_named
#define shim_limits	osprof_private_shim_limits

#endif
