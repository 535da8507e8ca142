// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: a heap of candidates, in scratch. One that is taken goes back as well, as in LiteRT, where it
// is left out by itself when it comes again; a box without an area is not, and is taken again.

#include "tmc/kernels/contract/soft_non_max_suppression_f32.hpp"
#include "tmc/kernels/portable/detail/box_overlap.hpp"
#include "tmc/kernels/portable/detail/candidate_heap.hpp"
#include "tmc/kernels/portable/detail/soft_candidates.hpp"

namespace tmc::kernels::portable {

struct SoftNonMaxSuppressionF32 : ImplementationOf<kernels::SoftNonMaxSuppressionF32> {
  static constexpr bool applies(const Params& p) {
    return p.boxes_elements == int64_t{4} * p.scores_elements &&
           p.scores_elements <= kernels::SoftNonMaxSuppressionF32::kMostBoxes && p.output_elements % 2 == 1 &&
           p.iou_elements == 1 && p.score_elements == 1 && p.sigma_elements == 1;
  }
  static constexpr int64_t scratch_bytes(const Params& p) {
    return int64_t{p.scores_elements} * int64_t{sizeof(SoftCandidate)};
  }
  static constexpr double instructions(const Params& p) { return 80.0 * p.scores_elements; }

  static void run(Params p, Buffers b) {
    auto* heap = static_cast<SoftCandidate*>(b.scratch);
    const int32_t rows = p.output_elements / 2;
    int32_t count = 0;
    for (int32_t i = 0; i < p.scores_elements; ++i) {
      if (!(b.scores[i] > b.score[0])) continue;
      heap_put(heap, count, {i, b.scores[i], 0}, score_is_less);
      ++count;
    }
    const int32_t most = count < rows ? count : rows;
    int32_t taken = 0;
    while (taken < most && count > 0) {
      SoftCandidate next = heap_take(heap, count, score_is_less);
      --count;
      const float before = next.score;
      const bool is_left_out = compare(b, taken, next);
      if (is_left_out) continue;
      if (next.score == before) {
        b.output[1 + taken] = static_cast<float>(next.box);
        b.output[1 + rows + taken] = next.score;
        ++taken;
      }
      if (!(next.score > b.score[0])) continue;
      heap_put(heap, count, next, score_is_less);
      ++count;
    }
    b.output[0] = static_cast<float>(taken);
    for (int32_t i = taken; i < rows; ++i) b.output[1 + i] = b.output[1 + rows + i] = 0;
  }

 private:
  // Whether the candidate is left out for one of those that are taken, after which its score has fallen.
  static bool compare(const Buffers& b, int32_t taken, SoftCandidate& next) {
    const float sigma = b.sigma[0];
    const float scale = sigma > 0 ? -0.5F / sigma : 0;
    const int32_t compared = next.compared;
    next.compared = taken;
    for (int32_t i = taken - 1; i >= compared; --i) {
      const auto other = static_cast<int32_t>(b.output[1 + i]);
      const float overlap = overlap_of(box_of_corners(b.boxes + 4 * next.box), box_of_corners(b.boxes + 4 * other));
      if (overlap >= b.iou[0]) return true;
      if (sigma > 0) next.score = next.score * exp_f32(scale * overlap * overlap);
      if (next.score <= b.score[0]) break;
    }
    return false;
  }
};

}  // namespace tmc::kernels::portable
