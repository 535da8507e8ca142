// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <nanobind/stl/string.h>

#include "error.hpp"
#include "tmc/base/host/explanations.hpp"
#include "tmc/base/host/refusals.hpp"

namespace tmc::python {

void bind_errors(nb::module_&) {
  nb::register_exception_translator([](const std::exception_ptr& thrown, void*) {
    try {
      std::rethrow_exception(thrown);
    } catch (const StatusError& error) {
      const Status status = Status(error.status()).with_hint(usual_hint(error.status().code()));
      const nb::object type = nb::module_::import_("tinymlc._error").attr("Error");
      const nb::object value =
          type(code_of(status.code()), status.message(), status.file(), status.node(), status.hint());
      PyErr_SetObject(type.ptr(), value.ptr());
    }
  });
}

}  // namespace tmc::python
