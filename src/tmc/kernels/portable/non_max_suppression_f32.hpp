// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: a heap of the boxes of a class, in scratch, from which one after the other is compared with
// the rows that are there.

#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/contract/non_max_suppression_f32.hpp"
#include "tmc/kernels/portable/detail/box_overlap.hpp"
#include "tmc/kernels/portable/detail/candidate_heap.hpp"

namespace tmc::kernels::portable {

struct NonMaxSuppressionF32 : ImplementationOf<kernels::NonMaxSuppressionF32> {
  static constexpr bool applies(const Params& p) {
    return product_of(p.items, p.boxes, 4) == p.boxes_elements &&
           product_of(p.items, p.boxes, p.classes) == p.scores_elements && p.limit_elements == 1 &&
           p.iou_elements == 1 && p.score_elements == 1 && p.output_elements % 3 == 0;
  }
  static constexpr int64_t scratch_bytes(const Params& p) { return int64_t{p.boxes} * int64_t{sizeof(int32_t)}; }
  static constexpr double instructions(const Params& p) { return 60.0 * p.scores_elements; }

  static void run(Params p, Buffers b) {
    const int32_t rows = p.output_elements / 3;
    int32_t row = 0;
    for (int32_t item = 0; item < p.items; ++item) {
      for (int32_t of_class = 0; of_class < p.classes; ++of_class) row = choose(p, b, item, of_class, row, rows);
    }
    for (; row < rows; ++row) b.output[3 * row] = b.output[3 * row + 1] = b.output[3 * row + 2] = -1;
  }

 private:
  // Writes the rows of a class from `first` on; the first row behind them.
  static int32_t choose(const Params& p, const Buffers& b, int32_t item, int32_t of_class, int32_t first,
                        int32_t rows) {
    const float* scores = b.scores + (item * p.classes + of_class) * p.boxes;
    const auto is_less = [scores](int32_t i, int32_t j) {
      return scores[i] < scores[j] || (scores[i] == scores[j] && i > j);
    };
    auto* heap = static_cast<int32_t*>(b.scratch);
    const float least = b.score[0];
    int32_t left = 0;
    for (int32_t i = 0; i < p.boxes; ++i) {
      if (scores[i] > least || (least != least && scores[i] == scores[i])) heap[left++] = i;
    }
    heap_make(heap, left, is_less);
    int32_t row = first;
    for (; left > 0 && row < rows && row - first < b.limit[0]; --left) {
      const int32_t box = heap_take(heap, left, is_less);
      if (is_suppressed(p, b, item, box, first, row)) continue;
      b.output[3 * row] = item;
      b.output[3 * row + 1] = of_class;
      b.output[3 * row + 2] = box;
      ++row;
    }
    return row;
  }

  static bool is_suppressed(const Params& p, const Buffers& b, int32_t item, int32_t box, int32_t first, int32_t end) {
    const Box of_box = box_at(p, b, item, box);
    for (int32_t row = first; row < end; ++row) {
      const auto other = static_cast<int32_t>(b.output[3 * row + 2]);
      if (overlap_of(of_box, box_at(p, b, item, other)) > b.iou[0]) return true;
    }
    return false;
  }

  static Box box_at(const Params& p, const Buffers& b, int32_t item, int32_t box) {
    const float* at = b.boxes + 4 * (item * p.boxes + box);
    return p.centre != 0 ? box_of_centre(at) : box_of_corners(at);
  }
};

}  // namespace tmc::kernels::portable
