// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/preprocess/anomaly_spec.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tmc/base/host/files.hpp"
#include "tmc/preprocess/members.hpp"

namespace tmc::preprocess {
namespace {

using Json = json::Value;

constexpr size_t kMostComponents = 256;
constexpr size_t kMostDimensions = 4096;
constexpr size_t kMostFactors = 1 << 20;

enum class Covariance : uint8_t { kFull, kTied, kDiagonal, kSpherical };

bool are_finite(const std::vector<double>& row) {
  return std::ranges::all_of(row, [](double value) { return std::isfinite(static_cast<float>(value)); });
}

// `name` as rows of one length, `height` of them where that is not 0.
Rows read_rows(Members& members, const char* name, size_t height = 0) {
  Rows rows;
  const Json* value = members.find(name);
  const bool are_rows =
      value && json::read(*value, rows) && !rows.empty() && rows.size() <= kMostDimensions && !rows[0].empty() &&
      rows[0].size() <= kMostDimensions &&
      std::ranges::all_of(rows, [&](const auto& row) { return row.size() == rows[0].size() && are_finite(row); });
  if (!are_rows || (height != 0 && rows.size() != height)) {
    members.fail(height == 0 ? fmt::format("key '{}' is no list of rows of numbers, of one length", name)
                             : fmt::format("key '{}' is not {} rows of numbers, of one length", name, height));
    return {};
  }
  return rows;
}

std::vector<double> read_list(Members& members, const char* name, size_t size) {
  std::vector<double> values;
  const Json* value = members.find(name);
  if (!value || !json::read(*value, values) || values.size() != size || !are_finite(values)) {
    members.fail(fmt::format("key '{}' is no list of {} numbers", name, size));
    return {};
  }
  return values;
}

void read_scaler(Members& members, size_t dimension, AnomalySpec& spec) {
  const Json* mean = members.find("mean");
  if (!mean && !members.find("deviation")) return;
  spec.mean = read_list(members, "mean", dimension);
  spec.deviation = read_list(members, "deviation", dimension);
  if (std::ranges::any_of(spec.deviation, [](double deviation) { return !(deviation > 0); })) {
    members.fail("key 'deviation' holds a number that is not above 0");
  }
}

KMeans read_k_means(Members& members) {
  KMeans model;
  model.centroids = read_rows(members, "centroids");
  if (model.centroids.size() > kMostComponents) members.fail(fmt::format("has more than {} clusters", kMostComponents));
  if (members.find("radii")) model.radii = read_list(members, "radii", model.centroids.size());
  return model;
}

// The lower triangle L of covariance = L * transposed(L) (Cholesky); empty where the matrix is not positive definite
// or not symmetric.
Rows cholesky(const Rows& covariance) {
  const size_t size = covariance.size();
  Rows lower(size, std::vector<double>(size));
  for (size_t i = 0; i < size; ++i) {
    for (size_t j = 0; j <= i; ++j) {
      const double spread = std::sqrt(std::abs(covariance[i][i] * covariance[j][j]));
      if (std::abs(covariance[i][j] - covariance[j][i]) > 1e-6 * spread) return {};
      double rest = covariance[i][j];
      for (size_t k = 0; k < j; ++k) rest -= lower[i][k] * lower[j][k];
      if (i != j) {
        lower[i][j] = rest / lower[j][j];
      } else if (rest > 0) {
        lower[i][i] = std::sqrt(rest);
      } else {
        return {};
      }
    }
  }
  return lower;
}

// transposed(inverse(L)), row by row: what scikit-learn calls the Cholesky factor of the precision.
std::vector<double> precision_factor(const Rows& lower) {
  const size_t size = lower.size();
  std::vector<double> factor(size * size);
  for (size_t column = 0; column < size; ++column) {
    // Column of inverse(L) by forward substitution, which is a row of the result.
    double* const inverse = factor.data() + column * size;
    for (size_t i = column; i < size; ++i) {
      double rest = i == column ? 1 : 0;
      for (size_t k = column; k < i; ++k) rest -= lower[i][k] * inverse[k];
      inverse[i] = rest / lower[i][i];
    }
  }
  return factor;
}

// Reads the covariances into factors; the logarithm of the determinant of each component's is what comes back.
std::vector<double> read_factors(Members& members, Covariance type, GaussianMixture& model) {
  const size_t components = model.means.size();
  const size_t dimension = model.means[0].size();
  std::vector<double> determinants;
  const auto add_matrix = [&](const Rows& covariance) {
    const bool is_square = covariance.size() == dimension && std::ranges::all_of(covariance, [&](const auto& row) {
                             return row.size() == dimension && are_finite(row);
                           });
    const Rows lower = is_square ? cholesky(covariance) : Rows();
    if (lower.empty()) {
      members.fail(fmt::format("key 'covariances' has a matrix that is not [{0}, {0}], symmetric and positive definite",
                               dimension));
      return;
    }
    model.factors.push_back(precision_factor(lower));
    double determinant = 0;
    for (size_t i = 0; i < dimension; ++i) determinant -= std::log(lower[i][i]);
    determinants.push_back(determinant);
  };
  const auto add_variances = [&](const std::vector<double>& variances) {
    double determinant = 0;
    std::vector<double>& factors = model.factors.emplace_back();
    for (const double variance : variances) {
      if (!(variance > 0)) members.fail("key 'covariances' has a variance that is not above 0");
      factors.push_back(1 / std::sqrt(variance));
      determinant -= std::log(variance) / 2;
    }
    determinants.push_back(determinant);
  };
  model.is_diagonal = type == Covariance::kDiagonal || type == Covariance::kSpherical;
  if (type == Covariance::kSpherical) {
    for (const double variance : read_list(members, "covariances", components)) {
      add_variances(std::vector<double>(dimension, variance));
    }
  } else if (type == Covariance::kDiagonal) {
    for (const auto& variances : read_rows(members, "covariances", components)) {
      if (variances.size() != dimension)
        members.fail(fmt::format("key 'covariances' has rows of other than {}", dimension));
      add_variances(variances);
    }
  } else if (type == Covariance::kTied) {
    add_matrix(read_rows(members, "covariances", dimension));
    if (!determinants.empty()) determinants.resize(components, determinants.front());
  } else {
    std::vector<Rows> matrices;
    const Json* value = members.find("covariances");
    const bool are_there = value && json::read(*value, matrices) && matrices.size() == components;
    if (!are_there) members.fail(fmt::format("key 'covariances' is no list of {} matrices", components));
    for (const Rows& matrix : matrices) {
      if (members.status().ok()) add_matrix(matrix);
    }
  }
  return determinants;
}

GaussianMixture read_mixture(Members& members) {
  GaussianMixture model;
  model.means = read_rows(members, "means");
  if (!members.status().ok()) return model;
  const size_t components = model.means.size();
  const size_t dimension = model.means[0].size();
  auto type = Covariance::kFull;
  members.read("covariance_type",
               {{"full", Covariance::kFull},
                {"tied", Covariance::kTied},
                {"diag", Covariance::kDiagonal},
                {"spherical", Covariance::kSpherical}},
               type);
  if (components > kMostComponents) members.fail(fmt::format("has more than {} components", kMostComponents));
  const size_t matrices = type == Covariance::kFull ? components : 1;
  if (type <= Covariance::kTied && matrices * dimension * dimension > kMostFactors) {
    members.fail(
        fmt::format("has covariances of more than {} numbers; train it with covariance_type='diag'", kMostFactors));
  }
  const std::vector<double> weights = read_list(members, "weights", components);
  if (std::ranges::any_of(weights, [](double weight) { return !(weight > 0 && weight <= 1); })) {
    members.fail("key 'weights' holds a number that is not above 0 and at most 1");
  }
  if (!members.status().ok()) return model;
  const std::vector<double> determinants = read_factors(members, type, model);
  if (!members.status().ok()) return model;
  for (size_t i = 0; i < components; ++i) {
    model.offsets.push_back(std::log(weights[i]) + determinants[i] -
                            static_cast<double>(dimension) / 2 * std::log(2 * std::numbers::pi));
  }
  return model;
}

// The keys that say what the model is.
Status read_model(Members& members, AnomalySpec& spec) {
  bool is_mixture = false;
  if (!members.find("kind")) members.fail("lacks the key 'kind'");
  members.read("kind", {{"kmeans", false}, {"gaussian_mixture", true}}, is_mixture);
  if (is_mixture) {
    spec.model = read_mixture(members);
  } else if (members.status().ok()) {
    spec.model = read_k_means(members);
  }
  if (members.status().ok()) read_scaler(members, spec.dimension(), spec);
  return members.status();
}

Status read_model_file(const std::filesystem::path& path, AnomalySpec& spec) {
  TMC_ASSIGN(const std::string text, read_file(path));
  TMC_ASSIGN(const Json json, json::parse(text));
  Members members(json, "the anomaly model");
  members.read("threshold", spec.threshold);
  TMC_TRY(read_model(members, spec));
  return members.finish();
}

}  // namespace

size_t AnomalySpec::dimension() const {
  const auto* mixture = std::get_if<GaussianMixture>(&model);
  const Rows& rows = mixture ? mixture->means : std::get<KMeans>(model).centroids;
  return rows.empty() ? 0 : rows[0].size();
}

Result<AnomalySpec> read_anomaly(const Json& json, const std::filesystem::path& folder) {
  AnomalySpec spec;
  Members members(json, "anomaly");
  std::string file;
  members.read("file", file);
  if (!file.empty()) TMC_TRY(read_model_file(folder / file, spec).in_file((folder / file).string()));
  members.read("threshold", spec.threshold);
  if (const Json* features = members.find("features"); features && !json::read(*features, spec.features)) {
    members.fail("key 'features' is no list of names");
  }
  if (file.empty()) TMC_TRY(read_model(members, spec));
  TMC_TRY(members.finish());
  return spec;
}

Status choose_columns(AnomalySpec& spec, const std::vector<std::string>& names) {
  spec.columns.clear();
  for (const std::string& feature : spec.features) {
    const auto found = std::ranges::find(names, feature);
    if (found == names.end())
      return error(Error::kMalformed, "anomaly takes a feature '{}', which is not there", feature);
    spec.columns.push_back(found - names.begin());
  }
  const size_t taken = spec.features.empty() ? names.size() : spec.features.size();
  if (taken == spec.dimension()) return {};
  return error(Error::kMalformed, "anomaly has a model of {} features, and there are {}", spec.dimension(), taken);
}

}  // namespace tmc::preprocess
