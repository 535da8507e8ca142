// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A booster as LightGBM saves it: a tree with a test of each missing type, one with a set of categories, and one of a
// single leaf.

#include <string_view>

namespace tmc::frontend::lightgbm {

inline constexpr std::string_view kSmallBooster = R"(tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=2
objective=binary sigmoid:2
feature_names=a b c
feature_infos=[0:1] [0:1] 0:1:2
tree_sizes=1 1 1

Tree=0
num_leaves=4
num_cat=0
split_feature=0 1 2
threshold=0.10000000000000001 -0.5 1e300
decision_type=0 6 8
left_child=1 -1 -3
right_child=2 -2 -4
leaf_value=1 2 4 8
is_linear=0
shrinkage=1

Tree=1
num_leaves=2
num_cat=1
split_feature=2
threshold=0
decision_type=1
left_child=-1
right_child=-2
leaf_value=16 32
cat_boundaries=0 2
cat_threshold=25 1
is_linear=0
shrinkage=1

Tree=2
num_leaves=1
num_cat=0
leaf_value=64
is_linear=0
shrinkage=1

end of trees

parameters:
)";

}  // namespace tmc::frontend::lightgbm
