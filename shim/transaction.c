/*
 * transaction.c - the point of a transaction.
 */
#include "shim/transaction.h"

#include <string.h>

#include "shim/clock.h"

#define CALL "transaction"

/* Call, ending, three numbers, with their heads. */
#define ROOM 160

/* The statement that is just over has opened it: so it began with that one. */
static void
begin(struct transaction *transaction, const struct transaction_step *step)
{
	struct span *span = &transaction->span;
	struct fields fields;

	*transaction = (struct transaction){.open = true};
	if (!span_open_detached(span, &fields, step->caller, step->implicit,
		ROOM + step->ready_len))
		return;
	put_ready(&fields, step->ready, step->ready_len);
	put_text(&fields, FIELD_CALL, CALL, sizeof(CALL) - 1);
	span_publish(span, &fields, step->begin_ns);
}

static void
end(struct transaction *transaction, const char *ending, uint64_t end_ns)
{
	struct span *span = &transaction->span;
	struct fields fields;

	transaction->open = false;
	if (!span_close(span, &fields, ROOM, end_ns))
		return;
	put_u64(&fields, FIELD_STATEMENTS, transaction->statements);
	put_u64(&fields, FIELD_IDLE, transaction->idle_ns);
	put_u64(&fields, FIELD_ELAPSED, end_ns - span->start_ns);
	if (ending)
		put_text(&fields, FIELD_OUTCOME, ending, strlen(ending));
	span_finish(&fields);
}

void
transaction_step(
    struct transaction *transaction, const struct transaction_step *step)
{
	if (!transaction->open && !step->inside)
		return;
	if (!transaction->open)
		begin(transaction, step);
	else if (step->begin_ns > transaction->last_ns)
		transaction->idle_ns += step->begin_ns - transaction->last_ns;
	transaction->statements++;
	transaction->last_ns = step->end_ns;
	if (!step->inside)
		end(transaction, step->ending, step->end_ns);
}

void
transaction_end(struct transaction *transaction, const char *ending)
{
	if (transaction->open)
		end(transaction, ending, clock_ns());
}
