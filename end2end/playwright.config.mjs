// The journeys in a real browser: with and without scripts, at 320 and at 1280 pixels.
// The server under test is a binary in demonstration mode, on a database of its own: WEX_BINARY, or the release.
import { defineConfig } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const port = Number(process.env.WEX_E2E_PORT ?? 3917);
// Workers and the server see the same folder: the first to load this file makes it.
process.env.WEX_E2E_FOLDER ??= mkdtempSync(join(tmpdir(), 'wex-journeys-'));
const folder = process.env.WEX_E2E_FOLDER;
const binary = process.env.WEX_BINARY ?? 'target/release/wex';

const sizes = { narrow: { width: 320, height: 640 }, wide: { width: 1280, height: 900 } };
const projects = Object.entries(sizes).flatMap(([name, viewport]) =>
  [true, false].map((javaScriptEnabled) => ({
    name: `${name}-${javaScriptEnabled ? 'scripts' : 'plain'}`,
    use: { viewport, javaScriptEnabled },
  })),
);

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // Journeys share one server and move its clock: one after the other.
  workers: 1,
  fullyParallel: false,
  timeout: 300_000,
  // A machine under load may wake an island late; each try has its own people and titles.
  retries: process.env.CI ? 1 : 0,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    actionTimeout: 15_000,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    // A trace costs a good part of a journey's time: on CI the second try of one that failed has it.
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.WEX_CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  projects,
  webServer: {
    command: `${binary} serve --demo --listen 127.0.0.1:${port}`,
    cwd: join(import.meta.dirname, '..'),
    url: `http://127.0.0.1:${port}/ready`,
    env: { DATABASE_URL: `sqlite:${join(folder, 'demo.sqlite')}`, WEX_SEARCH_PER_MINUTE: '0' },
    timeout: 300_000,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
