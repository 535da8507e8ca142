// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/context_pool.hpp"

#include <limits>

namespace tmc::engine {

ContextPool::ContextPool(std::shared_ptr<const Model> model)
    : model_(std::move(model)),
      metrics_(model_->image().name(model_->image().header().model_name)),
      contexts_(
          std::numeric_limits<size_t>::max(), [this] { return std::make_unique<Context>(*model_, metrics_); },
          [](Context& context) { context.end(); }) {}

memory::Counts ContextPool::memory() const {
  memory::Counts sum;
  for (const auto& [labels, counts] : metrics_.memory().read()) sum += counts;
  return sum;
}

ContextPool::Lease ContextPool::acquire() {
  Lease lease = contexts_.acquire();
  lease->begin();
  const uint64_t live = memory().live_bytes;
  uint64_t peak = peak_bytes();
  while (peak < live && !peak_bytes_.compare_exchange_weak(peak, live, std::memory_order_relaxed)) {
  }
  return lease;
}

size_t ContextPool::trim(std::chrono::nanoseconds idle_for) {
  size_t bytes = 0;
  contexts_.for_each_idle([&](Context& context) { bytes += context.trim(idle_for); });
  return bytes;
}

}  // namespace tmc::engine
