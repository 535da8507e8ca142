// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The implementation of highway/add_s8.hpp computes from the parameters alone, as that of portable/host/add.hpp.

#include "tmc/kernels/highway/add_s8.hpp"
#include "tmc/kernels/portable/host/add.hpp"
