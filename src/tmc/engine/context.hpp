// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A run of a model: an arena, and a pointer for each operand of its steps. All memory is there from the beginning.
//
// One caller at a time, but for cancel(). A context is idle, or waits for a thread of a pool, or runs.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/engine/model.hpp"

namespace tmc::engine {

enum class Outcome : uint8_t { kDone, kCancelled };

class Context {
 public:
  // kDoesNotFit: there is no memory for it.
  static Result<std::unique_ptr<Context>> create(std::shared_ptr<const Model> model);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  const Model& model() const { return *model_; }
  std::span<std::byte> input(size_t index) const { return {inputs_[index].where, model_->inputs()[index].bytes}; }
  std::span<std::byte> output(size_t index) const { return {outputs_[index].where, model_->outputs()[index].bytes}; }
  // Empty where there is none.
  std::span<std::byte> state() const;
  void reset();

  // Null: the arena's. True: steps use the memory itself; false: it is copied with each run.
  bool bind_input(size_t index, std::byte* memory) { return bind(model_->inputs()[index], inputs_[index], memory); }
  bool bind_output(size_t index, std::byte* memory) { return bind(model_->outputs()[index], outputs_[index], memory); }

  // False: it is not idle. Between them the context belongs to whom it was told true.
  bool acquire();
  void release(Outcome outcome);
  // Of the last run, when it is done.
  Outcome wait();
  bool is_idle();

  // By whom acquire() told true; release() follows.
  Outcome run();
  void cancel() { is_cancelled_.store(true, std::memory_order_relaxed); }

 private:
  friend class Pool;

  struct Binding {
    std::byte* where = nullptr;  // for the caller
    bool is_copied = false;
  };

  Context(std::shared_ptr<const Model> model, AlignedBytes arena);
  std::byte* buffer(uint32_t index) const;
  std::byte* where(const image::Tensor& tensor) const { return buffer(tensor.buffer) + tensor.byte_offset; }
  bool bind(const Port& port, Binding& binding, std::byte* memory);
  void copy_inputs() const;
  void copy_outputs() const;
  bool run_pass(const Pass& pass) const;
  void run_step(const StepView& step, uint32_t trip) const;
  bool is_cancelled() const { return is_cancelled_.load(std::memory_order_relaxed); }

  std::shared_ptr<const Model> model_;
  AlignedBytes arena_;
  std::vector<void*> pointers_;  // by operand of the image's table: of the first trip
  std::vector<Binding> inputs_, outputs_;
  uint64_t bytes_ = 0;  // of all of it
  std::atomic<bool> is_cancelled_ = false;

  std::mutex mutex_;  // of what follows
  std::condition_variable is_done_;
  bool is_taken_ = false;
  Outcome outcome_ = Outcome::kDone;

  Context* next_ = nullptr;  // of the pool's queue
  tinymlc_done done_ = nullptr;
  void* user_ = nullptr;
};

}  // namespace tmc::engine
