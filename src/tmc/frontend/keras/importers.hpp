// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The table of layers: a file of layer/ has the importers of a family, NAME_layers() for NAME.cpp. The table of files
// is generated.

#include "tmc/frontend/keras/layer_context.hpp"

namespace tmc::frontend::keras {

struct Importer {
  std::string_view class_name;
  Status (*import)(LayerContext& context);
};

struct Family {
  std::string_view name;
  std::span<const Importer> (*layers)();
};
std::span<const Family> families();

}  // namespace tmc::frontend::keras
