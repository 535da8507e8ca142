// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/trips.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "tmc/program/extents.hpp"

namespace tmc::storage {
namespace {

using program::Operand;
using program::Program;
using program::Step;

using Steps = std::vector<int32_t>;
constexpr int32_t kNever = INT32_MAX;

struct Access {
  int32_t step;
  Extent bytes;
};

// The number of pivots on the longest way to each step, itself included.
std::vector<int32_t> count_pivots(const std::vector<Steps>& dependencies, const Steps& pivots) {
  std::vector<int32_t> count(dependencies.size(), 0);
  for (size_t step = 0; step < dependencies.size(); ++step) {
    for (const int32_t before : dependencies[step])
      count[step] = std::max(count[step], count[static_cast<size_t>(before)]);
    if (std::ranges::binary_search(pivots, static_cast<int32_t>(step))) ++count[step];
  }
  return count;
}

// The first trip that needs each step of those that depend on no pivot; kNever where none does.
std::vector<int32_t> first_needs(const std::vector<Steps>& dependencies, const std::vector<int32_t>& trip) {
  std::vector<int32_t> needed(trip.size(), kNever);
  for (size_t step = trip.size(); step-- > 0;) {
    const int32_t at = trip[step] > 0 ? trip[step] : needed[step];
    for (const int32_t before : dependencies[step]) {
      int32_t& first = needed[static_cast<size_t>(before)];
      first = std::min(first, at);
    }
  }
  return needed;
}

// The steps of a trip in an order that their kinds and dependencies alone decide, since exporters have no rule for it:
// what depends on no pivot first, then what can run, the least kind first.
Steps in_one_order(const Steps& steps, const std::vector<Steps>& dependencies, const std::vector<int32_t>& kinds,
                   const std::vector<int32_t>& trip) {
  using Rank = std::tuple<bool, int32_t, int32_t>;
  const auto rank = [&](int32_t step) {
    const auto at = static_cast<size_t>(step);
    return Rank{trip[at] > 0, kinds[at], step};
  };
  std::map<int32_t, int32_t> missing;
  std::map<int32_t, Steps> readers;
  for (const int32_t step : steps) missing[step] = 0;
  for (const int32_t step : steps) {
    for (const int32_t before : dependencies[static_cast<size_t>(step)]) {
      if (!missing.contains(before)) continue;
      ++missing[step];
      readers[before].push_back(step);
    }
  }
  std::set<Rank> ready;
  for (const auto& [step, count] : missing) {
    if (count == 0) ready.insert(rank(step));
  }
  Steps ordered;
  while (!ready.empty()) {
    const int32_t step = std::get<2>(*ready.begin());
    ready.erase(ready.begin());
    ordered.push_back(step);
    for (const int32_t reader : readers[step]) {
      if (--missing[reader] == 0) ready.insert(rank(reader));
    }
  }
  return ordered;
}

Steps kinds_in(const Steps& steps, const std::vector<int32_t>& kinds) {
  Steps found;
  for (const int32_t step : steps) found.push_back(kinds[static_cast<size_t>(step)]);
  return found;
}

// Takes those out of `steps`, from behind or from the first on, that are alike to the wanted ones; empty where some are
// missing.
Steps take_alike(Steps& steps, const Steps& wanted, const std::vector<int32_t>& kinds, bool backwards) {
  Steps taken, rest;
  Steps left = wanted;
  if (!backwards) std::ranges::reverse(left);
  const auto look = [&](int32_t step) {
    const bool fits = !left.empty() && kinds[static_cast<size_t>(step)] == left.back();
    if (fits) left.pop_back();
    (fits ? taken : rest).push_back(step);
  };
  if (backwards) {
    std::for_each(steps.rbegin(), steps.rend(), look);
    std::ranges::reverse(taken);
    std::ranges::reverse(rest);
  } else {
    std::ranges::for_each(steps, look);
  }
  if (!left.empty()) return {};
  steps = std::move(rest);
  return taken;
}

// The steps of the last trip among those that depend on its pivot or are first needed there: what depends on it comes
// in the order of the wanted kinds before anything behind the loop that is alike, and brings what it needs along. Those
// of `wanted` that depend on a pivot are in `main`.
Steps take_last(Steps& steps, const Steps& wanted, const Steps& main, const std::vector<int32_t>& kinds,
                const std::vector<Steps>& dependencies, const std::vector<int32_t>& trip) {
  Steps dependent;
  std::ranges::copy_if(steps, std::back_inserter(dependent),
                       [&](int32_t step) { return trip[static_cast<size_t>(step)] > 0; });
  const Steps taken = take_alike(dependent, main, kinds, /*backwards=*/false);
  if (taken.empty()) return {};
  std::set<int32_t> needed(taken.begin(), taken.end());
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    if (!needed.contains(*step)) continue;
    for (const int32_t before : dependencies[static_cast<size_t>(*step)]) {
      if (trip[static_cast<size_t>(before)] == 0) needed.insert(before);
    }
  }
  Steps found, rest;
  for (const int32_t step : steps) (needed.contains(step) ? found : rest).push_back(step);
  if (kinds_in(found, kinds) != wanted) return {};
  steps = std::move(rest);
  return found;
}

bool keeps_dependencies(const std::vector<Steps>& dependencies, const Trips& trips) {
  std::vector<size_t> place(dependencies.size());
  size_t next = 0;
  const auto put = [&](const Steps& steps) {
    for (const int32_t step : steps) place[static_cast<size_t>(step)] = next++;
  };
  put(trips.before);
  std::ranges::for_each(trips.trips, put);
  put(trips.after);
  for (size_t step = 0; step < dependencies.size(); ++step) {
    for (const int32_t before : dependencies[step]) {
      if (place[static_cast<size_t>(before)] >= place[step]) return false;
    }
  }
  return next == dependencies.size();
}

}  // namespace

