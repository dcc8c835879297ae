/*
 * fail_nth.c - a preload object that makes the n-th fallible call fail.
 *
 * Only calls that come straight from the modules under test are counted: their
 * file names begin with one of the words in FAULT_IN ("libosprof collector-").
 * What a program, its SQLite or libc do of their own is left alone.
 *
 *	FAULT_KIND   memory, file, again or short: a column of the table below
 *	FAULT_AT     which call fails, from 1; 0: none, they are only counted
 *	FAULT_EVER   1: all calls from that one on fail
 *	FAULT_LOG    a file that gets a line for each call that failed, or, with
 *	             FAULT_AT=0, for each that could have
 *
 * A forked child counts on from where its parent was.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum kind { MEMORY, FILES, AGAIN, SHORT, KINDS };

static const char *const kind_name[KINDS] = { "memory", "file", "again",
	"short" };

/*
 * The calls that can fail.
 *   memory  what they fail with when memory or threads run out
 *   file    when a file, a disk or a right is the trouble
 *   again   what a call meets that may be made again
 * 0: not of that kind.  Those that move bytes are cut short by kind `short`.
 */
#define CALLS(CALL)                                                           \
	/*   name              memory  file    again */                       \
	CALL(malloc,           ENOMEM, 0,      0)                             \
	CALL(calloc,           ENOMEM, 0,      0)                             \
	CALL(realloc,          ENOMEM, 0,      0)                             \
	CALL(strdup,           ENOMEM, 0,      0)                             \
	CALL(strndup,          ENOMEM, 0,      0)                             \
	CALL(vasprintf,        ENOMEM, 0,      0)                             \
	CALL(mmap,             ENOMEM, EACCES, EAGAIN)                        \
	CALL(mmap64,           ENOMEM, EACCES, EAGAIN)                        \
	CALL(mremap,           ENOMEM, 0,      0)                             \
	CALL(madvise,          ENOMEM, EINVAL, EAGAIN)                        \
	CALL(dlopen,           ENOMEM, EACCES, 0)                             \
	CALL(dlsym,            0,      ENOENT, 0)                             \
	CALL(opendir,          ENOMEM, EMFILE, 0)                             \
	CALL(pthread_create,   EAGAIN, EPERM,  0)                             \
	CALL(pthread_attr_init, ENOMEM, 0,     0)                             \
	CALL(pthread_key_create, ENOMEM, 0,    EAGAIN)                        \
	CALL(pthread_setspecific, ENOMEM, 0,   0)                             \
	CALL(__register_atfork, ENOMEM, 0,     0)                             \
	CALL(open,             ENOMEM, EMFILE, EINTR)                         \
	CALL(open64,           ENOMEM, EMFILE, EINTR)                         \
	CALL(openat,           ENOMEM, ENOSPC, EINTR)                         \
	CALL(mkostemp,         0,      ENOSPC, EINTR)                         \
	CALL(fopen,            ENOMEM, EMFILE, 0)                             \
	CALL(stat,             ENOMEM, EIO,    0)                             \
	CALL(stat64,           ENOMEM, EIO,    0)                             \
	CALL(lstat,            ENOMEM, EIO,    0)                             \
	CALL(lstat64,          ENOMEM, EIO,    0)                             \
	CALL(fstat,            0,      EIO,    0)                             \
	CALL(fstat64,          0,      EIO,    0)                             \
	CALL(fstatat,          0,      EIO,    0)                             \
	CALL(read,             0,      EIO,    EINTR)                         \
	CALL(pread,            0,      EIO,    EINTR)                         \
	CALL(pread64,          0,      EIO,    EINTR)                         \
	CALL(write,            0,      ENOSPC, EINTR)                         \
	CALL(pwrite64,         0,      ENOSPC, EINTR)                         \
	CALL(ftruncate,        0,      EIO,    EINTR)                         \
	CALL(ftruncate64,      0,      EIO,    EINTR)                         \
	CALL(posix_fallocate,  0,      ENOSPC, EINTR)                         \
	CALL(fdatasync,        0,      EIO,    EINTR)                         \
	CALL(fsync,            0,      EIO,    EINTR)                         \
	CALL(fchmod,           0,      EPERM,  0)                             \
	CALL(flock,            ENOLCK, EIO,    EINTR)                         \
	CALL(fcntl64,          ENOLCK, EIO,    EINTR)                         \
	CALL(mkdir,            ENOMEM, ENOSPC, 0)                             \
	CALL(rename,           ENOMEM, ENOSPC, 0)                             \
	CALL(renameat,         ENOMEM, EIO,    0)                             \
	CALL(unlink,           ENOMEM, EROFS,  0)                             \
	CALL(unlinkat,         ENOMEM, EROFS,  0)                             \
	CALL(readlink,         ENOMEM, EACCES, 0)                             \
	CALL(getcwd,           ENOMEM, ENOENT, 0)                             \
	CALL(gethostname,      0,      EPERM,  0)                             \
	CALL(getrandom,        0,      ENOSYS, EINTR)

