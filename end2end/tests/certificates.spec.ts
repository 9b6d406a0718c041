// What stays of a placement: the learner's record, a certificate that anybody can check, and what learners
// say, which is shown from ten people on. Told on a phone without scripts and on a desk with them.
import { readFileSync } from 'node:fs';
import { expect, signInAs, signOut, sound, test } from './support';

test('a record, a certificate, and what past learners said', async ({ page, request }, info) => {
  test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
  let reference = '';
  let certificate = '';

  await test.step('an unknown number says nothing, and anybody can read how to check one', async () => {
    expect((await page.goto('/certificates/WXC-0000-0000-0000-0000'))!.status()).toBe(404);
    await sound(page, 'no such certificate');
    await page.goto('/certificates/check');
    await expect(page.locator('h1')).toHaveText('Check a certificate');
    await sound(page, 'how to check a certificate');
  });

  await test.step('the learner looks at what they did', async () => {
    await signInAs(page, /^Be Amira Demosley/);
    await page.goto('/record');
    await expect(page.locator('h1')).toContainText('My record');
    await sound(page, 'my record');
    reference = (await page.locator('section.wex-record').first().getAttribute('id'))!;
    expect(reference).toMatch(/^WX-/);
    const link = page.getByRole('button', { name: /Download the certificate \(PDF\)/ }).first();
    const file = page.waitForEvent('download');
    await link.click();
    const bytes = readFileSync(await (await file).path());
    expect(bytes.subarray(0, 4).toString('latin1')).toBe('%PDF');
    await page.getByText('Share it').first().click();
    certificate = (await page.getByRole('link', { name: /\/certificates\/WXC-/ }).first().getAttribute('href'))!;
    await sound(page, 'my record, about to share');
  });

  await test.step('a reflection is kept as it was typed', async () => {
    const words = `I liked the ward.\n  <b>${info.project.name}</b> ${info.retry}`;
    const box = page.locator(`[id="text-${reference}"]`);
    await box.fill(words);
    await page.getByRole('button', { name: /^Save my thoughts/ }).first().click();
    await expect(page.getByText('Only you can read what you wrote.')).toBeVisible();
    await expect(box).toHaveValue(words);
    await sound(page, 'my record, saved');
  });

  await test.step('the learner says how it was', async () => {
    await page.goto(`/applications/${reference}/feedback`);
    await expect(page.locator('h1')).toContainText('How was it?');
    await sound(page, 'how was it');
    await page.getByRole('textbox').fill('a'.repeat(501));
    await page.getByRole('button', { name: /^(Send|Save) my answers$/ }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('link', { name: /Use 500 characters or fewer/ })).toBeVisible();
    await sound(page, 'how was it, with an error');
    await page.getByRole('textbox').fill('');
    await page.getByRole('group', { name: 'I felt welcome' }).getByLabel('Agree', { exact: true }).check();
    await page.getByRole('button', { name: /^(Send|Save) my answers$/ }).click();
    await expect(page.getByText('Thank you. We have kept what you said.')).toBeVisible();
    await sound(page, 'how it was, said');
    await signOut(page);
  });

  await test.step('anybody who has the number sees that the certificate counts', async () => {
    const answer = (await page.goto(certificate))!;
    expect(answer.headers()['x-robots-tag']).toContain('noindex');
    await expect(page.locator('h1')).toContainText('This certificate counts');
    await expect(page.getByText('Amira Demosley')).toBeVisible();
    await sound(page, 'a certificate that counts');
    const record = await request.get(`${certificate}/signed.json`);
    expect((await record.json()).signature).toBeTruthy();
  });

  await test.step('the national team publishes one text', async () => {
    await signInAs(page, /^Be Frances Storyfield/);
    await page.goto('/national/feedback');
    await expect(page.locator('h1')).toHaveText('What learners said');
    await sound(page, 'texts to read');
    const texts = page.locator('.wex-own-words');
    const before = await texts.count();
    const card = page.locator('.nhsuk-card').filter({ hasText: 'Everyday life again' }).first();
    const first = await card.locator('.wex-own-words').innerText();
    await page.getByText('Hold it back', { exact: true }).first().click();
    await page.getByRole('button', { name: /^Hold it back/ }).first().click();
    await expect(page.getByRole('link', { name: 'Choose why you hold it back' })).toBeVisible();
    await sound(page, 'texts to read, without a reason');
    await card.getByRole('button', { name: /^Publish/ }).click();
    await expect(page.getByText(/^Published\./)).toBeVisible();
    await expect(texts).toHaveCount(before - 1);
    await expect(page.getByText(first)).toHaveCount(0);
    await sound(page, 'a text was published');
    await signOut(page);
  });

  await test.step('ten people are enough to be told about, nine are not', async () => {
    await page.goto('/opportunities/everyday-life-again-occupational-therapy-huddersfield');
    await expect(page.getByRole('heading', { name: 'What past learners said' })).toBeVisible();
    await expect(page.getByText(/^\d+ of 1[01] .*felt welcome/)).toBeVisible();
    await expect(page.locator('blockquote')).toHaveCount(3);
    await sound(page, 'an opportunity that people have told about');
    await page.goto('/opportunities/a-look-into-the-operating-theatre-huddersfield');
    await expect(page.locator('h1')).toContainText('A look into the operating theatre');
    await expect(page.getByText('What past learners said')).toHaveCount(0);
    await sound(page, 'an opportunity that too few have told about');
  });
});
