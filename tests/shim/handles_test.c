/*
 * handles_test.c - the table finds what is open, forgets what is not, and
 * grows with the open ones only.
 */
#include "tests/check.h"

#include <pthread.h>
#include <sys/mman.h>

#include "shim/handles.h"

static size_t mapped; /* bytes of all tables and entries */

void *__real_mmap(
    void *at, size_t size, int prot, int flags, int fd, off_t from);
void *__wrap_mmap(
    void *at, size_t size, int prot, int flags, int fd, off_t from);

void *
__wrap_mmap(void *at, size_t size, int prot, int flags, int fd, off_t from)
{
	mapped += size;
	return __real_mmap(at, size, prot, flags, fd, from);
}

struct entry {
	struct handle handle;
	uint64_t value;
};

static const void *
address(size_t i)
{
	return (const void *)(uintptr_t)((i + 1) * 64);
}

static struct entry *
add(struct handles *handles, size_t i)
{
	return (struct entry *)handles_add(handles, address(i));
}

static void
close_handle(struct handles *handles, size_t i)
{
	struct handle *handle = handles_find(handles, address(i));

	if (CHECK(handle))
		atomic_store(&handle->live, HANDLE_DEAD);
}

static void
test_a_million_handles_are_each_found(void)
{
	struct handles handles = {.entry_size = sizeof(struct entry)};
	size_t count = 1000000, right = 0;

	for (size_t i = 0; i < count; i++)
		add(&handles, i)->value = i;

	for (size_t i = 0; i < count; i++)
		right += ((struct entry *)handles_find(&handles, address(i)))
			     ->value == i;
	CHECK_U64(right, count);
	CHECK(!handles_find(&handles, address(count)));
}

static void
test_an_address_that_comes_again_starts_over(void)
{
	struct handles handles = {.entry_size = sizeof(struct entry)};
	struct entry *first = add(&handles, 7), *second;

	first->value = 99;
	second = add(&handles, 7); /* its end was never seen */

	CHECK(second == first);
	CHECK_U64(second->value, 0);
}

static void
test_a_closed_handle_is_not_found(void)
{
	struct handles handles = {.entry_size = sizeof(struct entry)};

	add(&handles, 1);
	close_handle(&handles, 1);

	CHECK(!handles_find(&handles, address(1)));
}

static void
test_handles_opened_and_closed_for_ever_keep_the_table_small(void)
{
	struct handles handles = {.entry_size = sizeof(struct entry)};

	for (size_t i = 0; i < 1000000; i++) {
		add(&handles, i);
		close_handle(&handles, i);
	}

	CHECK(handles_count(&handles) <= 1024);
}

static void
test_new_addresses_for_ever_take_no_more_memory(void)
{
	struct handles handles = {.entry_size = sizeof(struct entry)};
	size_t open = 1500, warm = 20000, before = 0;

	for (size_t i = 0; i < 500000; i++) {
		add(&handles, i);
		if (i >= open)
			close_handle(&handles, i - open);
		if (i == warm)
			before = mapped;
	}

	CHECK_U64(mapped, before);
	CHECK(handles_find(&handles, address(500000 - open)));
}

static struct handles shared = {.entry_size = sizeof(struct entry)};

static void *
use_own_addresses(void *arg)
{
	size_t base = (size_t)(uintptr_t)arg;

	for (size_t i = base; i < base + 20000; i++) {
		add(&shared, i)->value = i;
		if (((struct entry *)handles_find(&shared, address(i)))
			->value != i)
			return NULL;
		if (i % 3)
			close_handle(&shared, i);
	}
	return arg;
}

static void
test_threads_do_not_lose_each_others_handles(void)
{
	pthread_t thread[4];

	for (size_t i = 0; i < 4; i++)
		pthread_create(&thread[i], NULL, use_own_addresses,
		    (void *)(uintptr_t)((i + 1) * 1000000));

	for (size_t i = 0; i < 4; i++) {
		void *done;

		pthread_join(thread[i], &done);
		CHECK(done);
	}
	for (size_t i = 1; i <= 4; i++)
		for (size_t j = i * 1000000; j < i * 1000000 + 20000; j++)
			if (j % 3 == 0)
				CHECK(handles_find(&shared, address(j)));
}

RUN_TESTS(TEST(test_a_million_handles_are_each_found),
    TEST(test_an_address_that_comes_again_starts_over),
    TEST(test_a_closed_handle_is_not_found),
    TEST(test_handles_opened_and_closed_for_ever_keep_the_table_small),
    TEST(test_new_addresses_for_ever_take_no_more_memory),
    TEST(test_threads_do_not_lose_each_others_handles))
