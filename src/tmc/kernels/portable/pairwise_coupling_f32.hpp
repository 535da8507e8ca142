// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference: Q and Qp of a row in scratch.

#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/contract/pairwise_coupling_f32.hpp"

namespace tmc::kernels::portable {

struct PairwiseCouplingF32 : ImplementationOf<kernels::PairwiseCouplingF32> {
  static constexpr bool applies(const Params& p) {
    return p.classes > 1 && product_of(p.input_elements, 2) == product_of(p.rows, p.classes, p.classes - 1) &&
           p.output_elements == product_of(p.rows, p.classes);
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return int64_t{p.classes} * (p.classes + 1) * int64_t{sizeof(float)};
  }
  // A few rounds are the rule.
  static constexpr double instructions(const Params& p) {
    return 1.0 * p.rows * p.classes * (80 + 5 * (60 + 20.0 * p.classes));
  }

  static void run(Params p, Buffers b) {
    auto* q = static_cast<float*>(b.scratch);
    float* qp = q + p.classes * p.classes;
    for (int32_t row = 0; row < p.rows; ++row) {
      fill(p, b.input + row * (p.classes * (p.classes - 1) / 2), q);
      float* shares = b.output + row * p.classes;
      for (int32_t t = 0; t < p.classes; ++t) shares[t] = 1.0F / static_cast<float>(p.classes);
      for (int32_t round = 0; round < Contract::kMostRounds; ++round) {
        float all = 0;
        for (int32_t t = 0; t < p.classes; ++t) {
          qp[t] = 0;
          for (int32_t j = 0; j < p.classes; ++j) qp[t] += q[t * p.classes + j] * shares[j];
          all += shares[t] * qp[t];
        }
        if (is_enough(p, qp, all)) break;
        for (int32_t t = 0; t < p.classes; ++t) move(p, q, qp, shares, t, all);
      }
    }
  }

 private:
  static void fill(const Params& p, const float* pairs, float* q) {
    for (int32_t t = 0; t < p.classes; ++t) q[t * p.classes + t] = 0;
    for (int32_t i = 0; i < p.classes; ++i) {
      for (int32_t j = i + 1; j < p.classes; ++j) {
        const float of_first = *pairs++;
        const float of_second = 1 - of_first;
        q[i * p.classes + i] += of_second * of_second;
        q[j * p.classes + j] += of_first * of_first;
        q[i * p.classes + j] = q[j * p.classes + i] = -of_first * of_second;
      }
    }
  }

  static bool is_enough(const Params& p, const float* qp, float all) {
    const float least = 0.005F / static_cast<float>(p.classes);
    for (int32_t t = 0; t < p.classes; ++t) {
      const float off = qp[t] - all;
      if ((off < 0 ? -off : off) >= least) return false;
    }
    return true;
  }

  // The share of class t becomes the best for those of the others, and all are brought to a sum of 1 again.
  static void move(const Params& p, const float* q, float* qp, float* shares, int32_t t, float& all) {
    const float own = q[t * p.classes + t];
    const float step = (all - qp[t]) / own;
    const float whole = 1 + step;
    shares[t] += step;
    all = (all + step * (step * own + 2 * qp[t])) / whole / whole;
    for (int32_t j = 0; j < p.classes; ++j) {
      qp[j] = (qp[j] + step * q[t * p.classes + j]) / whole;
      shares[j] /= whole;
    }
  }
};

}  // namespace tmc::kernels::portable
