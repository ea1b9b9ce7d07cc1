import type { RunReport } from '../../src/index.js';

const framings: Record<string, string> = {
  sse: 'event stream',
  'json-lines': 'JSON lines',
  json: 'one JSON value',
  text: 'plain text',
};

/** What was seen on the wire, in a line: the protocol, how the bytes are cut, and what was passed over. */
export function describeReport(report: RunReport | null, protocol: string): string {
  if (!report) return protocol === 'auto' ? 'The protocol is recognised with the first answer.' : '';
  return [
    protocolOf(report, protocol),
    ...(report.framing === null ? [] : [framings[report.framing] ?? report.framing]),
    ...(report.fallback ? ['from the fallback'] : []),
    count(report.events, 'event') + ignored(report),
  ].join(' · ');
}

function protocolOf({ protocol }: RunReport, asked: string): string {
  if (asked !== 'auto') return `Read as ${asked}, as told`;
  return protocol === null ? 'Not recognised yet' : `Recognised ${protocol}`;
}

function ignored({ ignored, ignoredNames }: RunReport): string {
  return ignored ? `, ${ignored} ignored (${ignoredNames.join(', ')})` : '';
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
