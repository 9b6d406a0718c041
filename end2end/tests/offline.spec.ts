// A broken line: pages that were seen open again, and say so; what is private is kept nowhere.
import type { Page } from '@playwright/test';
import { expect, signInAs, signOut, sound, test as base } from './support';

// A browser without a connection notes each thing that it cannot get. What pages say of it is tested here.
const test = base.extend<{ watched: string[] }>({
  watched: [async ({ page }, use) => {
    const seen: string[] = [];
    page.on('console', (message) => {
      if (/hydrat|Content.Security.Policy/i.test(message.text())) seen.push(message.text());
    });
    page.on('pageerror', (error) => seen.push(error.message));
    await use(seen);
    expect(seen, 'what the console said').toEqual([]);
  }, { auto: true }],
});

/** The addresses that this browser keeps. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const pages = await caches.open('wex-pages');
    return (await pages.keys()).map((request) => new URL(request.url).pathname + new URL(request.url).search);
  });

/** Opens a page and waits until the worker has it. */
async function read(page: Page, path: string, name = path) {
  await page.goto(path);
  await expect.poll(() => kept(page), { message: `${name} is kept` }).toContain(name);
}

test.describe('with scripts', () => {
  test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'the worker is a script');

  test('pages that were seen open again without a connection', async ({ page, context }) => {
    // The first page comes before the worker does.
    await read(page, '/opportunities?what=nursing&where=&page=', '/opportunities?what=nursing');
    const title = page.locator('.wex-results__title a').first();
    const [name, href] = [await title.innerText(), (await title.getAttribute('href'))!];
    await read(page, href);
    await read(page, '/roles/physiotherapist');
    await page.goto('/sign-in');
    await context.setOffline(true);

    await page.goto(href);
    await expect(page.locator('h1')).toHaveText(name);
    await expect(page.locator('main .nhsuk-inset-text').first()).toContainText(/You are offline\. This page is from \w+ \d+ \w+ \d{4} at \d+:\d\d[ap]m\./);
    await expect(page).toHaveTitle(`Offline: ${name} – wex`);
    await sound(page, 'an opportunity, offline');
    await page.goto('/opportunities?what=nursing');
    await expect(page.locator('.wex-results__title').first()).toHaveText(name);
    // Its island is awake, from files that were kept, and says what is wrong.
    await page.getByLabel('Where?').fill('Leeds');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.locator('#search-problem')).toContainText('Check your connection');

    await test.step('any other page says what there is to read', async () => {
      await page.goto('/sign-in');
      await expect(page.getByText('The page that you asked for needs a connection.')).toBeVisible();
      await expect(page.getByRole('link', { name: 'Physiotherapist' })).toHaveAttribute('href', '/roles/physiotherapist');
      await expect(page.getByRole('link', { name: /^nursing: \d+ opportunities/ })).toBeVisible();
      await sound(page, 'what can be read offline');
      await page.getByRole('link', { name: `${name}: ` }).click();
      await expect(page.locator('h1')).toHaveText(name);
    });

    await test.step('with a connection it is the newest again', async () => {
      await context.setOffline(false);
      await page.goto(href);
      await expect(page.getByText('You are offline')).toHaveCount(0);
      await page.goto('/offline');
      await sound(page, 'what is kept');
      await page.getByRole('button', { name: 'Remove these pages from this device' }).click();
      await expect(page.getByText('No page is kept on this device yet.')).toBeVisible();
      expect(await kept(page)).toEqual([]);
    });
  });

  test('what is private is not kept, and the next person finds nothing', async ({ page, context }, info) => {
    test.skip(info.project.name !== 'wide-scripts', 'nothing depends on the width');
    await signInAs(page, /^Be Amira/);
    await page.goto('/opportunities?what=pharmacy');
    const href = (await page.locator('.wex-results__title a').first().getAttribute('href'))!;
    await read(page, href);
    await page.getByRole('button', { name: 'Save it' }).click();
    await expect(page.getByText('You have saved it.')).toBeVisible();
    // As in a new browser: what is saved is fetched when its list is seen.
    await page.evaluate(() => caches.delete('wex-pages'));
    await page.goto('/saved');
    await expect.poll(() => kept(page), 'what was saved is kept').toContain(href);
    for (const path of ['/applications', '/account', '/record', '/demo']) await page.goto(path);
    await page.goto('/roles');
    await expect.poll(() => kept(page)).toContain('/roles');
    expect((await kept(page)).filter((path) => !/^\/(opportunities|roles)/.test(path))).toEqual([]);
    const texts = await page.evaluate(async () => {
      const all: string[] = [];
      for (const store of await caches.keys()) {
        const cache = await caches.open(store);
        for (const request of await cache.keys()) all.push(await (await cache.match(request))!.text());
      }
      return all.join('\n');
    });
    expect(texts).not.toMatch(/Amira|Sign out|You have saved it/);

    await context.setOffline(true);
    await page.goto(href);
    await expect(page.getByText('You are offline.', { exact: false })).toBeVisible();
    await page.goto('/saved');
    await expect(page.locator('h1')).toHaveText('Pages to read offline');
    await context.setOffline(false);
    await signOut(page);
    // The page after signing out is for everybody again.
    expect((await kept(page)).filter((path) => path !== '/')).toEqual([]);
  });

  test('so many pages are kept, and none for too long', async ({ page, context }, info) => {
    test.skip(info.project.name !== 'wide-scripts', 'nothing depends on the width');
    await read(page, '/roles');
    // As if read before: 59 roles, and one long ago.
    await page.evaluate(async () => {
      const pages = await caches.open('wex-pages');
      const put = (name: string, days: number) =>
        pages.put(name, new Response('<title>Old – wex</title>', { headers: { date: new Date(Date.now() - days * 86_400_000).toUTCString(), 'content-type': 'text/html' } }));
      for (let n = 1; n < 59; n += 1) await put(`/roles/role-${n}`, 1);
      await put('/roles/long-ago', 31);
    });
    expect((await kept(page)).length).toBe(60);
    await read(page, '/privacy');
    await expect.poll(async () => (await kept(page)).length).toBe(60);
    expect(await kept(page), 'the oldest went').not.toContain('/roles');
    await context.setOffline(true);
    await page.goto('/roles/long-ago');
    await expect(page.locator('h1')).toHaveText('Pages to read offline');
    await expect(page.locator('main a[href^="/roles/"]')).toHaveCount(58);
  });

  test('a search that was changed in place is kept under its own address', async ({ page, context }, info) => {
    test.skip(info.project.name !== 'wide-scripts', 'nothing depends on the width');
    await read(page, '/opportunities');
    await page.waitForLoadState('networkidle');
    await page.getByLabel(/^Online \(\d+\)$/).check();
    await expect(page).toHaveURL(/delivery=online/);
    await expect.poll(() => kept(page)).toContain('/opportunities?delivery=online');
    await context.setOffline(true);
    await page.reload();
    await expect(page.getByText('You are offline.', { exact: false })).toBeVisible();
    await expect(page.getByLabel(/^Online \(\d+\)$/)).toBeChecked();
  });
});

