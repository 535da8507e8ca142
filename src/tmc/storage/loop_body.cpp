// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/loop_body.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "tmc/kernels/contract/copy.hpp"
#include "tmc/program/edit.hpp"
#include "tmc/storage/spared_copies.hpp"

namespace tmc::storage {
namespace {

using program::Operand;
using program::Program;
using program::Step;

// A buffer that each trip has of its own: the last trip's serves all. Number `trip` of `members` is that trip's.
struct Place {
  std::vector<int32_t> members;
  size_t first_write = 0;                // the step of the body
  std::optional<size_t> last_late_read;  // the step that last reads what the trip before wrote
  Operand begins_as;                     // what the first trip reads there
  int32_t before = -1;                   // where the trip before's stays until it is read; -1: in the place itself
};

class Roll {
 public:
  Roll(Program& program, const Trips& trips)
      : program_(program), trips_(trips), steps_(trips.trips.front().size()), count_(trips.trips.size()) {}

  bool run() {
    if (!find_places() || !unify_operands() || is_read_elsewhere()) return false;
    rewrite();
    return true;
  }

 private:
  const Step& step(size_t trip, size_t at) const { return program_.steps[static_cast<size_t>(trips_.trips[trip][at])]; }
  const Operand& operand(size_t trip, size_t at, size_t slot) const { return step(trip, at).operands[slot]; }
  kernels::Role role(size_t at, size_t slot) const { return step(0, at).implementation->kernel->buffers[slot].role; }
  bool is_buffer(size_t at, size_t slot) const { return operand(0, at, slot).kind == Operand::Kind::kBuffer; }
  bool is_one_buffer(size_t at, size_t slot) const {
    for (size_t trip = 1; trip < count_; ++trip) {
      if (operand(trip, at, slot).index != operand(0, at, slot).index) return false;
    }
    return true;
  }
  template <typename Visit>
  bool for_each_slot(Visit visit) {
    for (size_t at = 0; at < steps_; ++at) {
      for (size_t slot = 0; slot < step(0, at).operands.size(); ++slot) {
        if (is_buffer(at, slot) && !visit(at, slot)) return false;
      }
    }
    return true;
  }

  // What is written to another buffer at every trip.
  bool find_places() {
    return for_each_slot([&](size_t at, size_t slot) {
      if (role(at, slot) == kernels::Role::kInput || is_one_buffer(at, slot)) return true;
      const auto known = place_of_.find(operand(0, at, slot).index);
      const size_t place = known == place_of_.end() ? places_.size() : known->second;
      if (known == place_of_.end()) {
        places_.emplace_back();
        places_.back().first_write = at;
      }
      for (size_t trip = 0; trip < count_; ++trip) {
        const int32_t buffer = operand(trip, at, slot).index;
        if (known == place_of_.end()) {
          const auto kind = program_.buffers[static_cast<size_t>(buffer)].kind;
          const bool is_own = kind == program::Buffer::Kind::kActivation || kind == program::Buffer::Kind::kScratch ||
                              (kind == program::Buffer::Kind::kOutput && trip + 1 == count_);
          if (!is_own || !place_of_.try_emplace(buffer, place).second) return false;
          places_[place].members.push_back(buffer);
        } else if (places_[place].members[trip] != buffer) {
          return false;
        }
      }
      return true;
    });
  }

  bool unify_operands() {
    return for_each_slot([&](size_t at, size_t slot) {
      if (is_one_buffer(at, slot)) return advances_evenly(at, slot) && !place_of_.contains(operand(0, at, slot).index);
      const Operand& last = operand(count_ - 1, at, slot);
      for (size_t trip = 1; trip + 1 < count_; ++trip) {
        const Operand& one = operand(trip, at, slot);
        if (one.byte_offset != last.byte_offset || one.bytes != last.bytes) return false;
      }
      return is_local(at, slot) || is_of_trip_before(at, slot);
    });
  }

  bool advances_evenly(size_t at, size_t slot) const {
    const int64_t distance = operand(1, at, slot).byte_offset - operand(0, at, slot).byte_offset;
    for (size_t trip = 1; trip < count_; ++trip) {
      if (operand(trip, at, slot).byte_offset - operand(trip - 1, at, slot).byte_offset != distance) return false;
      if (touched(trip, at, slot).size() != touched(0, at, slot).size()) return false;
    }
    return true;
  }

  Extent touched(size_t trip, size_t at, size_t slot) const { return touched_bytes(program_, step(trip, at), slot); }

  std::optional<size_t> find_place(int32_t buffer) const {
    const auto found = place_of_.find(buffer);
    return found == place_of_.end() ? std::nullopt : std::optional(found->second);
  }

