// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "bindings.hpp"

NB_MODULE(_native, module) {
  module.doc() = "The compiler and the engine, as the package's Python files use them; no interface of its own.";
  module.attr("VERSION") = TMC_VERSION;
  tmc::python::bind_errors(module);
  tmc::python::bind_compiler(module);
  tmc::python::bind_engine(module);
}
