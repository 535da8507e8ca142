// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The groups of a program's steps that can run in stripes of rows, what they need and what they cost. A group is looked
// at no further than the limits ask for: lower stripes need less memory and cost more.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tmc/program/program.hpp"
#include "tmc/storage/lives.hpp"
#include "tmc/storage/striping.hpp"
#include "tmc/storage/striping/cover.hpp"
#include "tmc/storage/striping/slice.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {

// Of one program more than of the one that it was made from, at least 0.
double price_of(const StripeOptions& options, const program::Program& plain, const program::Program& striped);

class Groups {
 public:
  // Both outlive this.
  Groups(const program::Program& program, const StripeOptions& options);

  // That the worst step needs when all run whole.
  int64_t peak_blocks() const { return std::ranges::max(live_blocks_); }
  // That are needed whatever runs in stripes.
  int64_t floor_blocks() const { return floor_blocks_; }

  // The cheapest that keeps to the limits, with the highest stripes of every group that do, and without groups of the
  // same steps as those in `banned`. nullopt: none is found that costs at most `max_price`, which never rises from call
  // to call.
  std::optional<Cover> cheapest(const Limits& limits, double max_price, std::span<const Choice> banned = {});

 private:
  struct Group {
    int32_t first = 0, last = 0;
    int64_t border_blocks = 0;     // that cross its beginning or its end
    int64_t most_blocks = 0;       // that a step of it needs when it runs whole
    std::vector<int32_t> heights;  // to be looked at yet, the highest last
    std::vector<Choice> found = {};
  };

  std::vector<Choice> choices(const Limits& limits, double max_price, std::span<const Choice> banned);
  void find_live_blocks();
  void find_groups();
  std::vector<bool> find_row_steps() const;
  void look(Group& group, int64_t limit_blocks, double max_price);

  const program::Program& program_;
  const StripeOptions& options_;
  Uses uses_;
  std::vector<Life> lives_;
  std::vector<int64_t> live_blocks_;
  std::vector<int64_t> border_blocks_;  // that live before and behind the beginning of each step
  int64_t floor_blocks_ = 0;
  std::vector<Group> groups_;
  int64_t attempts_ = 0;
};

}  // namespace tmc::storage
