// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/engine/constant_bytes.hpp"

namespace tmc::engine {
namespace {

// Nibbles of the integers, and what each group has.
int64_t four_bit_bytes(const NamedParams& p, int64_t outputs, int64_t inputs) {
  const int64_t groups = outputs * ((inputs + p.value("group_inputs") - 1) / p.value("group_inputs"));
  return (outputs * inputs + 1) / 2 + (p.kernel() == "conv2d_hybrid_s4" ? groups : (groups + 1) / 2);
}

// Of convolutions and products with weights. None of their extents is above 2^31, nor any product of some above 2^40:
// the operands were compared with them.
std::optional<int64_t> layer_bytes(const NamedParams& p, std::string_view name, int64_t element_bytes) {
  const bool is_window = p.has("output_c");
  const int64_t outputs = p.value(is_window ? "output_c" : "outputs");
  const __int128 inputs =
      is_window ? __int128{p.value("kernel_h")} * p.value("kernel_w") * (p.value("input_c") / p.value("groups"))
                : __int128{p.value("inputs")};
  if (name == "channels") return outputs * 12;
  if (name == "bias" || name == "weight_scale") return outputs * 4;
  if (name == "table") return 256;
  if (name != "weights") return std::nullopt;
  if (inputs * outputs > INT32_MAX) return INT64_MAX;  // an image has fewer bytes
  if (p.has("group_inputs")) return four_bit_bytes(p, outputs, static_cast<int64_t>(inputs));
  if (p.has("half_weights")) element_bytes = p.value("half_weights") != 0 ? 2 : 4;
  return static_cast<int64_t>(inputs) * outputs * std::max<int64_t>(element_bytes, 1);
}

// Tables, whose entries kernels find by values that have no more of them.
std::optional<int64_t> table_elements(const NamedParams& p, std::string_view name) {
  if (name == "form" || name == "functions") return 0;  // of other implementations
  if (name == "sigmoids") return 256;
  if (name == "caps") return 257;
  if (name == "reciprocals") return 513;
  if (name == "exponentials") return p.kernel() == "softmax_s16" ? 513 : p.value("exponentials", INT32_MAX);
  if (p.kernel() == "table_s8") return 256;
  if (p.kernel() == "table_s16") return 513;
  if (p.kernel() == "pixels_s8") return 256 * p.value("pixel_channels");
  if (p.kernel() == "dft_f32" || p.kernel() == "stft_f32") return p.value("twiddles");
  if (p.kernel() == "rotary_angles_f32") return p.value("steps");
  if (p.kernel() == "channel_products_s8") return p.value("channels") * (name == "weights" ? p.value("depth") : 1);
  if (p.has("centred") || p.kernel().starts_with("norm_s")) return p.value("depth");
  return std::nullopt;
}

}  // namespace

std::optional<int64_t> portable_constant_bytes(const NamedParams& p, std::string_view name, int64_t element_bytes) {
  if (const auto elements = table_elements(p, name)) return bounded_product({*elements, element_bytes});
  if (p.has("output_c") || p.has("inputs")) return layer_bytes(p, name, element_bytes);
  return std::nullopt;
}

}  // namespace tmc::engine
