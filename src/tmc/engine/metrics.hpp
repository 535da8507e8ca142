// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What contexts of a model take and how long they run. Any thread may count and read at any time; what is read while
// others count is of about one moment.

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstdint>

#include "tmc/engine/tinymlc.h"

namespace tmc::engine {

class Metrics {
 public:
  void context_made(uint64_t bytes) {
    bytes_allocated_ += bytes;
    const uint64_t live = bytes_live_ += bytes;
    uint64_t peak = bytes_peak_;
    while (peak < live && !bytes_peak_.compare_exchange_weak(peak, live)) {
    }
    ++contexts_live_;
  }
  void context_gone(uint64_t bytes) {
    bytes_live_ -= bytes;
    --contexts_live_;
  }
  void cancelled() { ++cancelled_; }
  void ran(std::chrono::nanoseconds time) {
    const auto nanoseconds = static_cast<uint64_t>(time.count());
    const auto bucket = static_cast<size_t>(std::bit_width(nanoseconds / 1000));
    ++times_[bucket < times_.size() ? bucket : times_.size() - 1];
    nanoseconds_ += nanoseconds;
    ++runs_;
  }

  void copy_to(tinymlc_metrics& to) const {
    to.bytes_allocated = bytes_allocated_;
    to.bytes_live = bytes_live_;
    to.bytes_peak = bytes_peak_;
    to.contexts_live = contexts_live_;
    to.runs = runs_;
    to.cancelled = cancelled_;
    to.nanoseconds = nanoseconds_;
    for (size_t i = 0; i < times_.size(); ++i) to.times[i] = times_[i];
  }

 private:
  std::atomic<uint64_t> bytes_allocated_ = 0, bytes_live_ = 0, bytes_peak_ = 0, contexts_live_ = 0;
  std::atomic<uint64_t> runs_ = 0, cancelled_ = 0, nanoseconds_ = 0;
  std::array<std::atomic<uint64_t>, TINYMLC_TIME_BUCKETS> times_ = {};
};

}  // namespace tmc::engine
