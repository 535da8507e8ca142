/* Copyright 2026 The tinymlc authors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What tests/test_engine.py asks of the engine in a process of its own, with every allocation seen:
 *   client run MODEL INPUT OUTPUT RUNS   the first input's bytes to the first output's; ends with 3 where a run, a binding
 *                                        or a reset allocates
 *   client cycles MODEL COUNT            loads, runs and releases so often; prints resident KiB after the first time, a
 *                                        tenth of them and at the end
 *   client hold MODEL                    runs once, says so, and lives until its input ends */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tmc/engine/tinymlc.h"

extern void* __libc_malloc(size_t bytes);
extern void* __libc_calloc(size_t count, size_t bytes);
extern void* __libc_realloc(void* memory, size_t bytes);
extern void* __libc_memalign(size_t alignment, size_t bytes);

static long allocations;

void* malloc(size_t bytes) {
  ++allocations;
  return __libc_malloc(bytes);
}
void* calloc(size_t count, size_t bytes) {
  ++allocations;
  return __libc_calloc(count, bytes);
}
void* realloc(void* memory, size_t bytes) {
  ++allocations;
  return __libc_realloc(memory, bytes);
}
void* aligned_alloc(size_t alignment, size_t bytes) {
  ++allocations;
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void** memory, size_t alignment, size_t bytes) {
  ++allocations;
  *memory = __libc_memalign(alignment, bytes);
  return *memory == NULL;
}

static void check(tinymlc_status status) {
  if (status == TINYMLC_OK) return;
  fprintf(stderr, "%s\n", tinymlc_message());
  exit(1);
}

struct loaded {
  tinymlc_model* model;
  tinymlc_context* context;
  tinymlc_tensor input, output;
};

static struct loaded load(const char* path) {
  struct loaded made;
  check(tinymlc_load(path, 0, &made.model));
  check(tinymlc_context_create(made.model, &made.context));
  check(tinymlc_input_tensor(made.model, 0, &made.input));
  check(tinymlc_output_tensor(made.model, 0, &made.output));
  return made;
}

static void release(struct loaded* made) {
  tinymlc_context_release(made->context);
  tinymlc_release(made->model);
}

static int run(char** arguments) {
  struct loaded made = load(arguments[0]);
  char* input = aligned_alloc(64, (made.input.bytes + 63) / 64 * 64);
  char* output = aligned_alloc(64, (made.output.bytes + 63) / 64 * 64);
  tinymlc_pool* pool;
  check(tinymlc_pool_create(1, &pool));
  FILE* from = fopen(arguments[1], "rb");
  if (from == NULL || fread(input, 1, made.input.bytes, from) != made.input.bytes) return 1;
  const long before = allocations;
  if (before == 0) return 4; /* allocations are not seen */
  for (int i = 0; i < atoi(arguments[3]); ++i) {
    const char* memory = i % 2 == 0 ? input : NULL;
    check(tinymlc_bind_input(made.context, 0, memory, made.input.bytes, NULL));
    check(tinymlc_bind_output(made.context, 0, i % 2 == 0 ? output : NULL, made.output.bytes, NULL));
    if (memory == NULL) memcpy(tinymlc_input(made.context, 0), input, made.input.bytes);
    check(tinymlc_reset(made.context));
    if (i % 3 == 0) {
      check(tinymlc_start(made.context, pool, NULL, NULL));
      check(tinymlc_wait(made.context));
    } else {
      check(tinymlc_run(made.context));
    }
    if (tinymlc_input(made.context, 99) != NULL || tinymlc_run(NULL) != TINYMLC_BAD_USAGE) return 1;
  }
  if (allocations != before) return fprintf(stderr, "%ld allocations\n", allocations - before), 3;
  FILE* to = fopen(arguments[2], "wb");
  if (to == NULL || fwrite(tinymlc_output(made.context, 0), 1, made.output.bytes, to) != made.output.bytes) return 1;
  fclose(to);
  tinymlc_pool_release(pool);
  release(&made);
  return 0;
}

static long resident_kib(void) {
  long pages = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (file == NULL || fscanf(file, "%*d %ld", &pages) != 1) exit(1);
  fclose(file);
  return pages * 4;
}

static int cycles(char** arguments) {
  const int count = atoi(arguments[1]);
  for (int i = 0; i < count; ++i) {
    struct loaded made = load(arguments[0]);
    memset(tinymlc_input(made.context, 0), 0, made.input.bytes);
    check(tinymlc_run(made.context));
    release(&made);
    if (i == 0 || i == count / 10 || i == count - 1) printf("%ld\n", resident_kib());
  }
  return 0;
}

static int hold(char** arguments) {
  struct loaded made = load(arguments[0]);
  memset(tinymlc_input(made.context, 0), 0, made.input.bytes);
  check(tinymlc_run(made.context));
  printf("ran\n");
  fflush(stdout);
  while (getchar() != EOF) {
  }
  release(&made);
  return 0;
}

int main(int argc, char** argv) {
  if (argc == 6 && strcmp(argv[1], "run") == 0) return run(argv + 2);
  if (argc == 4 && strcmp(argv[1], "cycles") == 0) return cycles(argv + 2);
  if (argc == 3 && strcmp(argv[1], "hold") == 0) return hold(argv + 2);
  return 2;
}
