// Keeps pages that were seen, so that they open again without a connection. What is kept and why is in
// docs/decisions/0014-offline.md. The server puts `const FILES_OF_BUILD = […];` in front.
//
// The one rule of privacy: only what anybody may read is kept. The server marks every answer to somebody
// who is signed in with no-store; of such a page we fetch what a stranger would see.
'use strict';

const PAGES = 'wex-pages';
const FILES = 'wex-files';
const LIST = '/offline';
const FORGET = '/offline/forget';
const MOST_PAGES = 60;
const MOST_SEARCHES = 20;
const DAY = 86_400_000;
const LONGEST = 30 * DAY;
/** How long the line may take, in milliseconds, before a page is shown as it was kept. */
const PATIENCE = 8000;
/** Pages for everybody. Nothing else is kept, whoever asks. */
const OPEN = /^\/(?:(?:opportunities|roles)(?:\/[^/]+){0,2}|accessibility|privacy|privacy\/retention|cookies|contact|open-data)?$/;
/** Pages that say something else for another query. */
const BY_QUERY = ['/opportunities', '/roles', '/roles/new-to-me'];

/** Rises when somebody signs in or out: what was under way for the one before is not kept. */
let person = 0;
/** Counts searches changed in place, so that only the last of several quick ones is kept. */
let searches = 0;

addEventListener('install', (event) => {
  skipWaiting();
  event.waitUntil(prepare());
});

addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([clients.claim(), registration.navigationPreload?.enable(), tidyFiles()]));
});

// A page says that it is open. It may have come before this worker, or been fetched ahead of a click.
addEventListener('message', (event) => {
  if (event.source?.url) event.waitUntil(keepAsStranger(event.source.url));
});

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== 'GET') return written(event, url);
  if (url.pathname.startsWith('/pkg/')) return event.respondWith(file(event));
  if (url.pathname === '/do/discover_search_results') return event.waitUntil(searched(url));
  if (request.mode === 'navigate') event.respondWith(page(event, url));
});

/** What is needed to show any page at all. */
async function prepare() {
  const files = await caches.open(FILES);
  await files.addAll(FILES_OF_BUILD);
  const list = await fetch(LIST, { credentials: 'omit', cache: 'no-store' });
  if (!list.ok) throw new Error('no list');
  await files.put(LIST, await toKeep(list));
}

/** Forms go their own way. Sent on from here they would look like ours to the server, also when another
 * site wrote them (decision 0005). We only notice that the person may change. */
function written(event, url) {
  if (url.pathname === FORGET) return event.respondWith(forget().then(() => Response.redirect(LIST, 303)));
  const leaves = /^\/do\/identity_(?:sign_out|erase)/.test(url.pathname);
  const comes = navigator.onLine && /^\/(?:do\/identity_|demo\/sign-in$)/.test(url.pathname);
  if (leaves || comes) event.waitUntil(forget());
}

function forget() {
  person += 1;
  return caches.delete(PAGES);
}

