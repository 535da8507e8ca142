// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/order.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <queue>
#include <utility>

#include "tmc/storage/lives.hpp"
#include "tmc/storage/scattered_tensors.hpp"

namespace tmc::storage {
namespace {

using program::Operand;
using program::Program;
using StepSet = std::vector<bool>;

// A set of steps that have run, and the best way to it.
struct State {
  StepSet done;
  int64_t done_count = 0;
  int64_t live_blocks = 0;  // between its last step and the next
  int64_t peak_blocks = 0;
  int32_t last_step = -1;
  int64_t previous = -1;  // index of the state before the last step
};

class OrderSearch {
 public:
  OrderSearch(const Uses& uses, int64_t max_sets) : uses_(uses), max_sets_(max_sets) {}

  // An order whose peak is below `limit` blocks, the smallest; empty: there is none, or none was found.
  std::vector<int32_t> run(int64_t limit) {
    limit_ = limit;
    push(start());
    while (!queue_.empty()) {
      const int64_t index = queue_.top().index;
      queue_.pop();
      if (states_[static_cast<size_t>(index)].done_count == std::ssize(uses_.steps)) return path(index);
      if (std::exchange(best_[states_[static_cast<size_t>(index)].done].expanded, true)) continue;
      if (++expanded_ > max_sets_) return {};
      for (int32_t step = 0; step < std::ssize(uses_.steps); ++step) {
        if (is_ready(states_[static_cast<size_t>(index)], step)) push(after(index, step));
      }
    }
    return {};
  }

 private:
  struct Best {
    int64_t peak_blocks = INT64_MAX;
    bool expanded = false;
  };
  struct Entry {
    int64_t peak_blocks;
    int64_t done_count;
    int64_t index;
    // The smallest peak first, then the nearest to the end, then the oldest.
    bool operator<(const Entry& other) const {
      return std::tuple(-peak_blocks, done_count, -index) <
             std::tuple(-other.peak_blocks, other.done_count, -other.index);
    }
  };

  State start() const {
    State state{.done = StepSet(uses_.steps.size())};
    for (const Segment& segment : uses_.segments) {
      if (!segment.at_start) continue;
      state.peak_blocks += segment.blocks.size();
      if (segment.at_end || !segment.users.empty()) state.live_blocks += segment.blocks.size();
    }
    return state;
  }

  bool is_ready(const State& state, int32_t step) const {
    if (state.done[static_cast<size_t>(step)]) return false;
    return std::ranges::all_of(uses_.steps[static_cast<size_t>(step)].predecessors,
                               [&](int32_t other) { return state.done[static_cast<size_t>(other)]; });
  }

  State after(int64_t index, int32_t step) const {
    State state = states_[static_cast<size_t>(index)];
    const auto born = [&](int32_t segment) {
      const Segment& s = uses_.segments[static_cast<size_t>(segment)];
      return !s.at_start &&
             std::ranges::none_of(s.users, [&](int32_t user) { return state.done[static_cast<size_t>(user)]; });
    };
    const auto dies = [&](int32_t segment) {
      const Segment& s = uses_.segments[static_cast<size_t>(segment)];
      return !s.at_end && std::ranges::all_of(s.users, [&](int32_t user) {
        return user == step || state.done[static_cast<size_t>(user)];
      });
    };
    int64_t freed_blocks = 0;
    for (const int32_t segment : uses_.steps[static_cast<size_t>(step)].segments) {
      const int64_t blocks = uses_.segments[static_cast<size_t>(segment)].blocks.size();
      if (born(segment)) state.live_blocks += blocks;
      if (dies(segment)) freed_blocks += blocks;
    }
    state.peak_blocks = std::max(state.peak_blocks, state.live_blocks - most_shared(uses_, step, born, dies));
    state.live_blocks -= freed_blocks;
    state.done[static_cast<size_t>(step)] = true;
    ++state.done_count;
    state.last_step = step;
    state.previous = index;
    return state;
  }

  void push(State state) {
    int64_t& best = best_[state.done].peak_blocks;
    if (state.peak_blocks >= std::min(best, limit_)) return;
    best = state.peak_blocks;
    queue_.push({state.peak_blocks, state.done_count, std::ssize(states_)});
    states_.push_back(std::move(state));
  }

  std::vector<int32_t> path(int64_t index) const {
    std::vector<int32_t> order;
    for (; states_[static_cast<size_t>(index)].previous >= 0; index = states_[static_cast<size_t>(index)].previous) {
      order.push_back(states_[static_cast<size_t>(index)].last_step);
    }
    std::ranges::reverse(order);
    return order;
  }

  const Uses& uses_;
  int64_t max_sets_;
  int64_t limit_ = 0;
  int64_t expanded_ = 0;
  std::vector<State> states_;
  std::map<StepSet, Best> best_;
  std::priority_queue<Entry> queue_;
};

bool writes(const program::Step& step, const program::Tensor& tensor, const Program& program) {
  for (size_t i = 0; i < step.operands.size(); ++i) {
    const Operand& operand = step.operands[i];
    if (operand.kind != Operand::Kind::kBuffer || operand.index != tensor.buffer) continue;
    if (step.implementation->kernel->buffers[i].role != kernels::Role::kOutput) continue;
    if (operand_extent(program, operand).intersects(tensor_extent(tensor))) return true;
  }
  return false;
}

}  // namespace

std::vector<int32_t> given_order(const Uses& uses) {
  std::vector<int32_t> order(uses.steps.size());
  std::iota(order.begin(), order.end(), 0);
  return order;
}

int64_t lower_bound_blocks(const Uses& uses) {
  return lower_bound_blocks(uses, given_order(uses), std::vector<bool>(uses.buffer_blocks.size(), true));
}

std::vector<int32_t> find_order(const Uses& uses, int64_t max_sets) {
  const std::vector<int32_t> given = given_order(uses);
  std::vector<int32_t> found = OrderSearch(uses, max_sets).run(lower_bound_blocks(uses));
  return found.size() == given.size() ? found : given;
}

void apply_order(const std::vector<int32_t>& order, Program& program) {
  for (program::Tensor& tensor : program.tensors) {
    int32_t whole_after = -1;
    for (int32_t position = 0; position < std::ssize(order); ++position) {
      const int32_t step = order[static_cast<size_t>(position)];
      if (step <= tensor.step && writes(program.steps[static_cast<size_t>(step)], tensor, program)) {
        whole_after = position;
      }
    }
    tensor.step = whole_after;
  }
  std::vector<program::Step> steps;
  for (const int32_t step : order) steps.push_back(std::move(program.steps[static_cast<size_t>(step)]));
  program.steps = std::move(steps);
  remove_scattered_tensors(program);
}

}  // namespace tmc::storage
