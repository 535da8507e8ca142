/* Copyright 2026 The tinymlc authors.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef TINYMLC_H
#define TINYMLC_H

/* Runs model images (docs/model-image.md) in a process: the engine's C interface, which engine.hpp wraps for C++.
 *
 *   tinymlc_model* model;
 *   tinymlc_context* context;
 *   if (tinymlc_load("model.tmci", 0, &model) != TINYMLC_OK) puts(tinymlc_message());
 *   tinymlc_context_create(model, &context);
 *   memcpy(tinymlc_input(context, 0), samples, bytes);
 *   tinymlc_run(context);
 *   memcpy(scores, tinymlc_output(context, 0), bytes);
 *
 * Memory. A model is its file, mapped read-only and shared with other processes, and tables as large as the file's; its
 * constants are read where they lie. A context is an arena. All is allocated by load, create and pool_create, and for
 * as long as it is called by metrics_text; nothing else here allocates. The model keeps what contexts had that were
 * released, for the next that are created, until tinymlc_trim gives it back to the system or the model is released.
 *
 * Threads. A model may be used by any thread at any time. A context is one caller's: its functions are called by one
 * thread at a time, but for tinymlc_cancel, which any thread may call while the context lives. Contexts of one model
 * run side by side. A pool may be used by any thread at any time. tinymlc_message is the calling thread's.
 *
 * The interface is stable: functions and members are added behind those that there are, and structs that the caller has
 * begin with their size. Nothing throws. */

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define TINYMLC_API __attribute__((visibility("default")))
#else
#define TINYMLC_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define TINYMLC_ABI 1

typedef struct tinymlc_model tinymlc_model;
typedef struct tinymlc_context tinymlc_context;
typedef struct tinymlc_pool tinymlc_pool;

typedef enum tinymlc_status {
  TINYMLC_OK = 0,
  TINYMLC_BAD_USAGE = 1,   /* a null pointer, an index or a size that is none */
  TINYMLC_NOT_FOUND = 2,   /* a file or a name */
  TINYMLC_IO = 3,          /* the file cannot be mapped */
  TINYMLC_MALFORMED = 4,   /* no image, or one that does not hold what a run relies on */
  TINYMLC_UNSUPPORTED = 5, /* it names a kernel that is not here, or one whose constants nobody can check */
  TINYMLC_NO_MEMORY = 6,
  TINYMLC_BUSY = 7,      /* the context runs, or waits for its turn */
  TINYMLC_CANCELLED = 8, /* outputs and state are what the steps that ran have made of them */
  TINYMLC_INTERNAL = 9
} tinymlc_status;

/* What the last call of this thread that failed says, for people; never null, valid until the next one fails. */
TINYMLC_API const char* tinymlc_message(void);

/* ABI of the library that is linked or loaded. */
TINYMLC_API uint32_t tinymlc_abi(void);

/* Models */

#define TINYMLC_CHECK_HASH 1u /* compare the constants with the image's SHA-256: reads all of them */
/* The image is the caller's own: sizes of constants in a form that nobody but their kernel knows, and values in them
 * that say where to read, are believed. Without it such kernels are refused. */
#define TINYMLC_TRUSTED 2u

/* Header, tables and every record are checked always, and that no step reaches past its operands. While it is mapped
 * the file may be replaced under its name, and is not written or cut in its place. */
TINYMLC_API tinymlc_status tinymlc_load(const char* path, uint32_t flags, tinymlc_model** model);
/* The same of bytes at a multiple of 64 that the caller keeps until the model and its contexts are released. */
TINYMLC_API tinymlc_status tinymlc_load_bytes(const void* bytes, size_t size, uint32_t flags, tinymlc_model** model);
/* Contexts keep what they need of it. Null: nothing. */
TINYMLC_API void tinymlc_release(tinymlc_model* model);

