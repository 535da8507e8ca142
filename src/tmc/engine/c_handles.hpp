// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the functions of tinymlc.h share: what is behind its handles, and how they fail.

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>
#include <system_error>

#include "tmc/engine/context_pool.hpp"
#include "tmc/engine/pool.hpp"
#include "tmc/engine/tinymlc.h"

struct tinymlc_model {
  explicit tinymlc_model(std::shared_ptr<tmc::engine::ContextPool> of) : contexts(std::move(of)) {}
  std::shared_ptr<tmc::engine::ContextPool> contexts;
  const tmc::engine::Model* model = &contexts->model();
};
// The lease ends before the pool can.
struct tinymlc_context {
  tinymlc_model model;
  tmc::engine::ContextPool::Lease context;
};
struct tinymlc_pool {
  explicit tinymlc_pool(uint32_t threads) : pool(threads) {}
  tmc::engine::Pool pool;
};

namespace tmc::engine {

// The status, with a message for tinymlc_message of this thread.
tinymlc_status failed(tinymlc_status status, std::string_view message);
tinymlc_status failed(const Status& status);
inline tinymlc_status bad_usage(const char* what) {
  return failed(TINYMLC_BAD_USAGE, what);
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

// The members that the caller's struct has.
template <typename Struct>
tinymlc_status copy_known(const Struct& from, Struct* to) {
  const size_t bytes = to->struct_bytes;
  if (bytes < sizeof(size_t)) return bad_usage("struct_bytes says less than itself takes");
  std::memcpy(to, &from, std::min(bytes, sizeof(Struct)));
  to->struct_bytes = bytes;
  return TINYMLC_OK;
}

template <typename... Pointers>
bool any_null(Pointers*... pointers) {
  return ((pointers == nullptr) || ...);
}

inline constexpr const char* kNull = "a pointer is null";
inline constexpr const char* kNoIndex = "there is nothing of this index";

}  // namespace tmc::engine
