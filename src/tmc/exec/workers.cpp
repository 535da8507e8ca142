// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exec/workers.hpp"

namespace tmc::exec {

Workers::Workers(int32_t threads) {
  const auto work = [this](const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (has_tasks_.wait(lock, stop, [this] { return next_ < count_; })) take_tasks(lock);
  };
  for (int32_t i = 1; i < threads; ++i) threads_.emplace_back(work);
}

void Workers::run(int32_t count, const std::function<void(int32_t)>& task) {
  std::unique_lock lock(mutex_);
  task_ = &task;
  next_ = 0;
  count_ = left_ = count;
  has_tasks_.notify_all();
  take_tasks(lock);
  are_done_.wait(lock, [this] { return left_ == 0; });
}

void Workers::take_tasks(std::unique_lock<std::mutex>& lock) {
  while (next_ < count_) {
    const int32_t task = next_++;
    lock.unlock();
    (*task_)(task);
    lock.lock();
    if (--left_ == 0) are_done_.notify_one();
  }
}

}  // namespace tmc::exec
