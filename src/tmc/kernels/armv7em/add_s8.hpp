// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Both operands at once as a linear form (detail/linear_form.hpp), by words, row by row.

#include "tmc/kernels/armv7em/detail/channel.hpp"
#include "tmc/kernels/armv7em/detail/clamp.hpp"
#include "tmc/kernels/armv7em/detail/linear_form.hpp"
#include "tmc/kernels/common/broadcast.hpp"
#include "tmc/kernels/contract/add.hpp"
#include "tmc/kernels/contract/detail/broadcast_rows.hpp"

namespace tmc::kernels::armv7em {

struct AddS8 : ImplementationOf<kernels::AddS8> {
  static constexpr bool applies(const Params& p) { return has_dense_rows(p); }
  static constexpr Overlap overlap(const Params& p, int buffer) { return broadcast_overlap(p, buffer); }
  static constexpr double instructions(const Params& p) {
    const double elements = static_cast<double>(broadcast_elements(p));
    return 30 + 25 * elements / broadcast_rows(p).length + 5.8 * elements;
  }

  static void run(Params p, Buffers b) {
    const LinearForm form = *static_cast<const LinearForm*>(b.form);
    const BroadcastRows rows = broadcast_rows(p);
    for_each_row(p, rows, b.a, b.b, b.output, [&](const int8_t* a, const int8_t* other, int8_t* output) {
      if (rows.a_step == 0) {
        run_linear_row(form.b_factor, add_term(form.a_factor, *a, form.start), other, output, rows.length);
      } else if (rows.b_step == 0) {
        run_linear_row(form.a_factor, add_term(form.b_factor, *other, form.start), a, output, rows.length);
      } else {
        run_linear_rows(form, a, other, output, rows.length);
      }
    });
    if (p.activation_min > -128 || p.activation_max < 127) {
      clamp_values(b.output, static_cast<int32_t>(broadcast_elements(p)), p.activation_min, p.activation_max);
    }
  }
};

}  // namespace tmc::kernels::armv7em
