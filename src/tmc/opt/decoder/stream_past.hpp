// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A decoder with past and present becomes the graph of one step (frontend/common/decoder.hpp): tokens and `cache`, the
// place in the stream, to logits, with keys and values as states that are written in their place.
//
// Attention to past and new rows becomes cached_attention. Masks that say no more than which tokens lie behind a query
// go. Positions are what `cache` says; angles of rotary positions are counted in integers where they are turns that
// grow with the position, and then have no end. Other tables of positions end, and with them the text.

#include "tmc/opt/decoder/past_graph.hpp"

namespace tmc::opt {

// How many positions the shortest table has that is read at them; 0 where there is none.
int64_t longest_text(const ir::Graph& graph, const PastGraph& past);
// The same of the step of any decoder, where some of the tables are no longer.
int64_t longest_text(const ir::Graph& step);

// The graph is one whose rotary positions and attentions are operators (fuse_rotary, fuse_attention). kUnsupportedOp
// for what is no such decoder, by node; kBadUsage where a layer sees less than the window, or cannot meet sinks.
Result<ir::Graph> stream_past(ir::Graph graph, const PastGraph& past, const Stream& stream, ir::Evaluator& evaluator);

}  // namespace tmc::opt
