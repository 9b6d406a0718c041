// What stands on other sites: the widget, by script and in an iframe, and the picture beside a link.
import AxeBuilder from '@axe-core/playwright';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, sound, test } from './support';

/** Another site: its pages by their address. */
let site: Server;
let elsewhere: string;
const pages = new Map<string, { html: string; headers: Record<string, string> }>();

test.beforeAll(async () => {
  site = createServer((request, response) => {
    const page = pages.get(request.url ?? '');
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...page?.headers });
    response.end(page?.html ?? '');
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  // Another port is another origin, and another name is another site.
  elsewhere = `http://localhost:${(site.address() as AddressInfo).port}`;
});
test.afterAll(() => new Promise((resolve) => site.close(resolve)));

/** Puts a page on the other site; its address. */
function put(path: string, body: string, { style = '', headers = {} }: { style?: string; headers?: Record<string, string> } = {}) {
  const html = `<!DOCTYPE html><html lang="en"><head><title>Careers in health</title>${style}</head><body><main><h1>Careers in health</h1>${body}</main></body></html>`;
  pages.set(path, { html, headers });
  return `${elsewhere}${path}`;
}

/** A page's style that spoils whatever it reaches. */
const HOSTILE = `<style>
  * { color: red !important; font-size: 3px !important; line-height: 0 !important; letter-spacing: 2em; text-transform: uppercase; float: right; }
  html { font-size: 4px; } ul { display: none !important; } a { pointer-events: none !important; visibility: hidden; }
  wex-opportunities { display: none; opacity: 0; color: transparent; visibility: hidden; }
</style>`;

const AXE = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test.describe('by script', () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'the script needs scripts');

  test('one line shows a search’s first results on another site', async ({ page, baseURL, context }) => {
    const address = put('/script', `<script async src="${baseURL}/widget.js" data-search="sort=newest" data-number="3" data-heading="Near us" data-heading-level="2" data-colour="#7c2855" data-text="url(x)"></script>`);
    await page.goto(address);
    const box = page.getByRole('region', { name: 'Near us' });
    await expect(box.getByRole('listitem')).toHaveCount(3);
    await expect(box.getByRole('heading', { level: 2, name: 'Near us' })).toBeVisible();
    await expect(box.getByRole('status')).toContainText(/first 3 of \d+/);
    const first = box.getByRole('listitem').first().getByRole('link');
    expect(await first.evaluate((link) => getComputedStyle(link).color)).toBe('rgb(124, 40, 85)');
    const found = await new AxeBuilder({ page }).withTags(AXE).analyze();
    expect(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' '))}`)).toEqual([]);
    expect(await context.cookies()).toEqual([]);
    // By the keyboard alone, out to the opportunity.
    await page.keyboard.press('Tab');
    await expect(first).toBeFocused();
    const title = await first.textContent();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`^${baseURL}/opportunities/`));
    await expect(page.locator('h1')).toHaveText(title!);
  });

  test('a hostile style, a narrow column and a strict content policy do not reach it', async ({ page, baseURL }) => {
    const snippet = `<div style="width: 240px"><script src="${baseURL}/widget.js" data-search="" data-number="2"></script></div>`;
    const policy = `default-src 'none'; script-src ${baseURL}; connect-src ${baseURL}; style-src 'unsafe-inline'; require-trusted-types-for 'script'`;
    await page.goto(put('/hostile', snippet, { style: HOSTILE, headers: { 'content-security-policy': policy } }));
    const box = page.getByRole('region');
    await expect(box.getByRole('listitem')).toHaveCount(2);
    const link = box.getByRole('listitem').first().getByRole('link');
    await expect(link).toBeVisible();
    const look = await link.evaluate((element) => {
      const style = getComputedStyle(element);
      const { width } = element.closest('section')!.getBoundingClientRect();
      return [style.color, Number.parseFloat(style.fontSize) >= 16, style.textTransform, style.letterSpacing, style.pointerEvents, width <= 240];
    });
    expect(look).toEqual(['rgb(0, 94, 184)', true, 'none', 'normal', 'auto', true]);
    const opacity = await page.locator('wex-opportunities').evaluate((element) => getComputedStyle(element).opacity);
    expect(opacity).toBe('1');
    await link.click();
    await expect(page).toHaveURL(/\/opportunities\//);
  });

  test('the element may stand more than once, and says what it cannot show', async ({ page, baseURL }) => {
    const element = (search: string) => `<wex-opportunities search="${search}" heading="${search}"><a href="${baseURL}/opportunities">All</a></wex-opportunities>`;
    const script = `<script src="${baseURL}/widget.js"></script>`;
    await page.goto(put('/element', `${script}${element('what=zzzzqq')}${element('sort=newest')}${script}`));
    const none = page.getByRole('region', { name: 'what=zzzzqq' });
    await expect(none.getByRole('status')).toHaveText('There is nothing for this search now.');
    await expect(page.getByRole('region', { name: 'sort=newest' }).getByRole('listitem')).toHaveCount(5);
    await page.route('**/api/v1/**', (route) => route.fulfill({ status: 429, headers: { 'access-control-allow-origin': '*' }, body: '{}' }));
    await page.reload();
    await expect(none.getByRole('status')).toHaveText('The list cannot be shown now.');
    await expect(none.getByRole('link', { name: 'See it on wex' })).toHaveAttribute('href', `${baseURL}/opportunities?what=zzzzqq`);
  });

  test('our own page about it has an example and lines that work when copied', async ({ page }) => {
    await page.goto('/open-data/widget');
    await expect(page.getByRole('region', { name: 'The newest three' }).getByRole('listitem')).toHaveCount(3);
    await sound(page, 'widget');
    for (const [label, there] of [['Script', 'region'], ['Element', 'region'], ['Iframe', 'iframe']] as const) {
      await page.goto('/open-data/widget');
      const line = await page.getByLabel(label, { exact: true }).inputValue();
      await page.goto(put(`/copied-${label}`, line));
      await expect(there === 'iframe' ? page.locator('iframe') : page.getByRole('region')).toBeVisible();
    }
  });
});

test('an iframe shows the same, with scripts and without', async ({ page, baseURL, context }) => {
  const source = `${baseURL}/widget?sort=newest&amp;number=4&amp;heading=Near+us&amp;colour=%237c2855&amp;background=%23fdf&amp;text=red;}`;
  await page.goto(put('/frame', `<iframe title="Near us" width="300" height="700" src="${source}"></iframe>`, { style: HOSTILE }));
  const frame = page.frameLocator('iframe');
  await expect(frame.getByRole('listitem')).toHaveCount(4);
  await expect(frame.getByRole('heading', { name: 'Near us' })).toBeVisible();
  const first = frame.getByRole('listitem').first().getByRole('link');
  expect(await context.cookies()).toEqual([]);
  if (test.info().project.use.javaScriptEnabled !== false) {
    expect(await first.evaluate((link) => getComputedStyle(link).color)).toBe('rgb(124, 40, 85)');
    const found = await new AxeBuilder({ page }).include('iframe').withTags(AXE).analyze();
    expect(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' '))}`)).toEqual([]);
  }
  // A scrolling frame is a stop of its own in some browsers; the first link comes next.
  await first.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`^${baseURL}/opportunities/`));
});

