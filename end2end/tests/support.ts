// What every journey shares: a page that is watched for errors, axe, and the demonstration's doors.
import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type APIRequestContext, type Page } from '@playwright/test';

/** The window in which axe reads pages whose own scripts are off. */
let reader: Page | undefined;

/** A page on which any console error, policy violation or failed request of ours fails the test. */
export const test = base.extend<{ watched: string[] }>({
  watched: [
    async ({ page }, use) => {
      const seen: string[] = [];
      page.on('console', (message) => {
        const text = message.text();
        // The browser itself notes every answer of 4xx; the tests that ask for one look at the page.
        if (/Failed to load resource: the server responded with a status of 4\d\d/.test(text)) return;
        if (message.type() === 'error' || /hydrat|Content.Security.Policy/i.test(text)) seen.push(`${message.type()}: ${text}`);
      });
      page.on('pageerror', (error) => seen.push(`error: ${error.message}`));
      await use(seen);
      await reader?.context().close();
      reader = undefined;
      expect(seen, 'what the console said').toEqual([]);
    },
    { auto: true },
  ],
});
export { expect };


/** The page itself; or, where scripts are off and axe could not run, the same markup in a window that has
 * scripts, with ours left out. */
async function readable(page: Page): Promise<Page> {
  if (base.info().project.use.javaScriptEnabled !== false) return page;
  const html = (await page.content()).replace(/<script\b[\s\S]*?<\/script>/g, '').replace(/<link[^>]+rel="(preload|modulepreload)"[^>]*>/g, '');
  reader ??= await (await page.context().browser()!.newContext({ viewport: page.viewportSize(), javaScriptEnabled: true })).newPage();
  await reader.unrouteAll();
  await reader.route('**/*', (route) =>
    route.request().isNavigationRequest() ? route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }) : route.continue(),
  );
  await reader.goto(page.url());
  return reader;
}

/** Everything that has to be true of a page in any state. */
export async function sound(page: Page, name: string) {
  await expect(page.locator('h1'), `${name}: one heading of the first level`).toHaveCount(1);
  expect(await page.locator('template').count(), `${name}: nothing waits in a template`).toBe(0);
  await expect(page).toHaveTitle(/.+ – wex$/);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wider, `${name}: no sideways scroll`).toBeLessThanOrEqual(0);
  const axe = await new AxeBuilder({ page: await readable(page) }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  const found = axe.violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).join(', ')})`);
  expect(found, `${name}: axe`).toEqual([]);
}

/** Signs in as somebody of the demonstration: the person's name as /demo says it. */
export async function signInAs(page: Page, name: string | RegExp) {
  await page.goto('/demo');
  await page.getByRole('button', { name }).first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/demo'));
}

export interface Message {
  to: string;
  channel: string;
  subject: string;
  text: string;
  html: string;
  template: string;
  at: string;
}

/** Messages of the demonstration's outbox, newest first. */
export async function outbox(request: APIRequestContext): Promise<Message[]> {
  const answer = await request.get('/demo/outbox', { headers: { accept: 'application/json' } });
  expect(answer.ok()).toBe(true);
  const body = await answer.json();
  return Array.isArray(body) ? body : body.messages;
}

/** The newest message to an address. */
export async function letterTo(request: APIRequestContext, to: string, template?: RegExp): Promise<Message> {
  let found: Message | undefined;
  await expect
    .poll(async () => {
      found = (await outbox(request)).find((m) => m.to === to && (!template || template.test(m.template)));
      return found !== undefined;
    }, { message: `a message to ${to}` })
    .toBe(true);
  return found as Message;
}

/** Signs out by the account page, as a person does. */
export async function signOut(page: Page) {
  await page.goto('/account');
  await page.locator('main').getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible();
}
