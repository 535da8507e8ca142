// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The linear form that equals the contract.

#include <cmath>

#include "tmc/kernels/armv7em/add_s8.hpp"
#include "tmc/kernels/armv7em/pack/linear_form.hpp"
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/add_s8.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::AddS8>, const AddS8::Params& p, std::span<const ConstantView>) {
  const auto slope = [&p](int32_t multiplier, int32_t shift) {
    return std::ldexp(static_cast<double>(multiplier) * p.output_multiplier,
                      shift + p.output_shift + AddS8::kLeftShift - 62);
  };
  const armv7em::PairFunction wanted([&p](int8_t a, int8_t b) { return portable::AddS8::add(p, a, b); },
                                     p.activation_min, p.activation_max);
  const auto form =
      armv7em::find_linear_form(wanted, slope(p.a_multiplier, p.a_shift), p.b_sign * slope(p.b_multiplier, p.b_shift));
  if (!form) return std::nullopt;
  return {{make_blob(DType::kI32, std::vector{form->a_factor, form->b_factor, form->start}, /*is_table=*/true)}};
}

}  // namespace tmc::kernels
