// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/data/text_ports.hpp"

#include <algorithm>

#include "tmc/base/host/texts.hpp"

namespace tmc::data {

bool is_text(const Model& model, const program::Tensor& tensor) {
  return model.graph.texts.contains(tensor.name) && tensor.dtype == DType::kU8 && tensor.shape.rank() > 0;
}

Shape cells_of(const Model& model, const program::Tensor& tensor) {
  Shape cells;
  const int axes = tensor.shape.rank() - (is_text(model, tensor) ? 1 : 0);
  for (int axis = 0; axis < axes; ++axis) cells.push_back(tensor.shape[axis]);
  return cells;
}

Result<NpyArray> fitted_texts(const Model& model, const program::Tensor& tensor, NpyArray array) {
  if (!array.text || !is_text(model, tensor)) return array;
  const auto from = static_cast<size_t>(array.shape.back()), to = static_cast<size_t>(tensor.shape.back());
  NpyArray fitted = std::move(array);
  std::vector<std::byte> bytes(fitted.bytes.size() / from * to);
  for (size_t i = 0; i * from < fitted.bytes.size(); ++i) {
    const std::string_view text = text_at(&fitted.bytes[i * from], from);
    if (text.size() > to) {
      return error(Error::kBadInput, "'{}' holds texts of at most {} bytes, '{}' has {}", tensor.name, to, text,
                   text.size())
          .with_hint(fmt::format("compile with --bound {}={}", tensor.name, text.size()));
    }
    std::copy_n(&fitted.bytes[i * from], text.size(), &bytes[i * to]);
  }
  fitted.bytes = std::move(bytes);
  fitted.shape[fitted.shape.rank() - 1] = tensor.shape.back();
  return fitted;
}

Result<NamedArrays> with_fitted_texts(const Model& model, NamedArrays arrays) {
  for (const auto* ports : {&model.program.inputs, &model.program.outputs}) {
    for (const int32_t port : *ports) {
      const program::Tensor& tensor = model.program.tensors[static_cast<size_t>(port)];
      const auto array = arrays.find(tensor.name);
      if (array == arrays.end() || !array->second.text) continue;
      TMC_ASSIGN(array->second, fitted_texts(model, tensor, std::move(array->second)));
    }
  }
  return arrays;
}

}  // namespace tmc::data
