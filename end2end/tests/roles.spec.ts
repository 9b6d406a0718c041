// Roles in health and care, and what other sites read.
import { expect, sound, test } from './support';

test('from a word to a role, its ways in, and something to try', async ({ page }, info) => {
  test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
  await page.goto('/');
  await page.getByRole('link', { name: 'Read what people do, role by role' }).click();
  await expect(page.locator('h1')).toHaveText('Roles in health and care');
  await sound(page, 'roles');
  await page.getByLabel('What do you want to do?').fill('physio');
  await page.getByRole('button', { name: 'Find roles' }).click();
  await expect(page.getByRole('link', { name: 'Physiotherapist', exact: true })).toBeVisible();
  await sound(page, 'roles for a word');
  await page.getByLabel('I do not want to need a degree').check();
  await page.getByRole('button', { name: 'Find roles' }).click();
  await expect(page.getByRole('link', { name: 'Physiotherapist', exact: true })).toHaveCount(0);
  await page.getByRole('link', { name: 'Physiotherapy assistant' }).click();
  await expect(page.locator('h1')).toHaveText('Physiotherapy assistant');
  await expect(page.getByText('You can get there without a degree.')).toBeVisible();
  await sound(page, 'a role');
  await page.getByRole('link', { name: /^See (all \d+|it) in the search/ }).click();
  await expect(page.locator('#results-heading')).toHaveText(/^\d+ opportunit/);
  await page.goto('/roles/family/pharmacy');
  await sound(page, 'a family of roles');
  await page.goto('/roles/new-to-me?seed=5');
  const first = await page.locator('.wex-told a').allInnerTexts();
  await sound(page, 'roles that hardly anybody knows');
  await page.getByRole('link', { name: 'Show me others' }).click();
  await expect(page.locator('.wex-told a')).toHaveCount(first.length);
  expect(await page.locator('.wex-told a').allInnerTexts()).not.toEqual(first);
  await page.goto('/roles?what=%3Cscript%3E&likes=nothing');
  await expect(page.getByRole('heading', { name: 'No role fits' })).toBeVisible();
  await sound(page, 'no role');
  expect((await page.goto('/roles/no-such-role'))!.status()).toBe(404);
});

test('whoever searches finds the job, and other sites read the same', async ({ page }, info) => {
  test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
  await page.goto('/opportunities?what=physio');
  await expect(page.getByText('About the job:')).toBeVisible();
  // What has the word in its title comes before what only mentions it.
  await expect(page.locator('.wex-results__title').first()).toContainText(/physio/i);
  const total = Number((await page.locator('#results-heading').innerText()).match(/^\d+/)![0]);
  const told = await (await page.request.get('/api/v1/opportunities?what=physio&limit=5')).json();
  expect(told.total).toBe(total);
  expect(told.items[0].title).toMatch(/physio/i);
  const feed = await page.request.get('/opportunities.atom?what=physio');
  expect(feed.headers()['content-type']).toContain('application/atom+xml');
  expect(await feed.text()).toContain(told.items[0].url);
  await page.goto('/open-data');
  await sound(page, 'open data');
});
