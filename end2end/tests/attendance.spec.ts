// Who came: a supervisor records a week day by day, a coordinator puts a day right, and the learner sees it
// all and says when it is wrong. Told on a phone with scripts and without, and on a desk with them.
import type { Page } from '@playwright/test';
import { expect, outbox, signInAs, signOut, sound, test } from './support';

/** One main provider of the demonstration for each way: what one way records, another does not find. */
const PLACES: Record<string, { supervisor: RegExp; coordinator: RegExp; other: RegExp }> = {
  'narrow-scripts': { supervisor: /^Be Rosa Demosley/, coordinator: /^Be Joy Trialstone/, other: /^Be Helen Makewell/ },
  'narrow-plain': { supervisor: /^Be Leanne Placeholt/, coordinator: /^Be Helen Makewell/, other: /^Be Imran Storyfield/ },
  'wide-scripts': { supervisor: /^Be George Mockwell/, coordinator: /^Be Imran Storyfield/, other: /^Be Joy Trialstone/ },
};

/** Somebody in the register, by name. */
const person = (page: Page, name: string) => page.locator('.wex-register__person').filter({ has: page.getByRole('heading', { name, exact: true }) });

/** What the list of days says of a day, counted from 0. */
const day = (page: Page, number: number) => page.locator('.wex-days__link').nth(number);

/** Everything that is tapped in the page is large enough for a finger; a task's whole row is. */
async function tappable(page: Page, name: string) {
  const small = await page.locator('main a:not(.nhsuk-task-list__link), main button, main summary, main select, main input:not([type=hidden])').evaluateAll((all) =>
    all.map((one) => ({ what: one.textContent!.trim(), box: one.getBoundingClientRect() })).filter(({ box }) => box.height > 0 && (box.height < 44 || box.width < 44)).map(({ what }) => what),
  );
  expect(small, `${name}: too small to tap`).toEqual([]);
}

/** The number of the learner's certificate for an application, from their record. */
async function certificateOf(page: Page, reference: string): Promise<string> {
  await page.goto('/record');
  return (await page.locator(`section[id="${reference}"]`).innerText()).match(/WXC(-[0-9A-Z]{4}){4}/)![0];
}

