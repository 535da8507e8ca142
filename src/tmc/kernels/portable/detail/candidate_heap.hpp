// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A heap in an array, the greatest element first. Freestanding. Which of equal elements comes first follows from the
// steps, which are those of GNU's C++ library: an element that is taken out leaves a hole that sinks to a leaf, from
// where the last element rises. LiteRT is built with that library, so that equal scores come in its order.

#include <stdint.h>

namespace tmc::kernels::portable {

// `is_less(a, b)`: whether a comes after b.
template <typename T, typename IsLess>
void heap_rise(T* heap, int32_t hole, int32_t top, const T& value, IsLess is_less) {
  while (hole > top) {
    const int32_t parent = (hole - 1) / 2;
    if (!is_less(heap[parent], value)) break;
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = value;
}

template <typename T, typename IsLess>
void heap_sink(T* heap, int32_t hole, int32_t count, const T& value, IsLess is_less) {
  const int32_t top = hole;
  while (2 * hole + 2 < count) {
    const int32_t right = 2 * hole + 2;
    const int32_t child = is_less(heap[right], heap[right - 1]) ? right - 1 : right;
    heap[hole] = heap[child];
    hole = child;
  }
  if (2 * hole + 2 == count) {
    heap[hole] = heap[2 * hole + 1];
    hole = 2 * hole + 1;
  }
  heap_rise(heap, hole, top, value, is_less);
}

template <typename T, typename IsLess>
void heap_make(T* heap, int32_t count, IsLess is_less) {
  for (int32_t i = count / 2; i-- > 0;) {
    const T value = heap[i];
    heap_sink(heap, i, count, value, is_less);
  }
}

// Takes out the first of `count` elements; the others are the heap.
template <typename T, typename IsLess>
T heap_take(T* heap, int32_t count, IsLess is_less) {
  const T first = heap[0];
  if (count > 1) {
    const T last = heap[count - 1];
    heap_sink(heap, 0, count - 1, last, is_less);
  }
  return first;
}

// Puts an element behind the `count` that the heap has.
template <typename T, typename IsLess>
void heap_put(T* heap, int32_t count, const T& value, IsLess is_less) {
  heap_rise(heap, count, 0, value, is_less);
}

// The `chosen` elements that `is_before` puts first, in their order; the others are left behind in any order.
template <typename T, typename IsBefore>
void sort_first(T* elements, int32_t count, int32_t chosen, IsBefore is_before) {
  if (chosen < 1) return;
  heap_make(elements, chosen, is_before);
  for (int32_t i = chosen; i < count; ++i) {
    if (!is_before(elements[i], elements[0])) continue;
    const T value = elements[i];
    elements[i] = elements[0];
    heap_sink(elements, 0, chosen, value, is_before);
  }
  for (int32_t left = chosen; left > 1; --left) {
    const T first = heap_take(elements, left, is_before);
    elements[left - 1] = first;
  }
}

}  // namespace tmc::kernels::portable
