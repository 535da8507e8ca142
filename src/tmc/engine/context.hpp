// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A run of a model: its tensors, and a pointer for each operand of its steps, in one arena. All memory is there from
// the beginning.
//
// One caller at a time, but for cancel(). It is for the one who it is lent to between begin() and end(), and there it
// is idle, or waits for a thread of a pool, or runs.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <span>

#include "tmc/engine/metrics.hpp"
#include "tmc/engine/model.hpp"
#include "tmc/image/state.hpp"
#include "tmc/memory/arena.hpp"

namespace tmc::engine {

enum class Outcome : uint8_t { kDone, kCancelled };

class Context {
 public:
  // Model and metrics outlive it. Throws std::bad_alloc where there is no memory for it.
  Context(const Model& model, ModelMetrics& metrics);
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  // Lays all out in the arena: nothing is bound, bytes are zeros, and the state is as the model has it.
  void begin();
  // Waits for a run that was started. The arena is empty then.
  void end();
  // Behind end(): gives the memory back to the system if that is so long ago. Returns how many bytes.
  size_t trim(std::chrono::nanoseconds idle_for) { return arena_.trim(idle_for); }

  const Model& model() const { return model_; }
  std::span<std::byte> input(size_t index) const { return {inputs_[index].where, model_.inputs()[index].bytes}; }
  std::span<std::byte> output(size_t index) const { return {outputs_[index].where, model_.outputs()[index].bytes}; }
  // Empty where there is none.
  std::span<std::byte> state() const;
  void reset() { image::begin_state(model_.image(), reinterpret_cast<uint8_t*>(state().data())); }

  // Null: the arena's. True: steps use the memory itself; false: it is copied with each run.
  bool bind_input(size_t index, std::byte* memory) { return bind(model_.inputs()[index], inputs_[index], memory); }
  bool bind_output(size_t index, std::byte* memory) { return bind(model_.outputs()[index], outputs_[index], memory); }

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

  void point_operands();
  std::byte* buffer(uint32_t index) const;
  std::byte* where(const image::Tensor& tensor) const { return buffer(tensor.buffer) + tensor.byte_offset; }
  bool bind(const Port& port, Binding& binding, std::byte* memory);
  void copy_inputs() const;
  void copy_outputs() const;
  bool run_pass(const Pass& pass) const;
  void run_step(const StepView& step, uint32_t trip) const;
  bool is_cancelled() const { return is_cancelled_.load(std::memory_order_relaxed); }

  const Model& model_;
  ModelMetrics& metrics_;
  memory::Arena arena_;
  bool was_lent_ = false;
  // In the arena, between begin() and end().
  std::byte* tensors_ = nullptr;
  std::span<void*> pointers_;  // by operand of the image's table: of the first trip
  std::span<Binding> inputs_, outputs_;
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