Extent touched_bytes(const Program& program, const Step& step, size_t operand) {
  const Operand& of = step.operands[operand];
  Extent bytes = operand_extent(program, of);
  if (of.bytes > 0) return bytes;
  const Result<std::vector<int64_t>> needed = program::needed_bytes(*step.implementation->kernel, step.params);
  if (needed.ok() && (*needed)[operand] > 0) bytes.end = std::min(bytes.end, bytes.begin + (*needed)[operand]);
  return bytes;
}

std::vector<Steps> dependencies(const Program& program) {
  std::vector<std::vector<Access>> reads(program.buffers.size()), writes(program.buffers.size());
  std::vector<Steps> result(program.steps.size());
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    std::vector<std::pair<size_t, Access>> new_reads, new_writes;
    for (size_t o = 0; o < step.operands.size(); ++o) {
      if (step.operands[o].kind != Operand::Kind::kBuffer) continue;
      const auto buffer = static_cast<size_t>(step.operands[o].index);
      const Access access{static_cast<int32_t>(i), touched_bytes(program, step, o)};
      const bool is_read = step.implementation->kernel->buffers[o].role == kernels::Role::kInput;
      const auto depend = [&](const std::vector<Access>& before) {
        for (const Access& other : before) {
          if (other.bytes.intersects(access.bytes)) result[i].push_back(other.step);
        }
      };
      depend(writes[buffer]);
      if (!is_read) depend(reads[buffer]);
      (is_read ? new_reads : new_writes).emplace_back(buffer, access);
    }
    for (const auto& [buffer, access] : new_reads) reads[buffer].push_back(access);
    for (const auto& [buffer, access] : new_writes) writes[buffer].push_back(access);
    std::ranges::sort(result[i]);
    result[i].erase(std::unique(result[i].begin(), result[i].end()), result[i].end());
  }
  return result;
}

std::vector<int32_t> kinds_of(const Program& program) {
  using Words = std::vector<int64_t>;
  std::map<std::tuple<const kernels::ImplementationInfo*, int64_t, std::vector<int32_t>, Words>, int32_t> numbers;
  std::vector<int32_t> kinds;
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    Words operands;
    for (const Operand& operand : step.operands) {
      operands.push_back(static_cast<int64_t>(operand.kind));
      if (operand.kind == Operand::Kind::kConstant)
        operands.insert(operands.end(), {operand.index, operand.byte_offset});
    }
    // What is a loop's, or a stripe, is like nothing else.
    const int64_t own = step.loop >= 0 || step.stripe >= 0 ? static_cast<int64_t>(i) : -1;
    const auto next = static_cast<int32_t>(numbers.size());
    kinds.push_back(numbers.try_emplace({step.implementation, own, step.params, operands}, next).first->second);
  }
  return kinds;
}

std::vector<Trips> find_trips(const std::vector<Steps>& dependencies, const std::vector<int32_t>& kinds,
                              const Steps& pivots) {
  const std::vector<int32_t> trip = count_pivots(dependencies, pivots);
  if (pivots.size() < kLeastTrips || trip[static_cast<size_t>(pivots.back())] != std::ssize(pivots)) return {};
  const std::vector<int32_t> needed = first_needs(dependencies, trip);
  std::vector<Steps> groups(pivots.size() + 1);  // 0: what no trip needs
  for (size_t step = 0; step < trip.size(); ++step) {
    const int32_t at = trip[step] > 0 ? trip[step] : needed[step];
    groups[at == kNever ? 0 : static_cast<size_t>(at)].push_back(static_cast<int32_t>(step));
  }
  for (Steps& group : groups) group = in_one_order(group, dependencies, kinds, trip);
  // What the trips in the middle have in common; the last and the first may have more.
  const Steps wanted = kinds_in(groups[2], kinds);
  for (size_t at = 3; at < groups.size() - 1; ++at) {
    if (kinds_in(groups[at], kinds) != wanted) return {};
  }
  Steps main;
  for (const int32_t step : groups[2]) {
    if (trip[static_cast<size_t>(step)] > 0) main.push_back(kinds[static_cast<size_t>(step)]);
  }
  std::vector<Trips> found;
  for (const bool has_first : {true, false}) {
    for (const bool has_last : {true, false}) {
      Steps before = groups[1], behind = groups.back();
      const Steps first = has_first ? take_alike(before, wanted, kinds, /*backwards=*/true) : Steps();
      const Steps last = has_last ? take_last(behind, wanted, main, kinds, dependencies, trip) : Steps();
      if (has_first == first.empty() || has_last == last.empty()) continue;
      Trips trips;
      trips.before = groups[0];
      trips.before.insert(trips.before.end(), before.begin(), before.end());
      if (has_first) trips.trips.push_back(first);
      trips.trips.insert(trips.trips.end(), groups.begin() + 2, groups.end() - 1);
      if (has_last) trips.trips.push_back(last);
      for (const int32_t step : behind) {
        (trip[static_cast<size_t>(step)] == 0 ? trips.before : trips.after).push_back(step);
      }
      std::ranges::sort(trips.before);
      const bool is_loop = trips.trips.size() >= kLeastTrips && keeps_dependencies(dependencies, trips);
      if (is_loop) found.push_back(std::move(trips));
    }
  }
  return found;
}

}  // namespace tmc::storage
