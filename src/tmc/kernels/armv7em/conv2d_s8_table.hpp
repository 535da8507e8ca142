// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Convolutions of which a table is looked up in every output before it is stored.

#include "tmc/kernels/armv7em/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/conv2d_s8_pixels.hpp"
#include "tmc/kernels/common/table_after.hpp"

namespace tmc::kernels::armv7em {

template <typename Plain>
struct TableAfter : Plain {
  using Contract = kernels::Conv2dS8Table;
  using Buffers = typename Contract::Buffers;
  using typename Plain::Params;

  static constexpr bool kHasTables = true;

  static constexpr bool applies(const Params& p) { return Plain::applies(p) && has_full_range(p); }
  static constexpr double instructions(const Params& p) {
    return Plain::instructions(p) + 1.2 * p.batch * p.output_h * p.output_w * p.output_c;
  }
};

template <typename AnyChannel, bool kLanes>
struct Conv2dS8TableOf : TableAfter<Conv2dS8Of<AnyChannel, kLanes>> {
  using Base = TableAfter<Conv2dS8Of<AnyChannel, kLanes>>;

  static void run(typename Base::Params p, typename Base::Buffers b) {
    const int8_t* table = centre_of(b.table);
    Base::template run_tiles<false>(p, without_table(b),
                                    [table](const auto& tile) { run_pair_table_tile<kLanes>(&tile, table); });
  }
};

template <typename AnyChannel, bool kLanes>
struct Conv2dS8PixelsTableOf : TableAfter<Conv2dS8PixelsOf<AnyChannel, kLanes>> {
  using Base = TableAfter<Conv2dS8PixelsOf<AnyChannel, kLanes>>;

  static void run(typename Base::Params p, typename Base::Buffers b) {
    run_table_pixels(Base::pixels_of(p, without_table(b)), centre_of(b.table));
  }
};

struct Conv2dS8Table : Conv2dS8TableOf<Channel, false> {};
struct Conv2dS8OnceTable : Conv2dS8TableOf<OnceChannel, false> {};
struct Conv2dS8LanesTable : Conv2dS8TableOf<Channel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_table";
};
struct Conv2dS8OnceLanesTable : Conv2dS8TableOf<OnceChannel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_once_table";
};

struct Conv2dS8PixelsTable : Conv2dS8PixelsTableOf<Channel, false> {};
struct Conv2dS8PixelsOnceTable : Conv2dS8PixelsTableOf<OnceChannel, false> {};
struct Conv2dS8PixelsLanesTable : Conv2dS8PixelsTableOf<Channel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_pixels_table";
};
struct Conv2dS8PixelsOnceLanesTable : Conv2dS8PixelsTableOf<OnceChannel, true> {
  static constexpr const char* kInsteadOf = "conv2d_s8_pixels_once_table";
};

}  // namespace tmc::kernels::armv7em
