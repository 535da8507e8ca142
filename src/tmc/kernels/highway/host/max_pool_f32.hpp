// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is said of the implementation of portable/max_pool.hpp holds of that of highway/max_pool_f32.hpp.

#include "tmc/kernels/highway/max_pool_f32.hpp"
#include "tmc/kernels/portable/host/max_pool.hpp"
