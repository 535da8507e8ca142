// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/pool.hpp"

namespace tmc::engine {

Pool::Pool(uint32_t threads) {
  try {
    for (uint32_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  } catch (...) {
    end();
    throw;
  }
}

Pool::~Pool() {
  end();
}

void Pool::end() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
    for (Context* context = first_; context != nullptr; context = context->next_) context->cancel();
  }
  has_work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Pool::start(Context& context, tinymlc_done done, void* user) {
  context.done_ = done;
  context.user_ = user;
  context.next_ = nullptr;
  {
    const std::lock_guard lock(mutex_);
    (first_ == nullptr ? first_ : last_->next_) = &context;
    last_ = &context;
  }
  has_work_.notify_one();
}

// Null: there is nothing more to come.
Context* Pool::take(std::unique_lock<std::mutex>& lock) {
  has_work_.wait(lock, [this] { return first_ != nullptr || ends_; });
  Context* const context = first_;
  if (context != nullptr) first_ = context->next_;
  return context;
}

void Pool::work() {
  std::unique_lock lock(mutex_);
  while (Context* const context = take(lock)) {
    lock.unlock();
    const Outcome outcome = context->run();
    if (context->done_ != nullptr)
      context->done_(context->user_, outcome == Outcome::kDone ? TINYMLC_OK : TINYMLC_CANCELLED);
    context->release(outcome);
    lock.lock();
  }
}

}  // namespace tmc::engine
