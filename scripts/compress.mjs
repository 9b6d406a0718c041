// Writes FILE.br beside each text-like file of a folder, once and for all: the
// server sends it as it is instead of compressing the same bytes per request.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const folder = process.argv[2] ?? 'target/site/pkg';
for (const name of readdirSync(folder, { recursive: true })) {
  if (!/\.(js|wasm|css|svg|json|txt|html)$/.test(name)) continue;
  const path = join(folder, name);
  const bytes = readFileSync(path);
  const small = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  if (small.length < bytes.length) writeFileSync(`${path}.br`, small);
}
