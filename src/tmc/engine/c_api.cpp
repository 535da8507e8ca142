// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>
#include <system_error>

#include "tmc/engine/pool.hpp"
#include "tmc/engine/tinymlc.h"

using tmc::engine::Context;
using tmc::engine::LoadOptions;
using tmc::engine::Model;
using tmc::engine::Outcome;
using tmc::engine::Pool;
using tmc::engine::Port;
using tmc::engine::Trust;

struct tinymlc_model {
  std::shared_ptr<const Model> model;
};
struct tinymlc_context {
  tinymlc_model model;
  std::unique_ptr<Context> context;
};
struct tinymlc_pool {
  explicit tinymlc_pool(uint32_t threads) : pool(threads) {}
  Pool pool;
};

namespace {

// Of the thread; without the heap, so that a run that is refused allocates nothing either.
thread_local char last_message[512] = "";

tinymlc_status failed(tinymlc_status status, std::string_view message) {
  const size_t bytes = std::min(message.size(), sizeof(last_message) - 1);
  std::memcpy(last_message, message.data(), bytes);
  last_message[bytes] = 0;
  return status;
}

tinymlc_status code_of(tmc::Error error) {
  switch (error) {
    case tmc::Error::kOk:
      return TINYMLC_OK;
    case tmc::Error::kNotFound:
      return TINYMLC_NOT_FOUND;
    case tmc::Error::kIo:
      return TINYMLC_IO;
    case tmc::Error::kMalformed:
      return TINYMLC_MALFORMED;
    case tmc::Error::kUnsupportedOp:
      return TINYMLC_UNSUPPORTED;
    case tmc::Error::kDoesNotFit:
      return TINYMLC_NO_MEMORY;
    default:
      return TINYMLC_INTERNAL;
  }
}

tinymlc_status failed(const tmc::Status& status) {
  return failed(code_of(status.code()), status.text());
}

// What a call does that may allocate.
template <typename Call>
tinymlc_status guarded(Call call) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return failed(TINYMLC_NO_MEMORY, "there is no memory for this");
  } catch (const std::system_error&) {
    return failed(TINYMLC_NO_MEMORY, "there are no threads for this");
  } catch (...) {
    return failed(TINYMLC_INTERNAL, "something was thrown");
  }
}

tinymlc_status bad_usage(const char* what) {
  return failed(TINYMLC_BAD_USAGE, what);
}

template <typename... Pointers>
bool any_null(Pointers*... pointers) {
  return ((pointers == nullptr) || ...);
}

constexpr const char* kNull = "a pointer is null";
constexpr const char* kNoIndex = "there is nothing of this index";

LoadOptions options_of(uint32_t flags) {
  return {(flags & TINYMLC_CHECK_HASH) != 0, (flags & TINYMLC_TRUSTED) != 0 ? Trust::kConstants : Trust::kNone};
}

tinymlc_status handed_over(tmc::Result<std::shared_ptr<const Model>> loaded, tinymlc_model** model) {
  if (!loaded.ok()) return failed(loaded.status());
  *model = new tinymlc_model{std::move(*loaded)};
  return TINYMLC_OK;
}

// The members that the caller's struct has.
template <typename Struct>
tinymlc_status copy_known(const Struct& from, Struct* to) {
  const size_t bytes = to->struct_bytes;
  if (bytes < sizeof(size_t)) return bad_usage("struct_bytes says less than itself takes");
  std::memcpy(to, &from, std::min(bytes, sizeof(Struct)));
  to->struct_bytes = bytes;
  return TINYMLC_OK;
}

tinymlc_status describe(const tinymlc_model* model, std::span<const Port> ports, uint32_t index,
                        tinymlc_tensor* tensor) {
  if (index >= ports.size()) return bad_usage(kNoIndex);
  const tmc::image::Image& image = model->model->image();
  const tmc::image::Tensor& record = *ports[index].tensor;
  static_assert(sizeof(tinymlc_scale) == sizeof(tmc::image::Scale));
  const auto* scales = reinterpret_cast<const tinymlc_scale*>(image.scales().first + record.first_scale);
  *tensor = {
      .name = image.name(record.name),
      .channels_last_of =
          record.channels_last_of == tmc::image::kAbsent ? nullptr : image.name(record.channels_last_of),
      .dtype = static_cast<tinymlc_dtype>(record.dtype),
      .rank = record.rank,
      .shape = ports[index].shape.data(),
      .bytes = ports[index].bytes,
      .scales = record.scales == 0 ? nullptr : scales,
      .scale_count = record.scales,
      .scale_axis = record.axis,
  };
  return TINYMLC_OK;
}

