// One answer to several applications: chosen in the table, read, sent. With scripts by keys, without by boxes.
import { expect, outbox, signInAs, sound, test } from './support';

test('a coordinator says no to two people at once, each with their own message', async ({ page, request }, info) => {
  test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
  const scripts = info.project.use.javaScriptEnabled !== false;
  await signInAs(page, /^Be Helen Makewell/);
  await page.goto('/provider/applications?show=to-decide');
  const boxes = page.locator('tbody input[type=checkbox]');
  const before = await boxes.count();
  expect(before, 'applications to choose from').toBeGreaterThan(2);

  // Nobody is chosen: it says what to do.
  await page.getByRole('button', { name: 'Say no' }).click();
  await expect(page.locator('h1')).toHaveText('Choose at least one application');
  await sound(page, 'nobody chosen');
  await page.getByRole('link', { name: 'Back to the applications' }).click();

  const labels = await page.locator('tbody label').allTextContents();
  const names = labels.slice(-2).map((label) => label.trim().replace(/^Choose /, ''));
  if (scripts) {
    // The keys come with the island.
    await expect(page.getByRole('button', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.getByRole('link', { name: names[0], exact: true }).focus();
    await page.keyboard.press('x');
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await expect(page.getByLabel(`Choose ${names[1]}`)).toBeChecked();
    await sound(page, 'two chosen');
    await page.keyboard.press('n');
  } else {
    for (const name of names) await page.getByLabel(`Choose ${name}`).check();
    await page.getByRole('button', { name: 'Say no' }).click();
  }
  await expect(page.locator('h1')).toHaveText('Why can you not offer 2 people a place?');
  await sound(page, 'why not');
  await page.getByRole('button', { name: 'See the messages' }).click();
  await expect(page.getByRole('link', { name: 'Choose a reason' })).toBeVisible();
  await sound(page, 'why not, with an error');
  await page.getByLabel('More people asked than we have places for.').check();
  await page.getByRole('button', { name: 'See the messages' }).click();
  await expect(page.locator('h1')).toHaveText('Tell 2 people no');
  await sound(page, 'the messages');
  expect(page.url()).not.toContain(encodeURIComponent(names[0]));
  // A parent or carer gets a copy beside it.
  const told = async () => (await outbox(request)).filter((m) => m.template === 'not_selected' && !m.subject.startsWith('Copy: ')).length;
  const sent = await told();
  await page.getByRole('button', { name: 'Tell 2 people no' }).click();
  await expect(page.getByText('2 applications were answered')).toBeVisible();
  await sound(page, 'answered');
  expect(await boxes.count()).toBe(before - 2);
  expect(await told()).toBe(sent + 2);
});
