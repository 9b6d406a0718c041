// What learners read is changed by the provider; a learner saves it, and a search, and stops again.
import { expect, signInAs, signOut, sound, test } from './support';

test('a provider changes what learners read, and a learner keeps it', async ({ page }, info) => {
  test.skip(!['narrow-plain', 'wide-scripts'].includes(info.project.name), 'two of the four ways are enough');
  const mark = `${info.project.name} ${info.retry}`;
  const bus = `Bus 4 stops outside, says ${mark}.`;
  let slug = '';

  await test.step('the coordinator changes the texts of a published opportunity', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto('/opportunities');
    await page.goto('/provider/opportunities');
    await page.getByRole('row').filter({ hasText: 'Published' }).or(page.getByRole('row').filter({ hasText: 'Open' })).first().getByRole('link').first().click();
    await page.getByRole('link', { name: 'Change what learners read' }).click();
    await expect(page.locator('h1')).toHaveText('What learners read');
    await sound(page, 'what learners read');
    const summary = page.getByLabel('What learners will do');
    const before = await summary.inputValue();
    await summary.fill('');
    await page.getByLabel('How to get there by bus').fill(bus);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.getByRole('link', { name: 'Write what learners will do' })).toBeVisible();
    await expect(page.getByLabel('How to get there by bus')).toHaveValue(bus);
    await sound(page, 'what learners read, with an error');
    await summary.fill(before);
    await page.getByLabel('What people need to have').fill('A phone. We lend you one.');
    await page.getByLabel('People who served in the forces').check();
    await page.getByLabel('No experience and no grades are needed').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved. Learners read it like this now.')).toBeVisible();
    await expect(page.getByLabel('People who served in the forces')).toBeChecked();
    await sound(page, 'what learners read, saved');
    await page.locator('.nhsuk-back-link').getByRole('link').or(page.locator('a.nhsuk-back-link')).first().click();
    slug = (await page.getByRole('link', { name: 'See it as learners see it' }).getAttribute('href'))!;
    await signOut(page);
  });

  await test.step('somebody who is signed out reads it, and is asked to sign in to save it', async () => {
    await page.goto(slug);
    await expect(page.getByText(bus)).toBeVisible();
    await expect(page.getByText('A phone. We lend you one.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Sign in to save it' })).toBeVisible();
    await sound(page, 'an opportunity with everything that it takes');
    const file = await page.request.get((await page.getByRole('link', { name: 'Add the dates to your calendar' }).getAttribute('href'))!);
    expect(file.headers()['content-type']).toContain('text/calendar');
    expect(await file.text()).toContain('Last day to apply');
    const linked = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent())!);
    expect(linked['@graph'][0]['@type']).toBe('EducationEvent');
  });

  await test.step('a learner saves it, and a search', async () => {
    await signInAs(page, /^Be Amira/);
    await page.goto(slug);
    await page.getByRole('button', { name: 'Save it' }).click();
    await expect(page.getByText('You have saved it.')).toBeVisible();
    await sound(page, 'an opportunity that is saved');
    await page.goto('/opportunities?what=nursing&where=Leeds');
    await page.getByRole('link', { name: 'Get new ones by email' }).click();
    await expect(page.getByText('nursing, near Leeds')).toBeVisible();
    await sound(page, 'keep a search');
    await page.getByRole('button', { name: 'Save this search' }).click();
    await expect(page.getByRole('link', { name: 'Choose how often' })).toBeVisible();
    await sound(page, 'keep a search, with an error');
    await page.getByLabel('Every Monday').check();
    await page.getByRole('button', { name: 'Save this search' }).click();
    await expect(page.getByText('Search saved.', { exact: false })).toBeVisible();
    await expect(page.getByText(/^Every Monday, finds \d+ today/)).toBeVisible();
    await sound(page, 'everything that is saved');
    await page.getByRole('button', { name: /^Every day instead/ }).click();
    await expect(page.getByText(/^Every day, finds \d+ today/)).toBeVisible();
    await page.getByRole('button', { name: /^Stop/ }).click();
    await expect(page.getByText('Stopped. You get no more emails about this search.')).toBeVisible();
    await page.getByRole('button', { name: /^Remove/ }).first().click();
    await expect(page.getByText('Removed.')).toBeVisible();
    await signOut(page);
  });

  await test.step('a link of nobody’s message stops nothing', async () => {
    expect((await page.goto('/saved/stop/s0123'))!.status()).toBe(404);
    await sound(page, 'a way out that is none');
  });
});
