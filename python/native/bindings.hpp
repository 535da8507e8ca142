// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The extension's parts, each of which a file of its name defines.

#include <nanobind/nanobind.h>

namespace tmc::python {

namespace nb = nanobind;

void bind_errors(nb::module_& module);
void bind_compiler(nb::module_& module);
void bind_engine(nb::module_& module);

}  // namespace tmc::python
