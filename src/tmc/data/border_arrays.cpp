// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Arrays of samples between the file's ports and the program's.

#include <algorithm>
#include <cmath>

#include "tmc/base/host/element.hpp"
#include "tmc/data/model.hpp"
#include "tmc/ir/permute.hpp"

namespace tmc::data {
namespace {

using Arrays = std::map<std::string, NpyArray>;

// Of a port, in the file or in the program.
struct Form {
  DType dtype;
  const Shape& shape;
  const Quantization& quantization;
};

Form file_form(const FilePort& port) {
  return {port.type.dtype, port.type.shape, port.quantization};
}

Form program_form(const FilePort& port) {
  return {port.program_type.dtype, port.program_type.shape, port.program_quantization};
}

// What does not is left for those to refuse who read it.
bool holds_samples(const NpyArray& array, const Form& form) {
  return array.dtype == form.dtype && form.shape.elements() > 0 && array.shape.elements() % form.shape.elements() == 0;
}

double to_real(double element, const Quantization& quantization) {
  if (quantization.empty()) return element;
  return static_cast<double>(quantization.scale()) * (element - quantization.zero_point());
}

double from_real(double real, const Form& form) {
  if (form.quantization.empty()) return real;
  if (std::isnan(real)) return form.quantization.zero_point();
  const double element = std::nearbyint(real / static_cast<double>(form.quantization.scale()));
  return std::clamp(element + form.quantization.zero_point(), static_cast<double>(dtype_min(form.dtype)),
                    static_cast<double>(dtype_max(form.dtype)));
}

// The same samples with the elements of the other form, in the order in which they are.
NpyArray with_elements_of(const NpyArray& array, const Form& from, const Form& to) {
  NpyArray result{to.dtype, array.shape, {}};
  const auto count = static_cast<size_t>(array.shape.elements());
  result.bytes.resize(count * dtype_bytes(to.dtype));
  for (size_t i = 0; i < count; ++i) {
    const double element = load_element(from.dtype, array.bytes.data() + i * dtype_bytes(from.dtype));
    store_element(to.dtype, from_real(to_real(element, from.quantization), to),
                  result.bytes.data() + i * dtype_bytes(to.dtype));
  }
  return result;
}

// Images [n, ...] of several samples, stacked along a first axis or not.
NpyArray reordered(NpyArray array, const Shape& image, const ir::Permutation& perm) {
  Shape stacked = Shape::of(array.shape.elements() / image.elements());
  ir::Permutation of_stack = {0};
  for (const int64_t extent : image) stacked.push_back(extent);
  for (const int64_t axis : perm) of_stack.push_back(axis + 1);
  const ir::TensorData data = ir::permute(ir::TensorData(std::move(array.bytes)), {array.dtype, stacked}, of_stack);
  const bool one = array.shape.rank() == image.rank();
  return {array.dtype,
          one ? ir::permute(image, perm) : ir::permute(stacked, of_stack),
          {data.bytes().begin(), data.bytes().end()}};
}

NpyArray converted(const NpyArray& array, const Form& from, const Form& to, const ir::Permutation* perm) {
  if (!holds_samples(array, from)) return array;
  NpyArray result = with_elements_of(array, from, to);
  return perm ? reordered(std::move(result), from.shape, *perm) : result;
}

// A camera's bytes as the file's reals or integers, channels last.
NpyArray from_pixels(const NpyArray& array, const FilePort& port) {
  const FilePort::Pixels& pixels = *port.pixels;
  const auto* first = reinterpret_cast<const uint8_t*>(array.bytes.data());
  const std::vector<uint8_t> channels =
      preprocess::from_camera({first, first + array.bytes.size()}, pixels.camera, pixels.color);
  const Form to = file_form(port);
  const Shape image = port.channels_moved ? ir::permute(to.shape, ir::kNchwToNhwc) : to.shape;
  NpyArray result{to.dtype, Shape::of(std::ssize(channels) / image.elements()), {}};
  for (const int64_t extent : image) result.shape.push_back(extent);
  result.bytes.resize(channels.size() * dtype_bytes(to.dtype));
  for (size_t i = 0; i < channels.size(); ++i) {
    const size_t channel = i % pixels.scale.size();
    const float real = static_cast<float>(channels[i]) * pixels.scale[channel] + pixels.offset[channel];
    store_element(to.dtype, from_real(static_cast<double>(real), to), result.bytes.data() + i * dtype_bytes(to.dtype));
  }
  return port.channels_moved ? reordered(std::move(result), image, ir::kNhwcToNchw) : result;
}

// Windows of readings as the file's features; readings that do not give any are left for those to refuse who read them.
NpyArray from_readings(const NpyArray& array, const FilePort& port) {
  const auto features = port.features(array.bytes);
  if (!features.ok()) return array;
  const Form to = file_form(port);
  NpyArray result{to.dtype, Shape::of(std::ssize(*features) / to.shape.elements()), {}};
  for (const int64_t extent : to.shape) result.shape.push_back(extent);
  result.bytes.resize(features->size() * dtype_bytes(to.dtype));
  for (size_t i = 0; i < features->size(); ++i) {
    store_element(to.dtype, from_real(static_cast<double>((*features)[i]), to),
                  result.bytes.data() + i * dtype_bytes(to.dtype));
  }
  return result;
}

}  // namespace

Arrays as_file_has_them(const Model& model, Arrays arrays) {
  for (const auto& [name, port] : model.file_ports) {
    const auto found = arrays.find(name);
    if (found == arrays.end()) continue;
    if (port.pixels) {
      if (holds_samples(found->second, program_form(port))) found->second = from_pixels(found->second, port);
      continue;
    }
    if (port.features) {
      if (holds_samples(found->second, program_form(port))) found->second = from_readings(found->second, port);
      continue;
    }
    found->second =
        converted(found->second, program_form(port), file_form(port), port.channels_moved ? &ir::kNhwcToNchw : nullptr);
  }
  return arrays;
}

Arrays as_program_has_them(const Model& model, Arrays arrays) {
  for (const auto& [name, port] : model.file_ports) {
    const auto found = arrays.find(name);
    if (found == arrays.end() || port.pixels || port.features) continue;  // many give the same reals
    found->second =
        converted(found->second, file_form(port), program_form(port), port.channels_moved ? &ir::kNchwToNhwc : nullptr);
  }
  return arrays;
}

}  // namespace tmc::data
