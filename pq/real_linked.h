/*
 * real_linked.h - what real.h means in the libraries that programs link.
 *
 * A name is the function of that name, of the libpq that the program is linked
 * with.  What an older one lacks is referenced weakly: a program that never
 * calls it still links.
 */
#ifndef PQ_REAL_LINKED_H
#define PQ_REAL_LINKED_H

#include "shim/gate.h"

/* Whether a wrapper goes on to the real call at once, and that call. */
#define PASSES gate_shut()
#define PASS(name) name

/*
 * The same in two steps, for calls that programs make all the time: what takes
 * no frame, and what is left to the traced half, which has one.
 */
#define PASSES_AT_ONCE gate_shut()
#define PASSES_LATER(caller) ((void)(caller), false)

/* The real function, where the handler of a signal may be the caller. */
#define HANDLER_REAL(name, ret_passes) (*(ret_passes) = false, name)

#pragma weak PQcancelBlocking
#pragma weak PQcancelErrorMessage
#pragma weak PQcancelFinish
#pragma weak PQcancelPoll
#pragma weak PQcancelStart
#pragma weak PQchangePassword
#pragma weak PQclosePortal
#pragma weak PQclosePrepared
#pragma weak PQenterPipelineMode
#pragma weak PQexitPipelineMode
#pragma weak PQpipelineStatus
#pragma weak PQpipelineSync
#pragma weak PQsendClosePortal
#pragma weak PQsendClosePrepared
#pragma weak PQsendPipelineSync

#endif
