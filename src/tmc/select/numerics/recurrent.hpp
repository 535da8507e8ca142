// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the lowerings of recurrent operators (ops/recurrent.hpp) share: a loop over time, whose steps are the products
// with the weights and the kernel of the gates (kernels/contract/recurrent_f32.hpp), around a state that stays in its
// place.

#include <functional>

#include "tmc/ops/recurrent.hpp"
#include "tmc/select/lowering.hpp"

namespace tmc::select {

class Recurrence {
 public:
  // Of the node at hand. kUnsupportedType where it is not of float.
  static Result<Recurrence> create(Lowering& lowering, const ops::RecurrentForm& form, std::string_view functions);

  int32_t time() const { return time_; }
  int32_t batch() const { return batch_; }
  int32_t hidden() const { return hidden_; }

  // The states of the node's inputs, one after the other; the kernels write the next ones there.
  const Ref& states() const { return states_; }
  // The first of them, which the recurrent weights see.
  Ref hidden_state() const { return {.bytes = state_bytes(), .buffer = states_.buffer, .dtype = states_.dtype}; }
  // The input at the step of the loop.
  const Ref& input() const { return input_; }

  // The loop: `step` emits what becomes of the states at a time step. Output: the states after each step or, without
  // `sequence`, after the last; the first of them, or all.
  Status emit_loop(bool reverse, bool sequence, bool all_states, const std::function<Status()>& step);

  // For steps. rows [batch, .] times gates first..first + count of the weights, plus those of the bias.
  struct Gates {
    int64_t first, count;
  };
  static constexpr size_t kNoBias = 0;
  Result<Ref> emit_sums(const std::string& suffix, const Ref& rows, size_t weights, Gates gates, size_t bias);
  // Fills rows, hidden, gates, states, clip and the functions.
  template <typename Params>
  Params params(int32_t gates, int32_t states, double clip) const {
    Params p{};
    p.rows = batch_;
    p.hidden = hidden_;
    p.gates = gates;
    p.states = states;
    set_clip(p.clip, clip);
    for (size_t i = 0; i < std::min(std::size(p.functions), functions_.size()); ++i) {
      p.functions[i] = static_cast<int32_t>(functions_[i].gate);
      p.alphas[i] = static_cast<float>(functions_[i].alpha);
      p.betas[i] = static_cast<float>(functions_[i].beta);
    }
    return p;
  }

 private:
  explicit Recurrence(Lowering& lowering) : lowering_(&lowering) {}
  int64_t state_bytes() const { return int64_t{batch_} * hidden_ * int64_t{sizeof(float)}; }
  static void set_clip(float& to, double clip);
  Status copy(const Ref& from, const Ref& to, int64_t bytes);
  Status emit_layer(const Ref& rows, const ir::Value& weights, Gates gates, size_t bias, const Ref& sums);
  Status emit_product(const std::string& suffix, const Ref& rows, size_t weights, Gates gates, size_t bias,
                      const Ref& sums);

  Lowering* lowering_;
  std::vector<ops::GateFunction> functions_;
  size_t state_count_ = 1;
  int32_t time_ = 0, batch_ = 0, hidden_ = 0;
  Ref states_, input_;
};

}  // namespace tmc::select
