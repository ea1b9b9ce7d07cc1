import { chromium } from 'playwright-core';

import { findBrowser } from '../../scripts/browsers.mjs';

/** Chromium as this machine has it; undefined where there is none. */
export async function openChromium() {
  const found = findBrowser('chromium');
  return found && chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-quic'] });
}
