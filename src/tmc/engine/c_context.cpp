// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/c_handles.hpp"

using namespace tmc::engine;  // NOLINT(google-build-using-namespace): of what the functions without one are made

namespace {

tinymlc_status status_of(Outcome outcome) {
  return outcome == Outcome::kDone ? TINYMLC_OK : failed(TINYMLC_CANCELLED, "the run was cancelled");
}

// Calls `use` with the context, which is idle and stays so.
template <typename Use>
tinymlc_status with_idle(tinymlc_context* context, Use use) {
  if (any_null(context)) return bad_usage(kNull);
  if (!context->context->is_idle()) return failed(TINYMLC_BUSY, "the context runs");
  return use(*context->context);
}

}  // namespace

extern "C" {

tinymlc_status tinymlc_context_create(tinymlc_model* model, tinymlc_context** context) {
  if (any_null(model, context)) return bad_usage(kNull);
  return guarded([&] {
    *context = new tinymlc_context{*model, model->contexts->acquire()};
    return TINYMLC_OK;
  });
}

void tinymlc_context_release(tinymlc_context* context) {
  delete context;
}

const tinymlc_model* tinymlc_context_model(const tinymlc_context* context) {
  return context == nullptr ? nullptr : &context->model;
}

tinymlc_status tinymlc_reset(tinymlc_context* context) {
  return with_idle(context, [](Context& of) {
    of.reset();
    return TINYMLC_OK;
  });
}

void* tinymlc_input(tinymlc_context* context, uint32_t index) {
  if (context == nullptr || index >= context->context->model().inputs().size()) return nullptr;
  return context->context->input(index).data();
}

const void* tinymlc_output(tinymlc_context* context, uint32_t index) {
  if (context == nullptr || index >= context->context->model().outputs().size()) return nullptr;
  return context->context->output(index).data();
}

tinymlc_status tinymlc_bind_input(tinymlc_context* context, uint32_t index, const void* memory, size_t bytes,
                                  int32_t* is_copied) {
  return with_idle(context, [&](Context& of) {
    if (index >= of.model().inputs().size()) return bad_usage(kNoIndex);
    if (memory != nullptr && bytes < of.model().inputs()[index].bytes) return bad_usage("the input takes more bytes");
    // Steps only read it: ports.hpp.
    auto* const begin = static_cast<std::byte*>(const_cast<void*>(memory));
    const bool is_used = of.bind_input(index, begin);
    if (is_copied != nullptr) *is_copied = is_used ? 0 : 1;
    return TINYMLC_OK;
  });
}

tinymlc_status tinymlc_bind_output(tinymlc_context* context, uint32_t index, void* memory, size_t bytes,
                                   int32_t* is_copied) {
  return with_idle(context, [&](Context& of) {
    if (index >= of.model().outputs().size()) return bad_usage(kNoIndex);
    if (memory != nullptr && bytes < of.model().outputs()[index].bytes) return bad_usage("the output has more bytes");
    const bool is_used = of.bind_output(index, static_cast<std::byte*>(memory));
    if (is_copied != nullptr) *is_copied = is_used ? 0 : 1;
    return TINYMLC_OK;
  });
}

void* tinymlc_state(tinymlc_context* context, size_t* bytes) {
  const std::span<std::byte> state = context == nullptr ? std::span<std::byte>() : context->context->state();
  if (bytes != nullptr) *bytes = state.size();
  return state.data();
}

tinymlc_status tinymlc_run(tinymlc_context* context) {
  if (any_null(context)) return bad_usage(kNull);
  Context& of = *context->context;
  if (!of.acquire()) return failed(TINYMLC_BUSY, "the context runs");
  const Outcome outcome = of.run();
  of.release(outcome);
  return status_of(outcome);
}

tinymlc_status tinymlc_pool_create(uint32_t threads, tinymlc_pool** pool) {
  if (any_null(pool)) return bad_usage(kNull);
  if (threads < 1 || threads > 1024) return bad_usage("a pool has 1 to 1024 threads");
  return guarded([&] {
    *pool = new tinymlc_pool(threads);
    return TINYMLC_OK;
  });
}

void tinymlc_pool_release(tinymlc_pool* pool) {
  delete pool;
}

tinymlc_status tinymlc_start(tinymlc_context* context, tinymlc_pool* pool, tinymlc_done done, void* user) {
  if (any_null(context) || any_null(pool)) return bad_usage(kNull);
  if (!context->context->acquire()) return failed(TINYMLC_BUSY, "the context runs");
  pool->pool.start(*context->context, done, user);
  return TINYMLC_OK;
}

tinymlc_status tinymlc_wait(tinymlc_context* context) {
  if (any_null(context)) return bad_usage(kNull);
  return status_of(context->context->wait());
}

int32_t tinymlc_is_done(tinymlc_context* context) {
  return context == nullptr || context->context->is_idle() ? 1 : 0;
}

void tinymlc_cancel(tinymlc_context* context) {
  if (context != nullptr) context->context->cancel();
}

}  // extern "C"
