// A saved search is answered by email with what is new, and stopped in one step, without signing in.
import { expect, outbox, signInAs, signOut, sound, test } from './support';

test('a saved search is answered the next morning, and its email is the way out', async ({ page, request }, info) => {
  test.skip(info.project.name !== 'narrow-plain', 'one of the four ways is enough: nothing here runs in the browser');
  const title = `Windmill ward ${info.project.name.replace('-', ' ')} ${info.retry}`;
  const clock = await (await request.get('/demo/clock', { headers: { accept: 'application/json' } })).json();
  const today = new Date(`${clock.now.slice(0, 10)}T00:00:00Z`);
  const day = (days: number) => new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  const slashes = (iso: string) => iso.split('-').reverse().join('/');

  await test.step('a learner saves a search, daily', async () => {
    await signInAs(page, /^Be Rashid Inventham/);
    await page.goto('/opportunities?what=windmill');
    await page.getByRole('link', { name: 'Get new ones by email' }).click();
    await page.getByLabel(/^Every day/).check();
    await page.getByRole('button', { name: 'Save this search' }).click();
    await expect(page.getByText('Search saved.', { exact: false })).toBeVisible();
    await signOut(page);
  });

  await test.step('a provider publishes something that it finds', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto('/provider/import');
    const csv =
      'Opportunity;Kind of thing;Format;Week;No. of places;Min age;Deadline;Where;Postcode;What they will do;Department\r\n' +
      `${title};WEX;In person;${slashes(day(60))};2;16+;${slashes(day(30))};Windmill House, Leeds;LS1 3EX;See how a ward wakes up.;Nursing\r\n`;
    await page.getByLabel('Your spreadsheet').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'utf8') });
    await page.getByRole('button', { name: 'Upload' }).click();
    await page.getByRole('button', { name: 'Import 1 opportunity' }).first().click();
    await expect(page.getByText('1 opportunity imported')).toBeVisible();
    await signOut(page);
  });

  await test.step('the next morning there is an email, and it is stopped by its link', async () => {
    await page.goto('/demo/clock');
    await page.getByLabel('Date and time in London').fill(`${day(1)}T09:00`);
    await page.getByRole('button', { name: 'Set the clock' }).click();
    const digest = async () => (await outbox(request)).find((one) => one.template === 'digest' && one.text.includes(title));
    await expect.poll(async () => (await digest()) !== undefined, { message: 'the digest is in the outbox' }).toBe(true);
    const letter = (await digest())!;
    expect(letter.subject).not.toBe('');
    expect(letter.html).toContain(title);
    const way = letter.text.match(/\/saved\/stop\/\S+/);
    expect(way, letter.text).not.toBeNull();
    await page.goto(way![0]);
    await sound(page, 'the way out of a digest');
    await page.getByRole('button', { name: 'Yes, stop them' }).click();
    await expect(page.locator('h1')).toHaveText('Stopped');
    await expect(page.locator('main')).toContainText('You get no more');
    await sound(page, 'a digest that is stopped');
    await signInAs(page, /^Be Rashid Inventham/);
    await page.goto('/saved');
    await expect(page.getByText('windmill')).toHaveCount(0);
    await signOut(page);
  });
});
