/*
 * code.h - SQLite's result codes in words.
 */
#ifndef SQLITE_CODE_H
#define SQLITE_CODE_H

/*
 * Return the name of a result code, extended ones by their own ("SQLITE_BUSY_
 * SNAPSHOT"); of one that is not known, its primary code's.  Static.
 */
const char *code_name(int code);

#endif
