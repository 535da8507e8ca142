// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Threads that are made once and share tasks. One caller at a time.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace tmc::exec {

class Workers {
 public:
  // The caller is one of the threads.
  explicit Workers(int32_t threads);

  // Calls task(0) to task(count - 1), each once, at any time and on any thread, and returns when all have returned.
  void run(int32_t count, const std::function<void(int32_t)>& task);

 private:
  void take_tasks(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable_any has_tasks_;
  std::condition_variable are_done_;
  const std::function<void(int32_t)>* task_ = nullptr;
  int32_t next_ = 0, count_ = 0, left_ = 0;
  std::vector<std::jthread> threads_;  // last, so that they end first
};

}  // namespace tmc::exec
