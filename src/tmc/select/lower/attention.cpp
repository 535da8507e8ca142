// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/attention.hpp"

#include "tmc/kernels/contract/attention.hpp"
#include "tmc/select/numerics/affine.hpp"
#include "tmc/select/numerics/attention.hpp"
#include "tmc/select/numerics/floating.hpp"

namespace tmc::select {
namespace {

Status emit_attention_f32(Lowering& lowering) {
  const auto& op = lowering.node().op.get<ops::Attention>();
  kernels::AttentionF32::Params p{};
  set_attention_extents(lowering, p);
  p.scale = static_cast<float>(attention_scale(op, lowering.input(kAttentionQuery).type.shape));
  p.softcap = static_cast<float>(op.softcap);
  if (lowering.has_input(kAttentionMask) && lowering.input(kAttentionMask).type.dtype != DType::kBool) {
    TMC_TRY(require_dtype(lowering.input(kAttentionMask), DType::kF32));
  }
  return lowering.emit<kernels::AttentionF32>(p, {}, attention_inputs(lowering), {lowering.output_ref()});
}

}  // namespace

Status lower_attention(Lowering& lowering) {
  if (is_float(lowering)) return emit_attention_f32(lowering);
  const ir::Value& query = lowering.input(kAttentionQuery);
  return error(Error::kUnsupportedType, "'{}' is {}, attention takes f32", query.name, dtype_name(query.type.dtype))
      .with_hint("convert the tensor");
}

}  // namespace tmc::select
