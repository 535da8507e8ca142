// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A Python function that C++ calls from any thread while the interpreter's lock is free, and copies as it likes. What
// the function raises has nowhere to go and is printed, as Python does with what finalizers raise. None listens to
// nothing.

#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>

#include <memory>
#include <utility>

#include "bindings.hpp"

namespace tmc::python {

class Listener {
 public:
  // The caller holds the lock.
  explicit Listener(nb::object function) : function_(new nb::object(std::move(function)), Release()) {}

  template <typename... Args>
  void operator()(const Args&... args) const {
    const nb::gil_scoped_acquire acquire;
    if (function_->is_none()) return;
    try {
      (*function_)(args...);
    } catch (nb::python_error& error) {
      error.discard_as_unraisable(*function_);
    }
  }

 private:
  struct Release {
    void operator()(nb::object* function) const {
      const nb::gil_scoped_acquire acquire;
      delete function;
    }
  };

  std::shared_ptr<nb::object> function_;
};

}  // namespace tmc::python
