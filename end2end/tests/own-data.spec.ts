// What a learner can do with what is held about them; and the page for the first day of a confirmed place.
import { expect, letterTo, signInAs, sound, test } from './support';

test.beforeEach(({}, info) => {
  test.skip(!['wide-scripts', 'narrow-plain'].includes(info.project.name), 'told twice: with scripts and without');
});

test('a learner sees, corrects, downloads and erases what is held about them', async ({ page, request }, info) => {
  const email = `own-${info.project.name}-${info.retry}@mail.example`;
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const code = (await letterTo(request, email)).text.match(/\b(\d{3}) ?(\d{3})\b/)!;
  await page.getByLabel('6-digit code').fill(`${code[1]}${code[2]}`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Day').fill('27');
  await page.getByLabel('Month').fill('3');
  await page.getByLabel('Year').fill('2010');
  await page.getByRole('button', { name: /continue|go on/i }).click();

  await page.goto('/account/data');
  await expect(page.locator('h1')).toHaveText('Your data');
  await expect(page.getByText(email).first()).toBeVisible();
  // Nobody is asked later, and nothing is shared, before they choose it.
  await expect(page.getByLabel(/You may ask me later/)).not.toBeChecked();
  await expect(page.getByText('No careers adviser can see where you stand.')).toBeVisible();
  await sound(page, 'your data');

  await page.getByRole('link', { name: 'correct your name and mobile number' }).click();
  await page.getByLabel('Mobile number (optional)').fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
  await expect(page.getByLabel('Mobile number (optional)')).toHaveValue('12');
  await sound(page, 'correcting, with an error');
  await page.getByLabel('Your name').fill('Noor Ash');
  await page.getByLabel('Mobile number (optional)').fill('07700 900123');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('We have changed it.')).toBeVisible();
  await expect(page.getByText('Noor Ash').first()).toBeVisible();

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /Download it as a file/ }).click();
  const stream = await (await download).createReadStream();
  let json = '';
  for await (const part of stream) json += part;
  expect(JSON.stringify(JSON.parse(json))).toContain(email);

  await page.goto('/privacy/retention');
  await sound(page, 'how long we keep it');
  await page.goto('/account/withdraw-all');
  await sound(page, 'nothing to withdraw');

  await page.goto('/account/erase');
  await sound(page, 'erase');
  await page.getByRole('button', { name: 'Erase my account' }).click();
  await expect(page.getByRole('link', { name: /Type the word/ })).toBeVisible();
  await sound(page, 'erase, with an error');
  await page.getByLabel(/Type the word/).fill('erase');
  await page.getByRole('button', { name: 'Erase my account' }).click();
  await expect(page.locator('h1')).toHaveText('Your account is erased');
  await sound(page, 'erased');
  await page.goto('/account/data');
  await expect(page.locator('h1')).toHaveText('Sign in');
});

test('who has a confirmed place finds everything for the first day', async ({ page, request }) => {
  await signInAs(page, /^Be Helen Makewell/);
  await page.goto('/provider/applications?show=confirmed');
  const person = (await page.locator('tbody th a').first().innerText()).trim();
  await page.goto('/demo');
  const be = page.getByRole('button', { name: new RegExp(`^Be ${person}`) });
  await be.first().click();
  await page.goto('/applications');
  const addresses = await page.locator('.wex-cards a[href^="/applications/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  let found = false;
  for (const address of addresses) {
    await page.goto(address);
    const link = page.getByRole('link', { name: 'See everything for your first day' });
    if (!(await link.count())) continue;
    found = true;
    await link.click();
    await expect(page.locator('h1')).toHaveText('Your first day');
    await sound(page, 'first day');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Put these days into your calendar' }).click();
    const stream = await (await download).createReadStream();
    let file = '';
    for await (const part of stream) file += part;
    expect(file).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(file).toContain('METHOD:PUBLISH');
    break;
  }
  expect(found, `${person} has a confirmed place`).toBe(true);
});
