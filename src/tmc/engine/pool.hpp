// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Threads that run contexts in the order in which they were started. Handing one over allocates nothing: contexts hold
// the queue. May be used by any thread at any time.

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "tmc/engine/context.hpp"

namespace tmc::engine {

class Pool {
 public:
  explicit Pool(uint32_t threads);
  // Waits for runs that are under way; what waits for its turn is cancelled.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // The context was acquired, and is released when its run is done, behind the call of `done`, which may be null.
  void start(Context& context, tinymlc_done done, void* user);

 private:
  void end();
  void work();
  Context* take(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable has_work_;
  Context* first_ = nullptr;
  Context* last_ = nullptr;
  bool ends_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tmc::engine
