// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Decoders as onnxruntime-genai, Optimum and others export them: token numbers [batch, tokens], perhaps their positions
// and a mask of all tokens, and for each layer past keys and values, [batch, heads, past, size] or both in one
// [2, batch, heads, past, size]. Which input is what their names say: past* and present*, *position*, *mask*,
// seqlens_k, total_sequence_length, past_sequence_length.

#include <optional>

#include "tmc/frontend/common/import_options.hpp"
#include "tmc/frontend/onnx/constant.hpp"

namespace tmc::frontend::onnx_format {

// The positions of a decoder that has no input for them: an input of that name is there all the same.
inline constexpr const char* kAddedPositions = "token_positions";

// None where the file is no such decoder, or where the caller binds the lengths of its caches (`--shape`), which makes
// it a graph like any other. kUnsupportedOp for a decoder with an input that says what nobody here knows.
Result<std::optional<PastPorts>> find_past_ports(const ::onnx::ModelProto& model, const ImportOptions& options);

// Makes the decoder one of a batch of one and of as many tokens as `options` say: extents are bound there, masks and
// lengths, which say that every token counts, become constants of the file.
Status bind_past(::onnx::ModelProto& model, const PastPorts& ports, ImportOptions& options);

}  // namespace tmc::frontend::onnx_format
