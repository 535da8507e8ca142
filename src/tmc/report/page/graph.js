// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The graph as a picture: inputs on top, outputs at the bottom, a box for every node with a bar of its instructions.

const BOX = {width: 204, height: 52, step: 224, rank: 92, margin: 12};

function graphVertices() {
  const {graph} = report;
  return [
    ...graph.inputs.map(value => ({kind: 'port', text: 'input', value})),
    ...graph.nodes.map((node, index) => ({kind: 'node', text: node.op, value: node.outputs[0], node, index})),
    ...graph.outputs.map(value => ({kind: 'port', text: 'output', value})),
  ];
}

const vertexX = ([x]) => BOX.margin + (x - 0.5) * BOX.step + BOX.width / 2 + (BOX.step - BOX.width) / 2;
const vertexY = ([, rank]) => BOX.margin + rank * BOX.rank;

function edgePath(route) {
  let path = `M${vertexX(route[0])} ${vertexY(route[0]) + BOX.height}`;
  for (let i = 1; i < route.length; ++i) {
    const fromY = vertexY(route[i - 1]) + BOX.height, toY = vertexY(route[i]);
    const middle = (fromY + toY) / 2;
    path += `C${vertexX(route[i - 1])} ${middle} ${vertexX(route[i])} ${middle} ${vertexX(route[i])} ${toY}`;
    if (i < route.length - 1) path += `V${toY + BOX.height}`;
  }
  return path;
}

function drawVertex(vertex, place, most) {
  const value = report.graph.values[vertex.value];
  const layer = vertex.node && vertex.node.layer >= 0 ? report.layers[vertex.node.layer] : null;
  const instructions = layer ? best(layer.instructions) : 0;
  const second = vertex.kind === 'port' ? shortened(value.name, 30) : layer ? body(layer.kernel) : 'nothing left to compute';
  const group = svg('g', {
    class: 'vertex ' + vertex.kind, transform: `translate(${vertexX(place) - BOX.width / 2} ${vertexY(place)})`,
    'data-layer': layer ? vertex.node.layer : null, 'data-node': vertex.kind === 'node' ? vertex.index : null,
    'aria-label': `${vertex.text}, ${value.dtype} ${value.shape}, ${second}`,
  },
    svg('rect', {class: 'box', width: BOX.width, height: BOX.height, rx: vertex.kind === 'port' ? BOX.height / 2 : 8}),
    svg('text', {x: 14, y: 21, class: 'op'}, vertex.text),
    svg('text', {x: BOX.width - 14, y: 21, class: 'shape'}, value.shape),
    svg('text', {x: 14, y: 38, class: 'kernel'}, second));
  if (layer) group.append(svg('rect', {class: 'heat', x: 8, y: BOX.height - 7, height: 3, rx: 1.5,
    width: Math.max(1.5, (BOX.width - 16) * instructions / most)}));
  return group;
}

function drawGraph() {
  const {graph, layers} = report;
  const {drawing} = graph;
  const vertices = graphVertices();
  const most = Math.max(1, ...layers.map(layer => best(layer.instructions)));
  const width = Math.max(BOX.width, drawing.width * BOX.step) + 2 * BOX.margin;
  const height = drawing.ranks * BOX.rank - (BOX.rank - BOX.height) + 2 * BOX.margin;
  const groups = vertices.map((vertex, i) => drawVertex(vertex, drawing.vertices[i], most));
  const edges = drawing.edges.map(edge => svg('path', {class: 'edge', d: edgePath(edge.route), 'marker-end': 'url(#arrow)'}));
  const picture = svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'group', 'aria-label': 'The graph, inputs on top'},
    svg('defs', {}, svg('marker', {id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto'},
      svg('path', {d: 'M0 0L8 4L0 8z', class: 'arrow'}))), edges, groups);
  roving(groups, (index, element) => {
    const vertex = vertices[index];
    if (vertex.kind === 'node') select('node', vertex.index, element);
    else select('value', vertex.value, element);
  });
  document.getElementById('graph').append(title('graph', 'The graph'),
    note(`${graph.nodes.length} nodes as they were compiled. The bar in a box is its share of the instructions, against the largest. ` +
      'Open a node for its shapes, quantisation, kernel and cost; arrow keys lead on.'),
    html('div', {class: 'canvas', tabindex: '0', role: 'region', 'aria-label': 'Picture of the graph'}, picture));
}
