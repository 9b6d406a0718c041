// A parent or carer from the link to the private page; a telephone application; the form on paper.
import { expect, letterTo, outbox, signInAs, signOut, sound, test } from './support';

test.beforeEach(({}, info) => {
  test.skip(!['wide-scripts', 'narrow-plain'].includes(info.project.name), 'told twice: with scripts and without');
});

test('a telephone application, and what the parent or carer can do', async ({ page, request }, info) => {
  const own = `${info.project.name}-${info.retry}-${Date.now()}`;
  const [email, carer] = [`jo-${own}@mail.example`, `carer-${own}@mail.example`];

  await test.step('a coordinator keys it in', async () => {
    await signInAs(page, /^Be Helen Makewell/);
    await page.goto('/provider/applications');
    await page.getByRole('link', { name: /Key in an application/ }).click();
    await expect(page.locator('h1')).toHaveText('Key in an application');
    await sound(page, 'choose dates');
    await page.locator('main ul a[href*="/provider/act/"]').first().click();
    await sound(page, 'the form');
    await page.getByRole('button', { name: 'Send it for the applicant' }).click();
    await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
    await sound(page, 'the form with what is missing');
    const thisYear = new Date().getUTCFullYear();
    await page.getByLabel('They rang').check();
    await page.getByLabel('What is your name?').fill('Jo Birch');
    await page.getByLabel('Day').fill('28');
    await page.getByLabel('Month').fill('12');
    await page.getByLabel('Year').fill(String(thisYear - 17));
    await page.getByLabel('What is your email address?').fill(email);
    await page.getByLabel('I am not at school or college').check();
    await page.getByLabel('Their name').fill('Sam Birch');
    await page.getByLabel('Their email address').fill(`JO-${own}+carer@mail.example`);
    const why = page.getByLabel('Why would you like to come?');
    if (await why.count()) await why.fill('I like to help people.');
    await page.getByLabel(/I read these answers/).check();
    await page.getByRole('button', { name: 'Send it for the applicant' }).click();
    // The learner's own address in another spelling is no parent's or carer's; what was typed is there.
    await expect(page.getByRole('link', { name: /own email address, not yours/ })).toBeVisible();
    await expect(page.getByLabel('What is your name?')).toHaveValue('Jo Birch');
    expect(page.url()).not.toContain('Birch');
    await page.getByLabel('Their email address').fill(carer);
    await page.getByLabel(/I read these answers/).check();
    await page.getByRole('button', { name: 'Send it for the applicant' }).click();
    await expect(page.getByText('The application is sent')).toBeVisible();
    await sound(page, 'sent');
  });
  const reference = (await page.locator('main').innerText()).match(/WX-\w{4}-\w{4}/)![0];

  await test.step('both names are shown', async () => {
    await page.goto(`/provider/applications/${reference}`);
    await expect(page.getByText('Helen Makewell for Jo Birch, by telephone')).toBeVisible();
    await sound(page, 'application');
    await signOut(page);
    expect((await letterTo(request, email, /^submitted$/)).text).toContain('Helen Makewell keyed this in for you');
  });

  const path = (text: string) => new URL(text.match(/https?:\/\/\S+\/consent\/\S+/)![0]).pathname;
  const asked = path((await letterTo(request, carer, /^consent_request$/)).text);

  await test.step('a question leaves the consent asked', async () => {
    await page.goto(asked);
    const words = (await page.locator('main').innerText()).split(/\s+/).filter(Boolean).length;
    expect(words).toBeLessThanOrEqual(200);
    await sound(page, 'consent');
    await page.getByLabel('I have a question first').check();
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await expect(page.locator('h1')).toHaveText('Ask a question');
    await page.getByRole('button', { name: 'Send my question' }).click();
    await expect(page.getByRole('link', { name: 'Write your question' })).toBeVisible();
    await sound(page, 'question with what is missing');
    await page.getByLabel('Your question').fill('Who is there at lunch?');
    await page.getByRole('button', { name: 'Send my question' }).click();
    await expect(page.getByText('We have sent your question')).toBeVisible();
    await sound(page, 'asked');
    const mailed = (await outbox(request)).find((m) => m.template === 'consent_question' && m.text.includes(carer));
    expect(mailed?.text).toContain('Who is there at lunch?');
  });

  await test.step('a yes, its private page, and a link that is used up', async () => {
    await page.getByLabel('Yes, I agree').check();
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await expect(page.locator('h1')).toHaveText('Your answer about Jo Birch');
    await sound(page, 'private page');
    await page.goto(asked);
    await expect(page.locator('h1')).toHaveText('You have answered already');
    await sound(page, 'answered already');
    await page.goto(path((await letterTo(request, carer, /^consent_kept$/)).text));
    await expect(page.getByText(/^You agreed on/)).toBeVisible();
  });

  await test.step('consent is withdrawn, and given again', async () => {
    await page.getByRole('link', { name: 'Withdraw my consent' }).click();
    await sound(page, 'withdraw?');
    await page.getByRole('button', { name: 'Withdraw my consent' }).click();
    await expect(page.getByText('You have withdrawn your consent')).toBeVisible();
    await sound(page, 'withdrawn');
    await letterTo(request, email, /^consent_answered$/);
    await page.getByRole('button', { name: 'I agree after all' }).click();
    await expect(page.getByText('You have agreed')).toBeVisible();
  });
});

test('the form on paper has the questions of the form', async ({ page }) => {
  await page.goto('/opportunities?kind=work-experience');
  await page.locator('main li h2 a, main li h3 a').first().click();
  await page.getByRole('link', { name: 'Apply on paper or by telephone' }).click();
  await expect(page.locator('h1')).toContainText('Apply for');
  await expect(page.getByText('Who is your parent or carer?')).toBeVisible();
  await sound(page, 'paper');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Print this page with your browser')).toBeHidden();
});
