// Measures "Send application" over HTTP: how many learners' applications the
// program takes in a second, each on the disk before its answer. Prints JSON.
// PostgreSQL too where WEX_TEST_POSTGRES has the address of a server.
//
//   WEX_POSTGRES_DURABLE=1 scripts/with-postgres.sh node scripts/bench-submit.mjs [--build debug] [--seconds 20]
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    build: { type: 'string', default: 'release' },
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '32' },
    people: { type: 'string' },
  },
});
const SECONDS = Number(options.seconds);
const WARM = 3;
const THREADS = 2;
const PEOPLE = Number(options.people ?? (SECONDS + WARM) * (options.build === 'release' ? 1200 : 400));

const wex = resolve(`target/${options.build}/wex`);
const folder = mkdtempSync(join(tmpdir(), 'wex-bench-submit.'));
let server;

function crowd(...args) {
  return execFileSync(resolve(`target/${options.build}/examples/crowd`), args, { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }).toString();
}

const freePort = () => new Promise((done) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});

async function start(database, worker) {
  const port = await freePort();
  const child = spawn(wex, ['serve', '--listen', `127.0.0.1:${port}`], {
    cwd: folder,
    env: { PATH: process.env.PATH, DATABASE_URL: database, WEX_SECRET_KEY: '07'.repeat(32), WEX_LOG_LEVEL: 'warn', WEX_WORKER: worker },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  server = child;
  const base = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 3000; tries += 1) {
    if (child.exitCode !== null) throw new Error('wex ended');
    if (await fetch(`${base}/ready`).then((answer) => answer.ok, () => false)) return { child, base };
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error('wex is not ready');
}

async function stop(child) {
  const gone = new Promise((done) => child.once('close', done));
  child.kill('SIGTERM');
  await gone;
  server = undefined;
}

/** Each thread of wrk sends the applications of its own part of the people, each once. */
function script(people, from, to) {
  const file = join(folder, `send-${from}.lua`);
  writeFileSync(file, `
local threads = 0
function setup(thread) thread:set("number", threads); threads = threads + 1 end
local people = {}
local next = 0
function init(args)
  local at = 0
  for line in io.lines("${people}") do
    if at >= ${from} and at < ${to} and at % ${THREADS} == number then people[#people + 1] = line end
    at = at + 1
  end
end
function request()
  next = next + 1
  local line = people[next]
  if not line then wrk.thread:stop(); return wrk.format("GET", "/health") end
  local reference, token = line:match("(%S+) (%S+)")
  return wrk.format("POST", "/do/apply_submit_application", {
    ["Content-Type"] = "application/x-www-form-urlencoded", ["Accept"] = "text/html",
    ["Sec-Fetch-Site"] = "same-origin", ["Cookie"] = "__Host-wex=" .. token,
  }, "reference=" .. reference .. "&declared=yes")
end
`);
  return file;
}

const UNITS = { us: 1e-3, ms: 1, s: 1e3, m: 6e4 };
const toMilliseconds = (text) => {
  const [, number, unit] = /^([\d.]+)(us|ms|s|m)$/.exec(text);
  return Number((Number(number) * UNITS[unit]).toFixed(2));
};

async function wrk(base, file, seconds) {
  const output = await new Promise((done, fail) => {
    const child = spawn('wrk', [`-t${THREADS}`, `-c${options.connections}`, `-d${seconds}s`, '--timeout', '30s', '--latency', '-s', file, base]);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part));
    child.on('error', fail);
    child.on('close', () => done(text));
  });
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(output) ?? /Socket errors: (.*[1-9].*)/.exec(output);
  if (bad || !/Requests\/sec/.test(output)) throw new Error(`not every application was taken: ${output}`);
  const elapsed = /requests in ([\d.]+)s/.exec(output);
  return {
    taken: Number(/(\d+) requests in/.exec(output)[1]),
    seconds: elapsed ? Number(elapsed[1]) : seconds,
    per_second: Math.round(Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1])),
    median_ms: toMilliseconds(/\s50%\s+(\S+)/.exec(output)[1]),
    p99_ms: toMilliseconds(/\s99%\s+(\S+)/.exec(output)[1]),
  };
}

async function measure(name, database, worker) {
  console.error(`wex: submitting on ${name}: preparing ${PEOPLE} learners`);
  const people = join(folder, 'people.txt');
  writeFileSync(people, crowd('prepare', database, String(PEOPLE)));
  const { child, base } = await start(database, worker);
  const share = Math.floor((PEOPLE * WARM) / (WARM + SECONDS));
  console.error(`wex: submitting on ${name}: warming up`);
  const warm = await wrk(base, script(people, 0, share), WARM);
  console.error(`wex: submitting on ${name}: measuring`);
  const figures = await wrk(base, script(people, share, PEOPLE), SECONDS);
  if (figures.seconds < SECONDS * 0.95) throw new Error(`the people ran out after ${figures.seconds} seconds: give --people more than ${PEOPLE}`);
  await stop(child);
  const { submitted } = JSON.parse(crowd('count', database));
  // What wrk did not wait for at its end may have been taken or not.
  const heard = warm.taken + figures.taken;
  if (submitted < heard || submitted > heard + 2 * Number(options.connections)) {
    throw new Error(`${heard} were acknowledged on ${name}, but ${submitted} are there`);
  }
  return { per_second: figures.per_second, median_ms: figures.median_ms, p99_ms: figures.p99_ms };
}

try {
  const result = { build: options.build, seconds: SECONDS, connections: Number(options.connections) };
  console.error('wex: what the disk does');
  result.disk = JSON.parse(crowd('disk', folder, '3'));
  result.statements = JSON.parse(crowd('queries', `sqlite:${join(folder, 'queries.sqlite')}`)).statements;
  result.sqlite = await measure('SQLite', `sqlite:${join(folder, 'submit.sqlite')}`, 'no');
  result.sqlite_with_worker = await measure('SQLite, sending emails meanwhile', `sqlite:${join(folder, 'worker.sqlite')}`, 'yes');
  if (process.env.WEX_TEST_POSTGRES) result.postgres = await measure('PostgreSQL', process.env.WEX_TEST_POSTGRES, 'no');
  console.log(JSON.stringify(result, null, 2));
} catch (error) {
  console.error(`wex: ${error.message}`);
  process.exitCode = 1;
} finally {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
