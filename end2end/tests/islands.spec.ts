// What only scripts do: pages update in place, without a visit. Each test would fail with a bundle that
// does not wake its islands.
import { expect, signInAs, sound, test } from './support';

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, 'islands need scripts');

/** Leaves a mark on the window that a visit would wipe away. */
const mark = (page: import('@playwright/test').Page) => page.evaluate(() => ((window as any).sameWindow = true));
const marked = (page: import('@playwright/test').Page) => page.evaluate(() => (window as any).sameWindow === true);

test('a filter that is ticked before the page is awake is asked for once it is', async ({ page }, info) => {
  test.skip(info.project.name !== 'wide-scripts', 'one of the four ways is enough');
  let wake = () => {};
  const held = new Promise<void>((done) => (wake = done));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/opportunities');
  await page.getByLabel(/^Nursing \(\d+\)$/).check();
  await expect(page).not.toHaveURL(/nursing/);
  wake();
  await expect(page).toHaveURL(/nursing/);
  await expect(page.getByLabel(/^Nursing \(\d+\)$/)).toBeChecked();
});

test('filters, pages and the back button update the results in place', async ({ page }) => {
  await page.goto('/opportunities?where=Leeds');
  await expect(page.locator('#results-heading')).toContainText('nearest to Leeds');
  await page.waitForFunction(() => document.querySelector('leptos-island') !== null && performance.getEntriesByType('resource').some((r) => r.name.endsWith('.wasm')));
  await page.waitForLoadState('networkidle');
  await mark(page);
  const before = await page.locator('#results-heading').innerText();
  const panel = page.locator('details').filter({ hasText: 'Filter' }).first();
  // Each choice says how many it would find.
  const online = page.getByLabel(/^Online \(\d+\)$/);
  if (!(await online.isVisible())) await panel.locator('summary').click();
  await expect(page.getByLabel(/^Work experience \([1-9]\d*\)$/)).toBeVisible();
  await online.check();
  await expect(page).toHaveURL(/delivery=online/);
  await expect(page.locator('#results-heading')).not.toHaveText(before);
  expect(await marked(page)).toBe(true);
  await sound(page, 'filtered in place');
  await page.goBack();
  await expect(page.locator('#results-heading')).toHaveText(before);
  await expect(page).not.toHaveURL(/delivery=online/);
  expect(await marked(page)).toBe(true);
});

test('the table of applications updates in place, and keys go through it', async ({ page }) => {
  await signInAs(page, /^Be Helen Makewell/);
  await page.goto('/provider/applications');
  await page.waitForLoadState('networkidle');
  await mark(page);
  await page.getByRole('link', { name: /^Waiting list/ }).click();
  await expect(page).toHaveURL(/show=waiting-list/);
  expect(await marked(page)).toBe(true);
  await page.keyboard.press('j');
  await expect(page.locator('tbody tr').first().getByRole('link').first()).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await sound(page, 'waiting list');
});

test('an offer is answered in place', async ({ page }) => {
  await signInAs(page, /^Be Amira Demosley/);
  await page.goto('/applications');
  const offer = page.getByRole('link', { name: /Read more before you answer/ }).first();
  test.skip((await offer.count()) === 0, 'Amira has answered already');
  await offer.click();
  await page.waitForLoadState('networkidle');
  await mark(page);
  await page.getByRole('button', { name: 'Accept the place' }).click();
  await expect(page.locator('#stands')).toContainText('You have accepted');
  await expect(page.locator('#stands')).toBeFocused();
  expect(await marked(page)).toBe(true);
});