/** A file of the bundle: its name says what is in it, so the first that we got is right for ever. */
async function file(event) {
  const files = await caches.open(FILES);
  const { url } = event.request;
  const kept = await files.match(url, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(files.put(url, answer.clone()));
  return answer;
}

/** Leaves only the files of this build, and of those from which pages are kept. */
async function tidyFiles() {
  const needed = new Set([...FILES_OF_BUILD, LIST]);
  const pages = await caches.open(PAGES);
  for (const request of await pages.keys()) {
    const text = await (await pages.match(request, { ignoreVary: true })).text();
    for (const [name] of text.matchAll(/\/pkg\/[\w.-]+/g)) needed.add(name);
  }
  const files = await caches.open(FILES);
  for (const request of await files.keys()) {
    if (!needed.has(new URL(request.url).pathname)) await files.delete(request);
  }
}

/** A page: from the line; as it was kept where the line is broken or too slow; or what else there is. */
async function page(event, url) {
  const name = nameOf(url);
  const kept = name && (await find(name));
  const mine = person;
  const asked = Promise.resolve(event.preloadResponse).then((ahead) => ahead || fetch(event.request));
  try {
    const answer = await (kept ? inTime(asked) : asked);
    if (url.pathname === LIST) return withList(answer);
    // Fetched ahead of a click that may never come: the page says so when it is opened.
    if (event.request.headers.has('sec-purpose')) return answer;
    if (name) event.waitUntil(keep(name, answer.clone(), mine).catch(() => {}));
    if (url.pathname === '/saved') event.waitUntil(keepSaved(answer.clone()));
    return answer;
  } catch {
    return kept ? asCopy(kept) : instead(url);
  }
}

function inTime(asked) {
  asked.catch(() => {});
  return Promise.race([asked, pause(PATIENCE).then(() => Promise.reject(new Error('slow')))]);
}

function pause(time) {
  return new Promise((done) => setTimeout(done, time));
}

/** Under which address a page is kept; nothing for pages that are not for everybody. */
function nameOf(url) {
  if (!OPEN.test(url.pathname)) return null;
  if (!BY_QUERY.includes(url.pathname)) return url.pathname;
  const query = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ''));
  return query.size > 0 ? `${url.pathname}?${query}` : url.pathname;
}

async function find(name) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(name, { ignoreVary: true });
  return kept && age(kept) < LONGEST ? kept : undefined;
}

/** How old a kept page is, in milliseconds. */
function age(kept) {
  return Date.now() - Date.parse(kept.headers.get('date'));
}

async function keep(name, answer, mine) {
  const open = answer.ok && !answer.redirected && !/no-store/.test(answer.headers.get('cache-control') ?? '');
  if (!open || !/^text\/html/.test(answer.headers.get('content-type') ?? '')) return;
  const page = await toKeep(answer);
  if (mine !== person) return;
  const pages = await caches.open(PAGES);
  // The oldest stands first: what is kept again goes to the end.
  await pages.delete(name, { ignoreVary: true });
  await pages.put(name, page);
  await tidyPages(pages);
}

/** A page of a stranger removes what somebody typed who was signed in (app/src/shell.rs). A kept one must not:
 * it is shown to whoever it may be. */
async function toKeep(answer) {
  const text = (await answer.text()).replace(/<script[^>]* data-forget[\s\S]*?<\/script>/, '');
  return new Response(text, { headers: plain(answer.headers) });
}

/** Makes room: for opportunities rather than for lists of them. */
async function tidyPages(pages) {
  const all = await pages.keys();
  const lists = all.filter((request) => new URL(request.url).pathname === '/opportunities');
  if (lists.length > MOST_SEARCHES) await pages.delete(lists[0]);
  else if (all.length > MOST_PAGES) await pages.delete(all[0]);
}

/** Keeps a page as somebody sees it who is not signed in; at most once a day. */
async function keepAsStranger(address) {
  const name = nameOf(new URL(address, location.origin));
  if (!name || navigator.connection?.saveData) return;
  const mine = person;
  const kept = await find(name);
  if (kept && age(kept) < DAY) return;
  try {
    await keep(name, await fetch(name, { credentials: 'omit', headers: { accept: 'text/html' } }), mine);
  } catch {
    // Without a connection there is nothing to keep.
  }
}

