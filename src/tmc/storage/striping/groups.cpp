// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/striping/groups.hpp"

#include "tmc/storage/order.hpp"
#include "tmc/storage/rows.hpp"
#include "tmc/storage/stripes.hpp"

namespace tmc::storage {
namespace {

using kernels::Role;
using program::Operand;
using program::Program;
using program::Step;

double instructions_of(const Program& program) {
  double instructions = 0;
  for (const Step& step : program.steps) instructions += step.implementation->instructions(step.params);
  return instructions;
}

// Heights that divide the rows into 2, 3, 4, ... stripes, the highest last.
std::vector<int32_t> heights(int32_t rows) {
  std::vector<int32_t> list;
  for (int32_t count = 2; count <= rows; count += 1 + count / 4) {
    const int32_t height = (rows + count - 1) / count;
    if (list.empty() || height < list.back()) list.push_back(height);
  }
  if (list.empty() || list.back() > 1) list.push_back(1);
  std::ranges::reverse(list);
  return list;
}

// How many operands of the program write to each buffer.
std::vector<int32_t> writers_of(const Program& program) {
  std::vector<int32_t> writers(program.buffers.size());
  for (const Step& step : program.steps) {
    for (size_t i = 0; i < step.operands.size(); ++i) {
      const bool writes = step.implementation->kernel->buffers[i].role != Role::kInput;
      if (writes && step.operands[i].kind == Operand::Kind::kBuffer) {
        ++writers[static_cast<size_t>(step.operands[i].index)];
      }
    }
  }
  return writers;
}

}  // namespace

double price_of(const StripeOptions& options, const Program& plain, const Program& striped) {
  if (options.price) return options.price(striped);
  return std::max(instructions_of(striped) - instructions_of(plain), 0.0);
}

Groups::Groups(const Program& program, const StripeOptions& options)
    : program_(program), options_(options), uses_(find_uses(program, options.overlap)) {
  lives_ = find_lives(uses_, given_order(uses_));
  find_live_blocks();
  find_groups();
}

void Groups::find_live_blocks() {
  // Of all positions, with those before the first step and behind the last one.
  const std::vector<bool> every_buffer(uses_.buffer_blocks.size(), true);
  const std::vector<int64_t> all = storage::live_blocks(uses_, given_order(uses_), every_buffer);
  live_blocks_.assign(all.begin() + 1, all.end() - 1);
  floor_blocks_ = std::max(all.front(), all.back());
  border_blocks_.resize(program_.steps.size() + 1);
  for (size_t i = 0; i < lives_.size(); ++i) {
    for (int32_t step = lives_[i].first + 1; step <= lives_[i].last; ++step) {
      border_blocks_[static_cast<size_t>(step)] += uses_.segments[i].blocks.size();
    }
  }
}

// Steps that can be in a group.
std::vector<bool> Groups::find_row_steps() const {
  const std::vector<int32_t> writers = writers_of(program_);
  std::vector<bool> can_run;
  for (const Step& step : program_.steps) {
    const auto form = step.stripe < 0 && step.loop < 0 ? RowForm::of(program_, step) : std::nullopt;
    can_run.push_back(form && writers[static_cast<size_t>(step.operands[form->output()].index)] == 1);
  }
  return can_run;
}

void Groups::find_groups() {
  const std::vector<bool> can_run = find_row_steps();
  const auto count = static_cast<int32_t>(program_.steps.size());
  for (int32_t first = 0; first < count; ++first) {
    const auto at = static_cast<size_t>(first);
    if (!can_run[at]) floor_blocks_ = std::max(floor_blocks_, live_blocks_[at]);
    int64_t most_blocks = 0;
    for (int32_t last = first; last < count && last - first < options_.max_nodes; ++last) {
      const auto end = static_cast<size_t>(last);
      if (!can_run[end]) break;
      most_blocks = std::max(most_blocks, live_blocks_[end]);
      if (last == first) continue;
      const int32_t rows = RowForm::of(program_, program_.steps[end])->output_rows();
      groups_.push_back({.first = first,
                         .last = last,
                         .border_blocks = std::max(border_blocks_[at], border_blocks_[end + 1]),
                         .most_blocks = most_blocks,
                         .heights = heights(rows)});
    }
  }
}

std::optional<Cover> Groups::cheapest(const Limits& limits, double max_price, std::span<const Choice> banned) {
  if (limits.step_blocks < floor_blocks_) return std::nullopt;
  auto cover = cheapest_cover(live_blocks_, choices(limits, max_price, banned), limits);
  if (!cover || cover->price > max_price) return std::nullopt;
  cover->needed.step_blocks = std::max(cover->needed.step_blocks, floor_blocks_);
  return cover;
}

// Of every group that holds a step above the limit.
std::vector<Choice> Groups::choices(const Limits& limits, double max_price, std::span<const Choice> banned) {
  std::vector<Choice> list;
  const auto fits = [&](const Choice& choice) { return choice.blocks <= limits.group_blocks; };
  for (Group& group : groups_) {
    if (group.most_blocks <= limits.step_blocks || group.border_blocks > limits.group_blocks) continue;
    const auto is_this = [&](const Choice& choice) {
      return choice.stripes.first == group.first && choice.stripes.last == group.last;
    };
    if (std::ranges::any_of(banned, is_this)) continue;
    if (std::ranges::none_of(group.found, fits)) look(group, limits.group_blocks, max_price);
    const Choice* cheapest = nullptr;
    for (const Choice& choice : group.found) {
      if (fits(choice) && (cheapest == nullptr || choice.price < cheapest->price)) cheapest = &choice;
    }
    if (cheapest != nullptr) list.push_back(*cheapest);
  }
  return list;
}

void Groups::look(Group& group, int64_t limit_blocks, double max_price) {
  if (group.heights.empty()) return;
  const Slice plain = slice(program_, uses_, lives_, group.first, group.last);
  while (!group.heights.empty() && attempts_ < options_.max_attempts) {
    ++attempts_;
    const int32_t rows = group.heights.back();
    group.heights.pop_back();
    const auto striped = with_stripes(plain.program, {0, group.last - group.first, rows}, options_.isa);
    if (!striped) continue;
    const Uses uses = find_uses(*striped, options_.overlap);
    const int64_t blocks = plain.other_blocks + lower_bound_blocks(uses);
    if (blocks > limit_blocks) continue;
    // Of the whole program, whose other steps say which code is there anyway.
    const Stripes stripes{group.first, group.last, rows};
    const auto all = with_stripes(program_, stripes, options_.isa);
    if (!all) continue;
    const double price = price_of(options_, program_, *all);
    if (price > max_price) return group.heights.clear();
    group.found.push_back({stripes, blocks, price});
    return;
  }
}

}  // namespace tmc::storage