void describe(const tmc::image::Image& image, uint32_t index, tinymlc_weight* weight) {
  const tmc::image::Constant& constant = image.constants()[index];
  *weight = {image.name(constant.name), static_cast<tinymlc_dtype>(constant.dtype), constant.bytes,
             image.constant(index), constant.is_table};
}

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

const char* tinymlc_message(void) {
  return last_message;
}

uint32_t tinymlc_abi(void) {
  return TINYMLC_ABI;
}

tinymlc_status tinymlc_load(const char* path, uint32_t flags, tinymlc_model** model) {
  if (any_null(path, model)) return bad_usage(kNull);
  return guarded([&] { return handed_over(Model::load(path, options_of(flags)), model); });
}

tinymlc_status tinymlc_load_bytes(const void* bytes, size_t size, uint32_t flags, tinymlc_model** model) {
  if (any_null(static_cast<const char*>(bytes), model)) return bad_usage(kNull);
  return guarded([&] {
    return handed_over(Model::from_bytes({static_cast<const std::byte*>(bytes), size}, options_of(flags)), model);
  });
}

void tinymlc_release(tinymlc_model* model) {
  delete model;
}

tinymlc_status tinymlc_model_info(const tinymlc_model* model, tinymlc_info* info) {
  if (any_null(model, info)) return bad_usage(kNull);
  const Model& of = *model->model;
  const tmc::image::Image& image = of.image();
  const tmc::image::Header& header = image.header();
  const bool has_state = header.state_buffer != tmc::image::kAbsent;
  return copy_known({.struct_bytes = 0,
                     .name = image.name(header.model_name),
                     .target = image.name(header.target_name),
                     .inputs = image.inputs().count,
                     .outputs = image.outputs().count,
                     .weights = image.constants().count,
                     .steps = image.steps().count,
                     .image_bytes = header.file_bytes,
                     .weight_bytes = image.constants_bytes(),
                     .arena_bytes = of.arena_bytes(),
                     .state_bytes = has_state ? image.buffers()[header.state_buffer].bytes : 0},
                    info);
}

tinymlc_status tinymlc_input_tensor(const tinymlc_model* model, uint32_t index, tinymlc_tensor* tensor) {
  if (any_null(model, tensor)) return bad_usage(kNull);
  return describe(model, model->model->inputs(), index, tensor);
}

tinymlc_status tinymlc_output_tensor(const tinymlc_model* model, uint32_t index, tinymlc_tensor* tensor) {
  if (any_null(model, tensor)) return bad_usage(kNull);
  return describe(model, model->model->outputs(), index, tensor);
}

tinymlc_status tinymlc_weight_at(const tinymlc_model* model, uint32_t index, tinymlc_weight* weight) {
  if (any_null(model, weight)) return bad_usage(kNull);
  const tmc::image::Image& image = model->model->image();
  if (index >= image.constants().count) return bad_usage(kNoIndex);
  describe(image, index, weight);
  return TINYMLC_OK;
}

tinymlc_status tinymlc_find_weight(const tinymlc_model* model, const char* name, tinymlc_weight* weight) {
  if (any_null(model, weight) || any_null(name)) return bad_usage(kNull);
  const tmc::image::Image& image = model->model->image();
  for (uint32_t i = 0; i < image.constants().count; ++i) {
    if (std::string_view(name) != image.name(image.constants()[i].name)) continue;
    describe(image, i, weight);
    return TINYMLC_OK;
  }
  return failed(TINYMLC_NOT_FOUND, "the image has no constant of this name");
}

tinymlc_status tinymlc_model_metrics(const tinymlc_model* model, tinymlc_metrics* metrics) {
  if (any_null(model, metrics)) return bad_usage(kNull);
  tinymlc_metrics all = {};
  model->model->metrics().copy_to(all);
  return copy_known(all, metrics);
}

tinymlc_status tinymlc_context_create(tinymlc_model* model, tinymlc_context** context) {
  if (any_null(model, context)) return bad_usage(kNull);
  return guarded([&] {
    auto created = Context::create(model->model);
    if (!created.ok()) return failed(created.status());
    *context = new tinymlc_context{*model, std::move(*created)};
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
