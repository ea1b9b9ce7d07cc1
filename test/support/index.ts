export { expect } from 'chai';

export { axe } from './axe.js';
export { onCleanup } from './cleanup.js';
export { allowFaults, expectFault } from './faults.js';
export type { Fault, FaultKind } from './faults.js';
export { describeWithFixtures, fixtureJson, fixtures, fixtureText } from './fixtures.js';
export { fixture, frame } from './fixture.js';
export { click, hover, press, type, wheel } from './input.js';
export { slowness } from './machine.js';
export { play, streamed } from './play.js';
export type { Answer, Play, PlayScript, SeenRequest, Step } from './play.js';
export { requestsSeen } from './server.js';
export { until } from './until.js';
