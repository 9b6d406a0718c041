// Measures the list pages of pretalx and pretix (both from PyPI) on this machine, for BENCH_PEERS=1: each in a Python
// environment of its own, on SQLite, served by gunicorn with a worker for each core. They answer another question than
// we do: they are here to say what a page of a list costs elsewhere.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { LOAD, folder, freePort, launch, ready, stop, wrk } from './bench-tools.mjs';

/** How many events a list has. */
const EVENTS = 30;

const FILL_PRETIX = `
from datetime import timedelta
from django.utils.timezone import now
from django_scopes import scopes_disabled
from pretix.base.models import Organizer
def fill():
    with scopes_disabled():
        organizer = Organizer.objects.create(name='Bench', slug='bench')
        for n in range(${EVENTS}):
            organizer.events.create(name=f'Careers evening {n + 1}', slug=f'e{n + 1}', date_from=now() + timedelta(days=10 + n), currency='GBP', is_public=True, live=True, plugins='')
fill()
`;

const PEERS = {
  pretalx: {
    packages: ['pretalx', 'faker', 'freezegun', 'gunicorn'],
    settings: 'PRETALX_CONFIG_FILE',
    text: (home, port) =>
      `[filesystem]\ndata = ${home}/data\nstatic = ${home}/static\n[site]\ndebug = False\nurl = http://127.0.0.1:${port}\n[database]\nbackend = sqlite3\nname = ${home}/db.sqlite3\n`,
    prepare: (run) => {
      run(['migrate']);
      run(['rebuild']);
      run(['init', '--noinput'], {
        DJANGO_SUPERUSER_EMAIL: 'bench@wex.example', DJANGO_SUPERUSER_PASSWORD: 'only-for-the-benchmark',
        PRETALX_INIT_ORGANISER_NAME: 'Bench', PRETALX_INIT_ORGANISER_SLUG: 'bench',
      });
      run(['create_test_event', '--stage', 'schedule', '--slug', 'bench']);
    },
    path: '/bench/talk/',
  },
  pretix: {
    packages: ['pretix', 'gunicorn'],
    settings: 'PRETIX_CONFIG_FILE',
    text: (home, port) =>
      `[pretix]\ninstance_name=Bench\nurl=http://127.0.0.1:${port}\ndatadir=${home}/data\n[database]\nbackend=sqlite3\nname=${home}/db.sqlite3\n[django]\nsecret=only-for-the-benchmark\n`,
    prepare: (run) => {
      run(['migrate']);
      run(['rebuild']);
      run(['shell'], {}, FILL_PRETIX);
    },
    path: '/bench/',
  },
};

/** Installs, fills, serves and measures each. One that cannot be installed is said, and left out. */
export async function peers() {
  const figures = {};
  for (const [name, peer] of Object.entries(PEERS)) {
    try {
      Object.assign(figures, await one(name, peer));
    } catch (error) {
      console.error(`wex: ${name} could not be measured: ${error.message.split('\n')[0]}`);
    }
  }
  return figures;
}

async function one(name, peer) {
  const home = join(folder, name);
  mkdirSync(join(home, 'data'), { recursive: true });
  const port = await freePort();
  const file = join(home, 'settings.cfg');
  writeFileSync(file, peer.text(home, port));
  const python = join(home, 'python', 'bin', 'python');
  const environment = { ...process.env, [peer.settings]: file };
  const quiet = (command, args, env = {}, input = '') =>
    execFileSync(command, args, { cwd: home, env: { ...environment, ...env }, input, stdio: ['pipe', 'ignore', 'ignore'] });
  console.error(`wex: installing ${name} from PyPI`);
  quiet('python3', ['-m', 'venv', join(home, 'python')]);
  quiet(python, ['-m', 'pip', 'install', '--quiet', ...peer.packages]);
  console.error(`wex: filling ${name}`);
  peer.prepare((args, env, input) => quiet(python, ['-m', name, ...args], env, input));
  const version = execFileSync(python, ['-c', `import importlib.metadata as m; print(m.version('${name}'))`]).toString().trim();
  const server = launch(join(home, 'python', 'bin', 'gunicorn'), [`${name}.wsgi`, '-w', String(cpus().length), '-b', `127.0.0.1:${port}`], { [peer.settings]: file });
  const url = `http://127.0.0.1:${port}${peer.path}`;
  await ready(server, url, performance.now());
  const bytes = Buffer.byteLength(await (await fetch(url)).text());
  console.error(`wex: the list page of ${name}`);
  await wrk(url, 2);
  const measured = await wrk(url, LOAD.seconds);
  await stop(server);
  return {
    [`peers.${name}.version`]: version,
    [`peers.${name}.page_bytes`]: bytes,
    ...Object.fromEntries(Object.entries(measured).map(([key, value]) => [`peers.${name}.${key}`, value])),
  };
}
