// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// Pairs of elements of a head, turned by angles that grow with the position (Su et al., RoFormer, 2021).
class RotaryEmbedding {
 public:
  explicit RotaryEmbedding(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_TRY(read());
    TMC_ASSIGN(const ValueId cosine, angles("_cos", 1));
    TMC_ASSIGN(const ValueId sine, angles("_sin", 2));
    TMC_ASSIGN(const ValueId first, half("_first", false));
    TMC_ASSIGN(const ValueId second, half("_second", true));
    TMC_ASSIGN(const ValueId a, append("_first_cos", ops::Mul{}, {first, cosine}));
    TMC_ASSIGN(const ValueId b, append("_second_sin", ops::Mul{}, {second, sine}));
    TMC_ASSIGN(const ValueId c, append("_first_sin", ops::Mul{}, {first, sine}));
    TMC_ASSIGN(const ValueId d, append("_second_cos", ops::Mul{}, {second, cosine}));
    TMC_ASSIGN(const ValueId real, append("_real", ops::Sub{}, {a, b}));
    TMC_ASSIGN(const ValueId imaginary, append("_imaginary", ops::Add{}, {c, d}));
    TMC_ASSIGN(ValueId turned, joined(real, imaginary));
    if (rotated_ < heads_[3]) {
      ops::Slice rest = ops::Slice::whole(heads_);
      rest.read(3, rotated_, heads_[3] - rotated_);
      TMC_ASSIGN(const ValueId kept, append("_kept", std::move(rest), {input_}));
      TMC_ASSIGN(turned, append("_all", ops::Concat{.axis = 3}, {turned, kept}));
    }
    return context_.finish(ops::Reshape{{shape_.begin(), shape_.end()}}, {turned});
  }

 private:
  Result<ValueId> append(const char* suffix, ops::AnyOp op, std::vector<ValueId> inputs) {
    return context_.append(suffix, std::move(op), std::move(inputs));
  }

  // [batch, heads, positions, size], or [batch, positions, heads, size] of an input that has heads side by side.
  Status read() {
    TMC_ASSIGN(input_, context_.input(0));
    TMC_ASSIGN(const int64_t heads, context_.attributes().integer("num_heads", 0));
    TMC_ASSIGN(const int64_t rotated, context_.attributes().integer("rotary_embedding_dim", 0));
    TMC_ASSIGN(const int64_t interleaved, context_.attributes().integer("interleaved", 0));
    interleaved_ = interleaved != 0;
    shape_ = context_.type(input_).shape;
    heads_ = shape_;
    if (shape_.rank() == 3 && heads > 0 && shape_[2] % heads == 0) {
      heads_ = Shape::of(shape_[0], shape_[1], heads, shape_[2] / heads);
      TMC_ASSIGN(input_, reshaped(context_, "_heads", input_, heads_));
    } else if (shape_.rank() != 4) {
      return error(Error::kMalformed, "its input has rank {} and {} heads", shape_.rank(), heads);
    }
    rotated_ = rotated == 0 ? heads_[3] : rotated;
    if (rotated_ >= 2 && rotated_ % 2 == 0 && rotated_ <= heads_[3]) return {};
    return error(Error::kMalformed, "{} elements of a head of {} are rotated", rotated_, heads_[3]);
  }

  // Of every position, as they broadcast to the heads.
  Result<ValueId> angles(const char* suffix, size_t table) {
    TMC_ASSIGN(ValueId value, context_.input(table));
    if (context_.has_input(3)) {
      TMC_ASSIGN(const ValueId positions, context_.input(3));
      TMC_ASSIGN(value, append(suffix, ops::Lookup{0}, {value, positions}));
    }
    const bool is_side_by_side = shape_.rank() == 3;
    const int64_t positions = heads_[is_side_by_side ? 1 : 2], half_size = rotated_ / 2;
    if (context_.type(value).shape != Shape::of(heads_[0], positions, half_size)) {
      return error(Error::kMalformed, "its angles are not [{}, {}, {}]", heads_[0], positions, half_size);
    }
    const Shape aligned =
        is_side_by_side ? Shape::of(heads_[0], positions, 1, half_size) : Shape::of(heads_[0], 1, positions, half_size);
    return reshaped(context_, fmt::format("{}_aligned", suffix), value, aligned);
  }

  // The first or the second of all pairs.
  Result<ValueId> half(const char* suffix, bool second) {
    ops::Slice slice = ops::Slice::whole(heads_);
    const int64_t size = rotated_ / 2;
    if (interleaved_) {
      slice.read(3, second ? 1 : 0, size, 2);
    } else {
      slice.read(3, second ? size : 0, size);
    }
    return append(suffix, std::move(slice), {input_});
  }

  Result<ValueId> joined(ValueId real, ValueId imaginary) {
    if (!interleaved_) return append("_turned", ops::Concat{.axis = 3}, {real, imaginary});
    const std::vector<int64_t> column = {heads_[0], heads_[1], heads_[2], rotated_ / 2, 1};
    TMC_ASSIGN(const ValueId first, append("_real_column", ops::Reshape{column}, {real}));
    TMC_ASSIGN(const ValueId second, append("_imaginary_column", ops::Reshape{column}, {imaginary}));
    TMC_ASSIGN(const ValueId pairs, append("_pairs", ops::Concat{.axis = 4}, {first, second}));
    return append("_turned", ops::Reshape{{heads_[0], heads_[1], heads_[2], rotated_}}, {pairs});
  }

  ImportContext& context_;
  ValueId input_ = ValueId::kNone;
  Shape shape_, heads_;
  int64_t rotated_ = 0;
  bool interleaved_ = false;
};

}  // namespace

Status import_rotary_embedding(ImportContext& context) {
  return RotaryEmbedding(context).run();
}

}  // namespace tmc::frontend::onnx_format
