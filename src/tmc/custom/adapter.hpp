// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The header that makes a kernel implementation of the user's function: a struct with Params, Buffers and run, as
// kernels/kernel.hpp asks for. It is compiled on the host and on the chip, so that both call the function alike.

#include <string>

#include "tmc/custom/description.hpp"

namespace tmc::custom {

// Where it lies in a generated folder; the user's header lies at custom/ there.
std::string adapter_path(const Description& description);
// "tmc::kernels::custom::biquad_operator".
std::string adapter_type(const Description& description);
// `digest` stands in a comment, so that another header makes another adapter.
std::string adapter_text(const Description& description, const std::string& digest);

// What a member of Buffers or Params is called there.
std::string buffer_name(const Description& description, size_t port);
std::string param_name(const Argument& argument);

}  // namespace tmc::custom