/* The values are those of images (src/tmc/base/dtype.hpp). */
typedef enum tinymlc_dtype {
  TINYMLC_F32 = 0,
  TINYMLC_F16 = 1,
  TINYMLC_BF16 = 2,
  TINYMLC_F64 = 3,
  TINYMLC_I8 = 4,
  TINYMLC_U8 = 5,
  TINYMLC_I16 = 6,
  TINYMLC_U16 = 7,
  TINYMLC_I32 = 8,
  TINYMLC_U32 = 9,
  TINYMLC_I64 = 10,
  TINYMLC_U64 = 11,
  TINYMLC_BOOL = 12
} tinymlc_dtype;

/* A number is scale * (integer - zero_point). */
typedef struct tinymlc_scale {
  float scale;
  int32_t zero_point;
} tinymlc_scale;

/* Pointers live as long as the model or a context of it. */
typedef struct tinymlc_tensor {
  const char* name;
  const char* channels_last_of; /* the model's own name, where this is that tensor with its channels last; or null */
  tinymlc_dtype dtype;
  uint32_t rank;
  const int32_t* shape;
  uint64_t bytes;
  const tinymlc_scale* scales; /* null: not quantised */
  uint32_t scale_count;
  int32_t scale_axis; /* -1: one for all */
} tinymlc_tensor;

/* A constant in the form that its kernel wants it in. */
typedef struct tinymlc_weight {
  const char* name;
  tinymlc_dtype dtype;
  uint64_t bytes;
  const void* data; /* at a multiple of 16, in the image; read-only */
  int32_t is_table; /* of a function, not of the model's weights */
} tinymlc_weight;

typedef struct tinymlc_info {
  size_t struct_bytes; /* by the caller: sizeof(tinymlc_info) */
  const char* name;
  const char* target;
  uint32_t inputs, outputs, weights, steps;
  uint64_t image_bytes, weight_bytes, arena_bytes, state_bytes;
} tinymlc_info;

TINYMLC_API tinymlc_status tinymlc_model_info(const tinymlc_model* model, tinymlc_info* info);
TINYMLC_API tinymlc_status tinymlc_input_tensor(const tinymlc_model* model, uint32_t index, tinymlc_tensor* tensor);
TINYMLC_API tinymlc_status tinymlc_output_tensor(const tinymlc_model* model, uint32_t index, tinymlc_tensor* tensor);
TINYMLC_API tinymlc_status tinymlc_weight_at(const tinymlc_model* model, uint32_t index, tinymlc_weight* weight);
TINYMLC_API tinymlc_status tinymlc_find_weight(const tinymlc_model* model, const char* name, tinymlc_weight* weight);

#define TINYMLC_TIME_BUCKETS 32
/* Of all contexts of the model, since it was loaded. */
typedef struct tinymlc_metrics {
  size_t struct_bytes;      /* by the caller: sizeof(tinymlc_metrics) */
  uint64_t bytes_allocated; /* by contexts, in sum */
  uint64_t bytes_live;      /* of contexts that there are */
  uint64_t bytes_peak;      /* the most that bytes_live was */
  uint64_t contexts_live;
  uint64_t runs; /* that came to their end */
  uint64_t cancelled;
  uint64_t nanoseconds;                 /* of these runs, in sum */
  uint64_t times[TINYMLC_TIME_BUCKETS]; /* runs of less than 2^i microseconds, and no fewer than half of that */
  uint64_t bytes_retained;              /* had of the system, by contexts that there are and that were released */
  uint64_t bytes_returned;              /* given back to the system by tinymlc_trim, in sum */
} tinymlc_metrics;
TINYMLC_API tinymlc_status tinymlc_model_metrics(const tinymlc_model* model, tinymlc_metrics* metrics);

/* What all models of this process count, those that were released included, in Prometheus' text form (exposition format
 * 0.0.4), by the models' names: models of one name are one. `*bytes` becomes how many bytes that takes without the null
 * behind it. `text` null, `capacity` 0: nothing is written; TINYMLC_BAD_USAGE: nor where it has no room. Stops no run.
 */
