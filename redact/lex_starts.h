/*
 * lex_starts.h - what the first byte of a token says, in each dialect.
 */
#ifndef REDACT_LEX_STARTS_H
#define REDACT_LEX_STARTS_H

#include <stdint.h>

enum start {
	LET, /* a letter, _ or a byte from 80 on: a word */
	PRE, /* a letter that before a quote begins a literal */
	UND, /* _ which may begin the name of a charset before a literal */
	BOM, /* EF, which begins a byte order mark or a word */
	DIG,
	DOL, /* $ of a parameter, a dollar quote or a word */
	SIG, /* : @ # of a parameter */
	QUE, /* ? of a parameter */
	SPC,
	STR, /* ' */
	DBL, /* " */
	TCK, /* backtick */
	BRA, /* [ of a name */
	DSH, /* - -- -> ->> */
	SLA, /* a division or a comment */
	HSH, /* # of a comment */
	DOT, /* a dot or a number */
	COM,
	OPN,
	CLO,
	SEM,
	OPR, /* an operator of one byte */
	CMP, /* = == < <= <> << <=> > >= >> */
	BNG, /* ! of != */
	PIP, /* | || & && */
	STA, /* * which in a comment that is executed may end that */
	COL, /* : :: := */
	RUN, /* the longest run of such bytes is an operator */
	AT,  /* @ of a variable */
	BKS, /* \ of \N */
	NUL, /* ends the text */
	ILL, /* nothing outside quotes */
};

/* clang-format off */
static const uint8_t sqlite_starts[256] = {
	NUL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, SPC, SPC, ILL, SPC, SPC, ILL, ILL, /* 00 */
	ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, /* 10 */
	SPC, BNG, DBL, SIG, DOL, OPR, OPR, STR, OPN, CLO, OPR, OPR, COM, DSH, DOT, SLA, /* 20 */
	DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, SIG, SEM, CMP, CMP, CMP, QUE, /* 30 */
	SIG, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 40 */
	LET, LET, LET, LET, LET, LET, LET, LET, PRE, LET, LET, BRA, ILL, ILL, ILL, LET, /* 50 */
	TCK, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 60 */
	LET, LET, LET, LET, LET, LET, LET, LET, PRE, LET, LET, ILL, PIP, ILL, OPR, ILL, /* 70 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 80 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 90 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* A0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* B0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* C0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* D0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, BOM, /* E0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* F0 */
};

static const uint8_t postgres_starts[256] = {
	ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, SPC, SPC, SPC, SPC, SPC, ILL, ILL, /* 00 */
	ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, /* 10 */
	SPC, RUN, DBL, RUN, DOL, RUN, RUN, STR, OPN, CLO, RUN, RUN, COM, RUN, DOT, RUN, /* 20 */
	DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, COL, SEM, RUN, RUN, RUN, RUN, /* 30 */
	RUN, LET, PRE, LET, LET, PRE, LET, LET, LET, LET, LET, LET, LET, LET, PRE, LET, /* 40 */
	LET, LET, LET, LET, LET, PRE, LET, LET, PRE, LET, LET, OPR, ILL, OPR, RUN, LET, /* 50 */
	RUN, LET, PRE, LET, LET, PRE, LET, LET, LET, LET, LET, LET, LET, LET, PRE, LET, /* 60 */
	LET, LET, LET, LET, LET, PRE, LET, LET, PRE, LET, LET, ILL, RUN, ILL, RUN, ILL, /* 70 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 80 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 90 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* A0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* B0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* C0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* D0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* E0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* F0 */
};

static const uint8_t mysql_starts[256] = {
	ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, SPC, SPC, SPC, SPC, SPC, ILL, ILL, /* 00 */
	ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, ILL, /* 10 */
	SPC, BNG, DBL, HSH, DOL, OPR, PIP, STR, OPN, CLO, STA, OPR, COM, DSH, DOT, SLA, /* 20 */
	DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, DIG, COL, SEM, CMP, CMP, CMP, QUE, /* 30 */
	AT, LET, PRE, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, PRE, LET, /* 40 */
	LET, LET, LET, LET, LET, LET, LET, LET, PRE, LET, LET, ILL, BKS, ILL, OPR, UND, /* 50 */
	TCK, LET, PRE, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, PRE, LET, /* 60 */
	LET, LET, LET, LET, LET, LET, LET, LET, PRE, LET, LET, OPR, PIP, OPR, OPR, ILL, /* 70 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 80 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* 90 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* A0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* B0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* C0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* D0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* E0 */
	LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, LET, /* F0 */
};
/* clang-format on */

#endif