/** The opportunities behind the list of what is saved; never that list, which is one person's own. */
async function keepSaved(answer) {
  if (!answer.ok) return;
  const links = (await answer.text()).matchAll(/href="(\/opportunities\/[^"/?#]+)/g);
  for (const name of new Set([...links].map(([, name]) => name))) await keepAsStranger(name);
}

/** A search that was changed in place has an address too, once somebody stays with it. */
async function searched(url) {
  searches += 1;
  const [mine, whose] = [searches, person];
  await pause(2000);
  if (mine === searches && whose === person) await keepAsStranger(`/opportunities?${url.searchParams.get('q') ?? ''}`);
}

/** A page as it was kept, saying so. */
async function asCopy(kept) {
  const since = `This page is from ${when(new Date(kept.headers.get('date')))}. Dates and places may have changed since.`;
  return withLines(kept, [`${why()} ${since}`, `<a href="${LIST}">See what else you can read</a>`]);
}

/** For a page that was not kept: what there is to read meanwhile. */
async function instead(url) {
  const list = await caches.match(LIST, { ignoreVary: true });
  if (!list) return Response.error();
  if (url.pathname === LIST) return withList(list);
  return withList(await withLines(list, [`${why()} The page that you asked for needs a connection.`, '<a href="">Try again</a>']));
}

function why() {
  return navigator.onLine ? 'We cannot be reached at the moment, or your connection is very slow.' : 'You are offline.';
}

/** "Monday 13 April 2026 at 9:30am", as everywhere on the site. */
function when(time) {
  const zone = { timeZone: 'Europe/London' };
  const day = time.toLocaleDateString('en-GB', { ...zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const hour = time.toLocaleTimeString('en-GB', { ...zone, hour: 'numeric', minute: '2-digit', hour12: true });
  return `${day.replace(',', '')} at ${hour.replace(/\s/g, '').toLowerCase()}`;
}

/** The page with lines of ours at its top. Its own headers stay, with the policy for its scripts. */
async function withLines(page, lines) {
  const said = lines.map((line) => `<p>${line}</p>`).join('');
  const text = (await page.text())
    .replace(/(<main[^>]*>)/, (main) => `${main}<div class="nhsuk-inset-text"><span class="nhsuk-u-visually-hidden">Information: </span>${said}</div>`)
    .replace('<title>', '<title>Offline: ');
  return new Response(text, { headers: plain(page.headers) });
}

/** What is kept, newest first, in its place on the page about it. */
async function withList(answer) {
  const text = await answer.text();
  const list = await listed();
  const done = list ? text.replace(/<!--kept-->[\s\S]*<!--\/kept-->/, () => list) : text;
  return new Response(done, { status: answer.status, headers: plain(answer.headers) });
}

/** Headers for a text that is not compressed any more. */
function plain(headers) {
  const own = new Headers(headers);
  for (const name of ['content-encoding', 'content-length']) own.delete(name);
  return own;
}

async function listed() {
  const pages = await caches.open(PAGES);
  const groups = { Opportunities: [], Searches: [], Roles: [], 'Other pages': [] };
  for (const request of (await pages.keys()).reverse()) {
    const kept = await pages.match(request, { ignoreVary: true });
    if (age(kept) > LONGEST) continue;
    const { pathname, search } = new URL(request.url);
    const group = pathname === '/opportunities' ? 'Searches' : pathname.startsWith('/opportunities/') ? 'Opportunities' : pathname.startsWith('/roles') ? 'Roles' : 'Other pages';
    groups[group].push(`<li><a href="${escape(pathname + search)}">${named(await kept.text())}</a></li>`);
  }
  const parts = Object.entries(groups).filter(([, items]) => items.length > 0);
  if (parts.length === 0) return '';
  const forget = `<form method="post" action="${FORGET}"><button class="nhsuk-button nhsuk-button--secondary" type="submit">Remove these pages from this device</button></form>`;
  return parts.map(([name, items]) => `<h2 class="nhsuk-heading-m">${name}</h2><ul class="nhsuk-list">${items.join('')}</ul>`).join('') + forget;
}

/** The page's title, as it stands in its markup. A search says how many it found too, and an opportunity
 * whose it is: many are called the same. */
function named(html) {
  const title = (html.match(/<title>([\s\S]*?)<\/title>/)?.[1] ?? '').replace(/ – wex$/, '');
  const more = html.match(/id="results-heading"[^>]*>\s*([^<]+)/) ?? html.match(/<h1[\s\S]*?nhsuk-lede-text">\s*([^<]+)/);
  return more ? `${title}: ${more[1].trim()}` : title;
}

function escape(text) {
  return text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
