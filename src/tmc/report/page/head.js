// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The bill in a few large numbers.

const isMeasured = report.instructions.measured !== null;

function predictedHint(figure, error) {
  if (figure.measured === null) return 'predicted' + (error ? ', within ' + Math.ceil(100 * error) + ' %' : '');
  return figure.predicted === null ? 'measured' : `measured; predicted ${number(figure.predicted)}`;
}

function drawHead() {
  const {flash, arena, instructions} = report;
  const tiles = [];
  if (report.latency_us_p50 !== null) {
    tiles.push(tile('Latency', report.latency_us_p50.toFixed(1), 'µs', `median; 99 % within ${report.latency_us_p99.toFixed(1)} µs`));
  }
  tiles.push(tile('Instructions', number(best(instructions)), 'per inference', predictedHint(instructions, report.relative_error)));
  tiles.push(tile('Per MAC', perMac(best(instructions), report.macs), 'instructions', `${number(report.macs)} MACs`));
  if (report.removed_channels > 0) {
    tiles.push(tile('Carried nothing', number(report.removed_channels), 'channels', `went with ${number(report.removed_weights)} weights, ${number(report.removed_macs)} MACs`));
  }
  if (report.cycles_estimate !== null) tiles.push(tile('Cycles', number(report.cycles_estimate), '', 'estimate'));
  if (best(flash.total) !== null) {
    tiles.push(tile('Flash', number(best(flash.total)), 'bytes', `${number(best(flash.weights))} weights, ${number(best(flash.code))} code`));
  }
  tiles.push(tile('RAM, arena', number(arena.bytes), 'bytes', arena.optimal ? 'proven smallest' : `lower bound ${number(arena.lower_bound_bytes)}`));
  if (report.stack_bytes !== null) tiles.push(tile('RAM, stack', number(report.stack_bytes), 'bytes', 'deepest use, measured'));
  document.getElementById('head').append(
    html('p', {class: 'brand'}, 'tinymlc'),
    html('h1', {}, report.model),
    html('p', {class: 'sub'}, 'on ', html('b', {}, report.target), report.target_title ? ` (${report.target_title})` : '',
      `, optimised: ${report.optimize} `,
      html('span', {class: 'badge ' + (isMeasured ? 'good' : 'soft')}, isMeasured ? 'measured' : 'predicted: nothing was run')),
    html('dl', {class: 'tiles'}, tiles));
  document.getElementById('foot').append(note(`tinymlc ${report.version}. Self-contained: this page asks the network for nothing.`));
}
