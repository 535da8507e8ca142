// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Pixels {
  static constexpr const char* kName = "pixels";
  static constexpr const char* kDoc =
      "What a camera delivers to channels: of every pixel, channel c is table[c][value]. Inputs: u8 [n, h, w, bytes of "
      "a "
      "pixel], table i8 [channels, 256]. The values from 0 to 255 are the bytes themselves (format bytes), or red, "
      "green "
      "and blue of words (rgb565, rgb565_swapped) or of luma and chroma (yuyv, uyvy), in the order rgb or bgr, or "
      "grey.";

  std::string format = "bytes";
  std::string color = "rgb";

  static constexpr auto fields() {
    return std::tuple{Field{"format", &Pixels::format}, Field{"color", &Pixels::color}};
  }

  static bool is_known(const std::string& value, std::initializer_list<const char*> known) {
    for (const char* name : known) {
      if (value == name) return true;
    }
    return false;
  }

  static Inferred infer(const Pixels& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 2, 2));
    if (!is_known(op.format, {"bytes", "rgb565", "rgb565_swapped", "yuyv", "uyvy"}) ||
        !is_known(op.color, {"rgb", "bgr", "gray"})) {
      return error(Error::kMalformed, "unknown pixels '{}' or '{}'", op.format, op.color);
    }
    const Shape& shape = in[0].shape;
    if (shape.rank() != 4 || in[0].dtype != DType::kU8 || in[1].dtype != DType::kI8 || in[1].shape.rank() != 2 ||
        in[1].shape[1] != 256) {
      return error(Error::kUnsupportedShape, "it takes u8 [n, h, w, bytes] and tables i8 [channels, 256]");
    }
    const bool plain = op.format == "bytes";
    const bool in_pairs = op.format == "yuyv" || op.format == "uyvy";
    const int64_t channels = plain ? shape[3] : op.color == "gray" ? 1 : 3;
    if ((!plain && shape[3] != 2) || in[1].shape[0] != channels) {
      return error(Error::kUnsupportedShape, "{} bytes a pixel do not give the {} channels that there are tables for",
                   shape[3], in[1].shape[0]);
    }
    if (in_pairs && shape[2] % 2 != 0) {
      return error(Error::kUnsupportedShape, "{} pixels a row cannot share their chroma by pairs", shape[2]);
    }
    return std::vector<TensorType>{{DType::kI8, Shape::of(shape[0], shape[1], shape[2], channels)}};
  }
};

}  // namespace tmc::ops
