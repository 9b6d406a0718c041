// What the benchmarks share: starting programs, nginx beside them, and wrk.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const LOAD = { threads: 2, connections: 16, seconds: 10 };
export const NGINX_WORKERS = 2;

export const folder = mkdtempSync(join(tmpdir(), 'wex-bench.'));
export const running = new Set();

/** Stops a program that was started here, and waits until it is gone. */
export async function stop(child) {
  if (!running.has(child)) return;
  const gone = new Promise((done) => child.once('close', done));
  child.kill('SIGTERM');
  await gone;
}

export function launch(command, args, env = {}, stdio = ['ignore', 'ignore', 'pipe']) {
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

export function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

/** Waits for a first 200 and gives back the milliseconds since `began`. */
export async function ready(child, url, began) {
  for (;;) {
    if (!running.has(child)) throw new Error(`${url} never answered. It said:\n${child.said}`);
    if (performance.now() - began > 120_000) throw new Error(`${url} did not answer 200 within two minutes`);
    const status = await fetch(url).then((response) => response.status, () => 0);
    if (status === 200) return performance.now() - began;
    await new Promise((done) => setTimeout(done, 2));
  }
}

export async function startNginx(port, pages) {
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
export async function wrk(url, seconds, headers = [], script = null) {
  const output = await new Promise((done, fail) => {
    const child = spawn('wrk', [
      `-t${LOAD.threads}`, `-c${LOAD.connections}`, `-d${seconds}s`, '--latency',
      ...headers.flatMap((header) => ['-H', header]), ...(script ? ['-s', script] : []), url,
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

export const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
export const round = (number, digits = 2) => Number(number.toFixed(digits));

/** The version that a program gives, on either output, whatever its status. */
export function versionOf(command, args, pattern) {
  const text = execFileSync('bash', ['-c', '"$0" "$@" 2>&1 || true', command, ...args]).toString();
  return pattern.exec(text)?.[1] ?? 'unknown';
}


/** wex on a database, its own address and how long it took until it was ready. Its log says only what is wrong. */
export async function startWex(database, port, args = []) {
  const began = performance.now();
  const child = launch(resolve('target/release/wex'), ['serve', ...args, '--listen', `127.0.0.1:${port}`], {
    DATABASE_URL: database,
    // One address asks for everything here; people are not so quick.
    WEX_SEARCH_PER_MINUTE: '0',
    // As nginx beside it, which writes no line for each request.
    WEX_LOG_LEVEL: 'warn',
  });
  return { child, milliseconds: await ready(child, `http://127.0.0.1:${port}/ready`, began) };
}

/** Ends what is still running, and removes what was written. */
export async function tidy() {
  for (const child of [...running]) await stop(child);
  rmSync(folder, { recursive: true, force: true });
}

process.env.PATH += ':/usr/sbin';
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}
