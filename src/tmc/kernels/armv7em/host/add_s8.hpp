// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/add_s8.hpp.

#include <cmath>

#include "tmc/kernels/armv7em/add_s8.hpp"
#include "tmc/kernels/armv7em/host/detail/broadcast_terms.hpp"
#include "tmc/kernels/armv7em/host/detail/linear_form.hpp"
#include "tmc/kernels/host/registry.hpp"
#include "tmc/kernels/portable/add.hpp"

namespace tmc::kernels::armv7em {

// The linear form that equals the contract.
inline Blobs pack(Of<AddS8>, const AddS8::Params& p, Constants) {
  const auto slope = [&p](int32_t multiplier, int32_t shift) {
    return std::ldexp(static_cast<double>(multiplier) * p.output_multiplier,
                      shift + p.output_shift + kernels::AddS8::kLeftShift - 62);
  };
  const PairFunction wanted([&p](int8_t a, int8_t b) { return portable::AddS8::add(p, a, b); }, p.activation_min,
                            p.activation_max);
  const auto form =
      find_linear_form(wanted, slope(p.a_multiplier, p.a_shift), p.b_sign * slope(p.b_multiplier, p.b_shift));
  if (!form) return std::nullopt;
  return {{make_blob(DType::kI32, std::vector{form->a_factor, form->b_factor, form->start}, /*is_table=*/true)}};
}

// What its work is linear in: rows and their words, of two tensors or of one and a single value.
inline CostFeatures cost_features(Of<AddS8>, const AddS8::Params& p) {
  return broadcast_terms(p, 4);
}

}  // namespace tmc::kernels::armv7em
