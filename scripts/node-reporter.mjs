import { relative } from 'node:path';

/**
 * Node's own test results as one line of JSON: what scripts/test.mjs adds up.
 * @param {AsyncIterable<{ type: string, data: any }>} events
 */
export default async function* totals(events) {
  /** @type {{ passed: number, failed: number, skipped: number, failures: string[] }} */
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A suite is as good as the tests in it, unless something else in it failed.
    if (
      data.details?.type === 'suite' &&
      (type === 'test:pass' || data.details.error?.failureType === 'subtestsFailed')
    )
      continue;
    if (data.skip !== undefined || data.todo !== undefined) sum.skipped++;
    else if (type === 'test:pass') sum.passed++;
    else {
      sum.failed++;
      sum.failures.push(
        `${relative(process.cwd(), data.file ?? '')}, Node: ${data.name}: ${String(data.details?.error?.cause?.message ?? data.details?.error).split('\n')[0]}`,
      );
    }
  }
  yield `${JSON.stringify(sum)}\n`;
}
