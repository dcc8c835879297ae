/*
 * preloads.h - the preload objects that are installed with this osprof(1), one
 * per client library.
 */
#ifndef CLI_PRELOADS_H
#define CLI_PRELOADS_H

/*
 * Call `each` with the absolute path of every preload object, and with what
 * stands for the library in its name ("sqlite"), in the order of the alphabet.
 * Returns their number; 0 too where their folder cannot be found.
 */
int preloads_each(
    void (*each)(void *arg, const char *path, const char *library), void *arg);

#endif