enum call {
#define CALL(name, memory, file, again) CALL_##name,
	CALLS(CALL)
#undef CALL
};

static const struct {
	const char *name;
	int error[KINDS];
} calls[] = {
#define CALL(name, memory, file, again) { #name, { memory, file, again, 0 } },
	CALLS(CALL)
#undef CALL
};

static struct {
	atomic_bool ready;
	enum kind kind;
	unsigned long at;
	bool ever;
	const char *in;
	const char *log;
	atomic_ulong count;
} fault;

__attribute__((constructor)) static void
fault_init(void)
{
	const char *kind = getenv("FAULT_KIND"), *at = getenv("FAULT_AT");
	const char *ever = getenv("FAULT_EVER");

	if (!kind || !at)
		return;
	fault.in = getenv("FAULT_IN");
	fault.log = getenv("FAULT_LOG");
	fault.at = strtoul(at, NULL, 10);
	fault.ever = ever && *ever == '1';
	while (fault.kind < KINDS && strcmp(kind_name[fault.kind], kind) != 0)
		fault.kind++;
	atomic_store(&fault.ready, fault.in && fault.kind < KINDS);
}

static bool
is_under_test(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	for (const char *word = fault.in; *word;) {
		size_t len = strcspn(word, " ");

		if (strncmp(name, word, len) == 0)
			return true;
		word += len + strspn(word + len, " ");
	}
	return false;
}

/* What is known of a page of code; modules are never unloaded. */
#define PAGES 4096
static atomic_uintptr_t known[PAGES]; /* its number, and 1: under test */

static bool
from_under_test(const void *from)
{
	uintptr_t page = (uintptr_t)from >> 12, seen;
	Dl_info info;
	bool under_test;

	seen = atomic_load_explicit(
	    &known[page % PAGES], memory_order_relaxed);
	if (seen >> 1 == page)
		return seen & 1;
	under_test = dladdr(from, &info) && info.dli_fname &&
	    is_under_test(info.dli_fname);
	atomic_store_explicit(&known[page % PAGES], page << 1 | under_test,
	    memory_order_relaxed);
	return under_test;
}

