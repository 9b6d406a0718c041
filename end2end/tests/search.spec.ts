// The search: the same with scripts, in place, and without them, by visits.
import type { Page, TestInfo } from '@playwright/test';
import { expect, sound, test } from './support';

/** What differs by width is looked at in islands.spec.ts and pages.spec.ts. */
const twoWays = (info: TestInfo) => test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
const scripts = (info: TestInfo) => info.project.use.javaScriptEnabled !== false;

/** Opens the search and waits for its island, then leaves a mark on the window that a visit would wipe away. */
async function open(page: Page, info: TestInfo, address: string) {
  await page.goto(address);
  if (!scripts(info)) return;
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => ((window as any).sameWindow = true));
}

/** With scripts everything happened in this window; without, there is no mark to look for. */
async function inPlace(page: Page, info: TestInfo) {
  if (scripts(info)) expect(await page.evaluate(() => (window as any).sameWindow), 'no visit').toBe(true);
}

const heading = (page: Page) => page.locator('#results-heading');
const found = async (page: Page) => Number((await heading(page).innerText()).match(/^\d+/)?.[0] ?? 0);

/** Opens the filters where a phone has them closed. */
async function filters(page: Page) {
  const panel = page.locator('#search-form details');
  if (!(await panel.locator('select').first().isVisible())) await panel.locator('summary').click();
}

/** Sends the form where nothing is sent by itself. */
async function ask(page: Page, info: TestInfo) {
  if (!scripts(info)) await page.getByRole('button', { name: 'Show results' }).click();
}

test('a filter finds as many as it said, and is taken off again', async ({ page }, info) => {
  twoWays(info);
  await open(page, info, '/opportunities');
  const before = await heading(page).innerText();
  await filters(page);
  const kind = page.getByLabel(/^Work experience \(\d+\)$/);
  const said = Number((await kind.locator('xpath=following-sibling::label').innerText()).match(/\d+/)![0]);
  await kind.check();
  await ask(page, info);
  await expect(page).toHaveURL(/kind=work_experience/);
  await expect(heading(page)).toHaveText(new RegExp(`^${said} opportunit`));
  // Whoever fills in filters stays where they are, and hears the number.
  await expect(heading(page)).toHaveAttribute('aria-live', 'polite');
  if (scripts(info)) await expect(kind).toBeFocused();
  await inPlace(page, info);

  await filters(page);
  await page.getByLabel('Area of England').selectOption({ label: (await page.locator('#area option').filter({ hasText: /^London/ }).first().innerText()).trim() });
  await ask(page, info);
  await expect(page).toHaveURL(/area=Y56/);
  expect(await found(page)).toBeLessThan(said);
  await expect(page.locator('.wex-chosen__link')).toHaveCount(2);
  await sound(page, 'two filters');

  // A tag that is taken off goes away itself: the focus goes to the number.
  await page.getByRole('link', { name: /^Remove filter: Work experience/ }).click();
  await expect(page).not.toHaveURL(/kind=/);
  await expect(page.locator('.wex-chosen__link')).toHaveCount(1);
  if (scripts(info)) await expect(heading(page)).toBeFocused();
  await filters(page);
  await expect(page.getByLabel(/^Work experience/)).not.toBeChecked();
  await expect(page.locator('#area')).toHaveValue('Y56');
  await inPlace(page, info);

  await page.goBack();
  await expect(page).toHaveURL(/kind=work_experience.*area=Y56|area=Y56.*kind=work_experience/);
  await expect(page.locator('.wex-chosen__link')).toHaveCount(2);
  await page.goBack();
  await expect(heading(page)).toHaveText(new RegExp(`^${said} opportunit`));
  await page.goBack();
  await expect(heading(page)).toHaveText(before);
  await expect(page.locator('.wex-chosen__link')).toHaveCount(0);
  await inPlace(page, info);
});

test('on a phone the filters close over the results', async ({ page }, info) => {
  test.skip(info.project.name !== 'narrow-scripts', 'only there do scripts close them');
  await open(page, info, '/opportunities');
  await filters(page);
  const show = page.getByRole('button', { name: /^Show \d+ results$|^Show results$/ });
  await page.getByLabel(/^Online \(\d+\)$/).check();
  await expect(show).toHaveText(/^Show \d+ results$/);
  const said = (await show.innerText()).match(/\d+/)![0];
  await show.click();
  await expect(page.locator('#search-form details select').first()).toBeHidden();
  await expect(heading(page)).toBeFocused();
  await expect(heading(page)).toHaveText(new RegExp(`^${said} opportunit`));
  await expect(page.locator('#search-form summary')).toHaveText('Filter (1 on)');
  await inPlace(page, info);
});

test('words and a place are asked for, and the next page comes', async ({ page }, info) => {
  twoWays(info);
  await open(page, info, '/opportunities');
  await page.getByLabel('What interests you?').fill('nurse');
  await page.getByLabel('Where?').fill('Leeds');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page).toHaveURL(/what=nurse.*where=Leeds/);
  await expect(page).toHaveTitle('nurse near Leeds – wex');
  expect(await found(page)).toBeGreaterThan(10);
  const first = await page.locator('.wex-results__title').first().innerText();
  await page.getByRole('link', { name: /^Next/ }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page).toHaveTitle('nurse near Leeds, page 2 – wex');
  if (scripts(info)) await expect(heading(page)).toBeFocused();
  await inPlace(page, info);
  await page.goBack();
  await expect(page.locator('.wex-results__title').first()).toHaveText(first);
  await expect(page).toHaveTitle('nurse near Leeds – wex');
});

