/*
 * loader.c - a program that loads a module, runs it and unloads it, again and
 * again: loader MODULE TIMES.  It is not linked with SQLite.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
run_once(const char *path, int number)
{
	void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	int (*run)(int);
	void *symbol;
	int result;

	if (!module) {
		fprintf(stderr, "%s\n", dlerror());
		exit(9);
	}
	symbol = dlsym(module, "module_run");
	if (!symbol)
		exit(9);
	memcpy(&run, &symbol, sizeof(run));
	result = run(number);
	dlclose(module);
	return result == number + 1;
}

int
main(int argc, char **argv)
{
	int times = argc > 2 ? atoi(argv[2]) : 0, right = 0;

	for (int i = 0; i < times; i++)
		right += run_once(argv[1], i);
	printf("%d of %d right\n", right, times);
	return right != times;
}
