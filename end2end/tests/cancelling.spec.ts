// Something else instead of a no, new dates, and cancelling: told on a phone without scripts and on a desk
// with them.
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, letterTo, outbox, signInAs, signOut, sound, test } from './support';

/** A day so many days from the demonstration's today, on a Monday. */
function monday(now: Date, days: number): Date {
  const day = new Date(now.getTime() + days * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return day;
}
const slashes = (day: Date) =>
  `${String(day.getUTCDate()).padStart(2, '0')}/${String(day.getUTCMonth() + 1).padStart(2, '0')}/${day.getUTCFullYear()}`;

/** Fills the three boxes of a date. */
async function fillDate(page: Page, question: string, day: Date) {
  const boxes = page.getByRole('group', { name: question });
  await boxes.getByLabel('Day').fill(String(day.getUTCDate()));
  await boxes.getByLabel('Month').fill(String(day.getUTCMonth() + 1));
  await boxes.getByLabel('Year').fill(String(day.getUTCFullYear()));
}

/** Signs in with the newest code that was sent to an address. */
async function signInWithCode(page: Page, request: APIRequestContext, email: string, to: string) {
  const codes = async () => (await outbox(request)).filter((m) => m.to === email && /\b\d{3} ?\d{3}\b/.test(m.text) && !/WX-/.test(m.text));
  const before = (await codes()).length;
  await page.goto(`/sign-in?to=${to}`);
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  await expect(page.locator('h1')).toHaveText('Check your email');
  await expect.poll(async () => (await codes()).length).toBe(before + 1);
  const code = (await codes())[0].text.match(/\b(\d{3}) ?(\d{3})\b/)!;
  await page.getByLabel('6-digit code').fill(`${code[1]}${code[2]}`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Answers whatever the form still asks, and sends it; the reference. */
async function finish(page: Page, name: string) {
  for (;;) {
    const heading = await page.locator('h1').innerText();
    if (heading === 'Check your answers') break;
    const nameBox = page.getByLabel('What is your name?');
    const noSchool = page.getByLabel(/I am not at school or college/);
    if (await nameBox.count()) await nameBox.fill(name);
    else if (await noSchool.count()) await noSchool.check();
    else if (/why/i.test(heading)) await page.getByRole('textbox').last().fill('I looked after my nan.');
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await expect(page.locator('h1')).not.toHaveText(heading);
  }
  await page.getByLabel(/My answers are true/).check();
  await page.getByRole('button', { name: 'Send application' }).click();
  await expect(page.locator('h1')).toHaveText('Application sent');
  return (await page.getByText(/WX-\w{4}-\w{4}/).first().innerText()).match(/WX-\w{4}-\w{4}/)![0];
}

/** Somebody grown up, who is at no school, applies; the reference. */
async function apply(page: Page, request: APIRequestContext, advert: string, name: string, email: string, year: number) {
  await signInWithCode(page, request, email, advert);
  await expect(page.locator('h1')).toHaveText('What is your date of birth?');
  await page.getByLabel('Day').fill('27');
  await page.getByLabel('Month').fill('3');
  await page.getByLabel('Year').fill(String(year));
  await page.getByRole('button', { name: /continue|go on/i }).click();
  await page.getByRole('button', { name: /apply/i }).first().click();
  await expect(page.getByText(/Question 1 of \d/)).toBeVisible();
  return finish(page, name);
}

test('something else instead of a no, new dates, and a cancelled session', async ({ page, request }, info) => {
  test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
  const clock = await (await request.get('/demo/clock', { headers: { accept: 'application/json' } })).json();
  const now = new Date(`${clock.now.slice(0, 10)}T00:00:00Z`);
  const mark = `${info.project.name.replace('-', ' ')} ${info.retry}`;
  const [title, other] = [`Harbour room ${mark}`, `Harbour bridge ${mark}`];
  const email = (who: string) => `${who}-h-${info.project.name}-${info.retry}@mail.example`;
  const year = now.getUTCFullYear() - 25;
  let session = '';
  let advert = '';
  let ana = '';
  let bo = '';

  await test.step('a coordinator plans two things', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto('/provider/import');
    const row = (name: string, days: number) =>
      `${name};WEX;In person;w/c ${slashes(monday(now, days))};2;Yr 10;${slashes(monday(now, 40))};Harbour House, Leeds;LS1 3EX;See how harbours work.;Harbour ${mark}\r\n`;
    const csv = `Our list;;;;;;;;;;\r\n\r\nOpportunity;Kind of thing;Format;Week;No. of places;Min age;Deadline;Where;Postcode;What they will do;Department\r\n${row(title, 60)}${row(other, 74)}`;
    await page.getByLabel('Your spreadsheet').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'utf8') });
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByRole('button', { name: 'Import 2 opportunities' }).first().click();
    await expect(page.getByText('2 opportunities imported')).toBeVisible();
    await page.goto('/provider/sessions');
    await page.getByRole('row').filter({ hasText: title }).getByRole('link').click();
    await expect(page.locator('h1')).toContainText(title);
    session = new URL(page.url()).pathname;
    await page.getByRole('link', { name: 'See the opportunity' }).click();
    advert = (await page.getByRole('link', { name: 'See it as learners see it' }).getAttribute('href'))!;
    await signOut(page);
  });

  await test.step('two people apply; one accepts a place', async () => {
    ana = await apply(page, request, advert, 'Ana Harbour', email('ana'), year);
    await signOut(page);
    bo = await apply(page, request, advert, 'Bo Harbour', email('bo'), year);
    await signOut(page);
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto(`/provider/applications/${ana}/offer`);
    await page.getByRole('button', { name: 'Offer a place to Ana Harbour' }).click();
    await expect(page.getByText(/You offered a place to Ana Harbour/)).toBeVisible();
    await signOut(page);
    await signInWithCode(page, request, email('ana'), `/applications/${ana}`);
    await page.getByRole('button', { name: 'Accept the place' }).click();
    await expect(page.getByText(/You have accepted/).first()).toBeVisible();
    await signOut(page);
  });

  await test.step('the other is told no, with something else', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto(`/provider/applications/${bo}/no`);
    await page.getByLabel('More people asked than we have places for.').check();
    const boxes = page.getByRole('checkbox');
    await expect(boxes.first()).toBeVisible();
    await sound(page, 'a no, with suggestions to tick');
    for (let n = 0; n < Math.min(4, await boxes.count()); n += 1) await boxes.nth(n).check();
    await page.getByRole('button', { name: 'See the message' }).click();
    await expect(page.getByRole('link', { name: 'Choose up to 3 suggestions' })).toBeVisible();
    await sound(page, 'too many suggestions');
    for (let n = 0; n < (await boxes.count()); n += 1) await boxes.nth(n).uncheck();
    await page.getByLabel(other).check();
    await page.getByRole('button', { name: 'See the message' }).click();
    await expect(page.locator('.wex-letter')).toContainText(other);
    const shown = (await page.locator('.wex-letter').innerText()).replace(/\s+/g, ' ');
    await page.getByRole('button', { name: 'Tell Bo Harbour no' }).click();
    await expect(page.getByText(/did not get a place this time/).first()).toBeVisible();
    await expect(page.getByText(/Not opened yet/)).toBeVisible();
    const letter = await letterTo(request, email('bo'), /^not_selected$/);
    expect(shown).toContain(letter.text.replace(/\s+/g, ' ').trim());
    await signOut(page);
    await signInWithCode(page, request, email('bo'), `/applications/${bo}`);
    await sound(page, 'a no with something else');
    await page.getByRole('button', { name: new RegExp(`Apply for this.*${other}`) }).click();
    // Everything is filled in but why.
    await expect(page.locator('h1')).toContainText(/why/i);
    await finish(page, 'Bo Harbour');
    await signOut(page);
  });

  await test.step('the coordinator proposes new dates', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto(session);
    await page.getByRole('link', { name: 'Propose new dates' }).click();
    await page.getByRole('button', { name: 'See who is told' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('link', { name: 'Choose a reason' })).toBeVisible();
    await sound(page, 'new dates, with errors');
    const first = monday(now, 67);
    await fillDate(page, 'New first day', first);
    await fillDate(page, 'New last day', new Date(first.getTime() + 4 * 86_400_000));
    await fillDate(page, 'Last day for an answer', monday(now, 20));
    await page.getByLabel('The person who hosts cannot be there').check();
    await page.getByRole('button', { name: 'See who is told' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Ana Harbour' })).toContainText('Is asked');
    await sound(page, 'new dates, before they are proposed');
    await page.getByRole('button', { name: 'Propose these dates' }).click();
    await expect(page.getByText('Has not answered yet')).toBeVisible();
    await sound(page, 'new dates, waiting for answers');
    await signOut(page);
  });

  await test.step('the learner can come then', async () => {
    await signInWithCode(page, request, email('ana'), `/applications/${ana}`);
    await sound(page, 'an application with new dates');
    await page.getByRole('link', { name: 'Say whether you can come' }).click();
    await expect(page.locator('h1')).toHaveText('Can you come on the new dates?');
    await sound(page, 'can you come');
    await page.getByRole('button', { name: 'Yes, I can come' }).click();
    await expect(page.locator('h1')).toHaveText('You are coming on the new dates');
    await sound(page, 'coming on the new dates');
    await signOut(page);
  });

  await test.step('then the department has to cancel', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto(`${session}/dates`);
    await expect(page.getByText('Yes, comes on the new dates')).toBeVisible();
    await page.goto('/provider/departments');
    await sound(page, 'departments');
    await page.getByRole('row').filter({ hasText: `Harbour ${mark}` }).getByRole('link').click();
    await page.getByRole('button', { name: 'See who is told' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await sound(page, 'cancel dates, with errors');
    await fillDate(page, 'First day that is cancelled', monday(now, 60));
    await fillDate(page, 'Last day that is cancelled', monday(now, 67));
    await page.getByLabel('Not enough staff').check();
    await page.getByLabel('In your own words (optional)').fill('We hope for autumn.');
    await page.getByRole('button', { name: 'See who is told' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Ana Harbour' })).toContainText('becomes place cancelled');
    await sound(page, 'cancel dates, before it is done');
    await page.getByText('Messages to Ana Harbour').click();
    const shown = (await page.locator('.wex-letter').first().innerText()).replace(/\s+/g, ' ');
    await page.getByRole('button', { name: /Cancel these dates and tell 1 person/ }).click();
    await expect(page.locator('h1')).toContainText('Dates cancelled');
    await sound(page, 'dates cancelled');
    // What was read is what was sent, once.
    const letters = (await outbox(request)).filter((m) => m.to === email('ana') && m.template === 'cancelled');
    expect(letters).toHaveLength(1);
    expect(shown).toContain(letters[0].text.replace(/\s+/g, ' ').trim());
    await signOut(page);
    await signInWithCode(page, request, email('ana'), `/applications/${ana}`);
    await expect(page.getByText('There are not enough staff on these days.')).toBeVisible();
    await sound(page, 'a cancelled place');
  });
});
