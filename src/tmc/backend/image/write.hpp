// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a placed Program to the bytes of a model image (image/format.hpp).

#include <cstddef>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/program/program.hpp"

namespace tmc::backend::image {

// Which names an image has. kPorts: those of inputs, outputs, kernels and operators; steps, buffers, constants and the
// tensors between have numbers.
enum class Names : uint8_t { kAll, kPorts };

// The same program gives the same bytes. kInternal: it is not placed, or inconsistent. kUnsupportedOp: it calls code of
// a custom operator, which an image cannot carry. kDoesNotFit: constants or memory of more than 2 GiB.
Result<std::vector<std::byte>> write(const program::Program& program, Names names = Names::kAll);

}  // namespace tmc::backend::image
