// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/settings.hpp"

#include "tmc/base/host/json_reader.hpp"

namespace tmc::frontend {

template <typename T>
T Settings::read(const std::string& name, const char* wanted, T otherwise) {
  T value = otherwise;
  if (has(name) && !json::read((*this)[name], value)) malformed_.add("its '{}' is no {}", name, wanted);
  return value;
}

int64_t Settings::integer(const std::string& name) {
  if (!has(name)) malformed_.add("it has no '{}'", name);
  return integer(name, 0);
}

int64_t Settings::integer(const std::string& name, int64_t otherwise) {
  return read(name, "integer", otherwise);
}

double Settings::real(const std::string& name, double otherwise) {
  return read(name, "number", otherwise);
}

bool Settings::truth(const std::string& name, bool otherwise) {
  return read(name, "truth value", otherwise);
}

std::string Settings::text(const std::string& name, const std::string& otherwise) {
  return read(name, "text", otherwise);
}

void Settings::want_null(const std::string& name) {
  if (has(name)) unsupported_.add("'{}' is not supported: it has to be null", name);
}

void Settings::want_truth(const std::string& name, bool value) {
  if (truth(name, value) != value) unsupported_.add("'{}' is not supported: it has to be {}", name, value);
}

void Settings::want_real(const std::string& name, double value) {
  if (real(name, value) != value) unsupported_.add("'{}' is not supported: it has to be {}", name, value);
}

Status Settings::status() const {
  TMC_TRY(malformed_.status(Error::kMalformed));
  return unsupported_.status(Error::kUnsupportedOp).with_hint("docs/streaming.md says which decoders are read");
}

}  // namespace tmc::frontend
