// The whole way: from a coordinator's spreadsheet to the learner's confirmed place, and what the
// adviser sees of it. Told at 320 and 1280 pixels, with scripts and without.
import type { Page } from '@playwright/test';
import { expect, letterTo, outbox, signInAs, signOut, sound, test } from './support';

/** A day so many days from the demonstration's today, on a Monday, as a coordinator writes it. */
function monday(now: Date, days: number): Date {
  const day = new Date(now.getTime() + days * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return day;
}
const slashes = (day: Date) =>
  `${String(day.getUTCDate()).padStart(2, '0')}/${String(day.getUTCMonth() + 1).padStart(2, '0')}/${day.getUTCFullYear()}`;

/** Answers the question on the page, looks at it, and goes on. */
async function answer(page: Page, name: string, fill: () => Promise<void>) {
  await sound(page, name);
  const before = await page.locator('h1').innerText();
  await fill();
  await page.getByRole('button', { name: 'Save and continue' }).click();
  await expect(page.locator('h1')).not.toHaveText(before);
}

test('one application travels from a spreadsheet to a confirmed place', async ({ page, request }, info) => {
  const clock = await (await request.get('/demo/clock', { headers: { accept: 'application/json' } })).json();
  const now = new Date(`${clock.now.slice(0, 10)}T00:00:00Z`);
  const mark = `${info.project.name.replace('-', ' ')} ${info.retry}`.replace(/^\w/, (c) => c.toUpperCase());
  const title = `Lantern room ${mark}`;
  const email = `learner-${info.project.name}-${info.retry}@mail.example`;
  const carer = `carer-${info.project.name}-${info.retry}@mail.example`;
  let reference = '';

  await test.step('a coordinator imports a spreadsheet', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto('/provider/import');
    await sound(page, 'choose a file');
    const first = monday(now, 60);
    const closes = new Date(first.getTime() - 21 * 86_400_000);
    const csv =
      'Our list;;;;;;;;;;\r\n\r\nOpportunity;Kind of thing;Format;Week;No. of places;Min age;Deadline;Where;Postcode;What they will do;Department\r\n' +
      `${title};WEX;In person;w/c ${slashes(first)};"2 (flexible)";Yr 10;${slashes(closes)};Lantern House, Leeds;LS1 3EX;See how medicines reach people.;Pharmacy\r\n` +
      `${title} online;Work experience;MS Teams;${slashes(first)};;16+;${slashes(closes)};;;A talk with questions.;Pharmacy\r\n`;
    await page.getByLabel('Your spreadsheet').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'utf8') });
    await page.getByRole('button', { name: 'Upload' }).click();
    await expect(page.locator('h1')).toContainText('Check what we understood');
    await sound(page, 'check the rows');
    // The online one is no work experience: it is left out, with the right kind suggested.
    await expect(page.getByText('Left out', { exact: true })).toBeVisible();
    await expect(page.getByText(/careers information/i).first()).toBeVisible();
    await page.getByRole('button', { name: 'Import 1 opportunity' }).first().click();
    await expect(page.getByText('1 opportunity imported')).toBeVisible();
    await sound(page, 'imported');
    await signOut(page);
  });

  await test.step('a learner finds it, signed out', async () => {
    await page.goto('/');
    await sound(page, 'home');
    await page.getByLabel('What interests you?').fill(title);
    await page.getByLabel('Where?').fill('LS1 4AP');
    await page.getByRole('button', { name: /search|find|show/i }).first().click();
    await expect(page).toHaveURL(/\/opportunities\?/);
    await sound(page, 'results');
    await page.getByRole('link', { name: title, exact: true }).click();
    await expect(page.locator('h1')).toHaveText(title);
    await sound(page, 'opportunity');
  });

  await test.step('the learner signs in with a code and is 13 or over', async () => {
    await page.getByRole('button', { name: /apply/i }).first().click();
    await expect(page.locator('h1')).toHaveText('Sign in');
    await sound(page, 'sign in');
    await page.getByLabel('Email address').fill('not an address');
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await sound(page, 'sign in, with an error');
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page.locator('h1')).toHaveText('Check your email');
    await sound(page, 'code');
    const letter = await letterTo(request, email);
    const code = letter.text.match(/\b(\d{3}) ?(\d{3})\b/);
    expect(code).not.toBeNull();
    await page.getByLabel('6-digit code').fill(`${code![1]}${code![2]}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.locator('h1')).toHaveText('What is your date of birth?');
    await sound(page, 'date of birth');
    await page.getByLabel('Day').fill('27');
    await page.getByLabel('Month').fill('3');
    await page.getByLabel('Year').fill(String(now.getUTCFullYear() - 16));
    await page.getByRole('button', { name: /continue|go on/i }).click();
    await expect(page.locator('h1')).toHaveText(title);
  });

  await test.step('fills in the form, one question a page', async () => {
    await page.getByRole('button', { name: /apply/i }).first().click();
    await expect(page.getByText(/Question 1 of \d/)).toBeVisible();
    // A mistake keeps everything and says what to do.
    await page.getByRole('button', { name: 'Save and continue' }).click();
    await expect(page.getByRole('link', { name: 'Enter your name' })).toBeVisible();
    await sound(page, 'a question with an error');
    await answer(page, 'name', () => page.getByLabel('What is your name?').fill('Robin Ash'));
    await answer(page, 'date of birth in the form', async () => {});
    await answer(page, 'text messages', async () => {});
    await sound(page, 'school');
    await page.getByLabel(/I am not at school or college/).check();
    // Leaving and coming back loses nothing.
    const here = page.url();
    await page.goto('/');
    await page.goto(here);
    await answer(page, 'school again', () => page.getByLabel(/I am not at school or college/).check());
    await answer(page, 'parent or carer', async () => {
      await page.getByLabel('Their name').fill('Sam Ash');
      await page.getByLabel('Their email address').fill(email);
      await page.getByRole('button', { name: 'Save and continue' }).click();
      await expect(page.getByRole('link', { name: /own email address, not yours/ })).toBeVisible();
      await page.getByLabel('Their email address').fill(carer);
    });
    await answer(page, 'access', () => page.getByRole('textbox').last().fill('A quiet place for breaks'));
    await answer(page, 'why', () => page.getByRole('textbox').last().fill('I looked after my nan </textarea><script>alert(1)</script>'));
    await expect(page.locator('h1')).toHaveText('Check your answers');
    await expect(page.getByText('I looked after my nan')).toBeVisible();
    await sound(page, 'check your answers');
    await page.getByRole('button', { name: 'Send application' }).click();
    await expect(page.getByRole('link', { name: /Tick the box/ })).toBeVisible();
    await page.getByLabel(/My answers are true/).check();
    await page.getByRole('button', { name: 'Send application' }).click();
    await expect(page.locator('h1')).toHaveText('Application sent');
    await sound(page, 'sent');
    reference = (await page.getByText(/WX-\w{4}-\w{4}/).first().innerText()).match(/WX-\w{4}-\w{4}/)![0];
    await expect(page.getByText(/You will hear by/)).toBeVisible();
    await page.goto('/applications');
    await sound(page, 'my applications');
    await signOut(page);
  });

  await test.step('the coordinator reads the message and offers a place', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto('/provider');
    await sound(page, 'today');
    await page.goto('/provider/applications');
    await sound(page, 'applications');
    await page.goto(`/provider/applications/${reference}`);
    await expect(page.locator('h1')).toContainText('Robin Ash');
    await sound(page, 'one application');
    await page.getByRole('link', { name: 'Offer a place' }).or(page.getByRole('button', { name: 'Offer a place' })).first().click();
    await expect(page.getByRole('button', { name: 'Offer a place to Robin Ash' })).toBeVisible();
    await sound(page, 'preview');
    const shown = (await page.locator('.wex-letter').innerText()).replace(/\s+/g, ' ');
    await page.getByRole('button', { name: 'Offer a place to Robin Ash' }).click();
    const letter = await letterTo(request, email, /^offered$/);
    // What was read is what was sent.
    expect(shown.replace(/^Subject: /, '')).toContain(letter.text.replace(/\s+/g, ' ').trim());
    await signOut(page);
  });

  await test.step('the parent or carer agrees by a private link', async () => {
    const letter = await letterTo(request, carer, /^consent_request$/);
    await page.goto(new URL(letter.text.match(/https?:\/\/\S+\/consent\/\w+/)![0]).pathname);
    await sound(page, 'consent');
    await page.getByLabel(/^Yes/).check();
    await page.getByRole('button').filter({ hasText: /answer|send|save/i }).first().click();
    await expect(page.locator('h1')).toContainText('Your answer about Robin Ash');
    await sound(page, 'consent, answered');
  });

  await test.step('the learner accepts, and the checks confirm the place', async () => {
    await page.goto(`/sign-in?to=/applications/${reference}`);
    await page.getByLabel('Email address').fill(email);
    await page.getByRole('button', { name: 'Send me a code' }).click();
    await expect(page.locator('h1')).toHaveText('Check your email');
    await expect.poll(async () => (await outbox(request)).filter((m) => m.to === email && /\b\d{3} ?\d{3}\b/.test(m.text) && !/WX-/.test(m.text)).length).toBeGreaterThan(1);
    const letter = (await outbox(request)).find((m) => m.to === email && /\b\d{3} ?\d{3}\b/.test(m.text) && !/WX-/.test(m.text))!;
    const code = letter.text.match(/\b(\d{3}) ?(\d{3})\b/)!;
    await page.getByLabel('6-digit code').fill(`${code[1]}${code[2]}`);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page).toHaveURL(new RegExp(`/applications/${reference}`));
    await sound(page, 'tracker, offered');
    await page.getByRole('button', { name: 'Accept the place' }).click();
    await expect(page.getByText(/You have accepted/).first()).toBeVisible();
    await sound(page, 'tracker, accepted');
    await signOut(page);

    await signInAs(page, /^Be Helen Makewell/);
    await page.goto(`/provider/applications/${reference}`);
    for (;;) {
      const done = page.getByRole('button', { name: /^Mark as done/ });
      const left = await done.count();
      if (left === 0) break;
      await done.first().click();
      await expect(page.getByRole('button', { name: /^Mark as done/ })).toHaveCount(left - 1);
    }
    await expect(page.getByText(/place confirmed/i).first()).toBeVisible();
    await sound(page, 'one application, confirmed');
    const confirmed = await letterTo(request, email, /^confirmed$/);
    expect(confirmed.text).toContain(title);
    await signOut(page);
  });
});

test('an adviser sees the learners who agreed, and no one else', async ({ page }) => {
  await signInAs(page, /^Be Miriam/);
  await page.goto('/adviser');
  await sound(page, 'my learners');
  const first = page.locator('table tbody').getByRole('link').first();
  await first.click();
  await sound(page, 'one learner');
  const body = await page.locator('main').innerText();
  expect(body).not.toMatch(/access needs|what would help/i);
});
