// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

#include "tmc/sim/chip/clocks.hpp"

#include <array>

namespace tmc::sim {
namespace {

constexpr uint32_t kCr = 0x00, kCfgr = 0x10, kD1Cfgr = 0x18, kD2Cfgr = 0x1C, kD3Cfgr = 0x20;
constexpr uint32_t kPllCkSelr = 0x28, kPllCfgr = 0x2C, kPll1Divr = 0x30, kPll1Fracr = 0x34;
constexpr double kHse = 25e6, kCsi = 4e6;

double hsi(uint32_t cr) {
  return 64e6 / (1U << (cr >> 3 & 3U));
}

// PLL1's output P (RM0433, 8.5.5).
double pll1(const std::function<uint32_t(uint32_t)>& rcc) {
  const uint32_t select = rcc(kPllCkSelr);
  const std::array<double, 4> sources = {hsi(rcc(kCr)), kCsi, kHse, 0};
  const uint32_t m = select >> 4 & 63U;
  if (m == 0) return 0;
  const uint32_t divr = rcc(kPll1Divr);
  const bool fractional = (rcc(kPllCfgr) & 1U) != 0;
  const double fraction = fractional ? (rcc(kPll1Fracr) >> 3 & 0x1FFFU) / 8192.0 : 0;
  return sources[select & 3U] / m * ((divr & 511U) + 1 + fraction) / ((divr >> 9 & 127U) + 1);
}

// Four bits: 0xxx is 1, then 2, 4, 8, 16, 64, 128, 256, 512.
double divider4(uint32_t bits) {
  constexpr std::array<double, 8> kDividers = {2, 4, 8, 16, 64, 128, 256, 512};
  return (bits & 8U) == 0 ? 1 : kDividers[bits & 7U];
}

// Three bits: 0xx is 1, then 2, 4, 8, 16.
double divider3(uint32_t bits) {
  return (bits & 4U) == 0 ? 1 : 2U << (bits & 3U);
}

// Timers run at the bus, twice as fast where it is divided by two, and TIMPRE (CFGR, bit 15) doubles once more (table
// 56).
double timers(double ahb, double divider, bool timpre) {
  const double most = timpre ? 4 : 2;
  return divider <= most ? ahb : ahb / divider * most;
}

}  // namespace

Clocks clocks_of(const std::function<uint32_t(uint32_t offset)>& rcc) {
  const std::array<double, 4> sources = {hsi(rcc(kCr)), kCsi, kHse, pll1(rcc)};
  const double system = sources[rcc(kCfgr) >> 3 & 3U];
  const uint32_t d1 = rcc(kD1Cfgr), d2 = rcc(kD2Cfgr), d3 = rcc(kD3Cfgr);
  const bool timpre = (rcc(kCfgr) >> 15 & 1U) != 0;
  const double apb1 = divider3(d2 >> 4), apb2 = divider3(d2 >> 8);
  Clocks clocks;
  clocks.core = system / divider4(d1 >> 8);
  clocks.ahb = clocks.core / divider4(d1);
  clocks.apb1 = clocks.ahb / apb1;
  clocks.apb2 = clocks.ahb / apb2;
  clocks.apb3 = clocks.ahb / divider3(d1 >> 4);
  clocks.apb4 = clocks.ahb / divider3(d3 >> 4);
  clocks.timers1 = timers(clocks.ahb, apb1, timpre);
  clocks.timers2 = timers(clocks.ahb, apb2, timpre);
  return clocks;
}

}  // namespace tmc::sim
