// A learner takes something that has no dates: begins it, finishes it, finds it on their record, takes it off.
import { expect, signInAs, signOut, sound, test } from './support';

test('what can be taken at any time is begun, finished and kept on the record', async ({ page }, info) => {
  // Each way another learner, since what one takes stays.
  const who = { 'narrow-plain': /^Be Ben Mockford/, 'wide-scripts': /^Be Noah Demosley/ }[info.project.name];
  test.skip(!who, 'two of the four ways are enough');
  const answer = await page.request.get('/api/v1/opportunities?limit=100&what=film');
  expect(answer.ok()).toBe(true);
  const film = (await answer.json()).items.find((one: { open_ended: boolean }) => one.open_ended);
  expect(film, 'a film that can be taken at any time').toBeTruthy();
  const address = new URL(film.url).pathname;

  await test.step('somebody who is signed out reads how to begin, and may sign in to keep it', async () => {
    await page.goto(address);
    await expect(page.getByRole('heading', { name: 'Take it any time' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Sign in to keep it on your record' })).toBeVisible();
    await sound(page, 'something to take at any time, signed out');
  });

  await test.step('a learner begins it and finishes it', async () => {
    await signInAs(page, who!);
    await page.goto(address);
    const finished = page.getByRole('button', { name: 'I have finished it' });
    if (!(await finished.isVisible())) {
      await sound(page, 'something to take at any time');
      await page.getByRole('button', { name: /^Begin/ }).click();
    }
    await expect(page.getByText(/^You began this on /)).toBeVisible();
    await sound(page, 'something that is begun');
    await finished.click();
    await expect(page.getByText(/^You finished this on /)).toBeVisible();
    await sound(page, 'something that is finished');
  });

  await test.step('it is on the record, and in everything that is held about them', async () => {
    await page.getByRole('link', { name: 'your record' }).click();
    const table = page.getByRole('table', { name: 'What you took, unfinished first' });
    const rows = table.getByRole('row').filter({ has: page.getByRole('link', { name: film.title, exact: true }) });
    await expect(rows.first()).toBeVisible();
    await sound(page, 'a record with something taken at any time');
    const many = await rows.count();
    await page.goto('/account/data');
    await expect(page.getByRole('heading', { name: 'What you took at any time' })).toBeVisible();
    await page.goto('/record');
    await rows.first().getByRole('button', { name: /^Take it off/ }).click();
    await expect(page.getByText('Taken off your record.')).toBeVisible();
    await expect(rows).toHaveCount(many - 1);
    await signOut(page);
  });

  await test.step('its provider reads how often it was taken', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto('/provider/opportunities');
    await expect(page.getByRole('row').filter({ hasText: 'any time' }).filter({ hasText: /begun \d+ times, finished/ }).first()).toBeVisible();
    await sound(page, 'a provider’s list with something that was taken');
    await page.getByRole('row').filter({ hasText: /begun \d+ times, finished/ }).first().getByRole('link').first().click();
    await expect(page.getByText(/^Begun \d+ times, finished .*You see how many people take it, not who\./)).toBeVisible();
    await sound(page, 'how often something was taken');
    await signOut(page);
  });
});
