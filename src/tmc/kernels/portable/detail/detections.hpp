// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What detection_post_process works with: operands as real numbers, boxes decoded from their anchors, and the boxes
// that stand out by one score. Freestanding.

#include "tmc/kernels/contract/detection_post_process.hpp"
#include "tmc/kernels/portable/detail/box_overlap.hpp"
#include "tmc/kernels/portable/detail/candidate_heap.hpp"
#include "tmc/kernels/portable/detail/exponential_f64.hpp"

namespace tmc::kernels::portable {

inline float real_at(const void* data, int32_t dtype, int32_t at, float scale, int32_t zero) {
  if (dtype == static_cast<int32_t>(DType::kF32)) return static_cast<const float*>(data)[at];
  return static_cast<float>(static_cast<const int8_t*>(data)[at] - zero) * scale;
}

class Detections {
 public:
  using Params = DetectionPostProcess::Params;
  using Buffers = DetectionPostProcess::Buffers;

  // Scratch: the boxes, their scores, the order of those that are looked at, and those that are taken.
  static constexpr int64_t scratch_bytes(const Params& p) {
    return int64_t{4} * (int64_t{p.count} * 6 + taken_most(p));
  }
  static constexpr int32_t taken_most(const Params& p) {
    const int32_t most = p.regular != 0 && p.each_class < p.detections ? p.each_class : p.detections;
    return most < p.count ? most : p.count;
  }

  Detections(const Params& p, const Buffers& b)
      : p_(p),
        b_(b),
        boxes_(static_cast<Box*>(b.scratch)),
        scores_(reinterpret_cast<float*>(boxes_ + p.count)),
        order_(reinterpret_cast<int32_t*>(scores_ + p.count)),
        taken_(order_ + p.count) {
    for (int32_t i = 0; i < p.count; ++i) boxes_[i] = decoded(i);
  }

  const Box& box(int32_t i) const { return boxes_[i]; }
  int32_t taken(int32_t i) const { return taken_[i]; }
  // By which boxes are taken; the caller sets them.
  float& score(int32_t i) { return scores_[i]; }
  // What is behind that in scratch.
  void* behind() const { return taken_ + taken_most(p_); }

  float class_score(int32_t box, int32_t of_class) const {
    const int32_t at = box * p_.columns + p_.columns - p_.classes + of_class;
    return real_at(b_.scores, p_.scores_dtype, at, p_.scores_scale, p_.scores_zero);
  }

  // How many boxes are taken, at most taken_most.
  int32_t take() {
    const auto is_less = [this](int32_t i, int32_t j) {
      return scores_[i] < scores_[j] || (scores_[i] == scores_[j] && i > j);
    };
    int32_t left = 0;
    for (int32_t i = 0; i < p_.count; ++i) {
      if (scores_[i] >= p_.score_threshold) order_[left++] = i;
    }
    heap_make(order_, left, is_less);
    const int32_t most = taken_most(p_);
    int32_t count = 0;
    for (; left > 0 && count < most; --left) {
      const int32_t next = heap_take(order_, left, is_less);
      if (!is_left_out(next, count)) taken_[count++] = next;
    }
    return count;
  }

 private:
  bool is_left_out(int32_t box, int32_t count) const {
    for (int32_t i = 0; i < count; ++i) {
      if (overlap_of(boxes_[taken_[i]], boxes_[box]) > p_.overlap_threshold) return true;
    }
    return false;
  }

  Box decoded(int32_t i) const {
    double box[4], anchor[4];
    for (int32_t k = 0; k < 4; ++k) {
      box[k] =
          static_cast<double>(real_at(b_.boxes, p_.boxes_dtype, i * p_.coordinates + k, p_.boxes_scale, p_.boxes_zero));
      anchor[k] =
          static_cast<double>(real_at(b_.anchors, p_.anchors_dtype, 4 * i + k, p_.anchors_scale, p_.anchors_zero));
    }
    float centre[2], half[2];
    for (int32_t k = 0; k < 2; ++k) {
      const double size = anchor[2 + k];
      centre[k] = static_cast<float>(box[k] / static_cast<double>(p_.scales[k]) * size + anchor[k]);
      half[k] = static_cast<float>(0.5 * exp_f64(box[2 + k] / static_cast<double>(p_.scales[2 + k])) * size);
    }
    return {centre[0] - half[0], centre[1] - half[1], centre[0] + half[0], centre[1] + half[1]};
  }

  const Params& p_;
  const Buffers& b_;
  Box* boxes_;
  float* scores_;
  int32_t* order_;
  int32_t* taken_;
};

}  // namespace tmc::kernels::portable
