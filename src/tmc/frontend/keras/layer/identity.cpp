// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/importers.hpp"

namespace tmc::frontend::keras {
namespace {

// What does something in training alone.
Status import_nothing(LayerContext& context) {
  TMC_ASSIGN(const ir::ValueId value, context.input());
  return context.finish_as(value);
}

}  // namespace

std::span<const Importer> identity_layers() {
  static constexpr Importer kLayers[] = {{"Dropout", import_nothing},
                                         {"SpatialDropout1D", import_nothing},
                                         {"SpatialDropout2D", import_nothing},
                                         {"GaussianNoise", import_nothing},
                                         {"GaussianDropout", import_nothing},
                                         {"AlphaDropout", import_nothing},
                                         {"ActivityRegularization", import_nothing},
                                         {"Identity", import_nothing}};
  return kLayers;
}

}  // namespace tmc::frontend::keras
