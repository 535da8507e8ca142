// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The engine for C++17: owners of what tinymlc.h hands out, and types of what it calls bytes. Memory, threads and life
// times are as that header says. Nothing throws but std::string, for want of memory; a Result is asked whether it holds
// something before it is used.
//
//   auto model = tinymlc::Model::load("model.tmci");
//   if (!model) return complain(model.status().message);
//   auto context = model->create_context();
//   auto input = context->input<int8_t>(0);
//   std::copy(samples.begin(), samples.end(), input.begin());
//   if (auto status = context->run(); !status) return complain(status.message);

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "tinymlc.h"

namespace tinymlc {

struct [[nodiscard]] Status {
  tinymlc_status code = TINYMLC_OK;
  std::string message;  // empty where all is well

  explicit operator bool() const { return code == TINYMLC_OK; }
  static Status of(tinymlc_status code) { return {code, code == TINYMLC_OK ? "" : tinymlc_message()}; }
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}          // NOLINT(google-explicit-constructor)
  Result(Status status) : status_(std::move(status)) {}  // NOLINT(google-explicit-constructor)

  explicit operator bool() const { return value_.has_value(); }
  const Status& status() const { return status_; }
  T* operator->() { return &*value_; }
  T& operator*() & { return *value_; }
  T&& operator*() && { return *std::move(value_); }

 private:
  std::optional<T> value_;
  Status status_;
};

// Elements that lie elsewhere.
template <typename T>
struct Span {
  T* first = nullptr;
  size_t count = 0;

  T* begin() const { return first; }
  T* end() const { return first + count; }
  T* data() const { return first; }
  size_t size() const { return count; }
  bool empty() const { return count == 0; }
  T& operator[](size_t index) const { return first[index]; }
};

// What elements of that type are called; there is none of others.
template <typename T>
inline constexpr int kDTypeOf = -1;
template <>
inline constexpr int kDTypeOf<float> = TINYMLC_F32;
template <>
inline constexpr int kDTypeOf<double> = TINYMLC_F64;
template <>
inline constexpr int kDTypeOf<int8_t> = TINYMLC_I8;
template <>
inline constexpr int kDTypeOf<uint8_t> = TINYMLC_U8;
template <>
inline constexpr int kDTypeOf<int16_t> = TINYMLC_I16;
template <>
inline constexpr int kDTypeOf<uint16_t> = TINYMLC_U16;
template <>
inline constexpr int kDTypeOf<int32_t> = TINYMLC_I32;
template <>
inline constexpr int kDTypeOf<uint32_t> = TINYMLC_U32;
template <>
inline constexpr int kDTypeOf<int64_t> = TINYMLC_I64;
template <>
inline constexpr int kDTypeOf<uint64_t> = TINYMLC_U64;
template <>
inline constexpr int kDTypeOf<bool> = TINYMLC_BOOL;

// Of all models of this process, in Prometheus' text form; empty where there is no memory for it.
inline std::string metrics_text() {
  std::string text;
  size_t bytes = 0;
  tinymlc_status status = tinymlc_metrics_text(nullptr, 0, &bytes);
  while (status == TINYMLC_OK) {
    text.resize(bytes + 256);  // numbers grow meanwhile
    status = tinymlc_metrics_text(text.data(), text.size(), &bytes);
    if (status == TINYMLC_OK) break;
    if (status == TINYMLC_BAD_USAGE) status = TINYMLC_OK;
  }
  text.resize(status == TINYMLC_OK ? bytes : 0);
  return text;
}

class Context;
class Pool;

class Model {
 public:
  // Flags are TINYMLC_CHECK_HASH and TINYMLC_TRUSTED.
  static Result<Model> load(const std::string& path, uint32_t flags = 0) {
    tinymlc_model* model = nullptr;
    const auto status = Status::of(tinymlc_load(path.c_str(), flags, &model));
    return status ? Result<Model>(Model(model)) : Result<Model>(status);
  }
  static Result<Model> from_bytes(const void* bytes, size_t size, uint32_t flags = 0) {
    tinymlc_model* model = nullptr;
    const auto status = Status::of(tinymlc_load_bytes(bytes, size, flags, &model));
    return status ? Result<Model>(Model(model)) : Result<Model>(status);
  }

