// Measures the search by itself over 10,000 and 100,000 opportunities, and whole pages in a country's worth of
// demonstration data.
import { execFileSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join, resolve } from 'node:path';
import { LOAD, folder, freePort, launch, memory, round, startNginx, startWex, stop, wrk } from './bench-tools.mjs';

const QUERIES = 4000;
/** Requests a second of the steady load. */
const STEADY = 500;

const searching = (...args) =>
  execFileSync(resolve('target/release/examples/searching'), args, {
    maxBuffer: 1 << 24,
    stdio: ['ignore', 'pipe', 'inherit'],
    // What is free goes back at once, so that what the process has is what it needs.
    env: { ...process.env, MIMALLOC_PURGE_DELAY: '0' },
  }).toString();

/** The search by itself, in the process. */
export async function engine() {
  const figures = {};
  for (const count of [10_000, 100_000]) {
    console.error(`wex: the search over ${count} opportunities`);
    const file = join(folder, `engine-${count}.sqlite`);
    searching('prepare', `sqlite:${file}`, String(count));
    for (const [key, value] of Object.entries(JSON.parse(searching('measure', `sqlite:${file}`, String(QUERIES))))) {
      figures[`engine.${count}.${key}`] = typeof value === 'number' ? round(value, 3) : value;
    }
    rmSync(file);
  }
  return figures;
}

/** Addresses of searches in an order in which none comes twice: for wrk. */
const NEVER_ASKED = `
local towns = { "Leeds", "York", "Hull", "Bradford", "Manchester", "Stockport", "Derby", "Nottingham", "Exeter", "Plymouth",
  "Truro", "Oxford", "Reading", "Brighton", "Maidstone", "Carlisle", "Preston", "Norwich", "Ipswich", "Bristol", "Lincoln",
  "Durham", "Chester", "Coventry", "Leicester", "Sheffield", "Worcester", "Hereford", "Bolton", "Halifax", "" }
local words = { "", "nurse", "midwife", "physio", "children", "care", "pharmacy", "paramedic", "laboratory", "digital", "dental" }
local kinds = { "", "&kind=work_experience", "&kind=careers_information" }
local within = { "", "&within=5", "&within=10", "&within=20", "&within=40" }
local sorts = { "", "&sort=closing", "&sort=starting", "&sort=newest" }
local size = #towns * #words * #kinds * #within * #sorts * 6 * 3
local number = 0
local first = 0
local threads = 0
function setup(thread) thread:set("first", threads) threads = threads + 1 end
function init(args) number = first end
request = function()
  number = number + 2
  -- A step without a factor in common with how many there are goes round all of them.
  local n = (number * 100003) % size
  local function take(list) local i = n % #list n = (n - i) / #list return list[i + 1] end
  local path = "/opportunities?what=" .. take(words) .. "&where=" .. take(towns) .. take(kinds) .. take(within) .. take(sorts)
  local age = n % 6 n = (n - age) / 6
  if age > 0 then path = path .. "&age=" .. (13 + age) end
  return wrk.format("GET", path .. "&page=" .. (1 + n % 3))
end
`;

/** So many requests a second, whether they are answered or not; each one's time counts from when it was due. */
function steady(base, paths, perSecond, seconds) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const all = perSecond * seconds;
  const times = [];
  let sent = 0;
  let bad = 0;
  const began = performance.now() + 50;
  return new Promise((done) => {
    const ended = () => {
      if (times.length + bad < all) return;
      agent.destroy();
      times.sort((a, b) => a - b);
      done({ per_second: perSecond, refused: bad, median_ms: round(times[Math.floor(times.length / 2)]), p99_ms: round(times[Math.floor(times.length * 0.99)]) });
    };
    const pump = () => {
      while (sent < all && performance.now() >= began + (sent * 1000) / perSecond) {
        const due = began + (sent * 1000) / perSecond;
        const path = paths(sent);
        sent += 1;
        get(base + path, { agent }, (response) => {
          response.resume();
          response.once('end', () => {
            if (response.statusCode === 200) times.push(performance.now() - due);
            else bad += 1;
            ended();
          });
        }).once('error', () => {
          bad += 1;
          ended();
        });
      }
      if (sent < all) setTimeout(pump, 1);
    };
    pump();
  });
}

/** Whole pages at the scale of a country. */
export async function country(scale) {
  const figures = {};
  const file = join(folder, 'country.sqlite');
  console.error(`wex: demonstration data, --scale ${scale}`);
  const began = performance.now();
  execFileSync(resolve('target/release/wex'), ['demo', '--scale', scale], {
    env: { ...process.env, DATABASE_URL: `sqlite:${file}` },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  figures['country.made_s'] = round((performance.now() - began) / 1000, 1);
  figures['country.database_bytes'] = statSync(file).size;

  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const wex = await startWex(`sqlite:${file}`, port, ['--demo']);
  figures['country.start_ms'] = round(wex.milliseconds, 0);
  const path = '/opportunities?what=nurse&where=LS1+4AP';
  const page = async () => Buffer.from(await (await fetch(base + path, { headers: { 'accept-encoding': 'identity' } })).arrayBuffer());
  const first = performance.now();
  const bytes = await page();
  figures['country.first_search_ms'] = round(performance.now() - first, 0);
  figures['country.page_bytes'] = bytes.length;

  const script = join(folder, 'never-asked.lua');
  writeFileSync(script, NEVER_ASKED);
  console.error('wex: searches that were never asked before');
  await wrk(base, 2, [], script);
  keep(figures, 'country.never_asked', await wrk(base, LOAD.seconds, [], script));

  const nginxPort = await freePort();
  const nginx = await startNginx(nginxPort, [{ name: 'popular', path, bytes }]);
  for (const [server, at] of [['wex', base], ['nginx', `http://127.0.0.1:${nginxPort}`]]) {
    console.error(`wex: a popular search from ${server}`);
    await wrk(at + path, 2);
    keep(figures, `country.popular.${server}`, await wrk(at + path, LOAD.seconds));
  }
  await stop(nginx);

  console.error(`wex: ${STEADY} requests a second`);
  const varied = (number) => `/opportunities?what=care&where=Leeds&age=${14 + (number % 5)}&page=${1 + (number % 7)}&from=2027-0${1 + (number % 9)}-01&sort=${['closing', 'newest', 'starting'][number % 3]}&within=${5 + number}`;
  keep(figures, 'country.steady', await steady(base, varied, STEADY, LOAD.seconds));
  figures['country.memory_bytes'] = memory(wex.child.pid);
  await stop(wex.child);
  rmSync(file);
  return figures;
}

function keep(figures, name, measured) {
  for (const [key, value] of Object.entries(measured)) figures[`${name}.${key}`] = value;
}
