// Puts the widget beside what Trunk built: one script with its style inside, and the style for the page in an
// iframe. Their names stay the same, since they stand on pages of others. Trunk calls it; see Trunk.toml.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'sass';

const from = join(import.meta.dirname, '../frontend/widget');
const to = process.env.TRUNK_STAGING_DIR ?? process.argv[2] ?? 'target/site/pkg';

const style = compile(join(from, 'widget.css'), { style: 'compressed' }).css.trim();
const script = readFileSync(join(from, 'widget.js'), 'utf8');
const hole = "'@widget.css@'";
if (!script.includes(hole)) throw new Error(`widget.js has no ${hole}`);
// Comments are for whoever reads the source; a line that begins with one has nothing else.
const bare = script.replace(/^\s*(\/\/|\/\*\*).*\n/gm, '').replace(/^\s+/gm, '');
writeFileSync(join(to, 'widget.css'), `${style}\n`);
writeFileSync(join(to, 'widget.js'), bare.replace(hole, () => JSON.stringify(style)));
