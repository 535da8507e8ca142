// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Objects that are costly to make, such as execution contexts, made when they are first wanted, no more than a limit,
// and lent out again and again, the one that came back last first. May be used by any thread at any time; a lease by
// one.

#include <bit>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace tmc::memory {

template <typename T>
class ObjectPool {
 public:
  // The object comes back to the pool, which outlives it, when the lease ends. Empty where there is none.
  class Lease {
   public:
    Lease() = default;
    Lease(Lease&& other) noexcept : pool_(other.pool_), object_(std::move(other.object_)) {}
    Lease& operator=(Lease&& other) noexcept {
      end();
      pool_ = other.pool_;
      object_ = std::move(other.object_);
      return *this;
    }
    ~Lease() { end(); }

    void end() {
      if (object_ != nullptr) pool_->take_back(std::move(object_));
    }
    explicit operator bool() const { return object_ != nullptr; }
    T* operator->() const { return object_.get(); }
    T& operator*() const { return *object_; }

   private:
    friend class ObjectPool;
    Lease(ObjectPool& pool, std::unique_ptr<T> object) : pool_(&pool), object_(std::move(object)) {}

    ObjectPool* pool_ = nullptr;
    std::unique_ptr<T> object_;
  };

  // `make` may be called by several threads at a time, and so may `clean`, of objects that come back; null: it cannot
  // make one, and an empty lease says so.
  ObjectPool(size_t limit, std::function<std::unique_ptr<T>()> make, std::function<void(T&)> clean = {})
      : limit_(limit), make_(std::move(make)), clean_(std::move(clean)) {}

  // Waits until one is there. Of a pool with a limit of nothing: forever.
  Lease acquire() {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [this] { return can_lend(); });
    return lend(lock);
  }
  // Empty where none is there in time.
  Lease acquire_for(std::chrono::nanoseconds time) {
    std::unique_lock lock(mutex_);
    if (!has_room_.wait_for(lock, time, [this] { return can_lend(); })) return {};
    return lend(lock);
  }
  Lease try_acquire() {
    std::unique_lock lock(mutex_);
    return can_lend() ? lend(lock) : Lease();
  }

  // Calls visit(object) of each that is not lent, such as to trim its memory; nobody has them meanwhile.
  template <typename Visit>
  void for_each_idle(Visit&& visit) {
    const std::lock_guard lock(mutex_);
    for (const auto& object : idle_) visit(*object);
  }

  size_t limit() const { return limit_; }
  size_t idle() const {
    const std::lock_guard lock(mutex_);
    return idle_.size();
  }
  size_t made() const {
    const std::lock_guard lock(mutex_);
    return made_;
  }

 private:
  bool can_lend() const { return !idle_.empty() || made_ < limit_; }

  Lease lend(std::unique_lock<std::mutex>& lock) {
    if (!idle_.empty()) {
      Lease lease(*this, std::move(idle_.back()));
      idle_.pop_back();
      return lease;
    }
    idle_.reserve(std::bit_ceil(made_ + 1));  // so that taking one back allocates nothing
    ++made_;
    lock.unlock();
    std::unique_ptr<T> object;
    try {
      object = make_();
    } catch (...) {
      forget();
      throw;
    }
    if (object == nullptr) forget();
    return Lease(*this, std::move(object));
  }

  // One was not made after all.
  void forget() {
    const std::lock_guard lock(mutex_);
    --made_;
    has_room_.notify_one();
  }

  void take_back(std::unique_ptr<T> object) {
    if (clean_) clean_(*object);
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(object));
    has_room_.notify_one();
  }

  const size_t limit_;
  const std::function<std::unique_ptr<T>()> make_;
  const std::function<void(T&)> clean_;
  mutable std::mutex mutex_;  // of what follows
  std::condition_variable has_room_;
  std::vector<std::unique_ptr<T>> idle_;
  size_t made_ = 0;
};

}  // namespace tmc::memory
