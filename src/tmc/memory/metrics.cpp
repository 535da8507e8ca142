// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/memory/metrics.hpp"

namespace tmc::memory {

Counts& Counts::operator+=(const Counts& other) {
  allocated_bytes += other.allocated_bytes;
  allocations += other.allocations;
  refused += other.refused;
  returned_bytes += other.returned_bytes;
  live_bytes += other.live_bytes;
  retained_bytes += other.retained_bytes;
  return *this;
}

Counts Cell::counts() const {
  const auto read = [](const Number& number) { return number.load(std::memory_order_relaxed); };
  return {read(allocated_bytes_), read(allocations_), read(refused_),
          read(returned_bytes_),  read(live_bytes_),  read(retained_bytes_)};
}

Registry::~Registry() {
  for (Cell* cell = first_.load(); cell != nullptr;) delete std::exchange(cell, cell->next_);
}

Cell& Registry::take(const Labels& labels) {
  for (Cell* cell = first_.load(std::memory_order_acquire); cell != nullptr; cell = cell->next_) {
    bool is_taken = false;
    if (cell->labels_ == labels && cell->is_taken_.compare_exchange_strong(is_taken, true, std::memory_order_acquire)) {
      return *cell;
    }
  }
  auto* const cell = new Cell(labels);
  cell->next_ = first_.load(std::memory_order_relaxed);
  while (!first_.compare_exchange_weak(cell->next_, cell, std::memory_order_release, std::memory_order_relaxed)) {
  }
  return *cell;
}

CountsByLabels Registry::read() const {
  CountsByLabels sums;
  add_to(sums);
  return sums;
}

void Registry::add_to(CountsByLabels& sums) const {
  for (const Cell* cell = first_.load(std::memory_order_acquire); cell != nullptr; cell = cell->next_) {
    sums[cell->labels_] += cell->counts();
  }
}

}  // namespace tmc::memory
