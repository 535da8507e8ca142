// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Coefficients of filters, in double.

#include <array>
#include <cstdint>
#include <vector>

namespace tmc::preprocess {

using Section = std::array<double, 5>;  // b0, b1, b2, a1, a2; a0 is 1

enum class Band : uint8_t { kLow, kHigh, kBand };

// Butterworth's filter as second-order sections, by the bilinear transform with warped cutoffs: the response is that of
// scipy.signal.butter(order, cutoff_hz, kind, fs=rate_hz), each section being of magnitude 1 where the whole is.
// `order` >= 1; 0 < low_hz < high_hz < rate_hz / 2, of which the others than kBand use low_hz alone.
std::vector<Section> butterworth(Band band, int64_t order, double low_hz, double high_hz, double rate_hz);

inline constexpr int64_t kMostVanishingMoments = 10;

// The low-pass analysis filter of Daubechies' wavelet with that many vanishing moments (I. Daubechies, "Orthonormal
// bases of compactly supported wavelets", 1988), 2 * moments taps in the order of pywt.Wavelet('dbN').dec_lo.
std::vector<double> daubechies(int64_t moments);
// The high-pass filter that belongs to an orthogonal low-pass one: pywt's dec_hi.
std::vector<double> quadrature_mirror(const std::vector<double>& low_pass);

}  // namespace tmc::preprocess
