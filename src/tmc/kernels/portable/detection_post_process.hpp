// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The reference for bits: once by the greatest score of each box, or class by class, with a sorted list of the greatest
// so far.

#include "tmc/kernels/common/counts.hpp"
#include "tmc/kernels/portable/detail/detections.hpp"

namespace tmc::kernels::portable {

struct DetectionPostProcess : ImplementationOf<kernels::DetectionPostProcess> {
  static constexpr bool applies(const Params& p) {
    const auto is_read = [](int32_t dtype) {
      return dtype == static_cast<int32_t>(DType::kF32) || dtype == static_cast<int32_t>(DType::kI8);
    };
    const bool holds = is_read(p.boxes_dtype) && is_read(p.scores_dtype) && is_read(p.anchors_dtype) && p.count > 0 &&
                       p.coordinates >= 4 && p.classes > 0 && p.columns >= p.classes && p.columns <= p.classes + 1 &&
                       p.detections > 0 && p.classes_each > 0 && p.each_class > 0;
    return holds && p.boxes_elements == int64_t{p.count} * p.coordinates &&
           p.scores_elements == int64_t{p.count} * p.columns && p.anchors_elements == int64_t{p.count} * 4 &&
           p.output_elements - 1 == product_of(p.detections, p.classes_each, 6);
  }
  // Behind that of Detections the order of the classes of a box, or the places and scores that are kept.
  static constexpr int64_t scratch_bytes(const Params& p) {
    return Detections::scratch_bytes(p) + 4 * int64_t{p.regular != 0 ? 2 * p.detections : p.classes};
  }
  static constexpr double instructions(const Params& p) {
    return 300.0 * p.count + 12.0 * p.scores_elements + 60.0 * p.count * (p.regular != 0 ? p.classes : 1);
  }

  static void run(Params p, Buffers b) {
    for (int32_t i = 0; i < p.output_elements; ++i) b.output[i] = 0;
    Detections detections(p, b);
    const int32_t count = p.regular != 0 ? run_by_class(p, b, detections) : run_once(p, b, detections);
    b.output[p.output_elements - 1] = static_cast<float>(count);
  }

 private:
  static constexpr int32_t rows(const Params& p) { return p.detections * p.classes_each; }

  static void write(const Params& p, const Buffers& b, int32_t row, const Box& box, int32_t of_class, float score) {
    float* corners = b.output + 4 * row;
    corners[0] = box.top;
    corners[1] = box.left;
    corners[2] = box.bottom;
    corners[3] = box.right;
    b.output[4 * rows(p) + row] = static_cast<float>(of_class);
    b.output[5 * rows(p) + row] = score;
  }

  static int32_t run_once(const Params& p, const Buffers& b, Detections& detections) {
    for (int32_t i = 0; i < p.count; ++i) {
      float most = detections.class_score(i, 0);
      for (int32_t k = 1; k < p.classes; ++k) {
        const float score = detections.class_score(i, k);
        if (score > most) most = score;
      }
      detections.score(i) = most;
    }
    const int32_t count = detections.take();
    auto* classes = static_cast<int32_t*>(detections.behind());
    const int32_t each = p.classes_each < p.classes ? p.classes_each : p.classes;
    for (int32_t i = 0; i < count; ++i) {
      const int32_t box = detections.taken(i);
      order_first(p.classes, each, classes, [&](int32_t k) { return detections.class_score(box, k); });
      for (int32_t k = 0; k < each; ++k) {
        write(p, b, i * p.classes_each + k, detections.box(box), classes[k], detections.class_score(box, classes[k]));
      }
    }
    return count;
  }

  static int32_t run_by_class(const Params& p, const Buffers& b, Detections& detections) {
    auto* places = static_cast<int32_t*>(detections.behind());  // box * classes + class
    auto* scores = reinterpret_cast<float*>(places + p.detections);
    int32_t kept = 0;
    for (int32_t k = 0; k < p.classes; ++k) {
      for (int32_t i = 0; i < p.count; ++i) detections.score(i) = detections.class_score(i, k);
      const int32_t count = detections.take();
      for (int32_t i = 0; i < count; ++i) {
        const int32_t box = detections.taken(i);
        kept = keep(p, box * p.classes + k, detections.score(box), places, scores, kept);
      }
    }
    for (int32_t i = 0; i < kept; ++i) {
      write(p, b, i, detections.box(places[i] / p.classes), places[i] % p.classes, scores[i]);
    }
    return kept;
  }

  // Puts one behind all that are not less; how many there are then.
  static int32_t keep(const Params& p, int32_t place, float score, int32_t* places, float* scores, int32_t kept) {
    int32_t at = kept;
    while (at > 0 && scores[at - 1] < score) --at;
    if (at == p.detections) return kept;
    if (kept < p.detections) ++kept;
    for (int32_t i = kept - 1; i > at; --i) {
      places[i] = places[i - 1];
      scores[i] = scores[i - 1];
    }
    places[at] = place;
    scores[at] = score;
    return kept;
  }

  // The places of the `chosen` greatest of `count` values; of equal ones, where it is one, the first.
  template <typename ValueAt>
  static void order_first(int32_t count, int32_t chosen, int32_t* order, ValueAt value_at) {
    for (int32_t i = 0; i < count; ++i) order[i] = i;
    if (chosen != 1) {
      sort_first(order, count, chosen, [&](int32_t i, int32_t j) { return value_at(i) > value_at(j); });
      return;
    }
    for (int32_t i = 1; i < count; ++i) {
      if (value_at(i) > value_at(order[0])) order[0] = i;
    }
  }
};

}  // namespace tmc::kernels::portable