/** Opens the question of what somebody needs, in an application of Amira that is not sent yet. Every form has it. */
async function question(page: Page): Promise<string> {
  await signInAs(page, /^Be Amira/);
  await page.goto('/opportunities?what=ward');
  for (const href of await page.locator('.wex-results__title a').evaluateAll((links) => links.map((link) => link.getAttribute('href')!))) {
    await page.goto(href);
    const apply = page.getByRole('button', { name: /apply/i }).first();
    if ((await apply.count()) === 0) continue;
    await apply.click();
    await expect(page).toHaveURL(/\/apply\/WX-/);
    const address = `/apply/${page.url().match(/WX-\w{4}-\w{4}/)![0]}/access`;
    await page.goto(address);
    return address;
  }
  throw new Error('there is nothing that Amira can apply for');
}

/** The answer was saved: the form has gone on, and shows it among the others. */
async function sent(page: Page, address: string, words: string) {
  await expect(page).not.toHaveURL(new RegExp(`${address}$|/do/`));
  await page.goto(address.replace('access', 'check'));
  await expect(page.getByText(words)).toBeVisible();
}

test('an answer that could not be sent is not lost', async ({ page, context }, info) => {
  test.skip(!['narrow-plain', 'narrow-scripts'].includes(info.project.name), 'two of the four ways are enough');
  const words = `A quiet place for breaks, says ${info.project.name} ${info.retry}.`;
  const address = await question(page);
  const box = page.getByRole('textbox');
  const save = page.getByRole('button', { name: 'Save and continue' });

  if (info.project.use.javaScriptEnabled === false) {
    // The browser's own way: it says that there is no connection, and goes back to what was typed.
    await box.fill(words);
    await context.setOffline(true);
    await save.click();
    await expect.poll(() => page.url()).toMatch(/^chrome-error/);
    await context.setOffline(false);
    await page.goBack();
    await expect(box).toHaveValue(words);
    await save.click();
    await sent(page, address, words);
    return;
  }

  const typed = () => page.evaluate(() => sessionStorage.getItem('wex-typed'));
  const problem = page.locator('#question-problem');
  await page.waitForLoadState('networkidle');
  await box.fill(words);
  expect(await typed(), 'nothing is kept while the line works').toBeNull();
  await context.setOffline(true);
  await save.click();
  await expect(problem).toContainText('your answer is not saved yet');
  await expect(box).toHaveValue(words);
  await sound(page, 'an answer that is not saved');
  // A way to another question stays here.
  await page.locator('.nhsuk-back-link, a.nhsuk-back-link').first().click();
  await expect(box).toHaveValue(words);

  await test.step('it survives a reload, and reading a kept page meanwhile', async () => {
    await page.reload();
    await expect(page.locator('h1')).toHaveText('Pages to read offline');
    await page.goto('/opportunities?what=ward');
    await expect(page.getByText('You are offline.', { exact: false })).toBeVisible();
    await context.setOffline(false);
    await page.goto(address);
    await expect(box).toHaveValue(words);
    await expect(problem).toContainText('This is what you wrote when the connection broke');
    await sound(page, 'an answer that was put back');
  });

  await test.step('it says when the line is back, and is sent once', async () => {
    await context.setOffline(true);
    await save.click();
    await expect(problem).toContainText('your answer is not saved yet');
    await context.setOffline(false);
    await expect(problem).toContainText('You have a connection again');
    await save.click();
    await sent(page, address, words);
    expect(await typed()).toBeNull();
  });

  await test.step('signing out leaves nothing behind', async () => {
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    await box.fill('Something private');
    await context.setOffline(true);
    await save.click();
    await expect(problem).toContainText('your answer is not saved yet');
    expect(await typed()).toContain('Something+private');
    await context.setOffline(false);
    await signOut(page);
    expect(await typed()).toBeNull();
  });
});

test('without scripts nothing is kept, and nothing is promised', async ({ page, context }, info) => {
  test.skip(info.project.name !== 'narrow-plain', 'one of the four ways is enough');
  await page.goto('/offline');
  await expect(page.getByText('No page is kept on this device yet.')).toBeVisible();
  await sound(page, 'offline pages, without scripts');
  await page.goto('/roles');
  await context.setOffline(true);
  await expect(page.goto('/roles')).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
});
