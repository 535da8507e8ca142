// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// How much two boxes have in common: the area of what both cover over the area of what one of them does. Freestanding.
// Products are rounded where they stand, so that boxes compare alike on cores that fuse them with sums.

#include "tmc/base/math.hpp"

namespace tmc::kernels::portable {

struct Box {
  float top, left, bottom, right;
};

// Two opposite corners, in any order.
inline Box box_of_corners(const float* corners) {
  const float y1 = corners[0], x1 = corners[1], y2 = corners[2], x2 = corners[3];
  return {y2 < y1 ? y2 : y1, x2 < x1 ? x2 : x1, y1 < y2 ? y2 : y1, x1 < x2 ? x2 : x1};
}

// Centre, width and height.
inline Box box_of_centre(const float* box) {
  const float half_width = box[2] / 2, half_height = box[3] / 2;
  return {box[1] - half_height, box[0] - half_width, box[1] + half_height, box[0] + half_width};
}

inline float area_of(const Box& box) {
  return rounded_f32((box.bottom - box.top) * (box.right - box.left));
}

// 0 where one of the boxes, or what they have in common, has no area.
inline float overlap_of(const Box& a, const Box& b) {
  const float area_a = area_of(a), area_b = area_of(b);
  if (!(area_a > 0) || !(area_b > 0)) return 0;
  const float top = a.top < b.top ? b.top : a.top;
  const float left = a.left < b.left ? b.left : a.left;
  const float bottom = b.bottom < a.bottom ? b.bottom : a.bottom;
  const float right = b.right < a.right ? b.right : a.right;
  if (!(bottom > top) || !(right > left)) return 0;
  const float common = rounded_f32((bottom - top) * (right - left));
  const float all = area_a + area_b - common;
  return all > 0 ? common / all : 0;
}

}  // namespace tmc::kernels::portable
