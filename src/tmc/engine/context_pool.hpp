// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The contexts of one model: made when none is idle, lent, and kept for the next when they come back, with their arena.
// Any thread may use it at any time; it outlives its leases.

#include <atomic>
#include <chrono>
#include <memory>

#include "tmc/engine/context.hpp"
#include "tmc/memory/object_pool.hpp"

namespace tmc::engine {

class ContextPool {
 public:
  using Lease = memory::ObjectPool<Context>::Lease;

  explicit ContextPool(std::shared_ptr<const Model> model);

  const Model& model() const { return *model_; }
  const ModelMetrics& metrics() const { return metrics_; }
  memory::Counts memory() const;
  // The most bytes that were live at a time.
  uint64_t peak_bytes() const { return peak_bytes_.load(std::memory_order_relaxed); }

  // Throws std::bad_alloc where there is no memory for one more.
  Lease acquire();
  // Contexts that are idle for that long give their memory back to the system. Returns how many bytes.
  size_t trim(std::chrono::nanoseconds idle_for);

 private:
  std::shared_ptr<const Model> model_;
  ModelMetrics metrics_;
  std::atomic<uint64_t> peak_bytes_ = 0;
  memory::ObjectPool<Context> contexts_;
};

}  // namespace tmc::engine