  bool is_local(size_t at, size_t slot) const {
    const auto place = find_place(operand(0, at, slot).index);
    if (!place || operand(0, at, slot).byte_offset != operand(1, at, slot).byte_offset) return false;
    for (size_t trip = 0; trip < count_; ++trip) {
      if (places_[*place].members[trip] != operand(trip, at, slot).index) return false;
    }
    // What is read before it is written would be the trip before's.
    return role(at, slot) != kernels::Role::kInput || places_[*place].first_write < at;
  }

  bool is_of_trip_before(size_t at, size_t slot) {
    if (role(at, slot) != kernels::Role::kInput) return false;
    const auto found = find_place(operand(1, at, slot).index);
    if (!found) return false;
    Place& place = places_[*found];
    for (size_t trip = 1; trip < count_; ++trip) {
      if (place.members[trip - 1] != operand(trip, at, slot).index) return false;
    }
    Operand first = operand(0, at, slot);
    const int64_t bytes = program_.buffers[static_cast<size_t>(place.members[0])].bytes;
    // The first trip must find all of the place where it looks for a part of it.
    const Operand& later = operand(1, at, slot);
    first.byte_offset -= later.byte_offset;
    first.bytes = bytes;
    const int64_t whole = program_.buffers[static_cast<size_t>(first.index)].bytes;
    const bool fits = first.byte_offset >= 0 && first.byte_offset + bytes <= whole && !place_of_.contains(first.index);
    if (!fits) return false;
    const Operand& known = place.begins_as;
    const bool is_known = known.kind == Operand::Kind::kBuffer;
    if (is_known && (known.index != first.index || known.byte_offset != first.byte_offset)) return false;
    place.begins_as = first;
    place.last_late_read = at;
    return true;
  }

  // By steps outside of the loop, of what another trip than the last one leaves; or by the world.
  bool is_read_elsewhere() const {
    std::set<int32_t> forbidden;
    for (const Place& place : places_) forbidden.insert(place.members.begin(), place.members.end() - 1);
    const auto uses = [&](int32_t step) {
      return std::ranges::any_of(program_.steps[static_cast<size_t>(step)].operands, [&](const Operand& one) {
        return one.kind == Operand::Kind::kBuffer && forbidden.contains(one.index);
      });
    };
    const auto is_forbidden = [&](int32_t port) {
      return forbidden.contains(program_.tensors[static_cast<size_t>(port)].buffer);
    };
    return std::ranges::any_of(trips_.before, uses) || std::ranges::any_of(trips_.after, uses) ||
           std::ranges::any_of(program_.inputs, is_forbidden) || std::ranges::any_of(program_.outputs, is_forbidden);
  }

  Step copy_step(const Step& like, const Operand& from, const Operand& to, int64_t bytes) const {
    const auto row = static_cast<int32_t>(bytes);
    Step copy;
    copy.name = like.name;
    copy.op = like.op;
    copy.implementation = kernels::find_implementation("portable", kernels::Copy::kName);
    copy.params = kernels::to_words(
        kernels::Copy::Params{.rows = 1, .row_bytes = row, .input_stride = row, .output_stride = row});
    copy.operands = {from, to};
    copy.choice = "what a trip leaves to the next one";
    return copy;
  }

  // A step of the body as the last trip has it.
  Step body_step(size_t at) const {
    Step made = step(count_ - 1, at);
    made.macs *= static_cast<int64_t>(count_);
    for (size_t slot = 0; slot < made.operands.size(); ++slot) {
      if (!is_buffer(at, slot)) continue;
      Operand& one = made.operands[slot];
      if (is_one_buffer(at, slot)) {
        const Extent first = touched(0, at, slot), last = touched(count_ - 1, at, slot);
        if (first.begin == last.begin) continue;
        one.byte_offset = std::min(first.begin, last.begin);
        one.bytes = std::max(first.end, last.end) - one.byte_offset;
        one.advance_bytes = (last.begin - first.begin) / static_cast<int64_t>(count_ - 1);
        continue;
      }
      const Place& place = places_[place_of_.at(one.index)];
      const bool is_of_trip_before = place.members.back() != one.index;
      one.index = is_of_trip_before && place.before >= 0 ? place.before : place.members.back();
    }
    return made;
  }

