// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/stream.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "tmc/storage/best_fit.hpp"
#include "tmc/storage/constraints.hpp"
#include "tmc/storage/order.hpp"
#include "tmc/storage/rows.hpp"
#include "tmc/storage/stripes.hpp"

namespace tmc::storage {
namespace {

using program::Program;
using program::Step;

int64_t bound_bytes(const Uses& uses) {
  const std::vector<bool> all(uses.buffer_blocks.size(), true);
  return lower_bound_blocks(uses, given_order(uses), all) * program::kAlignBytes;
}

int64_t placed_bytes(const Uses& uses) {
  std::vector<int32_t> buffers(uses.buffer_blocks.size());
  std::iota(buffers.begin(), buffers.end(), 0);
  const Problem problem = make_problem(uses, given_order(uses), buffers);
  return peak_of(problem, best_fit(problem)) * program::kAlignBytes;
}

double instructions_of(const Program& program) {
  double instructions = 0;
  for (const Step& step : program.steps) instructions += step.body->instructions(step.params);
  return instructions;
}

// The step at which most blocks live, as lower_bound_blocks counts them.
int32_t fullest_step(const Uses& uses) {
  const std::vector<int32_t> order = given_order(uses);
  const std::vector<Life> lives = find_lives(uses, order);
  int32_t fullest = 0;
  int64_t most = -1;
  for (const int32_t step : order) {
    int64_t live = 0;
    for (size_t i = 0; i < lives.size(); ++i) {
      if (lives[i].first <= step && step <= lives[i].last) live += uses.segments[i].blocks.size();
    }
    live -= most_shared(
        uses, step, [&](int32_t segment) { return lives[static_cast<size_t>(segment)].first == step; },
        [&](int32_t segment) { return lives[static_cast<size_t>(segment)].last == step; });
    if (live > most) {
      most = live;
      fullest = step;
    }
  }
  return fullest;
}

// Heights that divide the rows into 2, 3, 4, ... stripes, the highest first.
std::vector<int32_t> heights(int32_t rows) {
  std::vector<int32_t> list;
  for (int32_t count = 2; count <= rows; count += 1 + count / 4) {
    const int32_t height = (rows + count - 1) / count;
    if (list.empty() || height < list.back()) list.push_back(height);
  }
  if (list.empty() || list.back() > 1) list.push_back(1);
  return list;
}

// What makes one program better than another one: the lesser rank.
class Goal {
 public:
  using Rank = std::array<double, 3>;

  Goal(const StreamOptions& options, int64_t plain_bytes)
      : options_(options), plain_bytes_(static_cast<double>(plain_bytes)) {}

  Rank rank(const Program& program, int64_t bytes) const {
    if (options_.price) return {parts(bytes) + options_.price(program), static_cast<double>(bytes), 0};
    return {excess(bytes), instructions_of(program), static_cast<double>(bytes)};
  }
  // No program of so many bytes has a lesser one.
  Rank least_rank(int64_t bytes) const {
    if (options_.price) return {parts(bytes), 0, 0};
    return {excess(bytes), 0, 0};
  }
  // There is no use in fewer bytes.
  bool is_met(int64_t bytes) const { return !options_.price && bytes <= options_.arena_bytes; }

 private:
  double parts(int64_t bytes) const { return static_cast<double>(bytes) / plain_bytes_; }
  double excess(int64_t bytes) const { return static_cast<double>(std::max<int64_t>(bytes - options_.arena_bytes, 0)); }

  const StreamOptions& options_;
  double plain_bytes_;
};

struct Candidate {
  Program program;
  int64_t bytes = 0;
  Goal::Rank rank{};
};

class Round {
 public:
  Round(const Program& program, const StreamOptions& options, const Goal& goal, int64_t bytes)
      : program_(program), options_(options), goal_(goal), bytes_(bytes) {}

  std::optional<Candidate> run() {
    const int32_t fullest = fullest_step(find_uses(program_, options_.overlap));
    const auto can_run = [&](int32_t step) {
      const Step& each = program_.steps[static_cast<size_t>(step)];
      return each.stripe < 0 && RowForm::of(program_, each).has_value();
    };
    if (!can_run(fullest)) return std::nullopt;
    for (int32_t first = fullest; first >= 0 && fullest - first < options_.max_nodes && can_run(first); --first) {
      for (int32_t last = fullest; last < std::ssize(program_.steps) && last - first < options_.max_nodes; ++last) {
        if (!can_run(last)) break;
        if (last > first) try_heights(first, last);
      }
    }
    return std::move(best_);
  }

 private:
  // Lower stripes need less memory and more instructions: the first height within a limit is the best of a group.
  void try_heights(int32_t first, int32_t last) {
    const auto form = RowForm::of(program_, program_.steps[static_cast<size_t>(last)]);
    for (const int32_t rows : heights(form->output_rows())) {
      if (++attempts_ > options_.max_attempts) return;
      auto striped = with_stripes(program_, {first, last, rows}, options_.isa);
      if (!striped) continue;
      if (goal_.is_met(try_candidate(std::move(*striped)))) return;
    }
  }

  // Returns how many bytes it needs, at least.
  int64_t try_candidate(Program striped) {
    const Uses uses = find_uses(striped, options_.overlap);
    int64_t bytes = bound_bytes(uses);
    if (bytes >= bytes_ || !is_better(goal_.least_rank(bytes))) return bytes;
    bytes = placed_bytes(uses);
    if (bytes >= bytes_ || !is_better(goal_.least_rank(bytes))) return bytes;
    const Goal::Rank rank = goal_.rank(striped, bytes);
    if (is_better(rank)) best_ = Candidate{std::move(striped), bytes, rank};
    return bytes;
  }

  bool is_better(const Goal::Rank& rank) const { return !best_ || rank < best_->rank; }

  const Program& program_;
  const StreamOptions& options_;
  const Goal& goal_;
  int64_t bytes_;
  int64_t attempts_ = 0;
  std::optional<Candidate> best_;
};

}  // namespace

Program stream(Program program, const StreamOptions& options) {
  // Not needed to plan, and too large to be copied with every attempt.
  std::vector<program::Constant> constants = std::move(program.constants);
  program.constants.clear();
  int64_t bytes = placed_bytes(find_uses(program, options.overlap));
  const Goal goal(options, bytes);
  Goal::Rank rank = goal.rank(program, bytes);
  while (bytes > 0 && !program.steps.empty() && !goal.is_met(bytes)) {
    auto next = Round(program, options, goal, bytes).run();
    if (!next || (options.price && next->rank >= rank)) break;
    program = std::move(next->program);
    bytes = next->bytes;
    rank = next->rank;
  }
  program.constants = std::move(constants);
  return program;
}

}  // namespace tmc::storage
