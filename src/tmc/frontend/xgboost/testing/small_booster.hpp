// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A booster as XGBoost saves it: two trees over three features, with a default way each, a set of categories, and
// weights of a dart.

#include <string_view>

namespace tmc::frontend::xgboost {

inline constexpr std::string_view kSmallBooster = R"({"learner":{"attributes":{},"feature_names":["a","b","c"],
"gradient_booster":{"gbtree":{"model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"2"},"tree_info":[0,0],
"trees":[
{"categories":[],"categories_nodes":[],"categories_segments":[],"categories_sizes":[],"default_left":[1,0,0,0,0],"id":0,
"left_children":[1,-1,3,-1,-1],"right_children":[2,-1,4,-1,-1],"split_conditions":[5E-1,-1E0,2.5E-1,2E0,4E0],
"split_indices":[0,0,2,0,0],"split_type":[0,0,0,0,0],"tree_param":{"num_feature":"3","size_leaf_vector":"1"}},
{"categories":[0,3,4],"categories_nodes":[0],"categories_segments":[0],"categories_sizes":[3],"default_left":[0,0,0],
"id":1,"left_children":[1,-1,-1],"right_children":[2,-1,-1],"split_conditions":[0E0,8E0,1.6E1],"split_indices":[1,0,0],
"split_type":[1,0,0],"tree_param":{"num_feature":"3","size_leaf_vector":"1"}}]}},"name":"dart","weight_drop":[1E0,5E-1]},
"learner_model_param":{"base_score":"[5E-1]","num_class":"0","num_feature":"3","num_target":"1"},
"objective":{"name":"binary:logistic"}},"version":[3,2,0]})";

}  // namespace tmc::frontend::xgboost