  void rewrite() {
    const Step& like = step(count_ - 1, 0);
    std::vector<Step> steps;
    std::vector<int32_t> moved(program_.steps.size(), -1);
    const auto keep = [&](int32_t at) {
      moved[static_cast<size_t>(at)] = static_cast<int32_t>(steps.size());
      steps.push_back(program_.steps[static_cast<size_t>(at)]);
    };
    std::ranges::for_each(trips_.before, keep);
    std::vector<Step> ends;
    for (Place& place : places_) {
      if (!place.last_late_read) continue;
      const int64_t bytes = program_.buffers[static_cast<size_t>(place.members[0])].bytes;
      const Operand now{Operand::Kind::kBuffer, place.members.back(), 0, bytes};
      Operand before = now;
      // What is written before all of what the trip before left is read needs a place of its own.
      if (*place.last_late_read >= place.first_write) {
        place.before = static_cast<int32_t>(program_.buffers.size());
        program_.buffers.push_back(program_.buffers[static_cast<size_t>(now.index)]);
        program_.buffers.back().name += ".before";
        before.index = place.before;
        ends.push_back(copy_step(like, now, before, bytes));
      }
      steps.push_back(copy_step(like, place.begins_as, before, bytes));
    }
    std::vector<Step> body;
    for (size_t at = 0; at < steps_; ++at) body.push_back(body_step(at));
    std::ranges::move(ends, std::back_inserter(body));
    spare_copies(program_, body, [&](int32_t buffer) { return is_needed_after(buffer); });
    const auto loop = static_cast<int32_t>(program_.loops.size());
    const auto first = static_cast<int32_t>(steps.size());
    for (Step& one : body) {
      one.loop = loop;
      steps.push_back(std::move(one));
    }
    const auto last = static_cast<int32_t>(steps.size()) - 1;
    for (const auto& trip : trips_.trips) {
      for (const int32_t at : trip) moved[static_cast<size_t>(at)] = last;
    }
    std::ranges::for_each(trips_.after, keep);
    program_.loops.push_back({.trips = static_cast<int32_t>(count_)});
    program_.steps = std::move(steps);
    for (program::Tensor& tensor : program_.tensors) {
      if (tensor.step >= 0) tensor.step = moved[static_cast<size_t>(tensor.step)];
    }
    order_loops();
    remove_unused(first, last);
  }

  // Whether a step behind the loop, or the world, reads the buffer.
  bool is_needed_after(int32_t buffer) const {
    const auto reads = [&](int32_t at) {
      return std::ranges::any_of(program_.steps[static_cast<size_t>(at)].operands, [&](const Operand& one) {
        return one.kind == Operand::Kind::kBuffer && one.index == buffer;
      });
    };
    return std::ranges::any_of(trips_.after, reads) || std::ranges::any_of(program_.outputs, [&](int32_t port) {
             return program_.tensors[static_cast<size_t>(port)].buffer == buffer;
           });
  }

  // Loops are numbered in the order of their steps.
  void order_loops() {
    std::vector<program::Loop> loops;
    std::map<int32_t, int32_t> number;
    for (Step& one : program_.steps) {
      if (one.loop < 0) continue;
      const auto [at, is_new] = number.try_emplace(one.loop, static_cast<int32_t>(loops.size()));
      if (is_new) loops.push_back(program_.loops[static_cast<size_t>(one.loop)]);
      one.loop = at->second;
    }
    program_.loops = std::move(loops);
  }

  // Tensors of single trips are nowhere whole, and their buffers are nobody's.
  void remove_unused(int32_t first, int32_t last) {
    std::set<int32_t> used, written_again;
    for (int32_t at = 0; at < std::ssize(program_.steps); ++at) {
      const Step& one = program_.steps[static_cast<size_t>(at)];
      for (size_t slot = 0; slot < one.operands.size(); ++slot) {
        if (one.operands[slot].kind != Operand::Kind::kBuffer) continue;
        used.insert(one.operands[slot].index);
        const bool is_written = one.implementation->kernel->buffers[slot].role != kernels::Role::kInput;
        if (is_written && at >= first && at <= last) written_again.insert(one.operands[slot].index);
      }
    }
    const auto is_port = [&](const program::Tensor& tensor) {
      const auto is_it = [&](int32_t port) { return &program_.tensors[static_cast<size_t>(port)] == &tensor; };
      return std::ranges::any_of(program_.inputs, is_it) || std::ranges::any_of(program_.outputs, is_it);
    };
    std::set<std::string> gone;
    for (const program::Tensor& tensor : program_.tensors) {
      const bool is_overwritten = tensor.step < first && written_again.contains(tensor.buffer);
      const bool is_there = used.contains(tensor.buffer) && !is_overwritten;
      if (!is_port(tensor) && !is_there) gone.insert(tensor.name);
    }
    program::remove_tensors(program_, [&](const program::Tensor& tensor) { return gone.contains(tensor.name); });
    std::set<int32_t> kept = used;
    for (const program::Tensor& tensor : program_.tensors) kept.insert(tensor.buffer);
    if (program_.state_buffer >= 0) kept.insert(program_.state_buffer);
    program::remove_buffers(program_, [&](int32_t buffer) { return !kept.contains(buffer); });
  }

  Program& program_;
  const Trips& trips_;
  size_t steps_, count_;  // of a trip, and of trips
  std::vector<Place> places_;
  std::map<int32_t, size_t> place_of_;  // by buffer
};

}  // namespace

bool roll(Program& program, const Trips& trips) {
  return Roll(program, trips).run();
}

}  // namespace tmc::storage
