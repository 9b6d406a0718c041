// Checks after somebody accepts: their types, what is to do, and a document, with scripts and without.
import { deflateSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { expect, signInAs, signOut, sound, test } from './support';

/** A small PDF that only shows an empty page. */
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>\nendobj\nxref\n0 4\ntrailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n180\n%%EOF\n',
);
const ACTIVE = Buffer.concat([PDF, Buffer.from('5 0 obj << /S /JavaScript /JS (x) >> endobj\nstartxref\n0\n%%EOF\n'), deflateSync(Buffer.alloc(0))]);

test('checks: a type of one’s own, what is to do, and a document from the learner', async ({ page }, info) => {
  // Two of the four: both widths, and with scripts and without.
  test.skip(['narrow-scripts', 'wide-plain'].includes(info.project.name));
  const look = async (name: string) => {
    await sound(page, name);
    if (process.env.WEX_LOOK) await page.screenshot({ path: `${process.env.WEX_LOOK}/${info.project.name}-${name.replace(/\W+/g, '-')}.png`, fullPage: true });
  };
  const own = `Induction talk ${info.project.name}`;

  await test.step('the coordinator adds a type, and mends what was wrong', async () => {
    await signInAs(page, /^Be Imran/);
    await page.goto('/provider/clearances');
    await look('types of checks');
    await page.getByRole('button', { name: 'Add a check' }).or(page.getByRole('link', { name: 'Add a check' })).click();
    await look('a new type');
    await page.getByLabel('What is it called?').fill(own);
    await page.getByLabel('How many days does it usually take?').fill('soon');
    await page.getByRole('button', { name: 'Save this check' }).click();
    await expect(page.getByRole('alert').or(page.locator('.nhsuk-error-summary')).first()).toContainText('Write how many days it takes');
    await expect(page.getByLabel('What is it called?')).toHaveValue(own);
    await look('a new type, to be mended');
    await page.getByLabel('What does it mean for the learner?').fill('You hear how to be safe on the ward. It takes an hour.');
    await page.getByLabel('How many days does it usually take?').fill('3');
    await page.getByRole('button', { name: 'Save this check' }).click();
    await expect(page.getByText('Saved. It counts for everybody who accepts from now on')).toBeVisible();
    await expect(page.getByRole('heading', { name: own })).toBeVisible();
  });

  await test.step('an identity check needs a document here', async () => {
    await page.getByRole('link', { name: 'Change : Identity check' }).or(page.getByRole('link', { name: /Change.*Identity check/ })).first().click();
    await page.getByLabel('A document, which the learner or you upload').check();
    await page.getByRole('button', { name: 'Save this check' }).click();
    await expect(page.getByText('Saved. It counts')).toBeVisible();
  });

  let reference = '';
  let learner = '';
  await test.step('what is to do leads to one check, which is not done without its document', async () => {
    await page.goto('/provider/clearances/to-do');
    await look('checks to do');
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: /Identity check/ }) }).first();
    learner = ((await row.getByRole('rowheader').textContent()) ?? '').replace(/^Who\s+/, '').split(',')[0]!.trim();
    await row.getByRole('link', { name: /Identity check/ }).click();
    reference = page.url().match(/WX-[0-9A-Z]{4}-[0-9A-Z]{4}/)![0];
    await look('one check');
    await page.getByRole('button', { name: 'Mark as done' }).click();
    await expect(page.locator('.nhsuk-error-summary')).toContainText('Add the document first');
    await look('one check, document missing');
    await signOut(page);
  });

  await test.step('the learner adds it', async () => {
    await signInAs(page, new RegExp(`^Be ${learner}`));
    await page.goto(`/applications/${reference}`);
    await look('the application, a document is needed');
    await page.getByRole('link', { name: 'Identity check: add your document' }).click();
    await look('the learner’s check');
    const choose = page.locator('input[type=file]');
    await choose.setInputFiles({ name: 'script.pdf', mimeType: 'application/pdf', buffer: ACTIVE });
    await page.getByRole('button', { name: 'Add this document' }).click();
    await expect(page.locator('.nhsuk-error-summary')).toContainText('scripts or other files');
    await look('the learner’s check, a file that is not taken');
    await choose.setInputFiles({ name: 'passport.pdf', mimeType: 'application/pdf', buffer: PDF });
    await page.getByRole('button', { name: 'Add this document' }).click();
    await expect(page.getByText('You have added a document')).toBeVisible();
    await look('the learner’s check, with a document');
    await signOut(page);
  });

  await test.step('the coordinator saves it to look at it, and the check is done', async () => {
    await signInAs(page, /^Be Imran/);
    await page.goto(`/provider/applications/${reference}/checks/identity`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /Save document 1/ }).click()]);
    expect(download.suggestedFilename()).toBe(`${reference}-identity.pdf`);
    expect(readFileSync(await download.path()).equals(PDF)).toBe(true);
    const headers = (await page.request.get((await page.getByRole('link', { name: /Save document 1/ }).getAttribute('href'))!)).headers();
    expect(headers['content-disposition']).toContain('attachment');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain('sandbox');
    expect(headers['cache-control']).toContain('no-store');
    await page.getByRole('button', { name: 'Mark as done' }).click();
    await expect(page.getByText(/Identity check: done|Everything is in place/)).toBeVisible();
    await look('one application, with a check that is done');
    await page.getByRole('link', { name: 'Identity check', exact: true }).click();
    await expect(page.getByText(/^Done, valid until/)).toBeVisible();
    await look('a check that is done');
    await signOut(page);
  });

  await test.step('an opportunity asks for the new type', async () => {
    await signInAs(page, /^Be Imran/);
    await page.goto('/provider/opportunities');
    await page.locator('main a[href^="/provider/opportunities/"]').first().click();
    await page.getByRole('link', { name: 'Choose the checks after somebody accepts' }).click();
    await look('checks of an opportunity');
    await page.getByRole('group', { name: own }).getByLabel('Ask for it, and the place does not wait').check();
    await page.getByRole('button', { name: 'Save these checks' }).click();
    await expect(page.getByText('Saved. It counts for everybody')).toBeVisible();
    await expect(page.getByRole('group', { name: own }).getByLabel('Ask for it, and the place does not wait')).toBeChecked();
  });
});
