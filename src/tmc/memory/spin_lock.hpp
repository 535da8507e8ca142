// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A lock for sections of some ten nanoseconds that threads seldom meet in: one locked instruction to take it, none to
// give it back. Who waits lets others run.

#include <atomic>
#include <thread>

namespace tmc::memory {

class SpinLock {
 public:
  void lock() {
    while (is_held_.exchange(true, std::memory_order_acquire)) std::this_thread::yield();
  }
  void unlock() { is_held_.store(false, std::memory_order_release); }

 private:
  std::atomic<bool> is_held_ = false;
};

}  // namespace tmc::memory
