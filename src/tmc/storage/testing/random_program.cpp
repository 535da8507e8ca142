// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/testing/random_program.hpp"

#include <algorithm>
#include <set>

#include "tmc/storage/testing/program_builder.hpp"

namespace tmc::storage::testing {
namespace {

using kernels::Overlap;

class RandomProgram {
 public:
  RandomProgram(std::mt19937& rng, const RandomProgramOptions& options) : rng_(rng), options_(options) {}

  program::Program write() {
    keep_inputs_ = chance(5);
    for (int64_t i = pick(1, 2); i > 0; --i) written_.push_back(builder_.input(any_size()));
    input_count_ = static_cast<int32_t>(written_.size());
    for (int i = 0; i < options_.steps; ++i) {
      if (options_.slices && chance(8)) {
        join(pick(2, 3));
      } else if (options_.slices && chance(8)) {
        split();
      } else if (chance(25)) {
        overwrite();
      } else {
        written_.push_back(builder_.step(any_inputs(-1), any_size(), any_scratch()));
      }
    }
    add_outputs();
    program::Program program = builder_.take();
    program.keep_inputs = keep_inputs_;
    return program;
  }

 private:
  int64_t pick(int64_t low, int64_t high) { return std::uniform_int_distribution<int64_t>(low, high)(rng_); }
  bool chance(int one_in) { return pick(1, one_in) == 1; }
  // One in three leaves the alignment of what follows as it was.
  int64_t any_size() { return chance(3) ? 16 * pick(1, options_.max_bytes / 16) : pick(1, options_.max_bytes); }
  int64_t any_scratch() { return options_.scratch && chance(3) ? pick(1, options_.max_bytes / 2) : 0; }
  const Place& any_place() {
    const auto reach = std::min(static_cast<int64_t>(written_.size()), int64_t{options_.reach});
    return written_[written_.size() - static_cast<size_t>(pick(1, reach))];
  }

  // Inputs of one step, none of them in buffer `except`.
  std::vector<Input> any_inputs(int32_t except) {
    constexpr Overlap::Kind kKinds[] = {Overlap::Kind::kForward, Overlap::Kind::kBackward, Overlap::Kind::kForward,
                                        Overlap::Kind::kBackward, Overlap::Kind::kSameBegin};
    const Overlap::Kind kind = kKinds[pick(0, 4)];
    std::vector<Input> inputs;
    for (int64_t i = chance(2) ? 1 : pick(2, kMaxInputs); i > 0; --i) {
      const Place place = any_place();
      if (place.buffer == except) continue;
      read_.insert(place.buffer);
      inputs.push_back({place, kernels::kNoOverlap});
      if (chance(4)) continue;
      const int64_t slack = chance(2) ? 0 : chance(6) ? 4 * options_.max_bytes : pick(-64, 64);
      inputs.back().overlap = {kind, static_cast<int32_t>(slack)};
    }
    if (inputs.empty()) inputs.push_back({written_.front(), kernels::kNoOverlap});
    return inputs;
  }

  // A buffer written in parts by a step each, or by copies of what others wrote, among which others run.
  void join(int64_t parts) {
    std::vector<int64_t> begins{0};
    std::vector<Place> copied;  // buffer -1: the part is computed
    for (int64_t i = 0; i < parts; ++i) {
      copied.push_back(chance(2) ? any_place() : Place{-1, 0, any_size()});
      begins.push_back(begins.back() + copied.back().bytes);
    }
    const int32_t joined = builder_.buffer(begins.back());
    std::vector<Place> slices;
    for (size_t i = 0; i < copied.size(); ++i) {
      slices.push_back({joined, begins[i], copied[i].bytes});
      if (chance(2)) written_.push_back(builder_.step(any_inputs(-1), any_size(), any_scratch()));
      if (copied[i].buffer < 0) {
        builder_.step(any_inputs(joined), slices.back(), any_scratch());
      } else {
        read_.insert(copied[i].buffer);
        builder_.copy(copied[i], slices.back());
      }
    }
    if (chance(3)) {
      written_.insert(written_.end(), slices.begin(), slices.end());
    } else {
      written_.push_back(builder_.whole(joined));
    }
  }

  // Parts of what one step wrote, copied out.
  void split() {
    const Place whole = any_place();
    const int64_t cut = std::min(whole.bytes, chance(2) ? pick(0, whole.bytes) / 16 * 16 : pick(0, whole.bytes));
    read_.insert(whole.buffer);
    for (const Place& part : {Place{whole.buffer, whole.byte_offset, cut},
                              Place{whole.buffer, whole.byte_offset + cut, whole.bytes - cut}}) {
      if (part.bytes == 0) continue;
      const Place out = builder_.whole(builder_.buffer(part.bytes));
      builder_.copy(part, out);
      written_.push_back(out);
    }
  }

  void overwrite() {
    const Place place = any_place();
    if (keep_inputs_ && place.buffer < input_count_) return;
    const std::vector<Input> inputs = any_inputs(place.buffer);
    const bool reads_itself =
        std::ranges::any_of(inputs, [&](const Input& input) { return input.place.buffer == place.buffer; });
    if (!reads_itself) builder_.step(inputs, place, any_scratch());
  }

  void add_outputs() {
    std::set<int32_t> done;
    for (const Place& place : written_) {
      if ((read_.contains(place.buffer) && !chance(12)) || !done.insert(place.buffer).second) continue;
      if (chance(10)) continue;  // a result that nobody reads
      builder_.output(place);
    }
    if (done.empty()) builder_.output(written_.back());
  }

  std::mt19937& rng_;
  RandomProgramOptions options_;
  ProgramBuilder builder_;
  std::vector<Place> written_;
  std::set<int32_t> read_;
  bool keep_inputs_ = false;
  int32_t input_count_ = 0;
};

}  // namespace

program::Program random_program(std::mt19937& rng, const RandomProgramOptions& options) {
  return RandomProgram(rng, options).write();
}

}  // namespace tmc::storage::testing
