// Says what a browser loads, after Brotli, and fails over the budget. Also
// checks that every island is in the bundle: one that the linker left out
// would stay asleep without anything failing.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const BUDGET = { script: 120_000, style: 30_000 };
/** What another site's page loads for the widget, before it is compressed. */
const WIDGET = { 'widget.js': 15_000, 'widget.css': 5_000 };

/** Sizes in bytes of the built site: `{ name, raw, brotli }` for each file. */
export function sizes(folder = 'target/site/pkg') {
  return readdirSync(folder)
    .filter((name) => /\.(js|wasm|css)$/.test(name))
    .map((name) => ({
      name,
      raw: readFileSync(join(folder, name)).length,
      brotli: readFileSync(join(folder, `${name}.br`)).length,
    }));
}

/** Names of the islands in the sources, without those in tests. */
function islandsInSources(folder = 'app') {
  const names = [];
  for (const path of readdirSync(folder, { recursive: true })) {
    if (!path.endsWith('.rs') || /(^|\/)(tests|target)\//.test(path)) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    for (const [, name] of text.matchAll(/^\s*#\[island[^\]]*\]\s*(?:(?:#\[[^\n]*|\/\/[^\n]*)\s*)*(?:pub(?:\([^)]*\))?\s+)?fn\s+(\w+)/gm)) {
      names.push(name);
    }
  }
  return names;
}

function main() {
  const files = sizes();
  let failed = false;
  console.log('File                                          Bytes   Brotli');
  for (const { name, raw, brotli } of files) {
    console.log(`${name.padEnd(40)}${String(raw).padStart(11)}${String(brotli).padStart(9)}`);
  }
  for (const [what, pattern, budget] of [
    ['JavaScript and WASM', /\.(js|wasm)$/, BUDGET.script],
    ['CSS', /\.css$/, BUDGET.style],
  ]) {
    const own = files.filter(({ name }) => pattern.test(name) && !(name in WIDGET));
    const total = own.reduce((sum, file) => sum + file.brotli, 0);
    const fits = own.length > 0 && total <= budget;
    failed ||= !fits;
    console.log(`${what}: ${total} of at most ${budget} bytes after Brotli${fits ? '' : own.length ? ' — OVER BUDGET' : ' — NOT BUILT'}`);
  }
  for (const [name, budget] of Object.entries(WIDGET)) {
    const file = files.find((file) => file.name === name);
    const fits = file !== undefined && file.raw <= budget;
    failed ||= !fits;
    console.log(`${name}: ${file?.raw ?? 'no'} of at most ${budget} bytes${fits ? '' : file ? ' — OVER BUDGET' : ' — NOT BUILT'}`);
  }

  const wasm = files.filter(({ name }) => name.endsWith('.wasm'));
  const exported = wasm.flatMap(({ name }) =>
    WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(join('target/site/pkg', name)))).map((e) => e.name),
  );
  const asleep = islandsInSources().filter((name) => !exported.some((e) => e.startsWith(`${name}_`)));
  if (asleep.length > 0) {
    failed = true;
    console.log(`Islands that are not in the bundle: ${asleep.join(', ')}. Does their crate's parent name it (use … as _)?`);
  }
  process.exitCode = failed ? 1 : 0;
}

if (process.argv[1]?.endsWith('scripts/budget.mjs')) main();