static void
tell(enum call call, unsigned long count, const void *from)
{
	char line[256];
	Dl_info info;
	int len, fd;

	if (!fault.log)
		return;
	memset(&info, 0, sizeof(info));
	dladdr(from, &info);
	len = snprintf(line, sizeof(line), "%lu %s from %s+%#lx\n", count,
	    calls[call].name, info.dli_fname ? info.dli_fname : "?",
	    (unsigned long)((const char *)from - (char *)info.dli_fbase));
	fd = (int)syscall(SYS_openat, AT_FDCWD, fault.log,
	    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	syscall(SYS_write, fd, line, (size_t)len);
	syscall(SYS_close, fd);
}

static _Thread_local bool inside __attribute__((tls_model("initial-exec")));

/* Count a call; whether it is the one that fails.  Leaves errno alone. */
static bool
is_due(enum call call, const void *from)
{
	int saved = errno;
	unsigned long count;
	bool due;

	if (inside || !atomic_load_explicit(&fault.ready, memory_order_relaxed))
		return false;
	inside = true;
	due = false;
	if (from_under_test(from)) {
		count = atomic_fetch_add(&fault.count, 1) + 1;
		due = fault.at &&
		    (fault.ever ? count >= fault.at : count == fault.at);
		if (due || !fault.at)
			tell(call, count, from);
	}
	inside = false;
	errno = saved;
	return due;
}

/* Return what the call fails with, or 0: make the real call. */
static int
fault_of(enum call call, const void *from)
{
	int error = fault.kind < KINDS ? calls[call].error[fault.kind] : 0;

	return error && is_due(call, from) ? error : 0;
}

/* Where the real call is.  dlsym() is in the table itself. */
static uintptr_t
real_of(enum call call)
{
	static atomic_uintptr_t real_dlsym;
	uintptr_t at = atomic_load(&real_dlsym);

	if (!at)
		at = (uintptr_t)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
	if (!at)
		at = (uintptr_t)dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.2.5");
	if (!at)
		abort();
	atomic_store(&real_dlsym, at);
	return (uintptr_t)((void *(*)(void *, const char *))at)(
	    RTLD_NEXT, calls[call].name);
}

/*
 * Define a call: it fails by returning `failed`, with errno set.  The label
 * gives a variadic one fixed parameters, which the ABI passes alike.
 */
#define FAULTY(type, name, failed, parameters, ...)                           \
	__attribute__((visibility("default"))) type fault_##name parameters   \
	    __asm__(#name);                                                   \
	type fault_##name parameters                                          \
	{                                                                     \
		static atomic_uintptr_t real;                                 \
		int error = fault_of(                                         \
		    CALL_##name, __builtin_return_address(0));                \
                                                                              \
		if (error) {                                                  \
			errno = error;                                        \
			return failed;                                        \
		}                                                             \
		if (!atomic_load(&real))                                      \
			atomic_store(&real, real_of(CALL_##name));            \
		return ((type(*) parameters)atomic_load(&real))(__VA_ARGS__); \
	}

/* The same for a call that moves `len` bytes and may move half of them. */
#define FAULTY_MOVE(name, parameters, ...)                                    \
	__attribute__((visibility("default"))) ssize_t fault_##name           \
	    parameters __asm__(#name);                                        \
	ssize_t fault_##name parameters                                       \
	{                                                                     \
		static atomic_uintptr_t real;                                 \
		const void *from = __builtin_return_address(0);               \
		int error = fault_of(CALL_##name, from);                      \
                                                                              \
		if (error) {                                                  \
			errno = error;                                        \
			return -1;                                            \
		}                                                             \
		if (!atomic_load(&real))                                      \
			atomic_store(&real, real_of(CALL_##name));            \
		if (fault.kind == SHORT && len > 1 &&                         \
		    is_due(CALL_##name, from))                                \
			len /= 2;                                             \
		return ((ssize_t(*) parameters)atomic_load(&real))(           \
		    __VA_ARGS__);                                             \
	}

/* clang-format off */
FAULTY(void *, malloc, NULL, (size_t size), size)
FAULTY(void *, calloc, NULL, (size_t count, size_t size), count, size)
FAULTY(void *, realloc, NULL, (void *at, size_t size), at, size)
FAULTY(char *, strdup, NULL, (const char *text), text)
FAULTY(char *, strndup, NULL, (const char *text, size_t len), text, len)
FAULTY(int, vasprintf, -1, (char **text, const char *format, va_list list),
    text, format, list)
FAULTY(void *, mmap, MAP_FAILED,
    (void *at, size_t len, int prot, int flags, int fd, off_t offset),
    at, len, prot, flags, fd, offset)
FAULTY(void *, mmap64, MAP_FAILED,
    (void *at, size_t len, int prot, int flags, int fd, off_t offset),
    at, len, prot, flags, fd, offset)
FAULTY(void *, mremap, MAP_FAILED,
    (void *at, size_t len, size_t wanted, int flags, void *to),
    at, len, wanted, flags, to)
FAULTY(int, madvise, -1, (void *at, size_t len, int advice), at, len, advice)
FAULTY(void *, dlopen, NULL, (const char *path, int flags), path, flags)
FAULTY(void *, dlsym, NULL, (void *module, const char *name), module, name)
FAULTY(DIR *, opendir, NULL, (const char *path), path)
FAULTY(int, pthread_create, error, (pthread_t *thread,
    const pthread_attr_t *attributes, void *(*run)(void *), void *arg),
    thread, attributes, run, arg)
FAULTY(int, pthread_attr_init, error, (pthread_attr_t *attributes), attributes)
FAULTY(int, pthread_key_create, error,
    (pthread_key_t *key, void (*end)(void *)), key, end)
FAULTY(int, pthread_setspecific, error, (pthread_key_t key, const void *value),
    key, value)
/* pthread_atfork() is a small static piece that calls this. */
FAULTY(int, __register_atfork, error, (void (*prepare)(void),
    void (*parent)(void), void (*child)(void), void *module),
    prepare, parent, child, module)
FAULTY(int, open, -1, (const char *path, int flags, mode_t mode),
    path, flags, mode)
FAULTY(int, open64, -1, (const char *path, int flags, mode_t mode),
    path, flags, mode)
FAULTY(int, openat, -1, (int dir, const char *path, int flags, mode_t mode),
    dir, path, flags, mode)
FAULTY(int, mkostemp, -1, (char *path, int flags), path, flags)
FAULTY(FILE *, fopen, NULL, (const char *path, const char *mode), path, mode)
FAULTY(int, stat, -1, (const char *path, void *st), path, st)
FAULTY(int, stat64, -1, (const char *path, void *st), path, st)
FAULTY(int, lstat, -1, (const char *path, void *st), path, st)
FAULTY(int, lstat64, -1, (const char *path, void *st), path, st)
FAULTY(int, fstat, -1, (int fd, void *st), fd, st)
FAULTY(int, fstat64, -1, (int fd, void *st), fd, st)
FAULTY(int, fstatat, -1, (int dir, const char *path, void *st, int flags),
    dir, path, st, flags)
FAULTY_MOVE(read, (int fd, void *at, size_t len), fd, at, len)
FAULTY_MOVE(pread, (int fd, void *at, size_t len, off_t from_offset),
    fd, at, len, from_offset)
FAULTY_MOVE(pread64, (int fd, void *at, size_t len, off_t from_offset),
    fd, at, len, from_offset)
FAULTY_MOVE(write, (int fd, const void *at, size_t len), fd, at, len)
FAULTY_MOVE(pwrite64, (int fd, const void *at, size_t len, off_t to_offset),
    fd, at, len, to_offset)
FAULTY(int, ftruncate, -1, (int fd, off_t size), fd, size)
FAULTY(int, ftruncate64, -1, (int fd, off_t size), fd, size)
FAULTY(int, posix_fallocate, error, (int fd, off_t at, off_t len), fd, at, len)
FAULTY(int, fdatasync, -1, (int fd), fd)
FAULTY(int, fsync, -1, (int fd), fd)
FAULTY(int, fchmod, -1, (int fd, mode_t mode), fd, mode)
FAULTY(int, flock, -1, (int fd, int how), fd, how)
FAULTY(int, fcntl64, -1, (int fd, int command, void *arg), fd, command, arg)
FAULTY(int, mkdir, -1, (const char *path, mode_t mode), path, mode)
FAULTY(int, rename, -1, (const char *from, const char *to), from, to)
FAULTY(int, renameat, -1, (int from_dir, const char *from, int to_dir,
    const char *to), from_dir, from, to_dir, to)
FAULTY(int, unlink, -1, (const char *path), path)
FAULTY(int, unlinkat, -1, (int dir, const char *path, int flags),
    dir, path, flags)
FAULTY_MOVE(readlink, (const char *path, char *at, size_t len), path, at, len)
FAULTY(char *, getcwd, NULL, (char *at, size_t len), at, len)
FAULTY(int, gethostname, -1, (char *at, size_t len), at, len)
FAULTY_MOVE(getrandom, (void *at, size_t len, unsigned flags), at, len, flags)