test('no other page of ours can be framed, and neither file sets a cookie', async ({ request }) => {
  for (const path of ['/', '/opportunities', '/open-data/widget', '/widget.js', '/api/v1/opportunities']) {
    expect((await request.get(path)).headers()['content-security-policy'], path).toContain("frame-ancestors 'none'");
  }
  for (const path of ['/widget', '/widget.js', '/widget.css', '/widget?number=999&where=%00']) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(200);
    expect(answer.headers()['set-cookie'], path).toBeUndefined();
    expect(answer.headers()['cross-origin-resource-policy'], path).toBe('cross-origin');
  }
  const framed = (await request.get('/widget')).headers()['content-security-policy'];
  expect(framed).toContain('frame-ancestors *');
  expect(framed).not.toContain('script-src');
  expect((await request.get('/pkg/widget.js')).status()).toBe(404);
});

test('a link to an opportunity comes with its picture', async ({ page, request, baseURL }) => {
  await page.goto('/opportunities');
  await page.locator('main li a[href^="/opportunities/"]').first().click();
  const title = await page.locator('h1').textContent();
  const said = (name: string) => page.locator(`meta[property="${name}"]`).getAttribute('content');
  expect(await said('og:title')).toBe(title);
  expect((await said('og:description'))!.length).toBeGreaterThan(20);
  expect(await page.locator('meta[name="twitter:card"]').getAttribute('content')).toBe('summary_large_image');
  // Each time: what is written late must find the page's head too.
  for (let time = 0; time < 30; time += 1) {
    expect(await (await request.get(page.url())).text()).toContain('property="og:image"');
  }
  const address = (await said('og:image'))!;
  expect(address).toMatch(new RegExp(`^${baseURL}/opportunities/[^/]+/picture.png$`));
  const answer = await request.get(address);
  expect(answer.headers()['content-type']).toBe('image/png');
  expect(answer.headers()['cross-origin-resource-policy']).toBe('cross-origin');
  expect((await answer.body()).length).toBeLessThan(100_000);
  const again = await request.get(address, { headers: { 'if-none-match': answer.headers()['etag'] } });
  expect(again.status()).toBe(304);
  expect((await request.get('/opportunities/no-such-thing/picture.png')).status()).toBe(404);
  // A browser reads it at the size that it says, on another site too.
  await page.goto(put('/picture', `<img alt="" src="${address}">`));
  await expect(page.locator('img')).toHaveJSProperty('naturalWidth', 1200);
  await expect(page.locator('img')).toHaveJSProperty('naturalHeight', 630);
});
