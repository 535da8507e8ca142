// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The state of a search for a placement within a capacity: the least and greatest offset of every buffer, and which
// ranges of distances are still open for every pair. Narrowing one narrows the others until nothing follows any more.
// Changes are recorded and can be taken back.

#include <cstdint>
#include <optional>
#include <vector>

#include "tmc/storage/cliques.hpp"

namespace tmc::storage {

class DifferenceGraph {
 public:
  explicit DifferenceGraph(const Problem& problem);

  // Starts anew. False: nothing fits into `capacity`.
  bool reset(int64_t capacity);

  // A pair that the least offsets put at a forbidden distance: distances up to and from there.
  struct Conflict {
    int32_t pair = 0;
    size_t below = 0;         // index of the last open range below the distance
    int64_t raise_below = 0;  // by how much a's least offset rises when the distance has to be below
    int64_t raise_above = 0;  // and b's, when it has to be above
  };
  // The one whose buffers have the least room; nullopt: the least offsets are a placement.
  std::optional<Conflict> find_conflict();
  // Decides it. False: that cannot be.
  bool decide(const Conflict& conflict, bool above);

  size_t mark() const { return trail_.size(); }
  void undo_to(size_t mark);

  const std::vector<int64_t>& least_offsets() const { return low_; }
  int64_t checks() const { return checks_; }

 private:
  // Open ranges of a pair's distance, first to last: the gaps between its forbidden ranges and both ends.
  struct Open {
    std::vector<Range> ranges;
    size_t first = 0;
    size_t last = 0;
  };
  enum class What : uint8_t { kLow, kHigh, kFirst, kLast };
  struct Change {
    What what;
    int32_t index;
    int64_t old_value;
  };

  int64_t exchange(What what, int32_t index, int64_t value);
  void set(What what, int32_t index, int64_t value);
  void touch(int32_t buffer);
  void raise_low(int32_t buffer, int64_t value);
  void lower_high(int32_t buffer, int64_t value);
  bool narrow(int32_t pair);
  bool propagate();
  bool has_overfull_clique();

  const Problem& problem_;
  std::vector<Clique> cliques_;
  int64_t capacity_ = 0;
  std::vector<int64_t> low_, high_;
  std::vector<Open> open_;
  std::vector<Change> trail_;
  std::vector<int32_t> changed_;  // buffers whose pairs have to be looked at
  std::vector<bool> is_changed_;
  int64_t checks_ = 0;
};

}  // namespace tmc::storage
