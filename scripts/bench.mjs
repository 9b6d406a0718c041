// Measures the release binary on a demonstration of its own, beside nginx
// serving the very same bytes as files, and writes docs/BENCHMARKS.md and
// docs/benchmarks.json. Every figure in them comes from the run.
//
//   node scripts/bench.mjs --date 2027-01-31 --commit abc1234 [--seconds 10] [--scale national] [--out docs]
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sizes } from './budget.mjs';
import { markdown } from './bench-report.mjs';
import { country, engine } from './bench-large.mjs';
import { peers } from './bench-peers.mjs';
import {
  LOAD, NGINX_WORKERS, folder, freePort, launch, median, memory, round, startNginx, startWex, stop, tidy, versionOf, wrk,
} from './bench-tools.mjs';

const { values: options } = parseArgs({
  options: {
    date: { type: 'string' },
    commit: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    // How large the country is; see `wex demo --help`.
    scale: { type: 'string', default: 'national' },
    out: { type: 'string', default: 'docs' },
    // `engine`: measure the search by itself anew, and leave the other figures as they are.
    only: { type: 'string' },
  },
});
if (!options.date || !options.commit) {
  console.error('wex: the benchmark needs --date and --commit');
  process.exit(2);
}

const SEARCH = '/opportunities?where=LS1+4AP';
LOAD.seconds = Number(options.seconds);
const RESTARTS = 5;

async function page(base, name, path) {
  const response = await fetch(base + path, { headers: { 'accept-encoding': 'identity' } });
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return { name, path, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** What scripts/bench-submit.mjs measures, with a PostgreSQL that waits for the disk. */
async function submit() {
  const child = launch('scripts/with-postgres.sh', ['node', 'scripts/bench-submit.mjs', '--seconds', String(Math.max(20, LOAD.seconds))], {
    WEX_POSTGRES_DURABLE: '1',
  }, ['ignore', 'pipe', 'inherit']);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
  const status = await new Promise((done) => child.once('close', done));
  if (status !== 0) throw new Error('submitting could not be measured');
  return JSON.parse(text);
}

/** The last whole run, with the search by itself measured anew. */
async function again() {
  const before = JSON.parse(readFileSync(join(options.out, 'benchmarks.json'), 'utf8'));
  return { ...before, engine: { date: options.date, commit: options.commit }, figures: { ...before.figures, ...(await engine()) } };
}

async function measure() {
  const figures = {};
  const load = round(loadavg()[0]);
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;

  console.error('wex: start-up');
  let wex = await startWex(`sqlite:${join(folder, 'bench.sqlite')}`, port, ['--demo']);
  figures['start.first_ms'] = round(wex.milliseconds, 0);
  const again = [];
  for (let i = 0; i < RESTARTS; i += 1) {
    await stop(wex.child);
    wex = await startWex(`sqlite:${join(folder, 'bench.sqlite')}`, port, ['--demo']);
    again.push(wex.milliseconds);
  }
  figures['start.again_ms'] = round(median(again), 0);
  figures['memory.started_bytes'] = memory(wex.child.pid);

  const search = await page(base, 'search', SEARCH);
  const link = /href="(\/opportunities\/[^"#]+)"/.exec(search.bytes.toString())?.[1].replaceAll('&amp;', '&');
  if (!link) throw new Error(`${SEARCH} shows no opportunity`);
  const pages = [search, await page(base, 'opportunity', link)];

  const nginxPort = await freePort();
  const nginx = await startNginx(nginxPort, pages);
  for (const { name, path, bytes } of pages) {
    figures[`${name}.page_bytes`] = bytes.length;
    for (const [server, at] of [['wex', base], ['nginx', `http://127.0.0.1:${nginxPort}`]]) {
      console.error(`wex: ${name} page from ${server}`);
      await wrk(at + path, 2);
      for (const [key, value] of Object.entries(await wrk(at + path, LOAD.seconds))) figures[`${name}.${server}.${key}`] = value;
    }
    console.error(`wex: ${name} page from wex, compressed`);
    const compressed = await wrk(base + path, LOAD.seconds, ['Accept-Encoding: gzip, deflate, br']);
    for (const [key, value] of Object.entries(compressed)) figures[`${name}.wex_compressed.${key}`] = value;
  }
  figures['memory.loaded_bytes'] = memory(wex.child.pid);
  await stop(nginx);
  await stop(wex.child);

  const submitting = await submit();
  for (const [where, measured] of Object.entries(submitting)) {
    if (typeof measured !== 'object') continue;
    for (const [key, value] of Object.entries(measured)) figures[`submitting.${where}.${key}`] = value;
  }
  figures['submitting.statements'] = submitting.statements;

  Object.assign(figures, await engine(), await country(options.scale), process.env.BENCH_PEERS === '1' ? await peers() : {});

  const files = sizes();
  for (const kind of ['wasm', 'js', 'css']) {
    const own = files.filter((file) => file.name.endsWith(`.${kind}`));
    figures[`size.${kind}_brotli_bytes`] = own.reduce((sum, file) => sum + file.brotli, 0);
  }
  figures['size.binary_bytes'] = statSync('target/release/wex').size;

  return {
    date: options.date,
    commit: options.commit,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memory_bytes: totalmem(),
      kernel: release(),
      system: /PRETTY_NAME="(.*)"/.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'unknown',
      load_before: load,
      nginx: versionOf('nginx', ['-v'], /nginx\/(\S+)/),
      wrk: versionOf('wrk', ['-v'], /wrk (?:debian\/)?(\S+)/),
    },
    load: { ...LOAD, nginx_workers: NGINX_WORKERS, restarts: RESTARTS },
    scale: options.scale,
    submitting: { connections: submitting.connections, seconds: submitting.seconds },
    paths: Object.fromEntries(pages.map(({ name, path }) => [name, path])),
    figures,
  };
}

try {
  const result = options.only === 'engine' ? await again() : await measure();
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'benchmarks.json'), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(options.out, 'BENCHMARKS.md'), markdown(result));
  console.error(`wex: wrote ${options.out}/BENCHMARKS.md and ${options.out}/benchmarks.json`);
} catch (error) {
  console.error(`wex: ${error.message}`);
  process.exitCode = 1;
} finally {
  await tidy();
}
