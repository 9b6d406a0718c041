// Every kind of page as everybody sees it, and what happens at the edges.
import { expect, letterTo, outbox, signInAs, sound, test } from './support';

const everybody: [RegExp | null, string[]][] = [
  [null, ['/', '/opportunities', '/opportunities?what=zzz&where=Nowhere&age=abc&page=9999', '/sign-in', '/staff/sign-in', '/accessibility', '/privacy', '/cookies', '/contact', '/demo/outbox', '/demo/clock', '/sign-in/too-young']],
  [/^Be Amira/, ['/applications', '/account', '/opportunities']],
  [/^Be Helen Makewell/, ['/provider', '/provider/applications?show=all', '/provider/opportunities', '/provider/import', '/account']],
  [/^Be Miriam/, ['/adviser', '/adviser?show=needs-something']],
];

for (const [who, paths] of everybody) {
  test(`pages for ${who ?? 'somebody signed out'}`, async ({ page }) => {
    if (who) await signInAs(page, who);
    for (const path of paths) {
      const answer = await page.goto(path);
      expect(answer!.status(), path).toBe(200);
      await sound(page, path);
      await expect(page.getByText('Demonstration', { exact: true }).first()).toBeVisible();
    }
  });
}

test('what is not there is a page in plain words', async ({ page }) => {
  for (const path of ['/nowhere', '/opportunities/nowhere', '/applications/WX-0000-0000', '/consent/0000']) {
    await page.goto(path);
    await sound(page, path);
  }
  await expect(page.locator('h1')).toHaveText('Page not found');
});

test('somebody under 13 is turned away, and nothing about them stays', async ({ page, request }, info) => {
  const email = `young-${info.project.name}-${info.retry}@mail.example`;
  await page.goto('/sign-in');
  await page.getByLabel('Email address').fill(email);
  await page.getByRole('button', { name: 'Send me a code' }).click();
  const code = (await letterTo(request, email)).text.match(/\b(\d{3}) ?(\d{3})\b/)!;
  await page.getByLabel('6-digit code').fill(`${code[1]}${code[2]}`);
  await page.locator('main').getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Day').fill('1');
  await page.getByLabel('Month').fill('1');
  await page.getByLabel('Year').fill(String(new Date().getUTCFullYear() - 11));
  await page.getByRole('button', { name: /continue|go on/i }).click();
  await expect(page).toHaveURL(/too-young/);
  await sound(page, 'too young');
  expect((await outbox(request)).filter((m) => m.to === email)).toEqual([]);
});

test('headers keep other sites out', async ({ request }) => {
  const answer = await request.get('/opportunities');
  const policy = answer.headers()['content-security-policy'];
  expect(policy).toMatch(/default-src 'none'/);
  expect(policy).toMatch(/script-src 'self' 'nonce-[^']+' 'wasm-unsafe-eval'/);
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:/);
  expect(answer.headers()['x-content-type-options']).toBe('nosniff');
  const refused = await request.post('/do/identity_request_code', { form: { email: 'a@b.example' }, headers: { origin: 'https://elsewhere.example' } });
  expect(refused.status()).toBe(403);
});
