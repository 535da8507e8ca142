// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/repeats.hpp"

#include <algorithm>

namespace tmc::program {
namespace {

constexpr int32_t kMostPeriod = 64;
constexpr int32_t kLoopCalls = 2;  // what a loop takes of flash, in calls

const Step& step_at(const Program& program, int32_t index) {
  return program.steps[static_cast<size_t>(index)];
}

const Buffer& buffer_of(const Program& program, const Operand& operand) {
  return program.buffers[static_cast<size_t>(operand.index)];
}

int64_t place_of(const Program& program, const Operand& operand) {
  return operand.kind == Operand::Kind::kBuffer ? buffer_of(program, operand).offset + operand.byte_offset : 0;
}

bool alike(const Program& program, const Operand& a, const Operand& b) {
  if (a.kind != b.kind) return false;
  if (a.kind != Operand::Kind::kBuffer) return a.index == b.index && a.byte_offset == b.byte_offset;
  return buffer_of(program, a).region == buffer_of(program, b).region;
}

// Whether one call could serve both, but for the places of its operands.
bool alike(const Program& program, const Step& a, const Step& b) {
  return a.implementation == b.implementation && a.loop < 0 && b.loop < 0 && (a.stripe < 0) == (b.stripe < 0) &&
         a.name == b.name && a.params == b.params &&
         std::ranges::equal(a.operands, b.operands,
                            [&](const Operand& x, const Operand& y) { return alike(program, x, y); });
}

std::vector<int64_t> distances(const Program& program, const Step& from, const Step& to) {
  std::vector<int64_t> bytes;
  for (size_t i = 0; i < from.operands.size(); ++i) {
    bytes.push_back(place_of(program, to.operands[i]) - place_of(program, from.operands[i]));
  }
  return bytes;
}

// How many trips of that many steps may begin at each step; 1 where none repeats.
std::vector<int32_t> trips_of_period(const Program& program, int32_t period) {
  const auto count = static_cast<int32_t>(program.steps.size());
  std::vector<int32_t> trips(program.steps.size(), 1);
  int32_t repeated = 0;  // steps from here on that are like those a period later
  int32_t steady = 0;    // of these, such that go on by the same distances
  std::vector<std::vector<int64_t>> later(static_cast<size_t>(period));  // distances, empty where steps are not alike
  for (int32_t i = count - period - 1; i >= 0; --i) {
    const Step& step = step_at(program, i);
    const Step& next = step_at(program, i + period);
    std::vector<int64_t>& distance = later[static_cast<size_t>(i % period)];
    const bool repeats = alike(program, step, next);
    std::vector<int64_t> here = repeats ? distances(program, step, next) : std::vector<int64_t>();
    repeated = repeats ? repeated + 1 : 0;
    steady = repeats && here == distance ? steady + 1 : 0;
    distance = std::move(here);
    if (repeated >= period) trips[static_cast<size_t>(i)] = 2 + steady / period;
  }
  return trips;
}

struct Choice {
  int32_t calls = 0;  // from this step to the end
  int32_t period = 1;
  int32_t trips = 1;
};

// At every step, and behind the last one.
std::vector<Choice> best_choices(const Program& program) {
  const auto count = static_cast<int32_t>(program.steps.size());
  std::vector<std::vector<int32_t>> trips;  // [period - 1][step]
  for (int32_t period = 1; period <= std::min(kMostPeriod, count / 2); ++period) {
    trips.push_back(trips_of_period(program, period));
  }
  std::vector<Choice> best(program.steps.size() + 1);
  for (int32_t i = count - 1; i >= 0; --i) {
    Choice& here = best[static_cast<size_t>(i)];
    here.calls = best[static_cast<size_t>(i) + 1].calls + 1;
    for (int32_t period = 1; period <= std::ssize(trips); ++period) {
      const int32_t most = trips[static_cast<size_t>(period) - 1][static_cast<size_t>(i)];
      for (int32_t taken = 2; taken <= most; ++taken) {
        const int32_t calls = best[static_cast<size_t>(i + taken * period)].calls + period + kLoopCalls;
        if (calls < here.calls) here = {calls, period, taken};
      }
    }
  }
  return best;
}

Repeat repeat_of(const Program& program, int32_t first, const Choice& choice) {
  Repeat repeat{first, choice.period, choice.trips, {}};
  for (int32_t step = first; step < first + choice.period; ++step) {
    repeat.advance_bytes.push_back(distances(program, step_at(program, step), step_at(program, step + choice.period)));
  }
  return repeat;
}

}  // namespace

std::vector<Repeat> find_repeats(const Program& program) {
  if (!is_placed(program)) return {};
  const std::vector<Choice> best = best_choices(program);
  std::vector<Repeat> repeats;
  for (int32_t i = 0; i < std::ssize(program.steps);) {
    const Choice& choice = best[static_cast<size_t>(i)];
    if (choice.trips > 1) repeats.push_back(repeat_of(program, i, choice));
    i += choice.period * choice.trips;
  }
  return repeats;
}

}  // namespace tmc::program