test('a week is recorded day by day, put right, and asked about', async ({ page, request }, info) => {
  const place = PLACES[info.project.name];
  test.skip(!place, 'three of the four ways are enough, and there are three main providers');
  let session = '';
  let names: string[] = [];
  let reference = '';
  let first = '';
  let second = '';
  let learner = /^$/;

  await test.step('a supervisor finds what is to record, and that everybody came on Tuesday', async () => {
    await signInAs(page, place.supervisor);
    await expect(page).toHaveURL(/\/supervisor$/);
    await expect(page.locator('h1')).toHaveText('My sessions');
    await expect(page.locator('.nhsuk-task-list__item')).toHaveCount(2);
    await sound(page, 'a supervisor’s sessions');
    await tappable(page, 'a supervisor’s sessions');
    await page.locator('.nhsuk-task-list__link').first().click();
    await expect(page.locator('h1')).toContainText('Tuesday');
    session = new URL(page.url()).pathname.split('/').pop()!;
    names = await page.locator('.wex-register__person h2').allInnerTexts();
    expect(names).toHaveLength(3);
    learner = new RegExp(`^Be ${names[0]}`);
    await expect(day(page, 0)).toContainText('recorded');
    await expect(day(page, 1)).toContainText('to record');
    for (const name of names) await expect(person(page, name)).toContainText('Not recorded');
    await sound(page, 'a day to record');
    await tappable(page, 'a day to record');
    await page.getByRole('button', { name: 'Everyone came' }).click();
    await expect(page.getByText('Everybody is recorded on this day.')).toBeVisible();
    for (const name of names) await expect(person(page, name).locator('.nhsuk-tag')).toHaveText('Came');
    await sound(page, 'a recorded day');
    await page.getByRole('link', { name: /^Record Wednesday/ }).click();
    await expect(page.locator('h1')).toContainText('Wednesday');
  });

  await test.step('on Wednesday one came for a part: hours that cannot be read come back as typed', async () => {
    const one = person(page, names[0]);
    reference = (await one.getAttribute('id'))!;
    await one.locator('summary').filter({ hasText: 'Part of the day' }).click();
    await one.getByLabel('How many hours were they there?').fill('until “lunch”');
    await one.getByRole('button', { name: 'Record a part of the day' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    expect(page.url()).not.toContain('lunch');
    await expect(one.getByLabel('How many hours were they there?')).toHaveValue('until “lunch”');
    await sound(page, 'hours that cannot be read');
    await tappable(page, 'hours that cannot be read');
    await page.getByRole('link', { name: /^Enter how many hours they were there/ }).click();
    await expect(one.getByLabel('How many hours were they there?')).toBeFocused();
    await one.getByLabel('How many hours were they there?').fill('20');
    await one.getByRole('button', { name: 'Record a part of the day' }).click();
    await expect(page.getByRole('link', { name: /^A whole day is \d hours/ })).toBeVisible();
    await expect(one.locator('.nhsuk-tag')).toHaveText('Not recorded');
    await one.getByLabel('How many hours were they there?').fill('2.5');
    await one.getByRole('button', { name: 'Record a part of the day' }).click();
    await expect(one.locator('.nhsuk-tag')).toHaveText('Part of the day, 2 hours 30 minutes');
    await expect(page).toHaveTitle(/^Who came/);
    // A slip of the finger is put right behind a line.
    const other = person(page, names[1]);
    await other.getByRole('button', { name: 'Did not come' }).click();
    await expect(other.locator('.nhsuk-tag')).toHaveText('Did not come');
    await expect(other).toBeInViewport();
    await other.locator('summary').click();
    await tappable(page, 'a day that is put right');
    await other.getByRole('button', { name: /^Came/ }).click();
    await expect(other.locator('.nhsuk-tag')).toHaveText('Came');
    await expect(page.getByText('2 of 3 people recorded.')).toBeVisible();
    await sound(page, 'a day that is half recorded');
    await page.getByRole('button', { name: 'Everybody else came' }).click();
    await expect(day(page, 2)).toContainText('recorded');
    await signOut(page);
  });

  await test.step('a coordinator notes that Thursday did not take place', async () => {
    await signInAs(page, place.coordinator);
    await page.goto('/provider');
    await expect(page.getByRole('heading', { name: 'Sessions to close' })).toBeVisible();
    await page.goto(`/provider/sessions/${session}/attendance`);
    await day(page, 3).click();
    await expect(page.locator('h1')).toContainText('Thursday');
    await page.locator('summary').filter({ hasText: 'It did not take place on this day' }).click();
    await page.getByRole('button', { name: 'It did not take place' }).click();
    await expect(page.getByRole('link', { name: 'Write why the day did not take place.' })).toBeVisible();
    await sound(page, 'a day that did not take place, without why');
    await page.getByLabel('Why it did not take place').fill('The ward had no hot water.');
    await page.getByRole('button', { name: 'It did not take place' }).click();
    await expect(page.getByText('It did not take place on this day: The ward had no hot water.')).toBeVisible();
    await expect(day(page, 3)).toContainText('did not take place');
    await expect(page.getByRole('button', { name: /Came/ })).toHaveCount(0);
    await sound(page, 'a day that did not take place');
    await tappable(page, 'a day that did not take place');
  });

  await test.step('a day that has not begun is not recorded, not even from a page that is out of date', async () => {
    await page.goto('/provider/sessions');
    const sessions = await page.locator('main table tbody a').evaluateAll((all) => all.map((one) => one.getAttribute('href')!));
    let coming = '';
    for (const href of sessions) {
      await page.goto(`${href}/attendance`);
      if ((await page.getByText('Not yet. You can record this day').count()) && (await page.locator('.wex-register__person').count())) {
        coming = href.split('/').pop()!;
        break;
      }
    }
    expect(coming, 'a session to come with somebody in it').not.toBe('');
    await expect(page.getByRole('button', { name: /Came/ })).toHaveCount(0);
    await sound(page, 'a day that has not begun');
    const who = (await page.locator('.wex-register__person').first().getAttribute('id'))!;
    const shown = (await page.locator('h1').innerText()).match(/\d+ \w+ \d{4}$/)![0];
    const date = new Date(`${shown} UTC`).toISOString().slice(0, 10);
    await page.goto(`/provider/sessions/${session}/attendance`);
    await day(page, 4).click();
    await expect(page.locator('h1')).toContainText('Friday');
    // What another window shows may be about another day: its form is sent as it stands.
    const form = page.locator('form[action="/do/provide_record_day"]').first();
    for (const [name, value] of [['session', coming], ['reference', who], ['day', date]] as const) {
      await form.locator(`input[name=${name}]`).evaluate((box, text) => ((box as HTMLInputElement).value = text), value);
    }
    await form.getByRole('button', { name: /^Came/ }).click();
    await expect(page).toHaveURL(new RegExp(`/provider/sessions/${coming}/attendance`));
    await expect(page.getByRole('link', { name: /^You can record this day on/ })).toBeVisible();
    await expect(page).toHaveTitle(/^Error: /);
    await sound(page, 'a day that has not begun, and was sent');
    await signOut(page);
  });

  await test.step('the last day is recorded, and the sheet is a table of people and days', async () => {
    await signInAs(page, place.supervisor);
    await page.goto(`/supervisor/sessions/${session}`);
    await expect(page.locator('h1')).toContainText('Friday');
    await page.getByRole('link', { name: 'Print a sign-in sheet' }).click();
    const sheet = page.getByRole('table');
    await expect(sheet.getByRole('row')).toHaveCount(4);
    for (const name of names) await expect(sheet.getByRole('rowheader', { name })).toBeVisible();
    await sound(page, 'a sign-in sheet');
    await page.emulateMedia({ media: 'print' });
    await expect(sheet.getByRole('columnheader')).toHaveText(['Name', /^Mon/, /^Tue/, /^Wed/, /^Fri/]);
    await expect(page.locator('header.nhsuk-header')).toBeHidden();
    await page.emulateMedia({ media: null });
    await page.getByRole('link', { name: 'Who came' }).click();
    await page.getByRole('button', { name: 'Everyone came' }).click();
    await expect(page.getByText('Everybody is recorded on this day.')).toBeVisible();
    await expect(page.locator('.wex-days__state')).toHaveText(['recorded', 'recorded', 'recorded', 'did not take place', 'recorded']);
    // Monday was recorded on Monday: that is a coordinator's to change now.
    await day(page, 0).click();
    await expect(page.getByText('Every day is recorded. Is something wrong? A coordinator can change it.')).toBeVisible();
    await expect(page.getByRole('button', { name: /Came/ })).toHaveCount(0);
    await sound(page, 'a week that is recorded');
    await page.goto('/supervisor');
    await expect(page.locator('.nhsuk-task-list__item')).toHaveCount(1);
    await signOut(page);
  });

  await test.step('the learner sees each day, and says that one is wrong', async () => {
    await signInAs(page, learner);
    first = await certificateOf(page, reference);
    await page.goto(`/applications/${reference}`);
    const own = page.getByRole('region', { name: 'Your attendance' });
    await expect(own).toContainText('Part of the day, 2 hours 30 minutes');
    await expect(own.locator('dt')).toHaveCount(4);
    await sound(page, 'a learner’s days');
    await page.getByRole('button', { name: 'Tell them that it is wrong' }).click();
    await expect(page.getByRole('link', { name: 'Write which day is wrong, and what is right.' })).toBeVisible();
    await expect(page).toHaveTitle(/^Error: /);
    await sound(page, 'a learner’s days, with an error');
    await page.getByLabel(/^Is a day wrong/).fill('On Wednesday I stayed until the end.');
    await page.getByRole('button', { name: 'Tell them that it is wrong' }).click();
    await expect(page.getByText('We have told them.', { exact: false })).toBeVisible();
    await expect(own).toContainText('They have not answered yet.');
    expect(page.url()).not.toContain('Wednesday');
    await sound(page, 'a learner has said that a day is wrong');
    await signOut(page);
  });

  await test.step('a coordinator of another provider finds nothing there', async () => {
    await signInAs(page, place.other);
    for (const path of ['attendance', `attendance/${reference}`, 'sheet']) {
      expect((await page.goto(`/provider/sessions/${session}/${path}`))!.status(), path).toBe(404);
    }
    expect((await page.goto(`/supervisor/sessions/${session}`))!.status()).toBe(404);
    await sound(page, 'another provider’s register');
    await signOut(page);
  });

  await test.step('the coordinator changes the day, and says why', async () => {
    await signInAs(page, place.coordinator);
    await page.goto('/provider');
    await page.getByRole('listitem').filter({ hasText: names[0] }).getByRole('link').click();
    await expect(page.locator('h1')).toContainText(`Attendance of ${names[0]}`);
    await expect(page.getByText('On Wednesday I stayed until the end.')).toBeVisible();
    await sound(page, 'one person’s days');
    await page.getByLabel('Which day?').selectOption({ index: 3 });
    await page.getByLabel('Part of the day', { exact: true }).check();
    await page.getByLabel('How many hours were they there?').fill('most of it');
    await page.getByRole('button', { name: 'Change this day' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('link', { name: /^Enter how many hours/ })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Write why you change it. The learner reads it.' })).toBeVisible();
    await expect(page.getByLabel('How many hours were they there?')).toHaveValue('most of it');
    await expect(page.getByLabel('Which day?')).toHaveValue(/^\d{4}-/);
    await sound(page, 'one person’s days, with errors');
    await tappable(page, 'one person’s days, with errors');
    await page.getByLabel('Came', { exact: true }).check();
    await page.getByLabel('Why do you change it?').fill('The afternoon team saw you leave at the end.');
    await page.getByRole('button', { name: 'Change this day' }).click();
    await expect(page.getByText('The day is changed, and we have told them.')).toBeVisible();
    await expect(page.locator('.nhsuk-summary-list__value')).toHaveText(['Came', 'Came', 'Came', 'Came']);
    await page.locator('summary').filter({ hasText: 'What was recorded, and by whom' }).click();
    await expect(page.getByText('Why: The afternoon team saw you leave at the end.')).toBeVisible();
    await sound(page, 'one person’s days, changed');
    await signOut(page);
  });

  await test.step('the first certificate was replaced, and the new one counts', async () => {
    await page.goto(`/certificates/${first}`);
    await expect(page.locator('h1')).toContainText('This certificate was replaced');
    await sound(page, 'a certificate that was replaced');
    await signInAs(page, learner);
    second = await certificateOf(page, reference);
    expect(second).not.toBe(first);
    await page.goto(`/applications/${reference}`);
    const own = page.getByRole('region', { name: 'Your attendance' });
    await expect(own).toContainText('Changed: The afternoon team saw you leave at the end.');
    await expect(own).toContainText('They answered:');
    await sound(page, 'a learner’s days, changed');
    // Asked once more, about what stays as it is.
    await page.getByLabel(/^Is a day wrong/).fill('I came on Thursday too.');
    await page.getByRole('button', { name: 'Tell them that it is wrong' }).click();
    await expect(own).toContainText('They have not answered yet.');
    await signOut(page);
    await page.goto(`/certificates/${second}`);
    await expect(page.locator('h1')).toContainText('This certificate counts');
    await expect(page.getByText('4 days, ', { exact: false })).toBeVisible();
  });

  await test.step('what is right as it is stays so, with an answer', async () => {
    await signInAs(page, place.coordinator);
    await page.goto(`/provider/sessions/${session}/attendance`);
    await expect(person(page, names[0])).toContainText('Says that a day is wrong');
    await sound(page, 'a register in which somebody says that a day is wrong');
    await person(page, names[0]).getByRole('link', { name: 'Every day, and changes' }).click();
    await page.getByRole('button', { name: 'Leave it as it is' }).click();
    await expect(page.getByRole('link', { name: 'Write an answer. The learner reads it.' })).toBeVisible();
    await sound(page, 'no answer');
    await page.getByLabel('Why it stays as it is').fill('Thursday counts for nobody: there was no hot water.');
    await page.getByRole('button', { name: 'Leave it as it is' }).click();
    await expect(page.getByText('It stays as it is, and we have told them.')).toBeVisible();
    await sound(page, 'answered');
    await signOut(page);
    await signInAs(page, learner);
    await page.goto(`/applications/${reference}`);
    await expect(page.getByText('Thursday counts for nobody: there was no hot water.')).toBeVisible();
    await signOut(page);
  });

  await test.step('who was not there after all has no certificate any more', async () => {
    await signInAs(page, place.coordinator);
    const notThere = async (index: number) => {
      await page.goto(`/provider/sessions/${session}/attendance/${reference}`);
      await page.getByLabel('Which day?').selectOption({ index });
      await page.getByLabel('Did not come', { exact: true }).check();
      await page.getByLabel('Why do you change it?').fill('Two people of this name were mixed up.');
      await page.getByRole('button', { name: 'Change this day' }).click();
      await expect(page.getByText('The day is changed, and we have told them.')).toBeVisible();
    };
    for (const day of [1, 2, 3]) await notThere(day);
    await signOut(page);
    // One day is left, and a certificate for it; then that goes too.
    await signInAs(page, learner);
    const last = await certificateOf(page, reference);
    expect(last).not.toBe(second);
    await signOut(page);
    await signInAs(page, place.coordinator);
    await notThere(4);
    await signOut(page);
    await page.goto(`/certificates/${last}`);
    await expect(page.locator('h1')).toContainText('This certificate no longer counts');
    await sound(page, 'a certificate that was revoked');
    await signInAs(page, learner);
    await page.goto(`/applications/${reference}`);
    await expect(page.getByRole('region', { name: 'Your attendance' })).toContainText('Two people of this name were mixed up.');
    await sound(page, 'a learner whose attendance was taken back');
    await signOut(page);
  });

  await test.step('a supervisor is added and removed', async () => {
    await signInAs(page, place.coordinator);
    await page.goto('/provider/sessions');
    await page.getByRole('link', { name: 'Supervisors who record attendance' }).click();
    await sound(page, 'supervisors');
    await tappable(page, 'supervisors');
    await page.getByLabel('Their name').fill('Sam Beaconfield');
    await page.getByLabel('Their email address').fill('sam');
    await page.getByRole('button', { name: 'Add this supervisor' }).click();
    await expect(page.getByRole('link', { name: /^Enter an email address/ })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Choose a department.' })).toBeVisible();
    await expect(page.getByLabel('Their name')).toHaveValue('Sam Beaconfield');
    expect(page.url()).not.toContain('Sam');
    await sound(page, 'supervisors, with errors');
    const email = `sam-${info.project.name}-${info.retry}@host.example`;
    await page.getByLabel('Their email address').fill(email);
    await page.getByLabel('Department', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Add this supervisor' }).click();
    await expect(page.getByText('We have written to them.')).toBeVisible();
    const row = page.getByRole('row').filter({ hasText: email });
    await expect(row).toContainText('Has not chosen a password yet.');
    expect((await outbox(request)).filter((m) => m.to === email && m.template === 'supervisor_invited')).toHaveLength(1);
    await sound(page, 'a supervisor was added');
    await row.getByRole('button', { name: /^Remove/ }).click();
    await expect(page.getByText('They no longer see that department.')).toBeVisible();
    await expect(row).toHaveCount(0);
  });
});