TINYMLC_API tinymlc_status tinymlc_metrics_text(char* text, size_t capacity, size_t* bytes);

/* Gives the memory of contexts that were released that long ago or longer back to the system, to be called now and
 * then.
 * `*bytes`, where not null, becomes how much. */
TINYMLC_API tinymlc_status tinymlc_trim(tinymlc_model* model, uint64_t idle_nanoseconds, uint64_t* bytes);

/* Contexts */

/* A run's memory: an arena at a multiple of 64, zeros, and the model's state as it begins. */
TINYMLC_API tinymlc_status tinymlc_context_create(tinymlc_model* model, tinymlc_context** context);
/* Waits for a run that was started. Null: nothing. */
TINYMLC_API void tinymlc_context_release(tinymlc_context* context);
/* Its model, to be asked about tensors and weights; as long as the context lives, and not to be released. */
TINYMLC_API const tinymlc_model* tinymlc_context_model(const tinymlc_context* context);
/* The state becomes what it was before the first run: for each request that has nothing to do with the one before. */
TINYMLC_API tinymlc_status tinymlc_reset(tinymlc_context* context);

/* Where an input is written before a run and an output read after it: in the arena, or in the memory that was bound.
 * A run may overwrite an input that is not bound. Null: no such index. */
TINYMLC_API void* tinymlc_input(tinymlc_context* context, uint32_t index);
TINYMLC_API const void* tinymlc_output(tinymlc_context* context, uint32_t index);

/* Runs read the input at `memory`, until another is bound; `memory` null: in the arena again. `bytes` are at least the
 * tensor's. `*is_copied`, where not null, becomes 0 where kernels use the memory itself: it begins at a multiple of 16,
 * and no step writes to the tensor's buffer or keeps another tensor there. Else each run copies the input at its begin,
 * or the output at its end. An input's memory is only read. Memory of inputs and of outputs does not overlap. */
TINYMLC_API tinymlc_status tinymlc_bind_input(tinymlc_context* context, uint32_t index, const void* memory,
                                              size_t bytes, int32_t* is_copied);
TINYMLC_API tinymlc_status tinymlc_bind_output(tinymlc_context* context, uint32_t index, void* memory, size_t bytes,
                                               int32_t* is_copied);

/* The bytes that last from one run to the next, for saving and restoring; `*bytes` may be 0. */
TINYMLC_API void* tinymlc_state(tinymlc_context* context, size_t* bytes);

/* On the calling thread. */
TINYMLC_API tinymlc_status tinymlc_run(tinymlc_context* context);

/* Runs on other threads */

/* Threads that take the runs that were started, in their order. */
TINYMLC_API tinymlc_status tinymlc_pool_create(uint32_t threads, tinymlc_pool** pool);
/* Waits for runs that are under way; those that wait for their turn are cancelled. Null: nothing. */
TINYMLC_API void tinymlc_pool_release(tinymlc_pool* pool);

/* Called on a thread of the pool when the run is done, before tinymlc_wait returns; calls no function of the context.
 */
typedef void (*tinymlc_done)(void* user, tinymlc_status status);

/* Hands a run to the pool, which lives until it is done. `done` may be null. Until the run is done the context takes
 * nothing but tinymlc_wait and tinymlc_cancel. */
TINYMLC_API tinymlc_status tinymlc_start(tinymlc_context* context, tinymlc_pool* pool, tinymlc_done done, void* user);
/* Returns when the run that was started is done, with its status. */
TINYMLC_API tinymlc_status tinymlc_wait(tinymlc_context* context);
/* 1: the run that was started is done, or none was. */
TINYMLC_API int32_t tinymlc_is_done(tinymlc_context* context);
/* The run under way, or that waits for its turn, ends before its next step with TINYMLC_CANCELLED; it may be done
 * before that is seen. Nothing where none is. */
TINYMLC_API void tinymlc_cancel(tinymlc_context* context);

#ifdef __cplusplus
}
#endif

#endif /* TINYMLC_H */