  tinymlc_info info() const {
    tinymlc_info info = {};
    info.struct_bytes = sizeof(info);
    tinymlc_model_info(get(), &info);
    return info;
  }
  tinymlc_metrics metrics() const {
    tinymlc_metrics metrics = {};
    metrics.struct_bytes = sizeof(metrics);
    tinymlc_model_metrics(get(), &metrics);
    return metrics;
  }
  // Gives back what contexts had that were released that long ago. Returns how many bytes.
  uint64_t trim(std::chrono::nanoseconds idle) {
    uint64_t bytes = 0;
    tinymlc_trim(get(), idle.count() < 0 ? 0 : static_cast<uint64_t>(idle.count()), &bytes);
    return bytes;
  }
  // Without a name where there is no such index.
  tinymlc_tensor input(uint32_t index) const {
    tinymlc_tensor tensor = {};
    tinymlc_input_tensor(get(), index, &tensor);
    return tensor;
  }
  tinymlc_tensor output(uint32_t index) const {
    tinymlc_tensor tensor = {};
    tinymlc_output_tensor(get(), index, &tensor);
    return tensor;
  }
  // The constant's elements where they lie; empty where there is none of the name, or it has another type.
  template <typename T>
  Span<const T> weight(const char* name) const {
    tinymlc_weight weight = {};
    if (tinymlc_find_weight(get(), name, &weight) != TINYMLC_OK || int{weight.dtype} != kDTypeOf<T>) return {};
    return {static_cast<const T*>(weight.data), static_cast<size_t>(weight.bytes) / sizeof(T)};
  }
  inline Result<Context> create_context() const;
  tinymlc_model* get() const { return model_.get(); }

 private:
  struct Release {
    void operator()(tinymlc_model* model) const { tinymlc_release(model); }
  };
  explicit Model(tinymlc_model* model) : model_(model) {}

  std::unique_ptr<tinymlc_model, Release> model_;
};

class Context {
 public:
  // Empty where there is no such index, or it has another type.
  template <typename T>
  Span<T> input(uint32_t index) const {
    return elements<T>(tinymlc_input_tensor, tinymlc_input(get(), index), index);
  }
  template <typename T>
  Span<const T> output(uint32_t index) const {
    return elements<const T>(tinymlc_output_tensor, tinymlc_output(get(), index), index);
  }
  // Whether it is copied with each run goes to `is_copied`.
  Status bind_input(uint32_t index, const void* memory, size_t bytes, bool* is_copied = nullptr) {
    int32_t copied = 0;
    const auto status = tinymlc_bind_input(get(), index, memory, bytes, &copied);
    if (is_copied != nullptr) *is_copied = copied != 0;
    return Status::of(status);
  }
  Status bind_output(uint32_t index, void* memory, size_t bytes, bool* is_copied = nullptr) {
    int32_t copied = 0;
    const auto status = tinymlc_bind_output(get(), index, memory, bytes, &copied);
    if (is_copied != nullptr) *is_copied = copied != 0;
    return Status::of(status);
  }
  Span<unsigned char> state() const {
    size_t bytes = 0;
    void* const state = tinymlc_state(get(), &bytes);
    return {static_cast<unsigned char*>(state), bytes};
  }
  Status reset() { return Status::of(tinymlc_reset(get())); }
  Status run() { return Status::of(tinymlc_run(get())); }
  inline Status start(Pool& pool, tinymlc_done done = nullptr, void* user = nullptr);
  Status wait() { return Status::of(tinymlc_wait(get())); }
  bool is_done() const { return tinymlc_is_done(get()) != 0; }
  void cancel() { tinymlc_cancel(get()); }
  tinymlc_context* get() const { return context_.get(); }

 private:
  friend class Model;
  struct Release {
    void operator()(tinymlc_context* context) const { tinymlc_context_release(context); }
  };
  explicit Context(tinymlc_context* context) : context_(context) {}

  template <typename T, typename Describe>
  Span<T> elements(Describe describe, const void* where, uint32_t index) const {
    tinymlc_tensor tensor = {};
    if (where == nullptr || describe(tinymlc_context_model(get()), index, &tensor) != TINYMLC_OK) return {};
    if (int{tensor.dtype} != kDTypeOf<std::remove_const_t<T>>) return {};
    return {static_cast<T*>(const_cast<void*>(where)), static_cast<size_t>(tensor.bytes) / sizeof(T)};
  }

  std::unique_ptr<tinymlc_context, Release> context_;
};

// Threads that run contexts. Outlives the runs that it was given.
class Pool {
 public:
  static Result<Pool> create(uint32_t threads) {
    tinymlc_pool* pool = nullptr;
    const auto status = Status::of(tinymlc_pool_create(threads, &pool));
    return status ? Result<Pool>(Pool(pool)) : Result<Pool>(status);
  }
  tinymlc_pool* get() const { return pool_.get(); }

 private:
  struct Release {
    void operator()(tinymlc_pool* pool) const { tinymlc_pool_release(pool); }
  };
  explicit Pool(tinymlc_pool* pool) : pool_(pool) {}

  std::unique_ptr<tinymlc_pool, Release> pool_;
};

inline Result<Context> Model::create_context() const {
  tinymlc_context* context = nullptr;
  const auto status = Status::of(tinymlc_context_create(get(), &context));
  return status ? Result<Context>(Context(context)) : Result<Context>(status);
}

inline Status Context::start(Pool& pool, tinymlc_done done, void* user) {
  return Status::of(tinymlc_start(get(), pool.get(), done, user));
}

}  // namespace tinymlc
