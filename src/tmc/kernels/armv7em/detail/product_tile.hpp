// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inner loop of products of two activations: three rows of one matrix by all columns of a panel of the other, two
// columns at a time. Both are 16-bit lanes (detail/product_panels.hpp), so that a step takes eight instructions for
// twelve multiply-accumulates: two loads of several words and six SMLAD. Sums are modulo 2^32.

#include <stddef.h>

#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/armv7em/detail/long_channel.hpp"
#include "tmc/kernels/armv7em/detail/product_assembly.hpp"

namespace tmc::kernels::armv7em {

// Of int8 outputs that are requantised alike. The assembly reads the members by position.
template <typename Form>
struct ProductTile {
  int8_t* output[3];  // of the three rows; equal addresses get equal values
  int32_t output_zero_point;
  const int32_t* columns;      // [column pairs][words][2] lanes
  const int32_t* columns_end;  // one pair or more further
  const int32_t* rows;         // [words][3] lanes
  int32_t words;               // one or more: lanes of a row, in pairs
  Form form;
};

// Of sums that are added to. The assembly reads the members by position.
struct ProductSums {
  int32_t* sums;  // [column pairs][2 columns][3 rows]
  const int32_t* columns;
  const int32_t* columns_end;
  const int32_t* rows;
  int32_t words;
};

template <typename Form>
void run_product_tile(const ProductTile<Form>* tile);

#if TMC_ARMV7EM_ASSEMBLY

static_assert(offsetof(ProductTile<OneRounding>, output) == 0 &&
              offsetof(ProductTile<OneRounding>, output_zero_point) == 12 &&
              offsetof(ProductTile<OneRounding>, columns) == 16 &&
              offsetof(ProductTile<OneRounding>, columns_end) == 20 && offsetof(ProductTile<OneRounding>, rows) == 24 &&
              offsetof(ProductTile<OneRounding>, words) == 28 && offsetof(ProductTile<OneRounding>, form) == 32);
static_assert(offsetof(ProductSums, sums) == 0 && offsetof(ProductSums, columns) == 4 &&
              offsetof(ProductSums, columns_end) == 8 && offsetof(ProductSums, rows) == 12 &&
              offsetof(ProductSums, words) == 16);

template <>
[[gnu::naked, gnu::noinline]] inline void run_product_tile(const ProductTile<OneRounding>*) {
  asm volatile(TMC_PRODUCT_TILE("{r9}", TMC_PRODUCTS_ROUND_ONCE));
}
template <>
[[gnu::naked, gnu::noinline]] inline void run_product_tile(const ProductTile<Requantization>*) {
  asm volatile(TMC_PRODUCT_TILE("{r9, r10}", TMC_PRODUCTS_ROUND_TWICE));
}
template <>
[[gnu::naked, gnu::noinline]] inline void run_product_tile(const ProductTile<LongRequantization>*) {
  asm volatile(TMC_PRODUCT_TILE("{r9, r10, r11}", TMC_PRODUCTS_ROUND_LONG));
}
[[gnu::naked, gnu::noinline]] inline void add_products(const ProductSums*) {
  asm volatile(TMC_ADD_PRODUCTS);
}

#else

// Of one pair of columns. Returns the columns of the next.
inline const int32_t* add_column_pair(const int32_t* rows, const int32_t* columns, int32_t words, int32_t* sums) {
  for (int32_t word = 0; word < words; ++word, rows += 3, columns += 2) {
    for (int i = 0; i < 6; ++i) sums[i] = smlad(columns[i / 3], rows[i % 3], sums[i]);
  }
  return columns;
}

template <typename Form>
void run_product_tile(const ProductTile<Form>* tile) {
  int32_t column = 0;
  for (const int32_t* columns = tile->columns; columns != tile->columns_end; column += 2) {
    int32_t sums[6] = {};
    columns = add_column_pair(tile->rows, columns, tile->words, sums);
    for (int i = 0; i < 6; ++i) {
      tile->output[i % 3][column + i / 3] = requantize(sums[i], tile->form, tile->output_zero_point);
    }
  }
}

inline void add_products(const ProductSums* tile) {
  int32_t* sums = tile->sums;
  for (const int32_t* columns = tile->columns; columns != tile->columns_end; sums += 6) {
    columns = add_column_pair(tile->rows, columns, tile->words, sums);
  }
}

#endif

}  // namespace tmc::kernels::armv7em