test('the map counts by area, and each leads to its list', async ({ page }, info) => {
  twoWays(info);
  await open(page, info, '/opportunities?what=nurse');
  const all = await found(page);
  const views = page.getByRole('navigation', { name: 'How to show the results' });
  await views.getByRole('link', { name: 'Map' }).click();
  await expect(page).toHaveURL(/view=map/);
  await expect(views.getByRole('link', { name: 'Map' })).toHaveAttribute('aria-current', 'page');
  if (scripts(info)) await expect(heading(page)).toBeFocused();
  expect(await found(page)).toBe(all);
  const rows = page.getByRole('table', { name: 'Opportunities by area' }).getByRole('row');
  expect(await rows.count()).toBeGreaterThan(7);
  await sound(page, 'map');
  const london = rows.filter({ hasText: /^London/ }).first();
  const there = Number(await london.getByRole('cell').last().innerText());
  await london.getByRole('link').click();
  await expect(page).toHaveURL(/what=nurse.*area=Y56/);
  await expect(page).not.toHaveURL(/view=/);
  await expect(heading(page)).toHaveText(new RegExp(`^${there} opportunit`));
  await inPlace(page, info);
  await page.goBack();
  await expect(page.getByRole('table', { name: 'Opportunities by area' })).toBeVisible();
  await inPlace(page, info);
});

test('the calendar goes by months, and a filter leaves it where it is', async ({ page }, info) => {
  twoWays(info);
  await open(page, info, '/opportunities');
  await page.getByRole('link', { name: 'Calendar' }).click();
  await expect(page).toHaveURL(/view=calendar/);
  const months = page.getByRole('navigation', { name: 'Months' });
  const next = await months.getByRole('link').last().innerText();
  await sound(page, 'calendar');
  await months.getByRole('link').last().click();
  await expect(page).toHaveURL(/month=\d{4}-\d{2}/);
  await expect(page.locator('#search-results')).toContainText(`in ${next}.`);
  if (scripts(info)) await expect(heading(page)).toBeFocused();
  const days = page.locator('.wex-calendar__day');
  expect(await days.count()).toBeGreaterThan(0);
  await expect(days.first().getByRole('heading')).toContainText(next);
  await inPlace(page, info);

  await filters(page);
  await page.getByLabel(/^In person \(\d+\)$/).check();
  await ask(page, info);
  await expect(page).toHaveURL(/delivery=in_person/);
  await expect(page).toHaveURL(/view=calendar/);
  await expect(page.locator('#search-results')).toContainText(`in ${next}.`);
  await page.locator('.wex-calendar__day a').first().click();
  await expect(page).toHaveURL(/\/opportunities\//);
  await page.goBack();
  await expect(page.locator('#search-results')).toContainText(`in ${next}.`);
  await expect(page.locator('.wex-chosen__link')).toHaveCount(1);
});

test('whatever is asked for, the answer is of use', async ({ page }, info) => {
  twoWays(info);
  const asked: [string, string, RegExp][] = [
    ['nonsense', 'what=qqqxzzy', /We found nothing for “qqqxzzy”[\s\S]*There are \d+ /],
    ['SQL', `what=${encodeURIComponent("'; drop table opportunities; --")}`, /We found nothing for “'; drop table opportunities; --”/],
    ['markup', `what=${encodeURIComponent('<script>alert(1)</script>')}&where=${encodeURIComponent('"><img src=x>')}`, /We do not know the place/],
    ['10,000 characters', `what=${'nurse'.repeat(2000)}`, /We found nothing for “(nurse){20}”[\s\S]*There are \d+ /],
    ['a day that there is not', 'from=2027-02-30&to=yesterday', /Enter a real date\. We did not understand “2027-02-30”[\s\S]*“yesterday”/],
    ['days the wrong way round', 'from=2027-07-01&to=2027-06-01', /The last day is before the first[\s\S]*There are \d+ /],
    ['an age in words', 'age=fifteen', /Enter an age in years, like 15/],
    ['filters that there are not', 'colour=red&kind=job&area=ATLANTIS&view=film', /We do not know the filter “colour”[\s\S]*There is no kind called “job”/],
    ['page 9999', 'page=9999', /\(page (\d+) of \1\)/],
    ['no page at all', 'page=-1&month=2027-13', /There is no page “-1”/],
    ['broken signs', 'what=%FF%zz&&=&what', /We found nothing for “[^”]*%zz”[\s\S]*There are \d+ /],
  ];
  for (const [name, query, says] of asked) {
    const answer = await page.goto(`/opportunities?${query}`);
    expect(answer!.status(), name).toBe(200);
    await expect(page.locator('main'), name).toContainText(says);
    // There is always a way on: results, or a wider search.
    expect(await page.locator('#search-results a[href^="/opportunities"]').count(), `${name}: a way on`).toBeGreaterThan(0);
    if (['nonsense', 'markup', '10,000 characters', 'filters that there are not'].includes(name)) await sound(page, name);
  }
  expect(await page.evaluate(() => document.querySelectorAll('main script:not([type])').length)).toBe(0);
  await page.goto('/opportunities');
  expect(await found(page), 'the table is still there').toBeGreaterThan(100);
});
