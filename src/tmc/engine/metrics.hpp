// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a model's contexts take and how long they run; and the same of all models of the process, by name, as Prometheus
// reads it. Counting takes no lock, and reading stops nobody: what is read while others count is of about one moment.

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "tmc/engine/tinymlc.h"
#include "tmc/memory/metrics.hpp"

namespace tmc::engine {

struct RunCounts {
  uint64_t contexts = 0;  // that are lent
  uint64_t runs = 0, cancelled = 0;
  uint64_t nanoseconds = 0;  // of the runs, in sum
  std::array<uint64_t, TINYMLC_TIME_BUCKETS> times = {};

  RunCounts& operator+=(const RunCounts& other);
};

// Runs of all contexts of one model; any thread may count.
class RunMetrics {
 public:
  void context_lent() { contexts_.fetch_add(1, std::memory_order_relaxed); }
  void context_back() { contexts_.fetch_sub(1, std::memory_order_relaxed); }
  void cancelled() { cancelled_.fetch_add(1, std::memory_order_relaxed); }
  void ran(std::chrono::nanoseconds time);
  RunCounts read() const;

 private:
  std::atomic<uint64_t> contexts_ = 0, runs_ = 0, cancelled_ = 0, nanoseconds_ = 0;
  std::array<std::atomic<uint64_t>, TINYMLC_TIME_BUCKETS> times_ = {};
};

// All that is counted of one model that was loaded. It is one of the process's while it lives, and what it counted in
// sum stays the process's.
class ModelMetrics {
 public:
  explicit ModelMetrics(std::string model);
  ~ModelMetrics();
  ModelMetrics(const ModelMetrics&) = delete;
  ModelMetrics& operator=(const ModelMetrics&) = delete;

  const std::string& model() const { return model_; }
  memory::Registry& memory() { return memory_; }
  const memory::Registry& memory() const { return memory_; }
  RunMetrics& runs() { return runs_; }
  const RunMetrics& runs() const { return runs_; }

 private:
  std::string model_;
  memory::Registry memory_;
  RunMetrics runs_;
};

// Of all models of this process, in Prometheus' text form (exposition format 0.0.4).
std::string metrics_text();

}  // namespace tmc::engine
