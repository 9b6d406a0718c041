// Measures the release binary on a demonstration of its own, beside nginx
// serving the very same bytes as files, and writes docs/BENCHMARKS.md and
// docs/benchmarks.json. Every figure in them comes from the run.
//
//   node scripts/bench.mjs --date 2027-01-31 --commit abc1234 [--seconds 10] [--out docs]
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { sizes } from './budget.mjs';
import { markdown } from './bench-report.mjs';

const { values: options } = parseArgs({
  options: {
    date: { type: 'string' },
    commit: { type: 'string' },
    seconds: { type: 'string', default: '10' },
    out: { type: 'string', default: 'docs' },
  },
});
if (!options.date || !options.commit) {
  console.error('wex: the benchmark needs --date and --commit');
  process.exit(2);
}

const SEARCH = '/opportunities?where=LS1+4AP';
const LOAD = { threads: 2, connections: 16, seconds: Number(options.seconds) };
const RESTARTS = 5;
const NGINX_WORKERS = 2;

const folder = mkdtempSync(join(tmpdir(), 'wex-bench.'));
const running = new Set();

/** Stops a program that was started here, and waits until it is gone. */
async function stop(child) {
  if (!running.has(child)) return;
  const gone = new Promise((done) => child.once('close', done));
  child.kill('SIGTERM');
  await gone;
}

function launch(command, args, env = {}, stdio = ['ignore', 'ignore', 'pipe']) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio });
  child.said = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    child.said = (child.said + text).slice(-4000);
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', (error) => {
    child.said += error;
    running.delete(child);
  });
  return child;
}

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Waits for a first 200 and gives back the milliseconds since `began`. */
async function ready(child, url, began) {
  for (;;) {
    if (!running.has(child)) throw new Error(`${url} never answered. It said:\n${child.said}`);
    if (performance.now() - began > 120_000) throw new Error(`${url} did not answer 200 within two minutes`);
    const status = await fetch(url).then((response) => response.status, () => 0);
    if (status === 200) return performance.now() - began;
    await new Promise((done) => setTimeout(done, 2));
  }
}

async function startWex(port) {
  const began = performance.now();
  const child = launch(resolve('target/release/wex'), ['serve', '--demo', '--listen', `127.0.0.1:${port}`], {
    DATABASE_URL: `sqlite:${join(folder, 'bench.sqlite')}`,
    // One address asks for everything here; people are not so quick.
    WEX_SEARCH_PER_MINUTE: '0',
  });
  return { child, milliseconds: await ready(child, `http://127.0.0.1:${port}/ready`, began) };
}

async function startNginx(port, pages) {
  const files = join(folder, 'static');
  mkdirSync(files, { recursive: true });
  const locations = pages.map(({ name, path, bytes }) => {
    writeFileSync(join(files, `${name}.html`), bytes);
    return `location = ${new URL(path, 'http://x').pathname} { try_files /${name}.html =404; }`;
  });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((what) => `${what}_temp_path ${folder}/${what};`);
  writeFileSync(
    join(folder, 'nginx.conf'),
    `worker_processes ${NGINX_WORKERS};
daemon off;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log;
events { worker_connections 1024; }
http {
  ${temporary.join('\n  ')}
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=16;
  types { text/html html; }
  server {
    listen 127.0.0.1:${port};
    root ${files};
    ${locations.join('\n    ')}
  }
}
`,
  );
  // Its workers run under another name.
  chmodSync(folder, 0o755);
  const child = launch('nginx', ['-e', `${folder}/nginx.log`, '-c', join(folder, 'nginx.conf')]);
  await ready(child, `http://127.0.0.1:${port}${pages[0].path}`, performance.now());
  return child;
}

const UNITS = { us: 1e-3, ms: 1, s: 1e3, m: 6e4 };
const toMilliseconds = (text) => {
  const [, number, unit] = /^([\d.]+)(us|ms|s|m)$/.exec(text);
  return Number((Number(number) * UNITS[unit]).toFixed(3));
};

/** One run of wrk: requests a second, median and 99th percentile in milliseconds. */
async function wrk(url, seconds, headers = []) {
  const output = await new Promise((done, fail) => {
    const child = spawn('wrk', [
      `-t${LOAD.threads}`, `-c${LOAD.connections}`, `-d${seconds}s`, '--latency',
      ...headers.flatMap((header) => ['-H', header]), url,
    ]);
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part) => (text += part));
    child.on('error', fail);
    child.on('close', () => done(text));
  });
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(output) ?? /Socket errors: (.*[1-9].*)/.exec(output);
  if (bad) throw new Error(`${url}: not every request was answered with the page: ${bad[0]}`);
  return {
    requests_per_second: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1])),
    median_ms: toMilliseconds(/\s50%\s+(\S+)/.exec(output)[1]),
    p99_ms: toMilliseconds(/\s99%\s+(\S+)/.exec(output)[1]),
  };
}

const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const round = (number, digits = 2) => Number(number.toFixed(digits));

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

async function measure() {
  const figures = {};
  const load = round(loadavg()[0]);
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;

  console.error('wex: start-up');
  let wex = await startWex(port);
  figures['start.first_ms'] = round(wex.milliseconds, 0);
  const again = [];
  for (let i = 0; i < RESTARTS; i += 1) {
    await stop(wex.child);
    wex = await startWex(port);
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
    submitting: { connections: submitting.connections, seconds: submitting.seconds },
    paths: Object.fromEntries(pages.map(({ name, path }) => [name, path])),
    figures,
  };
}

/** The version that a program gives, on either output, whatever its status. */
function versionOf(command, args, pattern) {
  const text = execFileSync('bash', ['-c', '"$0" "$@" 2>&1 || true', command, ...args]).toString();
  return pattern.exec(text)?.[1] ?? 'unknown';
}

process.env.PATH += ':/usr/sbin';
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}
try {
  const result = await measure();
  mkdirSync(options.out, { recursive: true });
  writeFileSync(join(options.out, 'benchmarks.json'), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(options.out, 'BENCHMARKS.md'), markdown(result));
  console.error(`wex: wrote ${options.out}/BENCHMARKS.md and ${options.out}/benchmarks.json`);
} catch (error) {
  console.error(`wex: ${error.message}`);
  process.exitCode = 1;
} finally {
  for (const child of [...running]) await stop(child);
  rmSync(folder, { recursive: true, force: true });
}
