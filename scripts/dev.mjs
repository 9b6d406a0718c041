// Serves the demonstration, builds it again when a source changes, and reloads
// the pages that are open.
//
// The service runs behind a small proxy, which waits while it is being built and
// adds one script element to each page. The script comes from the page's own
// address, as the content policy asks; the service itself is what is deployed.
import { spawn } from 'node:child_process';
import { mkdirSync, watch } from 'node:fs';
import { createServer, request } from 'node:http';

const [host, port] = (process.env.LISTEN ?? '127.0.0.1:3000').split(':');
const BEHIND = { host: '127.0.0.1', port: Number(process.env.WEX_DEV_PORT ?? Number(port) + 100) };
const FOLDERS = ['app', 'server', 'frontend', 'style'];
const SOURCE = /\.(rs|scss|sql|toml|html|txt|json|csv)$/;
const RELOAD = '/__dev/reload';

const say = (text) => console.error(`wex: ${text}`);

// ---- building and running ---------------------------------------------------

let service = null;
let building = false;
let again = false;
let ready = Promise.resolve();

function run(command, ...args) {
  return new Promise((resolve) => {
    spawn(command, args, { stdio: 'inherit' })
      .on('error', () => resolve(false))
      .on('close', (code) => resolve(code === 0));
  });
}

async function stop() {
  if (!service) return;
  const gone = new Promise((resolve) => service.once('close', resolve));
  service.kill('SIGTERM');
  await gone;
  service = null;
}

function answers() {
  return new Promise((resolve) => {
    request({ ...BEHIND, path: '/ready', timeout: 1000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).on('error', () => resolve(false)).end();
  });
}

async function start() {
  service = spawn('target/debug/wex', ['serve', '--demo', '--listen', `${BEHIND.host}:${BEHIND.port}`], {
    stdio: 'inherit',
    env: { DATABASE_URL: 'sqlite:var/demonstration.sqlite', ...process.env },
  });
  const own = service;
  own.once('close', () => {
    if (service === own) service = null;
  });
  while (service === own && !(await answers())) await new Promise((resolve) => setTimeout(resolve, 100));
  if (service === own) say(`http://${host}:${port} shows what you edit`);
}

async function build() {
  if (building) {
    again = true;
    return;
  }
  building = true;
  do {
    again = false;
    // The site first: the server embeds it. It does nothing when only the server changed.
    const built = (await run('scripts/site.sh')) && (await run('cargo', 'build', '-p', 'server'));
    if (again) continue;
    if (!built) {
      say('that did not build; the version from before goes on');
      continue;
    }
    ready = stop().then(start);
    await ready;
    reload();
  } while (again);
  building = false;
}

// ---- the proxy --------------------------------------------------------------

const pages = new Set();
function reload() {
  for (const page of pages) page.write('data: reload\n\n');
}

const SCRIPT = `new EventSource('${RELOAD}/events').onmessage = () => location.reload();`;

createServer(async (asked, answer) => {
  if (asked.url === `${RELOAD}/events`) {
    answer.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    pages.add(answer);
    asked.on('close', () => pages.delete(answer));
    return;
  }
  if (asked.url === `${RELOAD}.js`) {
    answer.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-store' });
    answer.end(SCRIPT);
    return;
  }
  await ready;
  // Uncompressed, so that a line can be added. The host is passed on as it came:
  // the service compares it with the origin of each form.
  const headers = { ...asked.headers };
  delete headers['accept-encoding'];
  const passed = request({ ...BEHIND, path: asked.url, method: asked.method, headers }, (response) => {
    const html = response.headers['content-type']?.startsWith('text/html');
    const own = { ...response.headers };
    if (html) delete own['content-length'];
    answer.writeHead(response.statusCode, own);
    response.pipe(answer, { end: !html });
    if (html) response.on('end', () => answer.end(asked.method === 'HEAD' ? '' : `<script src="${RELOAD}.js"></script>`));
  });
  passed.on('error', () => {
    if (!answer.headersSent) answer.writeHead(503, { 'content-type': 'text/plain', 'retry-after': '1' });
    answer.end('The service is not running. See what make dev says.\n');
  });
  asked.pipe(passed);
}).listen(Number(port), host);

// ---- watching ---------------------------------------------------------------

mkdirSync('var', { recursive: true });
let soon;
for (const folder of FOLDERS) {
  watch(folder, { recursive: true }, (_, name) => {
    if (!name || !SOURCE.test(name)) return;
    // Editors write a file in several goes.
    clearTimeout(soon);
    soon = setTimeout(build, 150);
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    await stop();
    process.exit(0);
  });
}
await build();
