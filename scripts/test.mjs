// Runs the checks, quick ones first, each under its name and with its time.
//
//   node scripts/test.mjs              all of them
//   node scripts/test.mjs unit build   some of them, in the order below
//
// The last line is "N passed, N failed": tests where a step has tests, else the
// step itself. What could not be run here, or passed only when repeated, is said on a
// line before it. WEX_TEST_STRICT=1 counts that as failed.
import { spawn, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** The browser's crate is left out: its features contradict the server's. */
const server = ['--workspace', '--exclude', 'frontend'];
const postgres = 'scripts/with-postgres.sh';

/** Integration tests by name: those of the components, and all others, which tell stories. */
function targets() {
  const metadata = JSON.parse(
    execFileSync('cargo', ['metadata', '--no-deps', '--format-version', '1'], { maxBuffer: 1 << 26 }),
  );
  const names = { components: [], stories: [] };
  for (const pkg of metadata.packages) {
    for (const target of pkg.targets.filter((t) => t.kind.includes('test'))) {
      names[pkg.name === 'kit' ? 'components' : 'stories'].push('--test', target.name);
    }
  }
  return names;
}

// What a second compilation would reuse is more than half of what a first one writes: a machine that compiles once
// does without it.
const once = process.env.CI ? { CARGO_INCREMENTAL: '0' } : {};
const chromium = process.env.WEX_CHROMIUM ?? which('chromium');
// One package selection for every cargo command, so that dependencies are built once.
const cargoTest = ['cargo', 'test', ...server, '--no-fail-fast'];

const steps = [
  { name: 'format', run: () => [['cargo', 'fmt', '--all', '--check']] },
  {
    name: 'lints',
    run: () => [
      ['cargo', 'clippy', ...server, '--all-targets', '--', '-D', 'warnings'],
      ['cargo', 'clippy', '-p', 'frontend', '--features', 'islands', '--target', 'wasm32-unknown-unknown', '--', '-D', 'warnings'],
    ],
  },
  {
    name: 'unit',
    counts: rustCounts,
    run: () => [[postgres, ...cargoTest, '--lib', '--bins'], [...cargoTest, '--doc']],
  },
  {
    name: 'components',
    counts: rustCounts,
    run: () => (targets().components.length ? [[...cargoTest, ...targets().components]] : []),
  },
  {
    name: 'stories',
    counts: rustCounts,
    run: () => (targets().stories.length ? [[postgres, ...cargoTest, ...targets().stories]] : []),
  },
  // The journeys walk the server as the stories compiled it, with its checks of overflow: the optimised one takes
  // half as long again as all other steps to compile, and shows a browser the same pages.
  { name: 'build', run: () => [['scripts/site.sh'], ['cargo', 'build', ...server]] },
  { name: 'budget', needs: 'build', run: () => [['node', 'scripts/budget.mjs']] },
  {
    name: 'journeys',
    needs: 'build',
    missing: () => (chromium ? null : 'there is no Chromium'),
    counts: playwrightCounts,
    env: { WEX_BINARY: 'target/debug/wex', WEX_CHROMIUM: chromium ?? '', PLAYWRIGHT_JSON_OUTPUT_FILE: 'target/journeys.json' },
    before: () => rmSync('target/journeys.json', { force: true }),
    run: () => [['npx', 'playwright', 'test', '--config', 'end2end', '--reporter', 'list,json']],
  },
];

function which(name) {
  return (process.env.PATH ?? '').split(':').map((folder) => `${folder}/${name}`).find((path) => existsSync(path));
}

function rustCounts(output) {
  let passed = 0;
  let failed = 0;
  for (const [, p, f] of output.matchAll(/^test result: \S+ (\d+) passed; (\d+) failed/gm)) {
    passed += Number(p);
    failed += Number(f);
  }
  return { passed, failed };
}

function playwrightCounts() {
  if (!existsSync('target/journeys.json')) return { passed: 0, failed: 1 };
  const { stats } = JSON.parse(readFileSync('target/journeys.json', 'utf8'));
  // One that passes only when repeated has a fault that somebody has to look for: it is named below the table.
  if (stats.flaky > 0) remarks.push(`journeys: ${stats.flaky} passed only when repeated`);
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

let child;
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
    child?.kill(signal);
  });
}

/** Runs a command, shows its output, and gives back its status and that output. */
function command(line, env) {
  return new Promise((resolve) => {
    child = spawn(line[0], line.slice(1), {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...once, ...(process.stdout.isTTY ? { CARGO_TERM_COLOR: 'always' } : {}), ...env },
    });
    let output = '';
    for (const [from, to] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      from.setEncoding('utf8');
      from.on('data', (text) => {
        to.write(text);
        output += text;
      });
    }
    child.on('error', (error) => resolve({ status: 1, output: String(error) }));
    child.on('close', (code, signal) => {
      // Without colours, so that results can be read from it.
      resolve({ status: signal ? 1 : code, output: output.replace(/\x1b\[[0-9;]*m/g, '') });
    });
  });
}

const asked = process.argv.slice(2);
for (const name of asked) {
  if (!steps.some((step) => step.name === name)) {
    console.error(`There is no step "${name}". Steps: ${steps.map((step) => step.name).join(', ')}`);
    process.exit(2);
  }
}
mkdirSync('target', { recursive: true });

const results = [];
const remarks = [];
for (const step of steps.filter((s) => asked.length === 0 || asked.includes(s.name))) {
  if (interrupted) break;
  const missing = step.missing?.() ?? (results.some((r) => r.name === step.needs && r.failed > 0) ? `${step.needs} failed` : null);
  if (missing) {
    console.log(`\n== ${step.name}: not run, as ${missing}`);
    remarks.push(`not run: ${step.name} (${missing})`);
    continue;
  }
  console.log(`\n== ${step.name}`);
  const began = performance.now();
  step.before?.();
  let ok = true;
  let output = '';
  for (const line of step.run()) {
    const done = await command(line, step.env);
    output += done.output;
    if (done.status !== 0) ok = false;
    if (interrupted) break;
  }
  const result = step.counts ? step.counts(output) : { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  // It stopped before its tests could fail: it did not compile, for example.
  if (!ok && result.failed === 0) result.failed = 1;
  const seconds = (performance.now() - began) / 1000;
  results.push({ name: step.name, seconds, ...result });
  console.log(`== ${step.name}: ${result.passed} passed, ${result.failed} failed in ${seconds.toFixed(1)} s`);
}

if (!process.env.WEX_TEST_POSTGRES && !postgresIsHere() && results.some((r) => r.name === 'stories')) {
  remarks.push('not run: stories on PostgreSQL (there is no PostgreSQL)');
}

/** Asks the shell's own search for it, so that there is one. */
function postgresIsHere() {
  return execFileSync('bash', ['-c', '. scripts/lib.sh; postgres_bin']).toString().trim() !== '';
}

console.log('\nStep          Passed  Failed   Seconds');
for (const { name, passed, failed, seconds } of results) {
  console.log(`${name.padEnd(12)}${String(passed).padStart(8)}${String(failed).padStart(8)}${seconds.toFixed(1).padStart(10)}`);
}
for (const what of remarks) console.log(what);
const passed = results.reduce((sum, r) => sum + r.passed, 0);
const failed =
  results.reduce((sum, r) => sum + r.failed, 0) +
  (interrupted ? 1 : 0) +
  (process.env.WEX_TEST_STRICT === '1' ? remarks.length : 0);
const summary = `${passed} passed, ${failed} failed`;
writeFileSync('target/test-summary.txt', `${summary}\n`);
console.log(summary);
process.exitCode = failed === 0 ? 0 : 1;
