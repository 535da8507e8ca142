// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Activations as layers name them: "relu", or an object with the class and configuration of a function or layer.

#include "tmc/frontend/keras/layer_context.hpp"

namespace tmc::frontend::keras {

// The name of the activation that `member` of the configuration says; "linear" where it says none.
Result<std::string> activation_name(const Config& config, std::string_view member);
// Appends it. kUnsupportedOp for one that is not known.
Result<ir::ValueId> activate(LayerContext& context, const std::string& name, ir::ValueId value);
// Ends the layer with the activation that its configuration says.
Status finish_activated(LayerContext& context, ir::ValueId value);
// The same as a text of ops::parse_gate_functions.
Result<std::string> gate_of(LayerContext& context, const Config& config, std::string_view member);

}  // namespace tmc::frontend::keras
