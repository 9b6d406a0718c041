// Places: how many there are and for whom, who waits, an offer that is taken back, and an adviser's
// statement. Told on a phone without scripts and on a desk with them.
import type { APIRequestContext, Page } from '@playwright/test';
import { expect, outbox, signInAs, signOut, sound, test } from './support';

/** A day so many days from the demonstration's today, on a Monday, as a coordinator writes it. */
function monday(now: Date, days: number): string {
  const day = new Date(now.getTime() + days * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((8 - day.getUTCDay()) % 7));
  return `${String(day.getUTCDate()).padStart(2, '0')}/${String(day.getUTCMonth() + 1).padStart(2, '0')}/${day.getUTCFullYear()}`;
}

/** Enters the newest code that was sent to an address after `before` others. */
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

test('places, a waiting list, and an offer that is taken back', async ({ page, request }, info) => {
  test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
  const clock = await (await request.get('/demo/clock', { headers: { accept: 'application/json' } })).json();
  const now = new Date(`${clock.now.slice(0, 10)}T00:00:00Z`);
  const mark = `${info.project.name.replace('-', ' ')} ${info.retry}`;
  const title = `Beacon room ${mark}`;
  const email = (who: string) => `${who}-${info.project.name}-${info.retry}@mail.example`;
  const year = now.getUTCFullYear() - 25;
  let session = '';
  let advert = '';
  let first = '';
  let second = '';

  await test.step('a coordinator plans dates with one place, and reserves one of two', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto('/provider/import');
    const csv =
      'Our list;;;;;;;;;;\r\n\r\nOpportunity;Kind of thing;Format;Week;No. of places;Min age;Deadline;Where;Postcode;What they will do;Department\r\n' +
      `${title};WEX;In person;w/c ${monday(now, 60)};1;Yr 10;${monday(now, 40)};Beacon House, Leeds;LS1 3EX;See how beacons are lit.;Pharmacy\r\n`;
    await page.getByLabel('Your spreadsheet').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'utf8') });
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByRole('button', { name: 'Import 1 opportunity' }).first().click();
    await expect(page.getByText('1 opportunity imported')).toBeVisible();
    await page.goto('/provider');
    await page.getByRole('link', { name: 'Sessions', exact: true }).first().click();
    await expect(page.locator('h1')).toHaveText('Sessions');
    await sound(page, 'sessions');
    await page.getByRole('row').filter({ hasText: title }).getByRole('link').click();
    await expect(page.locator('h1')).toContainText(title);
    session = new URL(page.url()).pathname;
    await sound(page, 'a session that nobody comes to yet');

    await page.getByRole('link', { name: 'Change how many places there are' }).click();
    await sound(page, 'change the places');
    await page.getByLabel('All places').fill('none');
    await page.getByLabel(/reserved for learners of one school/).fill('1');
    await page.getByLabel('Which school or college?').fill('');
    await page.getByRole('button', { name: 'Change the places' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('link', { name: 'Enter how many places there are, like 6' })).toBeVisible();
    await expect(page.getByLabel('All places')).toHaveValue('none');
    await sound(page, 'change the places, with errors');
    await page.getByLabel('All places').fill('2');
    await page.getByLabel(/reserved for learners who meet a priority/).fill('1');
    await page.getByLabel(/reserved for learners of one school/).fill('0');
    await page.getByLabel(/Put new applications on the waiting list/).check();
    await page.getByRole('button', { name: 'Change the places' }).click();
    await expect(page.getByText('These dates have 2 places now.')).toBeVisible();
    await expect(page.getByText('Reserved for learners who meet a priority')).toBeVisible();
    await sound(page, 'a session with a reserved place');
    await page.getByRole('link', { name: 'See the opportunity' }).click();
    advert = (await page.getByRole('link', { name: 'See it as learners see it' }).getAttribute('href'))!;
    await signOut(page);
  });

  await test.step('the first to apply is offered the open place, with three days to answer', async () => {
    first = await apply(page, request, advert, 'Ana Beacon', email('ana'), year);
    await signOut(page);
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto(`/provider/applications/${first}/offer`);
    await page.getByLabel('Time to answer').selectOption('3');
    await page.getByRole('button', { name: 'Show the message with this time' }).click();
    await expect(page.getByLabel('Time to answer')).toHaveValue('3');
    await sound(page, 'an offer with three days to answer');
    const shown = (await page.locator('.wex-letter').innerText()).replace(/\s+/g, ' ');
    await page.getByRole('button', { name: 'Offer a place to Ana Beacon' }).click();
    await expect(page.getByText(/You offered a place to Ana Beacon/)).toBeVisible();
    const sent = (await outbox(request)).find((m) => m.to === email('ana') && m.template === 'offered')!;
    expect(shown).toContain(sent.text.replace(/\s+/g, ' ').trim());
    await signOut(page);
  });

  await test.step('the second goes on the waiting list at once, and reads how it works', async () => {
    second = await apply(page, request, advert, 'Bo Beacon', email('bo'), year);
    await page.goto(`/applications/${second}`);
    await expect(page.getByText(/You are 1st on the waiting list/)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Leave the waiting list' })).toBeVisible();
    await sound(page, 'on the waiting list');
    await signOut(page);
  });

  await test.step('the session shows who comes, who waits, and refuses too few places', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto(session);
    await expect(page.getByRole('table').filter({ hasText: 'Who is coming: 1 person' })).toContainText('Their answer, by');
    await expect(page.getByRole('table').filter({ hasText: 'Waiting list: 1 person' })).toContainText('Bo Beacon');
    await sound(page, 'a session with people');
    await page.locator('summary').filter({ hasText: 'How the places came to be' }).click();
    await expect(page.getByText('Somebody changed how many places there are').first()).toBeVisible();
    await sound(page, 'the ledger');
    await page.goto(`${session}/places`);
    await page.getByLabel(/reserved for learners who meet a priority/).fill('2');
    await page.getByRole('button', { name: 'Change the places' }).click();
    await expect(page.getByRole('table').filter({ hasText: 'Who holds a place' })).toContainText('Ana Beacon');
    await sound(page, 'too few places');
  });

  await test.step('the offer is taken back, and the place goes to who waits', async () => {
    await page.goto(`/provider/applications/${first}`);
    await page.getByRole('link', { name: 'Take the offer back' }).or(page.getByRole('button', { name: 'Take the offer back' })).click();
    await sound(page, 'why is it taken back');
    await page.getByRole('button', { name: 'See the message' }).click();
    await expect(page.getByRole('link', { name: 'Choose a reason' })).toBeVisible();
    await sound(page, 'why is it taken back, with an error');
    await page.getByLabel(/We made the offer by mistake/).check();
    await page.getByLabel(/In your own words/).fill('Please ask again in autumn.');
    await page.getByRole('button', { name: 'See the message' }).click();
    await expect(page.getByRole('button', { name: 'Take back the offer to Ana Beacon' })).toBeVisible();
    expect(page.url()).not.toContain('autumn');
    await sound(page, 'the message of an offer that is taken back');
    const shown = (await page.locator('.wex-letter').innerText()).replace(/\s+/g, ' ');
    await page.getByRole('button', { name: 'Take back the offer to Ana Beacon' }).click();
    await expect(page.getByText('You took back the offer to Ana Beacon, and we have told them.')).toBeVisible();
    await sound(page, 'taken back');
    const sent = (await outbox(request)).find((m) => m.to === email('ana') && m.template === 'offer_over')!;
    expect(shown).toContain(sent.text.replace(/\s+/g, ' ').trim());
    await page.goto(session);
    await expect(page.getByRole('table').filter({ hasText: 'Who is coming: 1 person' })).toContainText('Bo Beacon');
    await signOut(page);
    await signInWithCode(page, request, email('bo'), `/applications/${second}`);
    await expect(page.getByRole('button', { name: 'Accept the place' })).toBeVisible();
    await sound(page, 'offered from the waiting list');
    await page.getByRole('button', { name: 'Accept the place' }).click();
    await expect(page.getByText(/You have accepted/).first()).toBeVisible();
    await signOut(page);
  });

  await test.step('the one place has to be cancelled, and is taken away', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto(`/provider/applications/${second}/cancel`);
    await expect(page.locator('h1')).toContainText('Cancel the place of Bo Beacon');
    await page.getByRole('button', { name: 'See who is told' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('link', { name: 'Choose what happens to the place' })).toBeVisible();
    await sound(page, 'cancel one place, with errors');
    await page.getByLabel('Take it away: 1 place is left').check();
    await page.getByLabel('The person who hosts cannot be there').check();
    await page.getByRole('button', { name: 'See who is told' }).click();
    await expect(page.getByText('These dates have 1 place after that.')).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Bo Beacon' })).toContainText('becomes place cancelled');
    await sound(page, 'cancel one place, before it is done');
    await page.getByRole('button', { name: 'Cancel the place of Bo Beacon' }).click();
    await expect(page.locator('h1')).toContainText('Place cancelled');
    await sound(page, 'one place cancelled');
    await page.goto(session);
    await expect(page.getByRole('table').filter({ hasText: 'Bo Beacon' })).toHaveCount(0);
    await page.goto(`${session}/places`);
    await expect(page.getByLabel('All places')).toHaveValue('1');
  });
});

test('an adviser states that a learner meets a priority, and takes it back', async ({ page }, info) => {
  test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
  await signInAs(page, /^Be Miriam/);
  await page.goto('/adviser');
  await page.locator('table tbody').getByRole('link').last().click();
  await page.getByRole('link', { name: 'State that they meet a priority' }).click();
  await sound(page, 'which priorities');
  await page.getByRole('button', { name: 'State this' }).click();
  await expect(page.getByRole('link', { name: 'Choose at least one priority that this learner meets' })).toBeVisible();
  await sound(page, 'which priorities, with an error');
  await page.getByLabel(/^Young carer/).check();
  await page.getByRole('button', { name: 'State this' }).click();
  await expect(page.getByText('You stated that this learner meets a priority')).toBeVisible();
  await expect(page.getByText(/^Young carer/)).toBeVisible();
  await sound(page, 'stated');
  await page.getByRole('link', { name: 'Change what was stated' }).click();
  await expect(page.getByLabel(/^Young carer/)).toBeChecked();
  await page.getByRole('button', { name: 'Take the statement back' }).click();
  await expect(page.getByText('The statement is taken back')).toBeVisible();
  await sound(page, 'taken back');
});
